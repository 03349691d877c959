import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.phones import WrongPhone, display, normalise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("8 701 123 45 67", "+77011234567"),
        ("87011234567", "+77011234567"),
        ("+7 701 123-45-67", "+77011234567"),
        ("+77011234567", "+77011234567"),
        ("77011234567", "+77011234567"),
        ("7011234567", "+77011234567"),
        ("8(701)123.45.67", "+77011234567"),
        (" 8\u00a0701\u00a0123–45–67\n", "+77011234567"),
        ("8 (7172) 12-34-56", "+77172123456"),
        ("+998 90 123 45 67", "+998901234567"),
        ("+7 916 123-45-67", "+79161234567"),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, kept):
    assert normalise(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123",
        "+",
        "8 701 123 45 6",
        "8 701 123 45 678",
        "+7 000 000 00 00",
        "8 701 CALL NOW",
        "+7 701 123 45 67 ext 5",
        "٨٧٠١١٢٣٤٥٦٧",
        "8" * 10_000,
        "\x00",
        "\ud800",
    ],
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(WrongPhone):
        normalise(typed)


def test_the_error_never_repeats_the_number():
    with pytest.raises(WrongPhone) as wrong:
        normalise("8 701 123 45 678")
    assert "123" not in str(wrong.value)


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("+77011234567", "+7 701 123-45-67"),
        ("+77172123456", "+7 7172 12 34 56"),
        ("+998901234567", "+998 90 123 45 67"),
        ("", ""),
        (None, ""),
        ("unreadable", "unreadable"),
    ],
)
def test_a_number_is_grouped_for_the_eye(kept, shown):
    assert display(kept) == shown


@given(st.one_of(st.text(), st.from_regex(r"[+78][0-9 ()-]{5,16}", fullmatch=True)))
def test_any_text_is_refused_or_a_number_that_can_be_typed_again_as_shown(text):
    try:
        kept = normalise(text)
    except WrongPhone:
        return
    assert normalise(kept) == kept
    assert normalise(display(kept)) == kept
