"""I-14, worked out by hand: agreements in force at the end of the period, and those signed in it."""

from datetime import date

from app.db import db
from app.indicators.definitions.reading import book
from app.indicators.facts.agreements import agreed
from app.indicators.facts.asking import Ask
from app.indicators.periods import parse
from app.offices.agreements import AgreementEnding, AgreementKind, AgreementSubject, AgreementWithdrawal
from tests.factories.people import make_region
from tests.factories.services import make_agreement, make_organisation
from tests.indicators.happenings import AFTER, LAST, START


def lines(period: str = "2026H1") -> list[tuple[str, int, int]]:
    """Of each agreement that counts: what it is called in the region's own name, in force, signed."""
    rows = db.session.execute(agreed(Ask(parse(period), book())))
    return sorted((row.region, row.agreement, row.subject, row.in_force, row.signed) for row in rows)


def test_what_is_in_force_on_the_last_day_and_what_was_signed_in_the_period(app):
    expected = []

    def signed(in_force, is_new, *, signed_on=date(2025, 5, 5), last_on=None, ended_on=None, is_slip=False):
        region = make_region(f"9{len(expected):08}").code
        agreement = make_agreement(make_organisation(region_code=region), signed_on=signed_on, last_on=last_on)
        facts = {"agreement_id": agreement.id, "by_id": agreement.by_id, "at": agreement.at}
        if ended_on:
            db.session.add(AgreementEnding(on=ended_on, because="-", **facts))
        if is_slip:
            db.session.add(AgreementWithdrawal(reason="-", **facts))
        db.session.flush()
        expected.append((region, "memorandum", "projects", in_force, is_new))

    signed(1, 0)
    signed(1, 1, signed_on=START)
    signed(1, 1, signed_on=LAST)
    signed(0, 0, signed_on=AFTER)
    signed(1, 0, last_on=LAST)
    signed(0, 0, last_on=date(2026, 6, 29))
    signed(0, 1, signed_on=date(2026, 2, 2), last_on=date(2026, 5, 5))
    signed(0, 0, ended_on=LAST)
    signed(1, 0, ended_on=AFTER)
    signed(0, 1, signed_on=date(2026, 2, 2), ended_on=date(2026, 3, 3))
    signed(0, 0, signed_on=date(2026, 2, 2), is_slip=True)

    assert lines() == [row for row in expected if row[3:] != (0, 0)]


def test_the_kind_and_what_it_is_about_are_told_apart(app):
    make_agreement(kind=AgreementKind.SOCIAL_ORDER, subject=AgreementSubject.PROJECTS)
    make_agreement(kind=AgreementKind.MEMORANDUM, subject=AgreementSubject.MINORS)

    assert [row[1:3] for row in lines()] == [("memorandum", "minors"), ("social_order", "projects")]
