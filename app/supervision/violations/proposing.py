"""Which answers the norms foresee in a case, and why: values in, proposals with their reasons out. Nobody is bound."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from app.supervision.norms import Facts, Fraction, Limit, NoNorm, Norm, Per, Term, Unit, days_run, norm
from app.supervision.violations.catalogue import ABOUT_THE_CASE, AnswerRule, When, answering
from app.supervision.violations.situation import Committed, Proposal, Reason, Situation, Why

REPEAT = "repeat-days"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule holds: for these violations, for these reasons; ``notes`` are to be minded."""

    violations: tuple[Committed, ...] = ()
    reasons: tuple[Reason, ...] = ()
    notes: tuple[Reason, ...] = ()


def propose(situation: Situation, on: date) -> tuple[Proposal, ...]:
    """What the norms of a day foresee for a case as it stands, in the order of the rules."""
    rules = [one for one in answering().rules if one.applies_to(situation.facts.basis or "", situation.facts.is_minor)]
    return tuple(chain.from_iterable(proposed(rule, situation, on) for rule in rules))


def proposed(rule: AnswerRule, situation: Situation, on: date) -> Iterable[Proposal]:
    """The proposal of one rule, over all violations for which it holds; none where it holds for none."""
    try:
        foreseen = norm(rule.norm, on, situation.facts)
        found = list(findings(rule, situation, on))
    except NoNorm:  # the law of that day knows no such answer
        return
    if not found:
        return
    violations = {one.number: one for finding in found for one in finding.violations}
    months, most = limit_of(rule, situation.facts, on)
    reasons = [Reason(Why.FORESEEN, foreseen), *unlike(chain.from_iterable(finding.reasons for finding in found))]
    notes = [*unlike(chain.from_iterable(finding.notes for finding in found)), *missing_before(violations.values())]
    norms_used = [one.norm for one in (*reasons, *most) if one.norm]
    if not all(one.checked for one in norms_used):
        notes.append(Reason(Why.UNCHECKED))
    yield Proposal(
        rule, foreseen, tuple(sorted(violations)), (*reasons, *of_age(rule, foreseen), *most), tuple(notes), months
    )


def findings(rule: AnswerRule, situation: Situation, on: date) -> Iterable[Finding]:
    if rule.when in ABOUT_THE_CASE:
        if (rule.code, None) not in situation.dismissed and rule.measure not in situation.asked:
            yield from ABOUT_CASE[rule.when](rule, situation, on)
        return
    for one in sorted(situation.violations, key=lambda one: (one.on, one.number)):
        if one.code in rule.violations and not is_settled(one, rule, situation):
            yield from ABOUT_ONE[rule.when](rule, situation, one)


def is_settled(one: Committed, rule: AnswerRule, situation: Situation) -> bool:
    """Whether it was answered by something that this rule does not foresee beside it, or the rule was set aside."""
    return bool(one.measures - set(rule.beside)) or (rule.code, one.number) in situation.dismissed


