"""What may stand in an address, and what a page makes of one that cannot be written down."""

import pytest

from tests.factories.people import make_user


@pytest.mark.parametrize("address", ["/nowhere%00", "/people%00/", "/nowhere%0D%0A", "/no\u202ewhere", "/%5C%5Chost"])
def test_a_page_at_an_odd_address_is_sound_and_leads_back_to_the_first_page(sign_in, address):
    answer = sign_in(make_user()).get(address)

    assert answer.status_code == 404
    assert answer.text.count('name="next" value="/"') == 3  # one for each language


def test_the_choice_of_language_leads_back_to_the_page_with_its_question(sign_in):
    page = sign_in(make_user()).get("/people?q=Сәрсенов").text

    assert 'name="next" value="/people?q=' in page
