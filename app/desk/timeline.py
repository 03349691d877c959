"""One timeline of a person: what happened in every room, newest first, as far as the actor's reach goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.access.models import User
from app.assessments.models import Assessment, Completion
from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.db import db
from app.offices.models import Office
from app.programs.models import Approval, Closure, Program, Progress, Return, Review, Step, Submission, Version
from app.programs.wording import step_in_words
from app.sessions.models import Consent, Match, Session, Withdrawal
from app.web.languages import text_in

MOST = 40  # entries of the whole timeline on the page


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    at: datetime | date
    title: str
    url: str | None = None
    body: str | None = None
    who: str | None = None
    tone: str = "neutral"


Source = Callable[[list[int], int], Iterable[Happening]]


def rows(statement: Any, newest: Any, most: int) -> list[Any]:
    """The newest rows of a statement; their columns differ from source to source."""
    return list(db.session.execute(statement.order_by(newest.desc()).limit(most)).all())


def stages(cases: list[int], most: int) -> Iterable[Happening]:
    found = rows(select(CaseStage, Case.number).join(Case).where(CaseStage.case_id.in_(cases)), CaseStage.from_on, most)
    for stage, number in found:
        yield Happening(
            stage.from_on,
            _("Case %(number)s: %(stage)s", number=number, stage=stage.stage.label),
            url_for("clients.case", case_id=stage.case_id),
        )


def assignments(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Assignment, User.full_name, Office)
        .outerjoin(User, User.id == Assignment.officer_id)
        .join(Office, Office.id == Assignment.office_id)
        .where(Assignment.case_id.in_(cases))
    )
    for assignment, officer, office in rows(statement, Assignment.from_at, most):
        title = (
            _("%(officer)s answers for the case", officer=officer) if officer else _("The office answers for the case")
        )
        yield Happening(assignment.from_at, title, url_for("clients.case", case_id=assignment.case_id), text_in(office))


def departures(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (select(Deregistration, User.full_name).join(User, User.id == Deregistration.by_id)).where(
        Deregistration.case_id.in_(cases)
    )
    for row, who in rows(statement, Deregistration.at, most):
        title = _("Off the register: %(ground)s", ground=row.ground.label)
        yield Happening(row.at, title, url_for("clients.case", case_id=row.case_id), row.words, who)


def assessments(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Completion, User.full_name)
        .join(Assessment, Assessment.id == Completion.assessment_id)
        .join(User, User.id == Completion.by_id)
        .where(Assessment.case_id.in_(cases))
    )
    for row, who in rows(statement, Completion.at, most):
        url = url_for("assessments.show", assessment_id=row.assessment_id)
        yield Happening(row.at, _("Assessment completed"), url, row.conclusion, who, "info")


def of_versions(fact: Any, version_id: Any, title: Callable[[Any, int], str], tone: str) -> Source:
    """Entries about versions of a programme: each has a moment ``at`` and an author ``by_id``."""

    def source(cases: list[int], most: int) -> Iterable[Happening]:
        statement = (
            select(fact, Version.id, Version.ordinal, User.full_name)
            .join(Version, Version.id == version_id)
            .join(Program, Program.id == Version.program_id)
            .join(User, User.id == fact.by_id)
            .where(Program.case_id.in_(cases))
        )
        for row, version, ordinal, who in rows(statement, fact.at, most):
            words = getattr(row, "words", None)
            yield Happening(
                row.at, title(row, ordinal), url_for("programs.version", version_id=version), words, who, tone
            )

    return source


def returns(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Return, Version.id, Version.ordinal, User.full_name)
        .join(Submission, Submission.id == Return.submission_id)
        .join(Version, Version.id == Submission.version_id)
        .join(Program, Program.id == Version.program_id)
        .join(User, User.id == Return.by_id)
        .where(Program.case_id.in_(cases))
    )
    for row, version, ordinal, who in rows(statement, Return.at, most):
        title = _("Programme returned (version %(ordinal)d)", ordinal=ordinal)
        yield Happening(row.at, title, url_for("programs.version", version_id=version), row.words, who, "caution")


def progress(cases: list[int], most: int) -> Iterable[Happening]:
    step = (
        select(func.max(Step.id)).where(Step.thread == Progress.thread).correlate(Progress).scalar_subquery()
    )  # the step in its latest version
    statement = (
        select(Progress, Step, User.full_name)
        .join(Program, Program.id == Progress.program_id)
        .join(User, User.id == Progress.by_id)
        .outerjoin(Step, Step.id == step)
        .where(Program.case_id.in_(cases))
        .options(joinedload(Step.goal))
    )
    for row, text, who in rows(statement, Progress.at, most):
        title = _("%(state)s: %(step)s", state=row.state.label, step=step_in_words(text) if text else "")
        yield Happening(row.at, title, url_for("programs.show", program_id=row.program_id), row.note, who)


def closures(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Closure, User.full_name)
        .join(Program, Program.id == Closure.program_id)
        .join(User, User.id == Closure.by_id)
        .where(Program.case_id.in_(cases))
    )
    for row, who in rows(statement, Closure.at, most):
        title = _("Programme closed: %(outcome)s", outcome=row.outcome.label)
        yield Happening(row.at, title, url_for("programs.show", program_id=row.program_id), row.words, who, "good")


def sessions(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Session, User.full_name)
        .join(Match, Match.id == Session.match_id)
        .join(User, User.id == Session.logged_by_id)
        .where(Match.case_id.in_(cases))
    )
    for row, who in rows(statement, Session.logged_at, most):
        title = (
            _("Session, %(medium)s", medium=row.medium.label) if row.has_met else _("Session that did not take place")
        )
        tone = "serious" if row.has_concern else "info" if row.has_met else "neutral"
        yield Happening(row.on, title, url_for("sessions.session", session_id=row.id), row.done, who, tone)


def consents(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Consent, User.full_name)
        .join(Match, Match.id == Consent.match_id)
        .join(User, User.id == Match.helper_id)
        .where(Match.case_id.in_(cases))
    )
    for row, helper in rows(statement, Consent.recorded_at, most):
        url = url_for("sessions.match", match_id=row.match_id)
        yield Happening(row.recorded_at, _("Consent to be helped by %(helper)s", helper=helper), url)


def withdrawals(cases: list[int], most: int) -> Iterable[Happening]:
    statement = (
        select(Withdrawal, Match.id, User.full_name)
        .join(Consent, Consent.id == Withdrawal.consent_id)
        .join(Match, Match.id == Consent.match_id)
        .join(User, User.id == Withdrawal.by_id)
        .where(Match.case_id.in_(cases))
    )
    for row, match_id, who in rows(statement, Withdrawal.at, most):
        url = url_for("sessions.match", match_id=match_id)
        yield Happening(row.at, _("Consent withdrawn"), url, row.words, who, "caution")


def submitted(_row: Submission, ordinal: int) -> str:
    return _("Programme submitted (version %(ordinal)d)", ordinal=ordinal)


def approved(_row: Approval, ordinal: int) -> str:
    return _("Programme approved (version %(ordinal)d)", ordinal=ordinal)


def reviewed(row: Review, _ordinal: int) -> str:
    return _("Review: %(verdict)s", verdict=row.verdict.label)


# What a page can show alone, by the word that its address carries.
ROOMS: dict[str, tuple[Source, ...]] = {
    "case": (stages, assignments, departures),
    "assessments": (assessments,),
    "programs": (
        of_versions(Submission, Submission.version_id, submitted, "info"),
        of_versions(Approval, Approval.version_id, approved, "good"),
        of_versions(Review, Review.version_id, reviewed, "info"),
        returns,
        progress,
        closures,
    ),
    "sessions": (sessions, consents, withdrawals),
}


def timeline(cases: list[int], room: str | None = None, most: int = MOST) -> list[Happening]:
    """What happened in the cases, newest first; of one room, or of all."""
    sources = ROOMS[room] if room in ROOMS else tuple(source for room in ROOMS.values() for source in room)
    happenings = [happening for source in sources for happening in source(cases, most)]
    return sorted(happenings, key=moment_of, reverse=True)[:most]


def moment_of(happening: Happening) -> datetime:
    """A day without an hour counts from its beginning."""
    at = happening.at
    return at if isinstance(at, datetime) else datetime.combine(at, time(0), UTC)
