"""What came as the number of a record, and what is none."""

import pytest

from app.web.addresses import LARGEST, record_number, record_numbers

pytestmark = pytest.mark.one_engine


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.5", " 7", "x", "\x00", "٣", "²", str(LARGEST + 1), "99999999999", "9" * 5_000]
)
def test_what_no_database_can_hold_names_no_record(text):
    assert record_number(text) is None


def test_what_was_ticked_is_taken_once_and_in_its_order():
    assert record_numbers(["12", "3", "", "zzz", "12", "003", str(LARGEST)]) == [12, 3, LARGEST]
