"""Each rule at its limit, by hand: it fires, and just does not."""

from datetime import date, timedelta

import pytest

from app.clients.vocabulary import EventKind, Stage
from app.signals.facts import Absence, Completed, Event, Facts, Help, Item, Review, Step
from app.signals.rules import Watch, evaluate, every_version, in_force

DAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def found(code: str, **facts) -> list[str]:
    """The keys of the evidence of one rule, in a case of which nothing else is known."""
    case = Facts(case_id=7, registered_on=ago(400), **facts)
    return [each.key for finding in evaluate(in_force(DAY), case, DAY) if finding.rule.code == code
            for each in finding.evidence]  # fmt: skip


def reviewed(**facts) -> Review:
    given = {
        "id": 5, "on": DAY, "acute": 6, "protective": 6, "protective_unknown": 0,
        "earlier": 3, "earlier_acute": 12, "earlier_unknown": 0, "protective_before": 6,
    }  # fmt: skip
    return Review(**given | facts)


def events(*rows: tuple[int, EventKind]) -> tuple[Event, ...]:
    return tuple(Event(number, kind, ago(days)) for number, (days, kind) in enumerate(rows, start=1))


@pytest.mark.parametrize(
    ("points", "before", "fires"),
    [(2, 1, True), (2, 0, True), (2, None, True), (2, 2, False), (1, 0, False)],
)
def test_an_acute_item_moves_to_two(points, before, fires):
    item = Item(review_id=5, on=DAY, code="housing", points=points, before=before)

    assert found("acute_item_high", items=(item,)) == (["5:housing"] if fires else [])


@pytest.mark.parametrize(
    ("facts", "fires"),
    [
        ({"acute": 6, "earlier_acute": 12}, True),  # 4 on average: exactly two more
        ({"acute": 6, "earlier_acute": 13}, False),  # 4.33 on average
        ({"acute": 5, "earlier_acute": 12}, False),
        ({"acute": 14, "earlier": 2, "earlier_acute": 2}, False),  # three are needed
        ({"acute": 14, "earlier": 0, "earlier_acute": None}, False),
        ({"acute": 6, "earlier_acute": 3, "earlier_unknown": 1}, False),  # the mean may be higher than it looks
    ],
)
def test_the_acute_sum_is_two_above_the_own_mean(facts, fires):
    assert found("acute_sum_rise", review=reviewed(**facts)) == (["5"] if fires else [])


@pytest.mark.parametrize(
    ("before", "now", "unknown", "fires"),
    [(6, 4, 0, True), (6, 5, 0, False), (6, 0, 1, False), (None, 0, 0, False), (4, 6, 0, False)],
)
def test_what_protects_fell_by_two(before, now, unknown, fires):
    review = reviewed(protective=now, protective_before=before, protective_unknown=unknown)

    assert found("protective_fall", review=review) == (["5"] if fires else [])


MISSED, BREACH = EventKind.MISSED_APPOINTMENT, EventKind.BREACH


@pytest.mark.parametrize(
    ("days", "fires"),
    [
        ([(0,), (30,)], ["event:1"]),
        ([(0,), (31,)], []),
        ([(0,)], []),
        ([(30,), (60,)], ["event:1"]),
        ([(31,), (40,)], []),  # the last of them is too long ago
        ([(0,), (10,), (35,)], ["event:2", "event:1"]),  # the second with the third, the first with the second
        ([(3,), (3,)], ["event:2"]),  # two of one day
    ],
)
def test_two_appointments_missed_in_thirty_days(days, fires):
    assert found("missed_appointments", events=events(*((day, MISSED) for (day,) in days))) == fires


def test_a_missed_session_counts_like_a_missed_appointment():
    facts = {"events": events((20, MISSED)), "absences": (Absence(9, ago(2)),)}

    assert found("missed_appointments", **facts) == ["session:9"]
    assert found("missed_appointments", absences=facts["absences"]) == []


@pytest.mark.parametrize(("first", "fires"), [(365, ["event:2"]), (366, [])])
def test_a_second_breach_within_a_year(first, fires):
    assert found("repeated_breach", events=events((first, BREACH), (0, BREACH))) == fires


@pytest.mark.parametrize(("days", "fires"), [(365, ["event:1"]), (366, []), (0, ["event:1"])])
def test_a_new_offence_of_the_last_year(days, fires):
    assert found("new_offence", events=events((days, EventKind.NEW_OFFENCE))) == fires


