"""Reads the inputs, steps, checks and scores of an instrument, and finds unknown names, circles and gaps in them."""

from collections.abc import Collection, Mapping

import yaml

from app.assessments.calculation.expressions import Expression, Sort
from app.assessments.calculation.model import (
    Calculation,
    Check,
    Form,
    Input,
    Missing,
    Policy,
    Score,
    Step,
)
from app.assessments.calculation.reading_cutoffs import Frame, read_cutoffs
from app.assessments.calculation.reading_formulas import CONSTANTS, read_formula
from app.assessments.calculation.reading_inputs import read_inputs
from app.assessments.calculation.sorts import sort_of
from app.assessments.calculation.spelling import check_words
from app.assessments.reading import Reader

KEYS = ("inputs", "steps", "checks", "scores", "missing", "applies_when")


def read_calculation(
    read: Reader,
    fields: Mapping[str, yaml.Node],
    items: Mapping[str, Collection[str]],
    sums: Collection[str],
    pointed: Collection[str],
) -> Calculation:
    """The calculation in the fields of an instrument's file.

    items: the option codes by item code, for the items of the sections are words to the formulas; sums: the codes of
    the sections with points and of their total; pointed: the items with points. What is wrong is noted in the reader.
    """
    inputs = read_inputs(read, fields)
    steps, places = _steps(read, fields)
    checks = _checks(read, fields)
    scores = _scores(read, fields, {one.code: one for one in inputs})
    applies = read_formula(read, fields["applies_when"], "applies_when") if "applies_when" in fields else None
    named = [(one.code, f"inputs[{index}]") for index, one in enumerate(inputs)]
    named += [(step.name, place) for step, place in zip(steps, places, strict=True)]
    _note_repeats(read, {*items, *sums, *CONSTANTS}, named)
    _note_repeats(read, sums, [(score.name, f"scores[{index}]") for index, score in enumerate(scores)])
    sorts: dict[str, Sort] = dict.fromkeys(items, Sort.WORD) | {one.code: one.form.sort for one in inputs}
    words = dict(items) | {one.code: one.words for one in inputs if one.form is Form.WORD}
    names = {*sorts, *(one.name for one in steps)}
    every = [*(step.formula for step in steps), *(check.refuse_when for check in checks)]
    every += [score.value for score in scores] + ([applies] if applies else [])
    for formula in every:
        _check_names(read, formula, names, {*sums, *pointed})
        check_words(read, formula, words)
    order = _order(read, steps, places)
    for index in order:
        found = sort_of(read, steps[index].formula, sorts)
        if found:
            sorts[steps[index].name] = found
    for check in checks:
        _require_truth(read, check.refuse_when, sorts)
    if applies:
        _require_truth(read, applies, sorts)
    for score in scores:
        if sort_of(read, score.value, sorts) not in (Sort.NUMBER, None) and score.cutoffs:
            read.note_at(score.value.place, "has cut-offs but is no number", score.value.line)
    return Calculation(inputs, steps, order, checks, scores, _missing(read, fields, inputs, scores), applies)


def _steps(read: Reader, fields: Mapping[str, yaml.Node]) -> tuple[tuple[Step, ...], list[str]]:
    steps, places = [], []
    for node, place in read.sequence(fields["steps"], "steps") if "steps" in fields else []:
        found = read.mapping(node, place, ("name", "value"))
        name = read.code(found.get("name"), f"{place}.name")
        steps.append(Step(name, read_formula(read, found.get("value"), f"{place}.value")))
        places.append(place)
    return tuple(steps), places


def _checks(read: Reader, fields: Mapping[str, yaml.Node]) -> tuple[Check, ...]:
    checks = []
    for node, place in read.sequence(fields["checks"], "checks") if "checks" in fields else []:
        found = read.mapping(node, place, ("refuse_when", "reason"))
        formula = read_formula(read, found.get("refuse_when"), f"{place}.refuse_when")
        checks.append(Check(formula, read.text(found.get("reason"), f"{place}.reason")))
    return tuple(checks)


