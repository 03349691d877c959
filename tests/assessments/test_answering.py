import re

import pytest

from app.access.models import Role
from app.assessments.models import Assessment, Source
from app.clients.vocabulary import Ground
from app.clock import now, today
from app.db import db
from tests.factories.assessments import answer, make_assessment, make_completed
from tests.factories.people import make_case, make_user


@pytest.fixture
def assessment(officer):
    return make_assessment(make_case(officer))


@pytest.fixture
def browser(sign_in, officer):
    return sign_in(officer)


def page_of(assessment, section="self_control"):
    return f"/assessments/{assessment.id}/sections/{section}"


def version_on(page):
    return re.search(r'name="version"[^>]*value="([0-9a-f]+)"', page.text)[1]


def send(browser, assessment, section="self_control", version=None, **fields):
    """Fill in a section as it is on the screen, or as it was when ``version`` was on it."""
    page = page_of(assessment, section)
    return browser.post(page, data={"version": version or version_on(browser.get(page)), **fields})


def saved(assessment):
    kept = db.session.get(Assessment, assessment.id, populate_existing=True)
    return {row.item_code: (row.option_code, row.source) for row in kept.answers}


def chosen_on(page):
    return {tuple(tag) for tag in re.findall(r'<input checked[^>]*name="answer_(\w+)"[^>]*value="([^"]+)"', page.text)}


def test_a_section_shows_each_question_with_what_to_look_for(browser, assessment):
    page = browser.get(page_of(assessment)).text

    assert "How does the person deal with anger?" in page
    assert "what helps to calm down" in page
    assert "Not validated in Kazakhstan" in page
    assert "0 of 48 answered" in re.sub("<[^>]+>", "", page)


def test_a_part_is_saved_and_is_there_on_return(browser, assessment):
    reply = send(browser, assessment, answer_anger="outbursts", source="person", strengths="Calms down at work.")

    assert reply.location == page_of(assessment)
    assert saved(assessment) == {"anger": ("outbursts", Source.PERSON)}
    page = browser.get(reply.location)
    assert chosen_on(page) == {("anger", "outbursts")}
    assert "Calms down at work." in page.text
    assert "Saved." in page.text


def test_saving_one_section_leaves_the_others_alone(browser, assessment):
    send(browser, assessment, answer_anger="outbursts", source="person")
    send(browser, assessment, "family", answer_close_support="weak", source="relative")

    assert saved(assessment).keys() == {"anger", "close_support"}


def test_save_and_next_leads_through_all_sections_and_to_what_is_left(browser, assessment):
    assert send(browser, assessment, next="1").location == page_of(assessment, "attitudes")
    assert send(browser, assessment, "responsivity", next="1").location == f"/assessments/{assessment.id}"
    answer(assessment)
    page = browser.get(page_of(assessment, "responsivity"))
    fields = {f"answer_{item}": option for item, option in chosen_on(page)}
    reply = send(browser, assessment, "responsivity", next="1", source="document", **fields)
    assert reply.location == f"/assessments/{assessment.id}/conclusion"


def test_each_answer_keeps_where_it_comes_from(browser, assessment):
    send(
        browser, assessment, source="person",
        answer_anger="force", source_anger="document", answer_acting_on_impulse="usually",
    )  # fmt: skip

    assert saved(assessment) == {"anger": ("force", Source.DOCUMENT), "acting_on_impulse": ("usually", Source.PERSON)}


def test_not_known_is_an_answer_without_a_source(browser, assessment):
    send(browser, assessment, source="person", answer_problem_solving="?")

    assert saved(assessment) == {"problem_solving": (None, None)}
    assert chosen_on(browser.get(page_of(assessment))) == {("problem_solving", "?")}


def test_not_known_is_offered_only_where_the_item_allows_it(browser, assessment):
    page = browser.get(page_of(assessment)).text
    assert 'name="answer_problem_solving" type="radio" value="?"' in page
    assert 'name="answer_anger" type="radio" value="?"' not in page

    refused = send(browser, assessment, answer_anger="?")
    assert "Choose one of the answers in the list." in refused.text
    assert saved(assessment) == {}


def test_a_wrong_answer_is_refused_and_the_rest_stays_on_the_page(browser, assessment):
    refused = send(
        browser, assessment, answer_anger="none-of-these", answer_keeping_on="partly", source="nowhere",
        strengths="Keeps promises to the children.",
    )  # fmt: skip

    assert refused.status_code == 200
    assert refused.text.count("Choose one of the answers in the list.") >= 2
    assert chosen_on(refused) == {("keeping_on", "partly")}
    assert "Keeps promises to the children." in refused.text
    assert saved(assessment) == {}


def test_answers_of_other_sections_and_unknown_items_are_passed_over(browser, assessment):
    send(browser, assessment, answer_close_support="weak", answer_nonsense="x", answer_anger="calm")

    assert saved(assessment).keys() == {"anger"}


def test_text_that_is_too_long_is_refused_and_kept(browser, assessment):
    refused = send(browser, assessment, answer_anger="calm", strengths="ә" * 10_000)

    assert "This is too long." in refused.text
    assert "ә" * 10_000 in refused.text
    assert saved(assessment) == {}


def test_an_answer_can_be_cleared(browser, assessment):
    send(browser, assessment, answer_anger="calm", answer_keeping_on="partly", source="person")

    send(browser, assessment, answer_anger="calm", answer_keeping_on="partly", source="person", clear="anger")

    assert saved(assessment).keys() == {"keeping_on"}


def test_a_linkage_is_kept(browser, assessment):
    send(browser, assessment, link="hr")

    note = db.session.get(Assessment, assessment.id).notes[0]
    assert (note.linked_to_harm, note.linked_to_reoffending, note.text) == (True, True, None)
    send(browser, assessment)
    assert db.session.get(Assessment, assessment.id).notes == []


