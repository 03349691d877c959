"""What may stand in an address, and what a page makes of one that cannot be written down."""

import pytest

from app.web.addresses import LARGEST, record_number, record_numbers
from tests.factories.people import make_user


@pytest.mark.parametrize("address", ["/nowhere%00", "/people%00/", "/nowhere%0D%0A", "/no\u202ewhere", "/%5C%5Chost"])
def test_a_page_at_an_odd_address_is_sound_and_leads_back_to_the_first_page(sign_in, address):
    answer = sign_in(make_user()).get(address)

    assert answer.status_code == 404
    assert answer.text.count('name="next" value="/"') == 3  # one for each language


def test_the_choice_of_language_leads_back_to_the_page_with_its_question(sign_in):
    page = sign_in(make_user()).get("/people?q=Сәрсенов").text

    assert 'name="next" value="/people?q=' in page


@pytest.mark.parametrize(
    "text", ["", "0", "-1", "1.5", " 7", "x", "\x00", "٣", "²", str(LARGEST + 1), "99999999999", "9" * 5_000]
)
def test_what_no_database_can_hold_names_no_record(text):
    assert record_number(text) is None


def test_what_was_ticked_is_taken_once_and_in_its_order():
    assert record_numbers(["12", "3", "", "zzz", "12", "003", str(LARGEST)]) == [12, 3, LARGEST]
