"""Agreements with partners: entered, in force for a time, ended with a reason, withdrawn when they were a slip."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.assistance.catalogue import agreement_queries
from app.assistance.catalogue.agreement_queries import Agreements
from app.db import db
from app.offices.agreements import AgreementEnding, AgreementKind, AgreementSubject, PartnerAgreement
from tests.access.pages import hidden_fields
from tests.factories.people import make_region, make_user
from tests.factories.services import make_agreement, make_organisation

ON = date(2026, 11, 20)


@pytest.fixture
def keeper(app, stopped_clock, sign_in):
    return sign_in(make_user(Role.SUPERVISOR))


def entering(organisation):
    return f"/organisations/{organisation.id}/agreements"


def typed(page, **changes):
    answers = {"number": "17-М", "kind": "memorandum", "subject": "minors", "on": "1.2.26", "last_on": "", "words": ""}
    return hidden_fields(page.text) | answers | changes


def kept():
    return list(db.session.scalars(db.select(PartnerAgreement).order_by(PartnerAgreement.id)).unique())


def test_an_agreement_is_entered_on_the_page_of_its_organisation(keeper):
    organisation = make_organisation()
    page = keeper.get(entering(organisation))
    answer = keeper.post(entering(organisation), data=typed(page, last_on="31.12.2026"), follow_redirects=True)

    (agreement,) = kept()
    assert (agreement.number, agreement.subject.measure, agreement.last_on) == ("17-М", 22, date(2026, 12, 31))
    assert "memorandum No. 17-М" in answer.text
    assert "in force until" in answer.text


@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": " "}, "Enter the number that the agreement bears."),
        ({"number": "x" * 101}, "at most 100"),
        ({"kind": "treaty"}, "Choose a kind."),
        ({"subject": ""}, "Choose what it is about."),
        ({"on": "31.2.2026"}, "date"),
        ({"on": "1.12.2026"}, "in the future"),
        ({"on": "1.1.2016"}, "was not there on this day"),
        ({"last_on": "31.1.26"}, "It cannot end before it was signed."),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_the_rest_stays_typed(keeper, changes, sentence):
    organisation = make_organisation()
    page = keeper.get(entering(organisation))
    answer = keeper.post(entering(organisation), data=typed(page, words="In two copies", **changes))

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "In two copies" in answer.text
    assert kept() == []


def test_a_number_is_entered_once_and_again_after_a_slip_was_withdrawn(keeper):
    organisation = make_organisation()
    slip = make_agreement(organisation, number="17-М")
    refused = keeper.post(entering(organisation), data=typed(keeper.get(entering(organisation))))
    withdrawal = f"/agreements/{slip.id}/withdrawal"
    keeper.post(withdrawal, data=hidden_fields(keeper.get(withdrawal).text) | {"reason": "Wrong organisation"})
    keeper.post(entering(organisation), data=typed(keeper.get(entering(organisation))))

    assert "entered already" in refused.text
    assert [(one.withdrawal is None, one.is_in_force_on(ON)) for one in kept()] == [(False, False), (True, True)]


@pytest.mark.parametrize(
    ("day", "sentence"), [("2.2.2026", "Enter a later date."), ("1.1.2027", "It ends by itself before this day.")]
)
def test_it_ends_between_its_first_and_its_last_day(keeper, day, sentence):
    agreement = make_agreement(last_on=date(2026, 12, 31))
    address = f"/agreements/{agreement.id}/ending"
    answer = keeper.post(address, data=hidden_fields(keeper.get(address).text) | {"on": day, "because": "No money"})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_what_has_ended_stays_with_its_reason_and_does_not_end_twice(keeper):
    agreement = make_agreement()
    address = f"/agreements/{agreement.id}/ending"
    first, second = (keeper.get(address) for _page in range(2))
    done = keeper.post(
        address,
        data=hidden_fields(first.text) | {"on": "1.3.2026", "because": "The fund closed"},
        follow_redirects=True,
    )
    again = keeper.post(address, data=hidden_fields(second.text) | {"on": "1.4.2026", "because": "Once more"})

    assert "The fund closed" in done.text
    assert "This has ended already." in again.text
    db.session.expire_all()
    assert "ended on 1 Mar 2026" in keeper.get("/agreements").text
    assert [kept()[0].is_in_force_on(date(2026, month, day)) for month, day in ((2, 28), (3, 1))] == [True, False]


@pytest.mark.parametrize(
    ("facts", "ended_on", "stands"),
    [
        ({}, None, True),
        ({"signed_on": ON}, None, True),
        ({"signed_on": date(2026, 11, 21)}, None, False),
        ({"last_on": ON}, None, True),  # its last day is one in force
        ({"last_on": date(2026, 11, 19)}, None, False),
        ({}, ON, False),  # ended from that day on
        ({}, date(2026, 11, 21), True),
    ],
)
def test_the_list_and_the_record_agree_on_what_is_in_force(app, facts, ended_on, stands):
    agreement = make_agreement(**facts)
    if ended_on:
        ending = AgreementEnding(agreement_id=agreement.id, on=ended_on, because="-", by_id=agreement.by_id)
        ending.at = agreement.at
        db.session.add(ending)
        db.session.commit()
        db.session.refresh(agreement)

    assert agreement.is_in_force_on(ON) == stands
    assert len(Agreements(on=ON, in_force=True).page().rows) == stands


def test_the_list_is_narrowed_and_goes_on_without_a_gap(app, monkeypatch):
    monkeypatch.setattr(agreement_queries, "AT_ONCE", 2)
    far = make_organisation(region_code=make_region("230000000").code)
    made = [make_agreement(far, kind=AgreementKind.CONTRACT, subject=AgreementSubject.EMPLOYMENT)]
    made += [make_agreement(signed_on=date(2026, 1, day)) for day in (3, 1, 2)]
    first = Agreements(on=ON).page()
    rest = Agreements(on=ON).page(after=first.older)

    assert [one.id for one in (*first.rows, *rest.rows)] == [made[place].id for place in (0, 1, 3, 2)]
    assert rest.older is None
    for chosen in ({"kind": AgreementKind.CONTRACT}, {"subject": AgreementSubject.EMPLOYMENT}):
        assert [one.id for one in Agreements(on=ON, **chosen).page().rows] == [made[0].id]
    assert [one.id for one in Agreements(on=ON, region_code="230000000").page().rows] == [made[0].id]


@pytest.mark.parametrize("role", [Role.SUPERVISOR, Role.ADMINISTRATOR, Role.ANALYST])
def test_who_reads_the_catalogue_reads_the_list(app, stopped_clock, sign_in, role):
    make_agreement(number="5-К")
    answer = sign_in(make_user(role)).get("/agreements?kind=memorandum&in_force=1&region=nowhere&subject=x")

    assert "No agreement fits" in answer.text
    assert "5-К" in sign_in(make_user(role)).get("/agreements").text


def test_an_agreement_is_never_changed(app):
    agreement = make_agreement()
    agreement.number = "other"
    with pytest.raises(DatabaseError):
        db.session.commit()
    db.session.rollback()
