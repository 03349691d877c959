"""Searches: the clocks stand from the first day until the person is found; of people under 18 more is asked."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.supervision.calendar.vocabulary import Came
from app.supervision.norms import Span, norm
from app.supervision.searches.searching import Ended, Opened, Stepped, end_search, note_step, open_search
from app.supervision.searches.suspension import suspensions_of
from app.supervision.searches.vocabulary import Ending, StepKind
from app.supervision.violations.dossier import dossier_of, proposals_for, spans_of
from app.supervision.violations.drafting import sign, submit
from app.supervision.violations.texts import OWN, texts, texts_of
from app.web.languages import speaking
from tests.factories.people import make_case, make_client
from tests.factories.statements import statements
from tests.factories.violations import make_answer, make_search, make_signed, make_violation, officer_of
from tests.factories.visits import make_outcome, make_visit

pytestmark = pytest.mark.usefixtures("stopped_clock")


def test_an_absconder_is_searched_for_from_day_sixteen_on_and_the_clocks_stand(officer, sign_in, stopped_clock):
    case = make_case(officer)
    make_outcome(make_visit(case), Came.DID_NOT_COME)
    address, page = f"/people/{case.client_id}/supervision", "Begin to search for the person"
    stopped_clock.move(days=15)
    assert page not in sign_in(officer).get(address).text
    stopped_clock.move(days=1)
    browser = sign_in(officer)
    assert page in browser.get(address).text

    said = {"missed_on": "20.11.2026", "started_on": "6.12.2026", "why": "The telephone is off"}
    shown = browser.post(f"/cases/{case.id}/searches/new", data=said, follow_redirects=True).text
    assert "The clocks of the case stand until it ends" in shown
    again = browser.post(f"/cases/{case.id}/searches/new", data=said)
    assert "A search goes on since" in again.text
    assert suspensions_of([case.id]) == {case.id: (Span(date(2026, 12, 6)),)}
    assert "Representation to declare the person wanted" in browser.get(address).text

    search = dossier_of([case]).searches[0]
    step = {"kind": "relatives", "on": "6.12.2026", "words": "Not seen for a week"}
    shown = browser.post(f"/searches/{search.id}/steps/new", data=step, follow_redirects=True).text
    assert "Not seen for a week" in shown
    assert browser.get(f"/searches/{search.id}/note/kk.pdf").data.startswith(b"%PDF")
    court = {"on": "6.12.2026", "court_act": "Суд № 1, № 12"}
    assert (
        "declared wanted" in browser.post(f"/searches/{search.id}/declaration", data=court, follow_redirects=True).text
    )
    assert "Representation to declare the person wanted" not in browser.get(address).text

    stopped_clock.move(days=4)
    browser = sign_in(officer)
    end = {"ending": "found", "on": "9.12.2026"}
    shown = browser.post(f"/searches/{search.id}/ending", data=end, follow_redirects=True).text
    assert "The clocks of the case run again" in shown
    assert suspensions_of([case.id]) == {case.id: (Span(date(2026, 12, 6), date(2026, 12, 9)),)}
    assert spans_of(case, dossier_of([case])) == (Span(date(2026, 12, 6), date(2026, 12, 9)),)
    assert page not in browser.get(address).text
    assert "This search ended on" in browser.post(f"/searches/{search.id}/steps/new", data=step).text


def test_three_days_of_search_move_a_term_by_three_days(officer):
    case = make_case(officer)
    end_search(make_search(case, days=5), Ended(Ending.FOUND, today() - timedelta(days=2)), officer, today(), now())
    db.session.commit()
    term = norm("hiding-days", today())

    plain, moved = term.after(date(2026, 11, 10)), term.after(date(2026, 11, 10), suspensions_of([case.id])[case.id])

    assert moved - plain == timedelta(days=3)


def test_a_search_that_was_a_mistake_or_ended_on_its_first_day_stops_no_clock(officer):
    case, other = make_case(officer), make_case(officer)
    end_search(make_search(case), Ended(Ending.MISTAKE, today(), "Was in hospital"), officer, today(), now())
    end_search(make_search(other), Ended(Ending.CAME, today() - timedelta(days=5)), officer, today(), now())
    db.session.commit()

    assert suspensions_of([case.id, other.id]) == {}
    assert suspensions_of([]) == {}


@pytest.mark.one_engine
def test_of_a_person_under_18_the_day_on_which_the_parents_were_called_is_asked(officer, sign_in):
    search = make_search(make_case(officer, make_client(born_on=date(2010, 1, 1))))
    browser, address = sign_in(officer), f"/searches/{search.id}/ending"
    end = {"ending": "found", "on": "20.11.2026"}

    assert "the parents are called at once" in browser.post(address, data=end).text
    assert "not before" in browser.post(address, data=end | {"parents_told_on": "19.11.2026"}).text
    browser.post(address, data=end | {"parents_told_on": "20.11.2026"})
    db.session.refresh(search)
    assert search.end.parents_told_on == today()


@pytest.mark.one_engine
def test_who_came_of_age_after_being_found_had_parents_to_call(officer, sign_in):
    search = make_search(make_case(officer, make_client(born_on=date(2008, 11, 19))))
    browser, address = sign_in(officer), f"/searches/{search.id}/ending"
    end = {"ending": "found", "on": "18.11.2026"}

    assert "parents_told_on" in browser.get(address).text
    assert "the parents are called at once" in browser.post(address, data=end).text
    browser.post(address, data=end | {"parents_told_on": "18.11.2026"})
    db.session.refresh(search)
    assert search.end.parents_told_on == date(2026, 11, 18)


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("told", "says"),
    [
        (Opened(date(2026, 11, 1), date(2026, 11, 21), "x"), "in the future"),
        (Opened(date(2026, 1, 4), date(2026, 11, 20), "x"), "not yet on the register"),
        (Opened(date(2026, 11, 2), date(2026, 11, 1), "x"), "after the missed registration"),
    ],
)
def test_a_search_on_days_out_of_order_is_refused(officer, told, says):
    with speaking("en"), pytest.raises(NotPossible, match=says):
        open_search(make_case(officer), told, officer, today(), now())


@pytest.mark.one_engine
def test_a_step_that_says_nothing_or_lies_ahead_is_refused(officer):
    search = make_search(make_case(officer))

    for told in (Stepped(StepKind.OTHER, today()), Stepped(StepKind.CALL, today() + timedelta(days=1))):
        with pytest.raises(NotPossible):
            note_step(search, told, officer, today(), now())


@pytest.mark.one_engine
def test_a_persons_page_asks_as_often_however_much_was_recorded(officer):
    case = make_case(officer)
    make_answer(make_violation(case, "conditional-moved", today() - timedelta(days=9)))
    few = statements(lambda: look(case))
    for days in range(1, 6):
        make_signed(make_violation(case, "conditional-no-show", today() - timedelta(days=days)))
    make_search(case)

    assert statements(lambda: look(case)) <= few + 2  # the drafts' and the searches' own rows, once


def look(case) -> None:
    db.session.expire_all()
    known = dossier_of([case])
    proposals_for(case, known, today())


@pytest.mark.one_engine
def test_an_offices_own_texts_stand_in_place_of_the_samples_and_wrong_ones_are_told_of(tmp_path: Path):
    own = tmp_path / OWN
    own.parent.mkdir()
    own.write_text('texts: [{measure: thanks, kk: "Рақмет, {person}", ru: "Спасибо, {person}"}]', encoding="utf-8")
    found, fault = texts_of(tmp_path)
    assert (found["thanks"]["ru"], found["warning"], fault) == ("Спасибо, {person}", texts()["warning"], "")

    own.write_text(
        'texts: [{measure: thanks, kk: "{persn}", ru: "x"}, {measure: scorn, kk: a, ru: b}]', encoding="utf-8"
    )
    found, fault = texts_of(tmp_path)
    assert found == texts()
    assert "{persn}, which nothing fills" in fault
    assert "is scorn" in fault


@pytest.mark.one_engine
def test_whoever_wrote_an_answer_does_not_sign_it(officer):
    answer = make_answer(make_violation(make_case(officer)))
    submit(answer, officer_of(answer.case), now())

    with speaking("en"), pytest.raises(NotPossible, match="does not sign it"):
        sign(answer, answer.draft.id, officer, today(), now())