def test_two_who_answer_one_section_see_both_versions(browser, assessment):
    before = version_on(browser.get(page_of(assessment)))
    send(browser, assessment, answer_anger="calm", source="person")

    clash = send(browser, assessment, version=before, answer_anger="force", source="person")

    assert "Somebody else saved this while you were typing" in clash.text
    assert "Keeps control" in clash.text
    assert chosen_on(clash) == {("anger", "force")}
    assert saved(assessment)["anger"] == ("calm", Source.PERSON)
    send(browser, assessment, version=version_on(clash), answer_anger="force", source="person")
    assert saved(assessment)["anger"] == ("force", Source.PERSON)


def test_two_who_answer_different_sections_do_not_clash(browser, assessment):
    before = version_on(browser.get(page_of(assessment)))
    send(browser, assessment, "family", answer_close_support="weak", source="person")

    send(browser, assessment, version=before, answer_anger="force", source="person")

    assert saved(assessment).keys() == {"close_support", "anger"}


def test_two_who_answer_alike_do_not_clash(browser, assessment):
    before = version_on(browser.get(page_of(assessment)))
    send(browser, assessment, answer_anger="calm", source="person")

    assert send(browser, assessment, version=before, answer_anger="calm", source="person").status_code == 302


def test_autosave_answers_with_the_new_version(browser, assessment):
    reply = send(browser, assessment, autosave="1", answer_anger="calm", source="person")

    assert reply.json["version"] == version_on(browser.get(page_of(assessment)))
    assert (reply.json["part"], reply.json["progress"]) == (1, "1 of 48 answered")
    assert saved(assessment).keys() == {"anger"}


def test_autosave_refuses_in_words(browser, assessment):
    reply = send(browser, assessment, autosave="1", answer_anger="nonsense")

    assert (reply.status_code, reply.json["words"]) == (409, "Not saved yet. Press Save to see why.")
    assert saved(assessment) == {}


def test_a_form_sent_twice_is_taken_in_once(browser, assessment):
    version = version_on(browser.get(page_of(assessment)))
    first = send(browser, assessment, version=version, receipt="the-same", answer_anger="calm", next="1")
    second = send(browser, assessment, version=version, receipt="the-same", answer_anger="calm", next="1")

    assert first.location == second.location == page_of(assessment, "attitudes")


def test_what_is_missing_is_listed_with_links(browser, assessment):
    send(browser, assessment, answer_anger="calm")

    page = browser.get(f"/assessments/{assessment.id}").text

    assert f'href="{page_of(assessment)}#item-keeping_on"' in page
    assert f'No source: <a href="{page_of(assessment)}#item-anger"' in page


def test_one_goes_on_from_another_machine_where_one_stopped(sign_in, browser, officer, assessment):
    overview = f"/assessments/{assessment.id}"
    assert "Begin: Earlier cases and breaches" in browser.get(overview).text
    send(browser, assessment, autosave="1", answer_anger="calm", source="person", strengths="Calms down at work")

    elsewhere = sign_in(officer)
    page = elsewhere.get(overview).text

    assert f'href="{page_of(assessment)}#item-acting_on_impulse"' in page
    assert "Continue where you stopped: Self-control" in page
    there = elsewhere.get(page_of(assessment))
    assert chosen_on(there) == {("anger", "calm")}
    assert "Calms down at work" in there.text


def test_a_complete_assessment_takes_no_answers(browser, officer):
    done = make_completed(make_case(officer))

    for reply in (browser.get(page_of(done)), browser.post(page_of(done), data={"answer_anger": "force"})):
        assert reply.location == f"/assessments/{done.id}"
    assert "stays as it is" in browser.get(f"/assessments/{done.id}").text
    assert browser.post(page_of(done), data={"autosave": "1"}).status_code == 409
    assert saved(done)["anger"] == ("calm", Source.DOCUMENT)


def test_a_closed_case_takes_no_answers(browser, officer, assessment):
    assessment.case.deregister(Ground.TERM_ENDED, today(), officer, None, now())
    db.session.commit()

    reply = browser.post(page_of(assessment), data={"answer_anger": "force"})

    assert "cannot be continued" in browser.get(reply.location).text
    assert saved(assessment) == {}


@pytest.mark.parametrize("section", ["nonsense", "..", "ғ" * 300])
def test_a_section_that_is_not_there_is_404(browser, assessment, section):
    assert browser.get(page_of(assessment, section)).status_code == 404


def test_another_officers_assessment_is_not_there(sign_in, assessment):
    other = sign_in(make_user())

    assert other.get(page_of(assessment)).status_code == 404
    assert other.post(page_of(assessment), data={"answer_anger": "force"}).status_code == 404
    assert other.get(f"/assessments/{assessment.id}").status_code == 404
    assert saved(assessment) == {}


def test_the_supervisor_sees_how_far_it_is_and_answers_nothing(sign_in, assessment):
    supervisor = sign_in(make_user(Role.SUPERVISOR))

    page = supervisor.get(f"/assessments/{assessment.id}").text
    assert "Only the officer" in page
    assert "/sections/" not in page
    assert supervisor.post(page_of(assessment)).status_code == 403


@pytest.mark.parametrize("role", [Role.ANALYST, Role.VOLUNTEER, Role.MENTOR, Role.ADMINISTRATOR])
def test_nobody_else_sees_an_assessment(sign_in, assessment, role):
    browser = sign_in(make_user(role))

    assert browser.get(page_of(assessment)).status_code == 403
    assert browser.get(f"/assessments/{assessment.id}").status_code == 403
    assert browser.get(f"/people/{assessment.client.id}/assessments").status_code == 403
