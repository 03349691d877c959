"""Nothing that is hidden can be had by taking what is shown from the total."""

from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from app.assessments.models import OverrideReason
from app.assessments.validation.cells import too_few
from app.assessments.validation.hiding import hidden_groups
from app.assessments.validation.practice import AMBER, RED, answers, overrides
from app.assessments.validation.tables import ALL
from app.assessments.vocabulary import Level

sizes = st.dictionaries(
    st.sampled_from("abcdefg"),
    st.integers(0, 120).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    min_size=1,
)


@given(sizes)
def test_what_is_hidden_is_nothing_or_together_enough_or_everything(sizes):
    hidden = hidden_groups(sizes)
    people, events = (sum(sizes[name][side] for name in hidden) for side in (0, 1))

    assert all(name in hidden for name, size in sizes.items() if too_few(*size))
    assert people == 0 or not too_few(people, events) or hidden == sizes.keys()


def test_the_smallest_of_the_others_is_hidden_with_a_small_one():
    assert hidden_groups({"women": (25, 3), "men": (400, 20)}) == {"women", "men"}
    assert hidden_groups({"a": (25, 3), "b": (90, 12), "c": (400, 20)}) == {"a", "b"}
    assert hidden_groups({"a": (40, 10), "b": (90, 12), "nobody": (0, 0)}) == {"nobody"}


def counted(office: str, assessments: int, **more):
    facts = {"window": 0, "from_level": None, "to_level": None, "reason": None} | more
    return SimpleNamespace(office=office, assessments=assessments, **facts)


def test_overrides_are_counted_by_direction_and_norms_apart():
    rows = [
        counted("A", 80),
        counted("A", 9, from_level=Level.LOW, to_level=Level.MEDIUM, reason=OverrideReason.HARM),
        counted("A", 3, from_level=Level.HIGH, to_level=Level.MEDIUM, reason=OverrideReason.STRENGTHS),
        counted("A", 8, from_level=Level.LOW, to_level=Level.MEDIUM, reason=OverrideReason.STATUTORY_CATEGORY),
        counted("B", 30),
        counted("C", 29),
        counted(None, 31),
    ]
    lines = {line.key: line.figures and [figure.value for figure in line.figures] for line in overrides(rows).lines}

    assert lines["A"] == [100, 9, 3, 8, 0.12]
    assert AMBER < lines["A"][-1] < RED
    assert lines["B"] is lines["C"] is None  # B would give C away
    assert lines[ALL][0] == 190


def test_answers_left_open_are_shares_of_all_answers():
    rows = [
        counted("A", 40, answers=400, unknown=20, carried_over=100),
        counted("A", 30, window=1, answers=300, unknown=30, carried_over=0),
    ]
    lines = [(line.key, [figure.value for figure in line.figures]) for line in answers(rows).lines]

    assert lines == [("A", [40, 0.05, 0.25]), (ALL, [40, 0.05, 0.25]), ("earlier", [30, 0.1, 0.0])]


def test_nobody_gives_empty_tables():
    assert overrides([]).lines == answers([]).lines == ()
