"""Inspections of a minor's home with the guardianship body: every quarter, with an act in two languages."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.clients.cases import Case
from app.clients.models import Address
from app.clients.vocabulary import Registration
from app.db import db
from app.desk.held import nothing_beyond
from app.desk.models import Late
from app.desk.overdue import overdue
from app.printing.models import IssuedPaper
from app.printing.printers import PRINTERS
from app.printing.vocabulary import PaperKind
from app.supervision.community_work.models import WorkOrder
from app.supervision.contacts.inspections import inspection_due, inspections_late
from app.supervision.contacts.models import Contact
from app.supervision.contacts.periods import due_on, period_of
from app.supervision.contacts.vocabulary import ContactKind, Seen
from app.supervision.norms.values import Per, Rhythm
from tests.factories.community_work import make_order, make_timesheet, work
from tests.factories.contacts import FOUND, make_contact, withdrawn
from tests.factories.people import make_case, make_client
from tests.factories.saving import saved
from tests.reading_paper import text_of

DAY = timedelta(days=1)
TODAY = date(2026, 11, 20)
QUARTERLY = Rhythm(1, Per.QUARTER)
INSPECTION = {
    "on": "20.11.2026", "whom": "family", "body": "Қорғаншылық және қамқоршылық органы",
    "representative": "Сапарова Ә., маман", "present": "The grandmother", "condition": "fair", "own_place": "yes",
    "provided_for": "yes", "cared_for": "yes", "safe": "yes", "found": "Two rooms and a desk by the window",
}  # fmt: skip


@pytest.mark.parametrize(
    ("per", "day", "first", "last"),
    [
        (Per.DAY, TODAY, TODAY, TODAY),
        (Per.WEEK, TODAY, date(2026, 11, 16), date(2026, 11, 22)),
        (Per.WEEK, date(2026, 1, 1), date(2025, 12, 29), date(2026, 1, 4)),
        (Per.MONTH, date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        (Per.QUARTER, TODAY, date(2026, 10, 1), date(2026, 12, 31)),
        (Per.QUARTER, date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (Per.YEAR, TODAY, date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_period_of_a_day(per, day, first, last):
    period = period_of(per, day)

    assert (period.first, period.last) == (first, last)


@pytest.mark.parametrize(
    ("done", "due"),
    [
        ([], date(2026, 12, 31)),
        ([date(2026, 9, 30)], date(2026, 12, 31)),  # of the quarter before
        ([date(2026, 10, 1)], date(2027, 3, 31)),
        ([date(2026, 11, 20), date(2026, 10, 1)], date(2027, 3, 31)),
    ],
)
def test_when_the_next_inspection_is_due(done, due):
    assert due_on(QUARTERLY, done, TODAY) == due


@given(st.sampled_from(list(Per)), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_periods_follow_one_another_without_a_gap(per, day):
    period = period_of(per, day)

    assert period.holds(day)
    assert period_of(per, period.last) == period == period_of(per, period.first)
    assert period_of(per, period.last + DAY).first == period.last + DAY
    assert due_on(Rhythm(1, per), [], day) >= day


@pytest.fixture
def minor(officer):
    client = make_client(born_on=date(2010, 5, 1), registered_by_id=officer.id)
    saved(Address(client_id=client.id, region_code="710000000", text="Абай көшесі, 1", from_on=date(2025, 1, 1),
                  registration=Registration.PERMANENT))  # fmt: skip
    return make_case(officer, client)


@pytest.mark.one_engine
@pytest.mark.usefixtures("stopped_clock")
def test_an_inspection_is_noted_and_its_act_printed_in_two_languages(sign_in, officer, minor):
    browser, page = sign_in(officer), f"/cases/{minor.id}/contacts/inspection/new"
    amiss = browser.post(page, data=INSPECTION | {"safe": "no"})
    assert amiss.status_code == 422
    assert "Something is amiss in this home." in amiss.text
    assert "31 Dec 2026" in browser.get(f"/people/{minor.client_id}/supervision").text

    browser.post(page, data=INSPECTION | {"safe": "no", "advised": "The guardianship body looks again in a week"})

    contact = db.session.scalars(select(Contact)).one()
    assert (contact.inspection.safe, contact.inspection.number) == (Seen.NO, f"I-2026-{contact.id:06d}")
    assert not contact.ends_silence, "the family opened the door"
    assert "31 Mar 2027" in browser.get(f"/people/{minor.client_id}/supervision").text
    assert "Қорғаншылық және қамқоршылық органы" in browser.get(page).text, "the body is likely the same"
    for language in ("kk", "ru"):
        said = text_of(browser.get(f"/contacts/{contact.id}/act/{language}.pdf").data)
        for words in ("Абай көшесі, 1", "Two rooms and a desk", "Сапарова", contact.inspection.number):
            assert words in said
        assert "188" not in said, "never the offence"
    assert len(db.session.scalars(select(IssuedPaper)).all()) == 2
    talk = make_contact(minor)
    assert browser.get(f"/contacts/{talk.id}/act/kk.pdf").status_code == 404
    slip = withdrawn(make_contact(minor, ContactKind.INSPECTION))
    assert browser.get(f"/contacts/{slip.id}/act/kk.pdf").location == f"/contacts/{slip.id}"
    assert PaperKind.INSPECTION_ACT in PRINTERS


@pytest.mark.usefixtures("stopped_clock")
def test_minors_whose_home_was_not_inspected_in_time_are_found(app, officer, minor):
    def young(**facts):
        return make_case(officer, make_client(born_on=date(2010, 5, 1), registered_by_id=officer.id), **facts)

    make_case(officer)  # a grown person
    new, slipped, inspected, before = young(registered_on=TODAY - DAY), young(), young(), young()
    withdrawn(make_contact(slipped, ContactKind.INSPECTION))
    make_contact(inspected, ContactKind.INSPECTION)
    make_contact(before, ContactKind.INSPECTION, on=date(2026, 9, 30), found=replace(FOUND, present="The mother"))

    found = {row[0]: row[2] for row in db.session.execute(inspections_late(TODAY))}

    end_of_quarter, missed = date(2026, 12, 31), date(2026, 9, 30)
    assert found == {minor.id: missed, slipped.id: missed}
    assert inspection_due(new.client, [new], TODAY) == end_of_quarter
    assert inspection_due(inspected.client, [inspected], TODAY) == date(2027, 3, 31)
    assert inspection_due(before.client, [before], TODAY) == end_of_quarter
    assert inspection_due(make_client(), [], TODAY) is None


@pytest.mark.usefixtures("stopped_clock")
def test_the_day_tells_of_inspections_and_timesheets_that_are_late(sign_in, officer, minor):
    order = make_order(make_case(officer), from_on=date(2026, 10, 5))
    work(order, date(2026, 10, 6))

    def late(kind):
        return [
            (line.case_id, line.reference_id, line.due_on) for line in overdue(kind, TODAY, nothing_beyond(officer))
        ]

    assert late(Late.INSPECTION) == [(minor.id, minor.id, date(2026, 9, 30))]
    assert late(Late.TIMESHEET) == [(order.case_id, order.id, date(2026, 10, 30))]  # the last working day
    page = sign_in(officer).get("/").text
    assert f"/cases/{minor.id}/contacts/inspection/new" in page
    assert f"/community-work/{order.id}" in page

    make_contact(db.session.get(Case, minor.id), ContactKind.INSPECTION)
    make_timesheet(db.session.get(WorkOrder, order.id), date(2026, 10, 1))
    assert late(Late.INSPECTION) == late(Late.TIMESHEET) == []
