"""Every operator of the formulas by hand-worked values, with what is not known and what has no value."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.assessments.calculation.expressions import Expression, value_of
from app.assessments.calculation.operators import NoValue
from app.assessments.calculation.reading_formulas import NOTHING, READERS, ROUNDING, read_formula, read_number
from app.assessments.reading import Reader, parse

pytestmark = pytest.mark.one_engine

KNOWN = {
    "nought": Decimal(0), "two": Decimal(2), "five": Decimal(5), "half": Decimal("0.5"), "below": Decimal("-2.5"),
    "yes": True, "no": False, "word": "theft", "born": date(2000, 2, 29), "later": date(2026, 11, 22),
    "points of past": Decimal(3), "points of nothing": None,
    "unknown": None, "unsaid": None, "undated": None, "unheard": None,
}  # fmt: skip


def formula_of(text: str) -> Expression:
    read = Reader()
    formula = read_formula(read, parse(text), "value")
    assert read.faults == []
    return formula


def value(text: str):
    return value_of(formula_of(text), KNOWN)


WORKED = {
    "constant and name": [
        ("7", 7),
        ("-0.50", Decimal("-0.5")),
        ("true", True),
        ("'two'", "two"),
        ("two", 2),
        ("unknown", None),
    ],
    "sum": [("{sum: [1, 2.5, -4]}", Decimal("-0.5")), ("{sum: [two]}", 2), ("{sum: [two, unknown]}", None)],
    "difference": [("{difference: [two, 5]}", -3), ("{difference: [unknown, 1]}", None)],
    "product": [("{product: [two, 5, half]}", 5), ("{product: [nought, unknown]}", None)],
    "quotient": [("{quotient: [5, two]}", Decimal("2.5")), ("{quotient: [1, unknown]}", None)],
    "negative": [("{negative: five}", -5), ("{negative: unknown}", None)],
    "least": [("{least: [5, 2, 3]}", 2), ("{least: [5, unknown]}", None)],
    "most": [("{most: [5, 2, 3]}", 5), ("{most: [5, unknown]}", None)],
    "linear": [
        ("{linear: {intercept: -1, terms: [{weight: 0.5, of: two}, {weight: -2, of: five}]}}", -10),
        ("{linear: {terms: [{weight: 3, of: two}]}}", 6),
        ("{linear: {terms: [{weight: 0, of: unknown}]}}", None),
    ],
    "ln": [
        ("{ln: 1}", 0),
        ("{round: {of: {ln: 2}, places: 12, mode: half_even}}", Decimal("0.693147180560")),
        ("{ln: unknown}", None),
    ],
    "exp": [
        ("{exp: 0}", 1),
        ("{round: {of: {exp: 1}, places: 12, mode: half_even}}", Decimal("2.718281828459")),
        ("{exp: unknown}", None),
    ],
    "logistic": [
        ("{logistic: 0}", Decimal("0.5")),
        ("{logistic: unknown}", None),
        ("{round: {of: {logistic: 1000}, mode: half_up}}", 1),
        ("{round: {of: {logistic: -1000}, places: 12, mode: half_up}}", 0),
        ("{round: {of: {logistic: -999999999999999}, places: 12, mode: half_up}}", 0),
        ("{round: {of: {logistic: 999999999999999}, places: 12, mode: half_up}}", 1),
        ("{round: {of: {logistic: -1.40256}, places: 5, mode: half_up}}", Decimal("0.19741")),
    ],
    "round": [
        ("{round: {of: 2.5, mode: half_up}}", 3),
        ("{round: {of: -2.5, mode: half_up}}", -3),
        ("{round: {of: 2.5, mode: half_even}}", 2),
        ("{round: {of: 3.5, mode: half_even}}", 4),
        ("{round: {of: -2.5, mode: half_even}}", -2),
        ("{round: {of: 2.5, mode: half_down}}", 2),
        ("{round: {of: 2.51, mode: half_down}}", 3),
        ("{round: {of: -2.5, mode: half_down}}", -2),
        ("{round: {of: 2.1, mode: up}}", 3),
        ("{round: {of: -2.1, mode: up}}", -3),
        ("{round: {of: 2.9, mode: down}}", 2),
        ("{round: {of: -2.9, mode: down}}", -2),
        ("{round: {of: 2.1, mode: ceiling}}", 3),
        ("{round: {of: -2.9, mode: ceiling}}", -2),
        ("{round: {of: 2.9, mode: floor}}", 2),
        ("{round: {of: -2.1, mode: floor}}", -3),
        ("{round: {of: 1.005, places: 2, mode: half_up}}", Decimal("1.01")),
        ("{round: {of: unknown, mode: up}}", None),
    ],
    "clamp": [
        ("{clamp: {of: 5, least: 1, most: 3}}", 3),
        ("{clamp: {of: 0, least: 1, most: 3}}", 1),
        ("{clamp: {of: 2, least: 1, most: 3}}", 2),
        ("{clamp: {of: -9, most: 3}}", -9),
        ("{clamp: {of: 9, least: 3}}", 9),
        ("{clamp: {of: unknown, least: 3}}", None),
    ],
    "lookup": [
        ("{lookup: {of: -99, rows: [{to: 0, value: 1}, {from: 1, to: 2, value: 7}, {from: 3, value: 9}]}}", 1),
        ("{lookup: {of: 1, rows: [{to: 0, value: 1}, {from: 1, to: 2, value: 7}, {from: 3, value: 9}]}}", 7),
        ("{lookup: {of: 2, rows: [{to: 0, value: 1}, {from: 1, to: 2, value: 7}, {from: 3, value: 9}]}}", 7),
        ("{lookup: {of: 0, rows: [{to: 0, value: 1}]}}", 1),
        ("{lookup: {of: 999, rows: [{to: 0, value: 1}, {from: 1, value: {sum: [two, 1]}}]}}", 3),
        ("{lookup: {of: 5, rows: [{to: 5, value: 'low'}, {from: 6, value: 'high'}]}}", "low"),
        ("{lookup: {of: unknown, rows: [{to: 0, value: 1}]}}", None),
        ("{lookup: {of: 1, rows: [{to: 5, value: unknown}]}}", None),
    ],
    "match": [
        ("{match: {of: word, cases: {theft: 1, other: 2}}}", 1),
        ("{match: {of: 'else', cases: {theft: 1}, otherwise: 9}}", 9),
        ("{match: {of: unsaid, cases: {theft: 1}, otherwise: 9}}", None),
    ],
    "matrix": [
        (
            "{matrix: {row: 5, rows_from: [0, 5], column: 1.5, columns_from: [2, 1], values: [[1, 2], [3, 4]]}}",
            4,
        ),
        (
            "{matrix: {row: 4.99, rows_from: [5, 0], column: 99, columns_from: [0, 2], values: [[a, b], [c, d]]}}",
            "d",
        ),
        ("{matrix: {row: unknown, rows_from: [0], column: 0, columns_from: [0], values: [[1]]}}", None),
    ],
    "if": [
        ("{if: {when: yes, then: 1, else: 2}}", 1),
        ("{if: {when: no, then: 1, else: 2}}", 2),
        ("{if: {when: unsaid, then: 1, else: 1}}", None),
        ("{if: {when: yes, then: 1, else: {ln: 0}}}", 1),
    ],
    "count": [("{count: [yes, no, yes]}", 2), ("{count: [no]}", 0), ("{count: [yes, unknown]}", None)],
    "all": [
        ("{all: [yes, true]}", True),
        ("{all: [yes, no]}", False),
        ("{all: [yes, unknown]}", None),
        ("{all: [unknown, no]}", False),
    ],
    "any": [
        ("{any: [no, yes]}", True),
        ("{any: [no, false]}", False),
        ("{any: [no, unknown]}", None),
        ("{any: [unknown, yes]}", True),
    ],
    "not": [("{not: yes}", False), ("{not: no}", True), ("{not: unknown}", None)],
    "equal": [
        ("{equal: [2.0, two]}", True),
        ("{equal: [word, 'theft']}", True),
        ("{equal: [yes, no]}", False),
        ("{equal: [born, born]}", True),
        ("{equal: [unknown, unknown]}", None),
    ],
    "at_least": [("{at_least: [two, 2]}", True), ("{at_least: [1, 2]}", False), ("{at_least: [unknown, 2]}", None)],
    "more_than": [
        ("{more_than: [two, 2]}", False),
        ("{more_than: [3, 2]}", True),
        ("{more_than: [later, born]}", True),
    ],
    "at_most": [("{at_most: [two, 2]}", True), ("{at_most: [3, 2]}", False), ("{at_most: [2, unknown]}", None)],
    "less_than": [
        ("{less_than: [two, 2]}", False),
        ("{less_than: [born, later]}", True),
        ("{less_than: [undated, born]}", None),
    ],
    "one_of": [
        ("{one_of: {of: word, values: [theft, other]}}", True),
        ("{one_of: {of: two, values: [1, 3]}}", False),
        ("{one_of: {of: two, values: [1, 2.0]}}", True),
        ("{one_of: {of: unsaid, values: [theft]}}", None),
    ],
    "known": [("{known: two}", True), ("{known: unknown}", False), ("{known: no}", True)],
    "first_known": [
        ("{first_known: [unknown, two, five]}", 2),
        ("{first_known: [unknown, unsaid]}", None),
        ("{first_known: [two, {ln: 0}]}", 2),
    ],
    "sum_known": [
        ("{sum_known: [two, unknown, five]}", 7),
        ("{sum_known: [unknown, unsaid]}", None),
        ("{sum_known: [nought]}", 0),
    ],
    "highest": [
        ("{highest: {order: [low, high], of: ['low', 'high', 'low']}}", "high"),
        ("{highest: {order: [low, high], of: [unsaid, 'low']}}", "low"),
        ("{highest: {order: [low, high], of: [unsaid]}}", None),
    ],
    "points": [("{points: past}", 3), ("{points: nothing}", None)],
    "age": [
        ("{age: {born: born, on: later}}", 26),
        ("{age: {born: born, on: born}}", 0),
        ("{age: {born: undated, on: later}}", None),
    ],
    "days": [
        ("{days: {from: born, to: later}}", 9763),
        ("{days: {from: later, to: born}}", -9763),
        ("{days: {from: born, to: undated}}", None),
    ],
}


@pytest.mark.parametrize("operator", WORKED)
def test_an_operator_gives_its_hand_worked_values(operator):
    for text, expected in WORKED[operator]:
        found = value(text)
        assert (type(found), found) == (type(expected) if type(expected) is not int else Decimal, expected), text


def test_every_operator_and_every_way_of_rounding_is_worked_by_hand():
    texts = [text for worked in WORKED.values() for text, _ in worked]

    assert READERS.keys() <= WORKED.keys()
    assert [mode for mode in ROUNDING if not any(f"mode: {mode}" in text for text in texts)] == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{ln: 0}", "there is no logarithm of 0"),
        ("{ln: below}", "there is no logarithm of -2.5"),
        ("{quotient: [1, nought]}", "the numbers are too large, or something is divided by zero"),
        ("{quotient: [nought, nought]}", "the numbers are too large, or something is divided by zero"),
        ("{exp: 231}", "the numbers are too large, or something is divided by zero"),
        ("{exp: 99999999}", "the numbers are too large, or something is divided by zero"),
        ("{lookup: {of: 3, rows: [{from: 1, to: 2, value: 1}]}}", "3 is outside the table"),
        ("{lookup: {of: 0.5, rows: [{to: 0, value: 1}, {from: 1, value: 2}]}}", "0.5 is outside the table"),
        ("{match: {of: word, cases: {other: 1}}}", "there is no case for theft"),
        (
            "{matrix: {row: -1, rows_from: [0], column: 0, columns_from: [0], values: [[1]]}}",
            "-1 is outside the matrix",
        ),
        ("{matrix: {row: 0, rows_from: [0], column: 0, columns_from: [1], values: [[1]]}}", "0 is outside the matrix"),
        ("{highest: {order: [low], of: ['high']}}", "high has no place in the order low"),
        ("{age: {born: later, on: born}}", "2000-02-29 is before the birth"),
    ],
)
def test_a_formula_without_a_value_says_why(text, reason):
    with pytest.raises(NoValue, match="^" + reason.replace(".", r"\.") + "$"):
        value(text)


@pytest.mark.parametrize(
    ("on", "age"), [("2001-02-28", 0), ("2001-03-01", 1), ("2004-02-28", 3), ("2004-02-29", 4), ("2100-02-28", 99)]
)
def test_somebody_born_on_a_leap_day_is_a_year_older_on_the_first_of_march(on, age):
    known = KNOWN | {"later": date.fromisoformat(on)}

    assert value_of(formula_of("{age: {born: born, on: later}}"), known) == age


def test_sums_do_not_depend_on_the_order_of_writing():
    assert value("{sum: [0.1, 0.2, 0.3]}") == value("{sum: [0.3, 0.2, 0.1]}") == Decimal("0.6")
    assert value("{sum: [100000000000000, 0.00000000000000000001, -100000000000000]}") == Decimal("1E-20")


@pytest.mark.parametrize(
    ("text", "exact"),
    [("0.1", "0.1"), ("-0", "0"), ("007", "7"), ("123456789012345.1234567890", "123456789012345.123456789")],
)
def test_a_number_is_read_digit_by_digit(text, exact):
    assert read_number(Reader(), parse(text), "value") == Decimal(exact)


@pytest.mark.parametrize(
    "text", ["1e5", "0x10", "1_000", ".5", "5.", "+1", ".inf", ".nan", "1,5", "1 000", "~", "1" * 16, "٣"]
)
def test_what_is_no_plain_number_is_no_formula(text):
    read = Reader()

    assert read_formula(read, parse(text), "value") is NOTHING
    assert [fault.line for fault in read.faults] == [1]


# Random formulas that are well formed by sort: they have a value, or none for a reason.

DIGITS = st.sampled_from(["0", "1", "2", "-1", "0.5", "-2.5", "3", "10", "999999999999999", "-0.00000000000000000001"])
WORDS = st.sampled_from(["word", "'theft'", "'low'", "unheard"])
DAYS = st.sampled_from(["born", "later", "undated"])
NUMBERS = DIGITS | st.sampled_from(["nought", "two", "below", "unknown"])
TRUTHS = st.sampled_from(["yes", "no", "true", "unsaid"])
SEVERAL = st.sampled_from(["sum", "product", "least", "most", "sum_known", "first_known"])
SINGLE = st.sampled_from(["negative", "ln", "exp", "logistic"])
MODES = st.sampled_from(sorted(ROUNDING))
PAIRS = st.sampled_from(["equal", "at_least", "more_than", "at_most", "less_than"])


def joined(one):
    return st.lists(one, min_size=1, max_size=3).map(", ".join)


def written(pattern, *parts):
    return st.tuples(*parts).map(lambda chosen: pattern % chosen)


def number_of(number, truth):
    return st.one_of(
        written("{%s: [%s]}", SEVERAL, joined(number)),
        written("{%s: %s}", SINGLE, number),
        written("{%s: [%s, %s]}", st.sampled_from(["difference", "quotient"]), number, number),
        written("{count: [%s]}", joined(truth)),
        written("{round: {of: %s, places: %s, mode: %s}}", number, st.integers(0, 12), MODES),
        written("{clamp: {of: %s, least: -5, most: 5}}", number),
        written("{linear: {intercept: %s, terms: [{weight: %s, of: %s}]}}", DIGITS, DIGITS, number),
        written("{lookup: {of: %s, rows: [{to: 0, value: %s}, {from: 1, value: %s}]}}", number, number, number),
        written("{matrix: {row: %s, rows_from: [0, 3], column: 1, columns_from: [1], values: [[1], [2]]}}", number),
        written("{match: {of: %s, cases: {theft: %s}}}", WORDS, number),
        written("{if: {when: %s, then: %s, else: %s}}", truth, number, number),
        written("{age: {born: %s, on: %s}}", DAYS, DAYS),
        written("{days: {from: %s, to: %s}}", DAYS, DAYS),
    )


def truth_of(number, truth):
    return st.one_of(
        written("{%s: [%s]}", st.sampled_from(["all", "any"]), joined(truth)),
        written("{not: %s}", truth),
        written("{%s: [%s, %s]}", PAIRS, number, number),
        written("{equal: [%s, %s]}", WORDS, WORDS),
        written("{one_of: {of: %s, values: [theft, low]}}", WORDS),
        written("{known: %s}", st.sampled_from(["two", "unknown"])),
        written("{equal: [{highest: {order: [low, theft], of: [%s]}}, %s]}", joined(WORDS), WORDS),
    )


SHALLOW = number_of(NUMBERS, TRUTHS), truth_of(NUMBERS, TRUTHS)
DEEPER = number_of(NUMBERS | SHALLOW[0], TRUTHS | SHALLOW[1]), truth_of(NUMBERS | SHALLOW[0], TRUTHS | SHALLOW[1])


@settings(max_examples=200)
@given(st.one_of(*SHALLOW, *DEEPER, number_of(*DEEPER), truth_of(*DEEPER)))
def test_a_well_formed_formula_has_a_value_or_says_why_not(text):
    formula = formula_of(text)
    try:
        first = value_of(formula, KNOWN)
    except NoValue as reason:
        assert str(reason)
    else:
        assert first is None or isinstance(first, Decimal | bool)
        assert not isinstance(first, Decimal) or first.is_finite()
        assert repr(value_of(formula_of(text), KNOWN)) == repr(first)