def always(_rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    yield Finding((one,), notes=before_warnings(situation))


def first(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    """No other violation that the rule looks at lies within the norm's days before this one."""
    within = norm(REPEAT, one.on, situation.facts)
    earlier = earlier_ones(rule, situation, one)
    if any(is_repeat(within, before, one) for before in earlier):
        return
    notes = (too_long_ago(within, earlier[-1], one),) if earlier else ()
    others = [other for other in situation.violations if other.on < one.on and is_repeat(within, other, one)]
    first_of_any = () if others else (Reason(Why.FIRST, within, {"on": one.on, "days": within.count}),)
    yield Finding((one,), first_of_any, notes)


def repeat(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    """Another violation lies within the norm's days before this one; both ground the answer."""
    within = norm(REPEAT, one.on, situation.facts)
    for before in reversed(earlier_ones(rule, situation, one)):
        if is_repeat(within, before, one):
            values = {"on": one.on, "earlier": before.on, "gap": (one.on - before.on).days, "days": within.count}
            yield Finding((before, one), (Reason(Why.REPEAT, within, values),), before_warnings(situation))
            return


def earlier_ones(rule: AnswerRule, situation: Situation, one: Committed) -> list[Committed]:
    """The violations that the rule looks at on the days before this one, in order."""
    found = [before for before in situation.violations if before.code in rule.violations and before.on < one.on]
    return sorted(found, key=lambda before: (before.on, before.number))


def is_repeat(within: Norm, before: Committed, one: Committed) -> bool:
    return one.on <= within.after(before.on)


def too_long_ago(within: Norm, before: Committed, one: Committed) -> Reason:
    values = {"earlier": before.on, "gap": (one.on - before.on).days, "days": within.count}
    return Reason(Why.NOT_REPEAT, within, values)


def within(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    limit, alike = counted(rule, situation, one)
    if not passes(limit, len(alike)):
        yield Finding((one,), (Reason(Why.WITHIN, limit, how_many(limit, alike)),))


def over(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    limit, alike = counted(rule, situation, one)
    if passes(limit, len(alike)):
        yield Finding(tuple(alike), (Reason(Why.OVER, limit, how_many(limit, alike)),), before_warnings(situation))


def counted(rule: AnswerRule, situation: Situation, one: Committed) -> tuple[Norm, list[Committed]]:
    """The violations of this code that the limit counts together: those of its month, or all of them."""
    limit = norm(rule.limit, one.on, situation.facts)
    monthly = isinstance(limit.value, Limit) and limit.value.per is Per.MONTH
    alike = [
        other
        for other in situation.violations
        if other.code == one.code and (not monthly or other.on.replace(day=1) == one.on.replace(day=1))
    ]
    return limit, sorted(alike, key=lambda other: (other.on, other.number))


def how_many(limit: Norm, alike: Sequence[Committed]) -> dict[str, object]:
    return {"count": len(alike), "days": tuple(one.on for one in alike), "most": most_of(limit)}


def warned(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    limit, before = norm(rule.limit, one.on, situation.facts), warnings_before(situation, one)
    if passes(limit, len(before) + 1):
        yield Finding((one,), (Reason(Why.WARNED, limit, {"count": len(before), "days": before}),))


def unwarned(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    limit, before = norm(rule.limit, one.on, situation.facts), warnings_before(situation, one)
    if not passes(limit, len(before) + 1):
        values = {"count": len(before), "days": before}
        yield Finding((one,), (Reason(Why.WARNED, limit, values),) if before else ())


def hidden(rule: AnswerRule, situation: Situation, one: Committed) -> Iterable[Finding]:
    """Its day lies in a stretch of unknown whereabouts that was longer than the norm allows."""
    limit = norm(rule.limit, one.on, situation.facts)
    for missed, until in situation.gone:
        if missed <= one.on <= until and is_hiding(limit, missed, until):
            lasts = missed == situation.missing_since
            reasons = (Reason(Why.MISSING, limit, days_missing(limit, missed, until)),) if lasts else ()
            yield Finding((one,), reasons, before_warnings(situation))
            return


def warnings_before(situation: Situation, one: Committed) -> tuple[date, ...]:
    return tuple(sorted(day for day in situation.warnings if day <= one.on))


def missing(rule: AnswerRule, situation: Situation, on: date) -> Iterable[Finding]:
    """Nobody knows where the person is, for longer than the norm allows; a search has not begun."""
    limit = norm(rule.limit, on, situation.facts)
    if situation.missing_since and not situation.searched_since and is_hiding(limit, situation.missing_since, on):
        yield Finding((), (Reason(Why.MISSING, limit, days_missing(limit, situation.missing_since, on)),))


def sought(rule: AnswerRule, situation: Situation, on: date) -> Iterable[Finding]:
    """A search goes on, the days have passed, and no court has declared the person wanted."""
    limit = norm(rule.limit, on, situation.facts)
    since, missed = situation.searched_since, situation.missing_since
    if since and missed and not situation.is_declared and is_hiding(limit, missed, on):
        reasons = (
            Reason(Why.MISSING, limit, days_missing(limit, missed, on)),
            Reason(Why.SEARCHED, None, {"on": since}),
        )
        yield Finding((), reasons)


def is_hiding(limit: Norm, missed: date, on: date) -> bool:
    """More than the norm's days: with 15 of them, the sixteenth day after the missed registration is the first."""
    return limit.after(missed) < on


def days_missing(limit: Norm, missed: date, on: date) -> dict[str, object]:
    return {"missed": missed, "day": (on - missed).days, "days": limit.count}


def half(rule: AnswerRule, situation: Situation, on: date) -> Iterable[Finding]:
    """The norm's part of the term has passed, nobody is searched for, and a year brought no violation."""
    part = norm(rule.limit, on, situation.facts)
    if situation.term is None or situation.searched_since or not isinstance(part.value, Fraction):
        return
    reached = half_on(part.value, situation)
    clean = norm(REPEAT, on, situation.facts)
    if reached is None or on < reached or any(on <= clean.after(one.on) for one in situation.violations):
        return
    stood = (on - situation.term[0]).days - days_run(situation.term[0], on, situation.suspended)
    reasons = [Reason(Why.HALF, part, {"on": reached}), Reason(Why.CLEAN, None, {"days": clean.count})]
    yield Finding((), (*reasons, *([Reason(Why.STOOD, None, {"days": stood})] if stood else [])))


def half_on(part: Fraction, situation: Situation) -> date | None:
    """The first day on which the part of the term has been served; days on which the clock stood do not count.

    None without a term with an end, or while the clock stands and the part is not reached.
    """
    if situation.term is None:
        return None
    first_day, last = situation.term
    days = (part.of(first_day, last) - first_day).days
    return Term(days, Unit.DAYS).end(first_day, situation.suspended) if days else first_day


def before_warnings(situation: Situation) -> tuple[Reason, ...]:
    """What the court will ask: whether the person was warned before."""
    if situation.warnings:
        return ()
    return (Reason(Why.UNWARNED),)


def missing_before(violations: Iterable[Committed]) -> list[Reason]:
    """The days of violations of which the person has not yet given an explanation."""
    days = tuple(one.on for one in violations if not one.is_explained)
    return [Reason(Why.UNEXPLAINED, None, {"days": days})] if days else []


def of_age(rule: AnswerRule, foreseen: Norm) -> tuple[Reason, ...]:
    return (Reason(Why.MINOR, foreseen),) if rule.minor else ()


def limit_of(rule: AnswerRule, facts: Facts, on: date) -> tuple[int | None, tuple[Reason, ...]]:
    """How many months may be asked for at most, and why."""
    if not rule.most:
        return None, ()
    most = norm(rule.most, on, facts)
    return most.count, (Reason(Why.AT_MOST, most, {"months": most.count}),)


def passes(limit: Norm, count: int) -> bool:
    return isinstance(limit.value, Limit) and limit.value.is_passed(count)


def most_of(limit: Norm) -> int:
    return limit.value.most if isinstance(limit.value, Limit) else 0


def unlike(reasons: Iterable[Reason]) -> list[Reason]:
    """Each reason once, in the order in which they came."""
    found: list[Reason] = []
    for one in reasons:
        if one not in found:
            found.append(one)
    return found


ABOUT_ONE = {
    When.ALWAYS: always, When.FIRST: first, When.REPEAT: repeat, When.WITHIN: within, When.OVER: over,
    When.WARNED: warned, When.UNWARNED: unwarned, When.HIDDEN: hidden,
}  # fmt: skip
ABOUT_CASE = {When.MISSING: missing, When.SOUGHT: sought, When.HALF: half}
