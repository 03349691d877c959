"""What differs between two versions: hand-worked cases, and what must hold for any two."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.programs.drafts.differences import (
    Change,
    Fate,
    GoalPicture,
    Picture,
    Said,
    StepPicture,
    differences,
    moved_between,
)

pytestmark = pytest.mark.one_engine

DAY = date(2026, 3, 20)


def step(thread: str, **other: object) -> StepPicture:
    return replace(StepPicture(thread, f"Step {thread}", "person", DAY), **other)


def goal(thread: str, *steps: StepPicture, **other: object) -> GoalPicture:
    return replace(GoalPicture(thread, f"Goal {thread}", "active", steps=steps), **other)


def version(*goals: GoalPicture, **other: object) -> Picture:
    return replace(Picture(DAY, date(2026, 9, 20), goals=goals), **other)


def fates(found) -> dict[str, Fate]:
    return {(one.after or one.before).thread: one.fate for one in found.goals}


def test_what_was_added_removed_and_changed_is_named():
    before = version(goal("a", step("1"), step("2")), goal("b", step("3")))
    after = version(goal("a", step("1", due_on=date(2026, 5, 1)), step("4"), phase="future"), goal("c"))

    found = differences(before, after)

    assert fates(found) == {"a": Fate.CHANGED, "c": Fate.ADDED, "b": Fate.REMOVED}
    assert found.goals[0].changes == (Change("phase", "active", "future"),)
    assert [(row.fate, (row.after or row.before).thread) for row in found.goals[0].steps] == [
        (Fate.CHANGED, "1"), (Fate.ADDED, "4"), (Fate.REMOVED, "2"),
    ]  # fmt: skip
    assert found.goals[0].steps[0].changes == (Change("due_on", DAY, date(2026, 5, 1)),)
    assert [row.fate for row in found.goals[2].steps] == [Fate.REMOVED]


def test_dates_and_what_the_person_says_are_compared():
    said = Said("agreed", DAY, "Келісемін")
    found = differences(version(), version(review_on=date(2026, 12, 1), said=said))

    assert found.dates == (Change("review_on", date(2026, 9, 20), date(2026, 12, 1)),)
    assert found.said == (
        Change("answer", None, "agreed"), Change("on", None, DAY), Change("words", None, "Келісемін"),
    )  # fmt: skip
    assert not found.is_none


def test_a_step_that_came_from_another_goal_is_moved_and_not_removed():
    before = version(goal("a", step("1"), step("2")), goal("b"))
    after = version(goal("a", step("1")), goal("b", step("2")))

    found = differences(before, after)

    assert [[(row.fate, row.is_moved) for row in one.steps] for one in found.goals] == [
        [(Fate.SAME, False)], [(Fate.SAME, True)],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [("abcd", "abcd", ""), ("abcd", "dabc", "d"), ("abcd", "bcda", "a"), ("abcd", "xbd", ""), ("abc", "cxab", "c")],
)
def test_as_few_as_can_be_count_as_moved(before, after, moved):
    assert moved_between(before, after) == set(moved)


STEPS = st.builds(
    StepPicture,
    st.just(""),
    st.sampled_from(["Talk", "Call"]),
    st.sampled_from(["person", "officer"]),
    st.dates(DAY, date(2026, 4, 1)),
    st.sampled_from([None, "medical"]),
    st.sampled_from([None, 4]),
)
GOALS = st.builds(
    GoalPicture, st.just(""), st.sampled_from(["Work", "Home"]), st.sampled_from(["active", "future"]),
    steps=st.lists(STEPS, max_size=3).map(tuple),
)  # fmt: skip


def threaded(goals: list[GoalPicture]) -> tuple[GoalPicture, ...]:
    """Goals and steps with threads of their own."""
    return tuple(
        replace(one, thread=f"g{n}", steps=tuple(replace(row, thread=f"g{n}s{m}") for m, row in enumerate(one.steps)))
        for n, one in enumerate(goals)
    )


VERSIONS = st.lists(GOALS, max_size=5).map(threaded).map(lambda goals: version(*goals))


@settings(max_examples=40)
@given(VERSIONS)
def test_a_version_does_not_differ_from_itself(one):
    assert differences(one, one).is_none


@settings(max_examples=40)
@given(VERSIONS, st.data())
def test_removing_and_adding_show_exactly_that(one, data):
    place = data.draw(st.integers(0, len(one.goals)))
    more = replace(one, goals=(*one.goals[:place], goal("new", step("n1")), *one.goals[place:]))

    added, removed = differences(one, more), differences(more, one)

    assert {thread for thread, fate in fates(added).items() if fate is not Fate.SAME} == {"new"}
    assert fates(added)["new"] is Fate.ADDED
    assert fates(removed)["new"] is Fate.REMOVED
    assert sum(not row.is_none for row in (*added.goals, *removed.goals)) == 2
    assert not any(row.is_moved for row in (*added.goals, *removed.goals))


@settings(max_examples=40)
@given(VERSIONS, VERSIONS, st.randoms())
def test_backwards_every_difference_is_the_other_way_round(one, other, chance):
    shuffled = list(other.goals)
    chance.shuffle(shuffled)
    other = replace(other, goals=tuple(shuffled))

    forth, back = fates(differences(one, other)), fates(differences(other, one))

    turned = {Fate.ADDED: Fate.REMOVED, Fate.REMOVED: Fate.ADDED}
    assert {thread: turned.get(fate, fate) for thread, fate in forth.items()} == back