@pytest.mark.parametrize("lost", [EventKind.LOST_WORK, EventKind.LOST_HOME, EventKind.TREATMENT_STOPPED])
def test_what_is_lost_counts_for_ninety_days(lost):
    assert found("loss", events=events((90, lost))) == ["event:1"]
    assert found("loss", events=events((91, lost))) == []


def test_what_is_found_again_is_no_loss():
    lost, again = EventKind.LOST_WORK, EventKind.FOUND_WORK

    assert found("loss", events=events((20, lost), (20, again))) == []
    assert found("loss", events=events((20, lost), (21, again))) == ["event:1"]
    assert found("loss", events=events((20, lost), (10, EventKind.FOUND_HOME))) == ["event:1"]


@pytest.mark.parametrize(("days", "fires"), [(30, False), (31, True)])
def test_an_old_review_means_that_nothing_is_known(days, fires):
    review = reviewed(on=ago(days))

    assert found("review_unknown", review=review, is_to_be_reviewed=True) == ([f"since:{ago(days)}"] if fires else [])
    assert found("review_unknown", review=review) == []


def test_a_missing_review_is_unknown_and_never_fine():
    assert found("review_unknown", is_to_be_reviewed=True) == [f"since:{ago(400)}"]


@pytest.mark.parametrize(("days", "fires"), [(0, True), (89, True), (90, False), (-1, False)])
def test_the_first_ninety_days_after_release(days, fires):
    expected = [f"since:{ago(days)}"] if fires else []

    assert found("recent_release", stage=Stage.POST_PENITENTIARY, stage_from=ago(days)) == expected
    assert found("recent_release", stage=Stage.SENTENCE, stage_from=ago(days)) == []


@pytest.mark.parametrize(("days", "fires"), [(0, False), (1, True)])
def test_assessments_are_late_the_day_after(days, fires):
    assert bool(found("first_assessment_late", first_due_on=ago(days))) == fires
    assert found("reassessment_late", completed=Completed(3, ago(days))) == (["assessment:3"] if fires else [])


@pytest.mark.parametrize(("days", "fires"), [(14, False), (15, True)])
def test_no_programme_a_fortnight_after_the_assessment(days, fires):
    assert bool(found("no_program", first_assessed_on=ago(days), has_program=False)) == fires
    assert found("no_program", first_assessed_on=ago(days)) == []
    assert found("no_program", has_program=False) == []


@pytest.mark.parametrize(("days", "fires"), [(7, False), (8, True)])
def test_a_step_is_late_a_week_after_its_date(days, fires):
    assert found("step_late", steps=(Step(2, "t", ago(days)),)) == ([f"t:{ago(days)}"] if fires else [])


@pytest.mark.parametrize(("days", "fires"), [(30, False), (31, True)])
def test_a_helper_is_silent_for_thirty_days(days, fires):
    met, never = Help(4, ago(200), ago(days)), Help(4, ago(days), None)

    for match in (met, never):
        assert found("no_helper_contact", helps=(match,)) == ([f"4:{ago(days)}"] if fires else [])


@pytest.mark.parametrize(
    ("days", "ends", "over"), [(31, False, False), (30, True, False), (0, True, False), (-1, False, True)]
)
def test_the_term_ends_or_is_over(days, ends, over):
    assert bool(found("term_ends", term_to=ago(-days))) == ends
    assert bool(found("term_over", term_to=ago(-days))) == over


@pytest.mark.parametrize(
    ("term_to", "months"),
    [
        (date(2027, 11, 21), None), (date(2027, 11, 20), 12), (date(2027, 5, 21), 12), (date(2027, 5, 20), 6),
        (date(2026, 12, 20), 1), (date(2026, 11, 20), 1), (date(2026, 11, 19), None),
    ],
)  # fmt: skip
def test_a_release_that_nobody_prepares(term_to, months):
    inside = {"stage": Stage.PENITENTIARY, "stage_from": ago(300), "term_to": term_to}

    assert found("release_unprepared", has_program=False, **inside) == ([f"{term_to}:{months}"] if months else [])
    assert found("release_unprepared", **inside) == []


def test_of_a_case_of_which_nothing_is_known_nothing_is_said():
    assert evaluate(Watch(every_version()), Facts(case_id=7, registered_on=ago(400)), DAY) == ()
