"""Build proposals for another level and objections; name only what the test is about."""

from datetime import date

from app.access.models import Role, User
from app.assessments.levels.final import beside
from app.assessments.levels.objecting import Said, object_to
from app.assessments.levels.overriding import Proposal, answer, propose
from app.assessments.models import Against, Assessment, Objection, Override, OverrideReason
from app.assessments.vocabulary import Level
from app.clock import now, today
from app.db import db
from tests.factories.assessments import make_completed
from tests.factories.people import make_user

WORDS = "Вчера потерял работу и снова пьёт с прежней компанией."


def make_override(assessment: Assessment | None = None, by: User | None = None, to: Level | None = None) -> Override:
    """A proposal that waits for an answer: one step up where there is one."""
    about = assessment or make_completed()
    level = to or beside(about.raw_level or Level.LOW)[-1]
    override = propose(about, Proposal(level, OverrideReason.RECENT_CHANGE, WORDS), by or about.started_by, now())
    db.session.commit()
    return override


def make_approved_override(assessment: Assessment | None = None, to: Level | None = None) -> Override:
    override = make_override(assessment, to=to)
    answer(override, True, None, by=make_user(Role.SUPERVISOR), at=now())
    db.session.commit()
    return override


def make_objection(assessment: Assessment | None = None, on: date | None = None) -> Objection:
    """What a person says, waiting for its answer."""
    about = assessment or make_completed()
    said = Said(on or today(), Against.LEVEL, "Я не согласен: я давно не пью.")
    objection = object_to(about, said, by=about.started_by, today=today(), at=now())
    db.session.commit()
    return objection