def _scores(read: Reader, fields: Mapping[str, yaml.Node], inputs: Mapping[str, Input]) -> tuple[Score, ...]:
    scores = []
    for node, place in read.sequence(fields["scores"], "scores") if "scores" in fields else []:
        found = read.mapping(node, place, ("name", "value"), optional=("levels", "cutoffs", "dated_by"))
        levels = {}
        for member, where in read.sequence(found["levels"], f"{place}.levels") if "levels" in found else []:
            level = read.mapping(member, where, ("code", "name"))
            code = read.code(level.get("code"), f"{where}.code")
            if code in levels:
                read.note(f"{where}.code", f"repeats the code {code}", member)
            levels[code] = read.text(level.get("name"), f"{where}.name")
        dated_by = read.code(found["dated_by"], f"{place}.dated_by") if "dated_by" in found else None
        if dated_by and (dated_by not in inputs or inputs[dated_by].form is not Form.DATE):
            read.note(f"{place}.dated_by", f"is not an input with a date: {dated_by}", found["dated_by"])
        cutoffs = read_cutoffs(read, found.get("cutoffs"), f"{place}.cutoffs", Frame(levels, inputs, bool(dated_by)))
        if bool(levels) != bool(cutoffs):
            read.note(place, "lacks the key: cutoffs" if levels else "has cut-offs but no levels", node)
        name = read.code(found.get("name"), f"{place}.name")
        scores.append(Score(name, read_formula(read, found.get("value"), f"{place}.value"), levels, cutoffs, dated_by))
    return tuple(scores)


def _missing(
    read: Reader, fields: Mapping[str, yaml.Node], inputs: Collection[Input], scores: Collection[Score]
) -> Missing:
    for index, one in enumerate(inputs):
        if (one.best is None) != (one.worst is None):
            read.note(f"inputs[{index}]", "has only one of best and worst")
    if "missing" not in fields:
        return Missing()
    found = read.mapping(fields["missing"], "missing", ("policy",), optional=("at_most", "level_if_changed"))
    policy = read.choice(found.get("policy"), "missing.policy", Policy)
    at_most = read.whole(found["at_most"], "missing.at_most") if "at_most" in found else None
    word = read.code(found["level_if_changed"], "missing.level_if_changed") if "level_if_changed" in found else None
    if (at_most is not None) != (policy is Policy.ALLOW):
        read.note("missing", "at_most belongs to the policy allow, and allow needs it", fields["missing"])
    if word and policy is not Policy.PROJECT:
        read.note("missing.level_if_changed", "belongs to the policy project")
    if word and any(score.levels and word not in score.levels for score in scores):
        read.note("missing.level_if_changed", f"is not among the levels of every score: {word}")
    if policy is Policy.PROJECT and not any(one.worst is not None for one in inputs):
        read.note("missing", "projects, but no input says its best and worst", fields["missing"])
    return Missing(policy, at_most, word)


def _note_repeats(read: Reader, taken: Collection[str], named: Collection[tuple[str, str]]) -> None:
    """Note each name that is taken already, or comes a second time, with its place."""
    seen = set(taken)
    for name, place in named:
        if name and name in seen:
            read.note(place, f"uses the name twice: {name}")
        seen.add(name)


def _check_names(read: Reader, formula: Expression, names: Collection[str], pointed: Collection[str]) -> None:
    for one in _references(formula):
        if one.setting and one.setting not in (pointed if one.operator == "points" else names):
            read.note_at(one.place, f"refers to an unknown name: {one.setting}", one.line)


def _references(formula: Expression) -> list[Expression]:
    here = [formula] if formula.operator in ("name", "known", "points") else []
    return here + [one for part in formula.parts for one in _references(part)]


def _order(read: Reader, steps: tuple[Step, ...], places: list[str]) -> tuple[int, ...]:
    """The steps' numbers, each after those that it refers to; a circle is noted once, with its way round."""
    by_name = {step.name: index for index, step in enumerate(steps)}
    done: dict[int, None] = {}  # in order
    for start in range(len(steps)):
        # The way to a step, and what each step on it still waits for.
        path = {start: _needed(steps[start], by_name)} if start not in done else {}
        while path:
            index, left = next(reversed(path.items()))
            if not left:
                path.pop(index)
                done[index] = None
                continue
            following = left.pop()
            if following in path:
                on_path = list(path)
                names = [steps[one].name for one in [*on_path[on_path.index(following) :], following]]
                read.note_at(places[index], f"goes round in a circle: {' → '.join(names)}", steps[index].formula.line)
                return tuple(done)
            if following not in done:
                path[following] = _needed(steps[following], by_name)
    return tuple(done)


def _needed(step: Step, by_name: Mapping[str, int]) -> list[int]:
    return [by_name[name] for name in step.formula.names() if name in by_name]


def _require_truth(read: Reader, formula: Expression, sorts: Mapping[str, Sort]) -> None:
    if sort_of(read, formula, sorts) not in (Sort.TRUTH, None):
        read.note_at(formula.place, "is neither true nor false", formula.line)
