"""Everything that can be wrong with the calculation in an instrument's file is told with place, line and reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessments.instrument import InstrumentFault, load_instrument

pytestmark = pytest.mark.one_engine

# Every line is named in the tests by its number: keep them where they are.
GOOD = """\
use: calculation
code: little
version: 1
valid_from: 2026-01-01
validated: false
title: {kk: к, ru: р, en: Little}
purpose: {kk: к, ru: р, en: e}
notice: {kk: к, ru: р, en: e}
sources: [Somebody (2020)]
inputs:
  - {code: sex, type: word, words: [male, female], name: {kk: к, ru: р, en: e}}
  - {code: born, type: date, name: {kk: к, ru: р, en: e}}
  - {code: day, type: date, name: {kk: к, ru: р, en: e}}
  - {code: count, type: whole, least: 0, most: 9, best: 0, worst: 9, name: {kk: к, ru: р, en: e}}
  - {code: sure, type: truth, name: {kk: к, ru: р, en: e}}
checks:
  - refuse_when: {less_than: [day, born]}
    reason: {kk: к, ru: р, en: e}
steps:
  - {name: age, value: {age: {born: born, on: day}}}
  - {name: points, value: {lookup: {of: count, rows: [{to: 2, value: 0}, {from: 3, value: 1}]}}}
  - {name: both, value: {sum: [points, age]}}
scores:
  - name: first
    value: both
    dated_by: day
    levels: [{code: low, name: {kk: к, ru: р, en: e}}, {code: high, name: {kk: к, ru: р, en: e}}]
    cutoffs:
      - {version: 1, bands: [{level: low, from: 0, to: 4}, {level: high, from: 5}]}
      - {version: 2, valid_from: 2026-06-01, for: {sex: male}, bands: [{level: low, from: 0}, {level: high, from: 7}]}
