"""What the next assessment is offered: answers of the last one to confirm one by one, and what the register says."""

import re
from datetime import date

import pytest

from app.assessments.models import Assessment, Source
from app.assessments.prefill import Earlier, offers
from app.clients.events import EventKind
from app.clients.models import Circumstances
from app.clients.vocabulary import Education, Employment, Family, Ground
from app.clock import now
from app.db import db
from tests.assessments.answering import ADULT
from tests.assessments.test_answering import chosen_on, page_of, send, version_on
from tests.factories.assessments import make_assessment, make_completed
from tests.factories.people import make_case, make_client, make_event, make_office, make_user
from tests.factories.saving import saved as kept
from tests.factories.statements import statements

MARCH = date(2026, 3, 2)


@pytest.fixture
def case(officer):
    return make_case(officer)


@pytest.fixture
def again(case):
    """The second assessment of a case whose first one is complete."""
    make_completed(case, on=MARCH, unknown=("problem_solving",), anger="outbursts", earlier_convictions="one")
    return make_assessment(case)


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def answers(assessment):
    found = db.session.get(Assessment, assessment.id, populate_existing=True)
    return {row.item_code: (row.option_code, row.source, row.carried_over) for row in found.answers}


@pytest.mark.one_engine
def test_only_what_this_wording_still_has_is_offered():
    section = ADULT.section("self_control")
    last = {
        "anger": Earlier("outbursts", "person", MARCH),
        "keeping_on": Earlier("an-option-of-old", "person", MARCH),
        "an-item-of-old": Earlier("calm", "person", MARCH),
    }

    found = offers(section, last)

    assert {code: (one.option.code, one.is_preselected) for code, one in found.items()} == {
        "anger": ("outbursts", False)
    }
    facts = offers(ADULT.section("criminal_history"), {"first_age": Earlier("from_25", None, MARCH)})
    assert facts["first_age"].is_preselected


def test_answers_of_last_time_are_offered_and_none_counts_before_it_is_confirmed(browser, again):
    page = browser.get(page_of(again))

    assert f"Last time, 2 Mar 2026: “{ADULT.item('anger').option('outbursts').text['en']}”" in page.text
    assert 'name="same" value="anger"' in page.text
    assert 'name="same" value="problem_solving"' not in page.text
    assert chosen_on(page) == set()
    assert answers(again) == {}
    assert "0 of 48 answered" in re.sub("<[^>]+>", "", page.text)


def test_one_click_confirms_one_answer_and_leaves_the_rest_open(browser, again):
    reply = send(browser, again, same="anger", answer_keeping_on="partly", source="person")

    assert reply.location == f"{page_of(again)}#item-anger"
    assert answers(again) == {
        "anger": ("outbursts", Source.PERSON, True),
        "keeping_on": ("partly", Source.PERSON, False),
    }


@pytest.mark.one_engine
def test_a_confirmed_answer_keeps_its_source_where_the_page_names_none(browser, again):
    send(browser, again, same="anger")

    assert answers(again)["anger"] == ("outbursts", Source.DOCUMENT, True)


@pytest.mark.one_engine
def test_an_answer_that_is_changed_afterwards_is_no_longer_carried_over(browser, again):
    send(browser, again, same="anger")
    send(browser, again, answer_anger="outbursts", carried_anger="1", source="person")
    assert answers(again)["anger"] == ("outbursts", Source.PERSON, True)

    send(browser, again, answer_anger="calm", carried_anger="1", source="person")

    assert answers(again)["anger"] == ("calm", Source.PERSON, False)


@pytest.mark.one_engine
def test_the_same_answer_given_anew_is_not_carried_over(browser, again):
    send(browser, again, answer_anger="outbursts", source="person")

    assert answers(again)["anger"] == ("outbursts", Source.PERSON, False)


@pytest.mark.one_engine
@pytest.mark.parametrize("nonsense", ["problem_solving", "nothing", "ғ" * 300])
def test_what_was_not_offered_cannot_be_confirmed(browser, again, nonsense):
    send(browser, again, same=nonsense, carried_problem_solving="1")

    assert answers(again) == {}


def test_facts_of_the_past_stand_in_the_form_and_count_once_saved(browser, again):
    page = browser.get(page_of(again, "criminal_history"))

    assert ("earlier_convictions", "one") in chosen_on(page)
    assert "It is marked below and counts once you save." in page.text
    assert answers(again) == {}
    fields = {f"answer_{item}": option for item, option in chosen_on(page)}
    marks = {f"carried_{item}": "1" for item, _option in chosen_on(page)}
    send(browser, again, "criminal_history", version=version_on(page), next="1", **fields, **marks)
    assert answers(again)["earlier_convictions"] == ("one", Source.DOCUMENT, True)
    assert len(answers(again)) == 5


def test_nothing_is_offered_from_another_case_or_to_a_first_assessment(browser, case, officer):
    make_completed(case, on=MARCH)
    other = make_assessment(make_case(officer, case.client))

    page = browser.get(page_of(other)).text

    assert "Last time" not in page
    assert chosen_on(browser.get(page_of(other, "criminal_history"))) == set()


def test_the_register_reminds_beside_the_question_and_answers_nothing(browser, officer):
    person = make_client(born_on=date(2000, 5, 1))
    earlier = make_case(officer, person, judged_on=date(2019, 4, 1), articles="175", registered_on=date(2026, 1, 5))
    make_event(earlier, EventKind.BREACH, date(2026, 1, 9))
    earlier.deregister(Ground.REPLACED_BY_CUSTODY, date(2026, 2, 1), officer, None, now())
    kept(Circumstances(
        client_id=person.id, from_on=MARCH, education=Education.SECONDARY, employment=Employment.SEEKING,
        family=Family.SINGLE,
    ))  # fmt: skip
    assessment = make_assessment(make_case(officer, person, articles="188"))

    page = browser.get(page_of(assessment, "criminal_history"))

    for words in (
        "The register says: 1 earlier case.",
        "The register says: 18 years old at the decision in the first case known here.",
        "The register says: articles 175; 188.",
        f"The register says: case {earlier.number} ended with custody on 1 Feb 2026.",
        "The register says: breach of the duties: 1.",
    ):
        assert words in page.text
    assert chosen_on(page) == set()
    assert "looking for work since 2 Mar 2026" in browser.get(page_of(assessment, "education_work")).text


def test_of_a_case_elsewhere_the_register_says_only_that_it_exists(browser, officer):
    person = make_client()
    stranger = make_user(office=make_office("B-1"))
    hidden = make_case(stranger, person, judged_on=date(2019, 4, 1), articles="175")
    make_event(hidden, EventKind.BREACH)
    assessment = make_assessment(make_case(officer, person))

    page = browser.get(page_of(assessment, "criminal_history")).text

    assert "1 earlier case" in page
    assert "175" not in page
    assert "breach of the duties" not in page


def test_as_many_statements_with_a_last_time_as_without(browser, again, officer):
    first = make_assessment(make_case(officer))

    def cost(assessment):
        return statements(lambda: browser.get(page_of(assessment, "criminal_history")))

    assert cost(again) <= cost(first)
