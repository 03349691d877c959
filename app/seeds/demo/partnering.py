"""The agreements of the demonstration with its partner organisations."""

from datetime import datetime, time

from sqlalchemy import select

from app.access.policy import Permission
from app.assistance.catalogue.agreeing import Agreed, end, enter
from app.clock import COUNTRY
from app.db import db
from app.offices.agreements import AgreementKind, AgreementSubject
from app.offices.partners import Organisation
from app.offices.reading import Entry
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import word
from app.seeds.demo.thread import Act


def agree(entries: list[Entry], staff: Staff) -> None:
    """Each agreement as the supervisor named entered it on the day of its signing."""
    partners = {one.code: one for one in db.session.scalars(select(Organisation))}
    for entry in entries:
        by, day = staff.users[entry.text("by")], entry.day("signed_on")
        at = datetime.combine(day, time(16), COUNTRY)
        agreed = Agreed(
            entry.text("number"), word(entry, "kind", AgreementKind), word(entry, "subject", AgreementSubject),
            signed_on=day, last_on=entry.day_or_none("last_on"),
        )  # fmt: skip
        made = enter(partners[entry.one_of("partner", tuple(partners))], agreed, by, day, at)
        if ended_on := entry.day_or_none("ended_on"):
            end(made, ended_on, entry.text("because"), by, datetime.combine(ended_on, time(16), COUNTRY))
        db.session.flush()
        staff.acts.append(Act(by, "services.enter_agreement", Permission.MANAGE_SERVICES, made).entry(None, at))
        entry.end()
