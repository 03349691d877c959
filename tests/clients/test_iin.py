from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clients.iin import (
    Contradiction,
    IinFault,
    WrongIin,
    check,
    check_digit,
    contradictions,
    for_demonstration,
)
from app.clients.iin_words import IIN_CONTRADICTIONS, IIN_FAULTS
from app.clients.vocabulary import Sex

dates = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def fault_of(digits, **options):
    with pytest.raises(WrongIin) as wrong:
        check(digits, **options)
    return wrong.value.fault


@pytest.mark.parametrize(
    ("first_eleven", "whole"),
    [
        ("85031230001", "850312300012"),  # 79, remainder 2
        ("85031230030", "850312300305"),  # 98, remainder 10; second row 115, remainder 5
        ("91072540001", "910725400018"),  # 118, remainder 8
        ("91072540090", "910725400907"),  # 197, remainder 10; second row 172, remainder 7
        ("05081550030", "050815500309"),  # 142, remainder 10; second row 163, remainder 9
    ],
)
def test_the_last_digit_follows_from_the_others(first_eleven, whole):
    assert f"{first_eleven}{check_digit(first_eleven)}" == whole
    assert check(whole).digits == whole


@pytest.mark.parametrize("last", "0123456789")
def test_a_number_that_fails_both_rows_is_never_issued(last):
    assert fault_of(f"85031230038{last}") is IinFault.NEVER_ISSUED  # 186 and 131, both remainder 10


def test_the_second_row_of_weights_keeps_its_order():
    """A known library keeps the row in a set and so refuses this good number."""
    assert check("850312300305").born_on == date(1985, 3, 12)


def test_the_example_of_a_known_generator_is_refused():
    assert fault_of("780322300455") is IinFault.CHECK_DIGIT
    assert check("780322300458").born_on == date(1978, 3, 22)


@pytest.mark.parametrize(
    ("digits", "fault"),
    [
        ("", IinFault.SHAPE),
        ("85031230001", IinFault.SHAPE),
        ("8503123000120", IinFault.SHAPE),
        ("85031230001a", IinFault.SHAPE),
        ("\u0668\u0665031230001\u0662", IinFault.SHAPE),  # Arabic digits
        ("85031230001²", IinFault.SHAPE),
        ("-85031230001", IinFault.SHAPE),
        ("8" * 10_000, IinFault.SHAPE),
        ("850312000012", IinFault.CENTURY),
        ("850312700012", IinFault.CENTURY),
        ("851312300012", IinFault.BIRTH_DATE),
        ("850230300012", IinFault.BIRTH_DATE),
        ("000229300012", IinFault.BIRTH_DATE),  # 1900 was no leap year
        ("850312300013", IinFault.CHECK_DIGIT),
        ("850312300021", IinFault.CHECK_DIGIT),  # two digits swapped
    ],
)
def test_each_fault_has_its_reason(digits, fault):
    assert fault_of(digits) is fault


def test_the_error_never_repeats_the_number():
    with pytest.raises(WrongIin) as wrong:
        check("850312300013")
    assert "8503" not in str(wrong.value)
    assert "8503" not in repr(check("850312300012"))


def test_white_space_between_digits_is_forgiven():
    assert check(" 850312 300\u00a0012\n").digits == "850312300012"


@pytest.mark.parametrize(
    ("seventh", "year", "sex"),
    [
        ("1", 1885, Sex.MALE),
        ("2", 1885, Sex.FEMALE),
        ("3", 1985, Sex.MALE),
        ("4", 1985, Sex.FEMALE),
        ("5", 2085, Sex.MALE),
        ("6", 2085, Sex.FEMALE),
    ],
)
def test_the_seventh_digit_gives_century_and_sex(seventh, year, sex):
    eleven = f"850312{seventh}0001"

    iin = check(f"{eleven}{check_digit(eleven)}")

    assert (iin.born_on.year, iin.sex) == (year, sex)


def test_a_demonstration_number_is_accepted_in_a_demonstration_only():
    number = for_demonstration("85031230001")

    assert number == "850312300013"
    assert check(number, demonstration=True).digits == number
    assert fault_of(number) is IinFault.CHECK_DIGIT


def test_a_demonstration_accepts_a_right_number_and_no_other_wrong_one():
    assert check("850312300012", demonstration=True)
    assert fault_of("850312300014", demonstration=True) is IinFault.CHECK_DIGIT


def test_after_nine_comes_nought():
    assert for_demonstration("05081550030") == "050815500300"


@pytest.mark.parametrize(
    ("eleven", "fault"), [("850312", IinFault.SHAPE), ("8503123000x", IinFault.SHAPE), ("85031230038", "never_issued")]
)
def test_not_every_eleven_digits_can_be_completed(eleven, fault):
    with pytest.raises(WrongIin) as wrong:
        for_demonstration(eleven)
    assert wrong.value.fault == fault


@pytest.mark.parametrize(
    ("born_on", "sex", "found"),
    [
        (date(1985, 3, 12), "male", ()),
        (None, None, ()),
        (date(1985, 12, 3), "male", (Contradiction.BIRTH_DATE,)),
        (date(1985, 3, 12), Sex.FEMALE, (Contradiction.SEX,)),
        (date(1885, 3, 12), "female", (Contradiction.BIRTH_DATE, Contradiction.SEX)),
    ],
)
def test_what_the_record_says_otherwise(born_on, sex, found):
    assert contradictions(check("850312300012"), born_on, sex) == found


def test_every_reason_has_its_sentence():
    assert set(IIN_FAULTS) == set(IinFault)
    assert set(IIN_CONTRADICTIONS) == set(Contradiction)


@given(dates, st.sampled_from("3456"), st.integers(0, 9999))
def test_no_single_mistyped_digit_passes(born_on, seventh, serial):
    eleven = f"{born_on:%y%m%d}{seventh}{serial:04}"
    try:
        number = f"{eleven}{check_digit(eleven)}"
    except WrongIin:
        return
    for wrong in "0123456789".replace(number[-1], ""):
        with pytest.raises(WrongIin):
            check(number[:-1] + wrong)


@given(st.text())
def test_any_text_is_a_number_or_a_reason(text):
    try:
        assert len(check(text).digits) == 12
    except WrongIin as wrong:
        assert wrong.fault in IinFault