"""


def test_the_little_instrument_is_without_fault():
    assert load_instrument(GOOD).code == "little"


def with_points(formula):
    """The value of the step in line 21, and what is wrong with it."""
    return "{name: points, value: {lookup: {of: count, rows: [{to: 2, value: 0}, {from: 3, value: 1}]}}}", (
        f"{{name: points, value: {formula}}}"
    )


ROWS = "[{to: 2, value: 0}, {from: 3, value: 1}]"
TEXT = "{kk: к, ru: р, en: e}"
ORDERED = "[{level: low, from: 0, to: 4}, {level: high, from: 5}]"
# What is written instead of what, and the line, place and reason told.
FAULTY = {
    "a circle": (
        *with_points("{sum: [both, 1]}"),
        (22, "steps[2]", "goes round in a circle: points → both → points"),
    ),
    "a circle of one": (
        *with_points("{sum: [points, 1]}"),
        (21, "steps[1]", "goes round in a circle: points → points"),
    ),
    "a name that is not there": (
        *with_points("{sum: [county, 1]}"),
        (21, "steps[1].value.sum[0]", "refers to an unknown name: county"),
    ),
    "the name of a score": (
        *with_points("first"),
        (21, "steps[1].value", "refers to an unknown name: first"),
    ),
    "an unknown name that is known": (
        *with_points("{count: [{known: other}]}"),
        (21, "steps[1].value.count[0]", "refers to an unknown name: other"),
    ),
    "points of nothing": (
        *with_points("{points: total}"),
        (21, "steps[1].value", "refers to an unknown name: total"),
    ),
    "an unknown operator": (
        *with_points("{power: [count, 2]}"),
        (21, "steps[1].value", "has an unknown operator: power"),
    ),
    "two operators": (
        *with_points("{negative: count, ln: count}"),
        (21, "steps[1].value", "is not a formula: a number, a name, or one operator with its operands"),
    ),
    "a list for a formula": (
        *with_points("[count]"),
        (21, "steps[1].value", "is not a formula: a number, a name, or one operator with its operands"),
    ),
    "code for a formula": (
        *with_points("__import__('os').system('true')"),
        (21, "steps[1].value", "is neither a number, nor true or false, nor a name"),
    ),
    "a number for a truth": (*with_points("{if: {when: count, then: 1, else: 0}}"),
        (21, "steps[1].value.if.when", "is a number, not true or false")),
    "a truth for a number": (*with_points("{sum: [sure, 1]}"),
        (21, "steps[1].value.sum[0]", "is true or false, not a number")),
    "a date and a number": (*with_points("{sum: [born, 1]}"),
        (21, "steps[1].value.sum[0]", "is a date, not a number")),
    "a date compared with a number": (*with_points("{count: [{less_than: [born, 1]}]}"),
        (21, "steps[1].value.count[0]", "mixes a date and a number")),
    "a word in quotes for a number": (*with_points("{sum: ['1', 2]}"),
        (21, "steps[1].value.sum[0]", "is a word, not a number")),
    "branches of two sorts": (*with_points("{if: {when: sure, then: 1, else: 'none'}}"),
        (21, "steps[1].value", "mixes a number and a word")),
    "an age of a number": (*with_points("{age: {born: count, on: day}}"),
        (21, "steps[1].value.age.born", "is a number, not a date")),
    "one operand too few": (*with_points("{difference: [count]}"),
        (21, "steps[1].value.difference", "takes 2 operands")),
    "one operand too many": (*with_points("{quotient: [count, 1, 2]}"),
        (21, "steps[1].value.quotient", "takes 2 operands")),
    "no operands": (*with_points("{sum: []}"), (21, "steps[1].value.sum", "is empty")),
    "no condition": (*with_points("{if: {then: 1, else: 2}}"), (21, "steps[1].value.if", "lacks the key: when")),
    "a strange condition": (*with_points("{if: {when: sure, then: 1, else: 2, maybe: 3}}"),
        (21, "steps[1].value.if", "has an unknown key: maybe")),
    "rows that overlap": (ROWS, "[{to: 3, value: 0}, {from: 3, value: 1}]",
        (21, "steps[1].value.lookup.rows[1]", "overlaps: starts at 3, but the row before ends at 3")),
    "rows with a gap": (ROWS, "[{to: 2, value: 0}, {from: 4, value: 1}]",
        (21, "steps[1].value.lookup.rows[1]", "leaves a gap: starts at 4, but the row before ends at 2")),
    "a row backwards": (ROWS, "[{from: 2, to: 1, value: 0}]",
        (21, "steps[1].value.lookup.rows[0]", "ends before it starts")),
    "a row after the open end": (ROWS, "[{from: 0, value: 0}, {from: 3, value: 1}]",
        (21, "steps[1].value.lookup.rows[1]", "follows a row without an end, or has no start")),
    "a row without a number": (ROWS, "[{to: two, value: 0}]",
        (21, "steps[1].value.lookup.rows[0].to", "is not a number")),
    "no way of rounding": (*with_points("{round: {of: count}}"),
        (21, "steps[1].value.round", "lacks the key: mode")),
    "an unknown way of rounding": (*with_points("{round: {of: count, mode: nearest}}"),
        (21, "steps[1].value.round.mode",
         "is not one of half_up, half_even, half_down, up, down, ceiling, floor")),
    "too many places": (*with_points("{round: {of: count, mode: up, places: 13}}"),
        (21, "steps[1].value.round.places", "is more than 12")),
    "a clamp backwards": (*with_points("{clamp: {of: count, least: 3, most: 2}}"),
        (21, "steps[1].value.clamp", "ends before it starts")),
    "a matrix without a cell": (
        *with_points("{matrix: {row: count, rows_from: [0], column: 1, columns_from: [0, 1], values: [[1]]}}"),
        (21, "steps[1].value.matrix.values[0]", "has 1 values for 2 columns")),
    "a matrix without a line": (
        *with_points("{matrix: {row: count, rows_from: [0, 1], column: 1, columns_from: [0], values: [[1]]}}"),
        (21, "steps[1].value.matrix.values", "has 1 lines for 2 rows")),
    "a limit of a matrix twice": (
        *with_points("{matrix: {row: 1, rows_from: [0, 0.0], column: 1, columns_from: [0], values: [[1], [2]]}}"),
        (21, "steps[1].value.matrix.rows_from", "has the same limit twice")),
    "a misspelt case": (*with_points("{match: {of: sex, cases: {male: 1, femal: 2, female: 3}}}"),
        (21, "steps[1].value", "has a word that sex cannot be: femal")),
    "a case too few": (*with_points("{match: {of: sex, cases: {male: 1}}}"),
        (21, "steps[1].value", "has no case for female, and nothing otherwise")),
    "a case twice": (*with_points("{match: {of: sex, cases: {male: 1, male: 2, female: 3}}}"),
        (21, "steps[1].value.match.cases", "has the key twice: male")),
    "a misspelt comparison": (*with_points("{if: {when: {equal: [sex, 'mael']}, then: 1, else: 0}}"),
        (21, "steps[1].value.if.when", "has a word that sex cannot be: mael")),
    "a misspelt choice": (*with_points("{if: {when: {one_of: {of: sex, values: [man]}}, then: 1, else: 0}}"),
        (21, "steps[1].value.if.when", "has a word that sex cannot be: man")),
    "a word twice in an order": (
        *with_points("{match: {of: {highest: {order: [a, a], of: ['a']}}, cases: {a: 1}}}"),
        (21, "steps[1].value.match.of.highest.order", "has a word twice")),
    "cut-offs that overlap": (ORDERED, "[{level: low, from: 0, to: 5}, {level: high, from: 5}]",
        (29, "scores[0].cutoffs[0].bands[1]", "overlaps: starts at 5, but the level before holds 5")),
    "cut-offs that overlap without an end": (ORDERED, "[{level: low, from: 5}, {level: high, from: 5}]",
        (29, "scores[0].cutoffs[0].bands[1]", "overlaps: starts at 5, but the level before holds 5")),
    "cut-offs with a gap": (ORDERED, "[{level: low, from: 0, to: 4}, {level: high, from: 6}]",
        (29, "scores[0].cutoffs[0].bands[1]", "leaves a gap: starts at 6, but the level before ends at 4")),
    "cut-offs backwards": (ORDERED, "[{level: low, from: 4, to: 3}]",
        (29, "scores[0].cutoffs[0].bands[0]", "ends at 3 before it starts at 4")),
    "cut-offs in disorder": (ORDERED, "[{level: high, from: 0, to: 4}, {level: low, from: 5}]",
        (29, "scores[0].cutoffs[0].bands[1]", "is out of order: low comes after high")),
    "a level that is none": (ORDERED, "[{level: lowest, from: 0}]",
        (29, "scores[0].cutoffs[0].bands[0].level", "is not one of low, high")),
    "cut-offs for the same people": ("valid_from: 2026-06-01, for: {sex: male}, ", "",
        (30, "scores[0].cutoffs[1]", "overlaps: other cut-offs hold for the same people")),
    "cut-offs for nobody": ("for: {sex: male}", "for: {sex: man}",
        (30, "scores[0].cutoffs[1].for.sex", "is not one of male, female")),
    "cut-offs for a number": ("for: {sex: male}", "for: {count: 1}",
        (30, "scores[0].cutoffs[1].for", "has an unknown key: count")),
    "cut-offs from a day without a day": ("    dated_by: day\n", "",
        (29, "scores[0].cutoffs[1]", "is in force from a day, but the score has no dated_by")),
    "a day that is none": ("dated_by: day", "dated_by: sex",
        (26, "scores[0].dated_by", "is not an input with a date: sex")),
    "cut-offs of a truth": ("value: both\n", "value: sure\n",
        (25, "scores[0].value", "has cut-offs but is no number")),
    "a level twice": ("{code: high, name", "{code: low, name",
        (27, "scores[0].levels[1].code", "repeats the code low")),
    "a score twice": ("  - name: first", "  - {name: first, value: 1}\n  - name: first",
        (25, "scores[1]", "uses the name twice: first")),
    "an input twice": ("code: day, type", "code: born, type", (13, "inputs[2]", "uses the name twice: born")),
    "a name that is a constant": ("code: sure", "code: true", (15, "inputs[4]", "uses the name twice: true")),
    "a step of an input's name": ("name: age, value", "name: sex, value", (20, "steps[0]", "uses the name twice: sex")),
    "a missing language": (f"reason: {TEXT}", "reason: {kk: к, ru: р}",
        (18, "checks[0].reason", "lacks the key: en")),
    "an empty language": (f"reason: {TEXT}", "reason: {kk: к, ru: р, en: ' '}",
        (18, "checks[0].reason.en", "is empty")),
    "a check of a number": ("{less_than: [day, born]}", "age",
        (17, "checks[0].refuse_when", "is neither true nor false")),
    "an unknown type": ("type: truth", "type: yes",
        (15, "inputs[4].type", "is not one of whole, number, truth, date, word")),
    "no words": (", words: [male, female]", "", (11, "inputs[0]", "lacks the key: words")),
    "a word twice": ("words: [male, female]", "words: [male, male, female]",
        (11, "inputs[0].words", "has a word twice")),
    "words of a truth": ("type: truth", "type: truth, words: [a]", (15, "inputs[4]", "has words but is true or false")),
    "a range of a truth": ("type: truth", "type: truth, least: 1",
        (15, "inputs[4]", "has a least or a most but is true or false")),
    "a range backwards": ("least: 0, most: 9, best", "least: 9, most: 0, best",
        (14, "inputs[3]", "ends before it starts: most is less than least")),
    "a worst that is no answer": ("worst: 9", "worst: 10", (14, "inputs[3].worst", "is no answer to this input")),
    "a worst in part": ("worst: 9", "worst: 1.5", (14, "inputs[3].worst", "is no answer to this input")),
    "a best without a worst": (", worst: 9", "", (14, "inputs[3]", "has only one of best and worst")),
    "an unknown policy": ("checks:", "missing: {policy: guess}\nchecks:",
        (16, "missing.policy", "is not one of forbid, allow, project")),
    "allow without a number": ("checks:", "missing: {policy: allow}\nchecks:",
        (16, "missing", "at_most belongs to the policy allow, and allow needs it")),
    "a level under another policy": ("checks:", "missing: {policy: forbid, level_if_changed: low}\nchecks:",
        (16, "missing.level_if_changed", "belongs to the policy project")),
    "a level that no score has": ("checks:", "missing: {policy: project, level_if_changed: open}\nchecks:",
        (16, "missing.level_if_changed", "is not among the levels of every score: open")),
    "applying by a number": ("checks:", "applies_when: count\nchecks:",
        (16, "applies_when", "is neither true nor false")),
    "an unknown key": ("checks:", "weights: 1\nchecks:", (16, "", "has an unknown key: weights")),
    "a key twice": ("checks:", "code: other\nchecks:", (16, "", "has the key twice: code")),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTY)
def test_a_fault_is_told_with_its_line_place_and_reason(fault):
    old, new, told = FAULTY[fault]
    assert old in GOOD

    with pytest.raises(InstrumentFault) as caught:
        load_instrument(GOOD.replace(old, new, 1))

    assert told in [(one.line, one.place, one.reason) for one in caught.value.faults]
    assert [one for one in caught.value.faults if one.line is None] == []


def test_faults_are_told_from_the_top_of_the_file_down():
    text = (
        GOOD.replace("code: little", "code: Little").replace("ru: р, en: e}}", "ru: р}}").replace("both\n", "booth\n")
    )

    with pytest.raises(InstrumentFault) as caught:
        load_instrument(text)

    lines = [fault.line for fault in caught.value.faults]
    assert lines == sorted(lines) == [2, 11, 12, 13, 14, 15, 25, 27, 27]


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
UNREADABLE = {
    "a bomb of aliases": (BOMB, 2, "uses an alias"),
    "an alias of a key": (GOOD.replace("count: [", "&x [").replace("title: {", "title: &t {") + "more: *t\n",
        31, "uses an alias"),
    "deep nesting": (GOOD.replace("both\n", "{not: " * 50 + "sure" + "}" * 50 + "\n"), 25, "is nested too deep"),
    "tabs": (GOOD.replace("  - name: first", "\t- name: first"), 24, "is not YAML"),
    "a NUL": (GOOD.replace("Little", "Lit\0tle"), None, "is not YAML"),
    "two documents": (GOOD + "---\n" + GOOD, 31, "is not YAML: but found another document"),
    "a list": ("- a\n- b\n", 1, "is not a mapping of keys to values"),
    "a text": ("hello\n", 1, "is not a mapping of keys to values"),
    "nothing": ("", None, "is empty"),
    "comments only": ("# nothing\n", None, "is empty"),
    "too much": ("# " + "x" * 5_000_000, None, "is longer than 500000 characters"),
    "a tag that would run something": ("title: !!python/object/apply:os.system [true]\n", 1, "lacks the key"),
}  # fmt: skip


@pytest.mark.parametrize("fault", UNREADABLE)
def test_what_is_no_instrument_at_all_is_refused_in_words(fault):
    text, line, reason = UNREADABLE[fault]

    with pytest.raises(InstrumentFault) as caught:
        load_instrument(text)

    first = caught.value.faults[0]
    assert first.line == line
    assert first.reason.startswith(reason)


def test_the_mark_that_some_editors_begin_a_file_with_is_no_fault():
    assert load_instrument("\ufeff" + GOOD).code == "little"
    assert load_instrument(GOOD.replace("\n", "\r\n")).code == "little"


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_calculation_never_fails_in_another_way(data):
    start = data.draw(st.integers(GOOD.index("inputs:"), len(GOOD)))
    end = data.draw(st.integers(start, min(len(GOOD), start + 30)))
    names = st.sampled_from(
        ["age", "sum", "count", "born", "word", "true", "if", "points", "0.5", "[]", "{}", "sex", "to"]
    )
    insert = data.draw(names | st.text(alphabet="abc019 -:,[]{}'\"&*!|>#%\n\t?", max_size=6))
    try:
        load_instrument(GOOD[:start] + insert + GOOD[end:])
    except InstrumentFault as refused:
        assert refused.faults
