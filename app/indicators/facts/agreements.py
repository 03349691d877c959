"""Agreements with partner organisations (I-14). They are about no person: their lines name none."""

from typing import Any

from sqlalchemy import Integer, Select, and_, case, literal, or_, select

from app.indicators.facts.asking import DAY, Ask, text_of
from app.offices.agreements import AgreementEnding, AgreementWithdrawal, PartnerAgreement
from app.offices.partners import Organisation


def agreed(ask: Ask) -> Select[Any]:
    """A line for each agreement that is in force at the end of the period, or was signed in it.

    In force on the last day of the period: signed by then, not past its last day and not ended. What was withdrawn
    counts nowhere. The region is the organisation's.
    """
    period, row, ended = ask.period, PartnerAgreement, AgreementEnding
    last_day = period.end - DAY
    in_force = and_(
        or_(row.last_on.is_(None), row.last_on >= last_day), or_(ended.on.is_(None), ended.on >= period.end)
    )
    nobody = [literal(None, Integer).label(name) for name in ("client_id", "case_id", "office_id")]
    lines: Any = (
        select(
            *nobody,
            Organisation.region_code.label("region"),
            text_of(row.kind).label("agreement"),
            text_of(row.subject).label("subject"),
            case((in_force, 1), else_=0).label("in_force"),
            case((row.signed_on >= period.start, 1), else_=0).label("signed"),
        )
        .select_from(row)
        .join(Organisation, Organisation.id == row.organisation_id)
        .outerjoin(ended, ended.agreement_id == row.id)
        .outerjoin(AgreementWithdrawal, AgreementWithdrawal.agreement_id == row.id)
        .where(row.signed_on < period.end, AgreementWithdrawal.agreement_id.is_(None))
        .where(or_(in_force, row.signed_on >= period.start))
    )
    return lines
