"""What happened in some cases, from every room, as rows of one shape: one statement however many rooms there are."""

from functools import cache
from typing import Any

from sqlalchemy import Row, Select, String, bindparam, case, cast, func, select, type_coerce, union_all

from app.access.models import User
from app.assessments.models import (
    AcuteReview,
    Assessment,
    Completion,
    Objection,
    ObjectionAnswer,
    Override,
    OverrideAnswer,
    OverrideWithdrawal,
)
from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.release.models import FirstVisit, Released, ReleaseDay
from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.clients.events import CaseEvent
from app.db import db
from app.desk.contact_entries import OF_CONTACTS
from app.desk.entries import CASES, entries
from app.desk.supervision_entries import OF_SUPERVISION
from app.offices.models import Office
from app.programs.models import (
    Approval,
    Closure,
    Goal,
    GoalProgress,
    Program,
    Progress,
    Return,
    Review,
    Step,
    Submission,
    Version,
)
from app.sessions.models import Consent, Match, Session, Withdrawal


def stages(_language: str) -> Select[Any]:
    found = entries("stage", on=CaseStage.from_on, reference=CaseStage.case_id, code=CaseStage.stage, text=Case.number)
    return found.join(Case, Case.id == CaseStage.case_id).where(CaseStage.case_id.in_(CASES))


def assignments(language: str) -> Select[Any]:
    office = getattr(Office, language)
    found = entries(
        "assignment", at=Assignment.from_at, reference=Assignment.case_id, text=User.full_name, words=office
    ).select_from(Assignment)
    found = found.outerjoin(User, User.id == Assignment.officer_id).join(Office, Office.id == Assignment.office_id)
    return found.where(Assignment.case_id.in_(CASES))


def departures(_language: str) -> Select[Any]:
    row = Deregistration
    found = entries("departure", at=row.at, reference=row.case_id, code=row.ground, words=row.words, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def happenings(_language: str) -> Select[Any]:
    row = CaseEvent
    found = entries("event", on=row.on, reference=row.case_id, code=row.kind, words=row.note, who=User.full_name)
    found = found.join(User, User.id == row.recorded_by_id)
    return found.where(row.case_id.in_(CASES), ~row.withdrawal.has())


def days_of_release(_language: str) -> Select[Any]:
    row = ReleaseDay
    day = cast(row.on, String())
    found = entries("release_day", at=row.at, reference=row.case_id, text=day, words=row.words, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def releases(_language: str) -> Select[Any]:
    row = Released
    met = case((row.is_met, "met"), else_="alone")
    found = entries("released", on=row.on, reference=row.case_id, text=met, words=row.words, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def first_visits(_language: str) -> Select[Any]:
    row = FirstVisit
    came = case((row.has_come, "came"), else_="missing")
    found = entries("first_visit", on=row.on, reference=row.case_id, text=came, words=row.words, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def assessments(_language: str) -> Select[Any]:
    row = Completion
    found = entries("assessment", at=row.at, reference=row.assessment_id, words=row.conclusion, who=User.full_name)
    found = found.join(Assessment, Assessment.id == row.assessment_id).join(User, User.id == row.by_id)
    return found.where(Assessment.case_id.in_(CASES))


def of_assessments(kind: str, row: Any, above: Any = None, **given: Any) -> Select[Any]:
    """A fact about an assessment, or about one ``above`` it, with its moment ``at`` and its author ``by_id``."""
    about = above or row
    found = entries(kind, at=row.at, reference=about.assessment_id, who=User.full_name, **given).select_from(row)
    if above:
        found = found.join(above)
    found = found.join(Assessment, Assessment.id == about.assessment_id).join(User, User.id == row.by_id)
    return found.where(Assessment.case_id.in_(CASES))


def overrides(_language: str) -> Select[Any]:
    return of_assessments("override", Override, code=Override.to_level, words=Override.words)


def decisions(_language: str) -> Select[Any]:
    level = case((OverrideAnswer.is_approved, type_coerce(Override.to_level, String())), else_=None)
    return of_assessments("decision", OverrideAnswer, Override, code=level, words=OverrideAnswer.words)


def taken_back(_language: str) -> Select[Any]:
    return of_assessments("taken_back", OverrideWithdrawal, Override)


def objections(_language: str) -> Select[Any]:
    return of_assessments("objection", Objection, code=Objection.against, words=Objection.words)


def answers(_language: str) -> Select[Any]:
    row = ObjectionAnswer
    return of_assessments("answer", row, Objection, code=row.outcome, words=row.words)


def visits(_language: str) -> Select[Any]:
    row = AcuteReview
    found = entries("visit", on=row.on, reference=row.id, words=row.note, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES), ~row.withdrawal.has())


def of_versions(kind: str, row: Any, **given: Any) -> Select[Any]:
    """A fact about a version of a programme, with its moment ``at`` and its author ``by_id``."""
    found = entries(
        kind, at=row.at, reference=Version.id, ordinal=Version.ordinal, who=User.full_name, **given
    ).select_from(row)
    if row is Return:
        found = found.join(Submission, Submission.id == Return.submission_id)
    about = (Submission if row is Return else row).version_id
    found = found.join(Version, Version.id == about).join(Program, Program.id == Version.program_id)
    return found.join(User, User.id == row.by_id).where(Program.case_id.in_(CASES))


def submissions(_language: str) -> Select[Any]:
    return of_versions("submission", Submission)


def approvals(_language: str) -> Select[Any]:
    return of_versions("approval", Approval)


def reviews(_language: str) -> Select[Any]:
    return of_versions("review", Review, code=Review.verdict, words=Review.words)


def returns(_language: str) -> Select[Any]:
    return of_versions("return", Return, words=Return.words)


def progress(_language: str) -> Select[Any]:
    row = Progress
    latest = select(func.max(Step.id)).where(Step.thread == row.thread).correlate(row).scalar_subquery()
    found = entries(
        "progress", at=row.at, reference=row.program_id, code=row.state, text=Step.text, rule=Goal.rule,
        words=row.note, who=User.full_name,
    ).select_from(row)  # fmt: skip
    found = found.join(Program, Program.id == row.program_id).join(User, User.id == row.by_id)
    found = found.outerjoin(Step, Step.id == latest).outerjoin(Goal, Goal.id == Step.goal_id)
    return found.where(Program.case_id.in_(CASES))


def said_of_goals(_language: str) -> Select[Any]:
    row = GoalProgress
    latest = select(func.max(Goal.id)).where(Goal.thread == row.thread).correlate(row).scalar_subquery()
    found = entries(
        "goal", at=row.at, reference=row.program_id, code=row.state, text=Goal.text, rule=Goal.rule, words=row.note,
        who=User.full_name,
    ).select_from(row)  # fmt: skip
    found = found.join(Program, Program.id == row.program_id).join(User, User.id == row.by_id)
    return found.outerjoin(Goal, Goal.id == latest).where(Program.case_id.in_(CASES))


def closures(_language: str) -> Select[Any]:
    row = Closure
    found = entries(
        "closure", at=row.at, reference=row.program_id, code=row.outcome, words=row.words, who=User.full_name
    )
    found = found.join(Program, Program.id == row.program_id).join(User, User.id == row.by_id)
    return found.where(Program.case_id.in_(CASES))


def referrals(language: str) -> Select[Any]:
    row = Referral
    service = getattr(Service, language)
    found = entries("referral", on=row.made_on, reference=row.id, text=service, words=row.why, who=User.full_name)
    found = found.join(Service, Service.id == row.service_id).join(User, User.id == row.made_by_id)
    return found.where(row.case_id.in_(CASES))


def told_of_referrals(language: str) -> Select[Any]:
    row = ReferralEvent
    service, result = getattr(Service, language), type_coerce(row.result, String())
    found = entries(
        "referral_event", on=row.on, reference=row.referral_id, code=row.kind, text=service, rule=result,
        words=row.words, who=User.full_name,
    ).select_from(row)  # fmt: skip
    found = found.join(Referral, Referral.id == row.referral_id).join(Service, Service.id == Referral.service_id)
    return found.outerjoin(User, User.id == row.by_id).where(Referral.case_id.in_(CASES))


def sessions(_language: str) -> Select[Any]:
    row = Session
    tone = case((row.has_concern, "serious"), (row.has_met, "info"), else_="neutral")
    medium = case((row.has_met, type_coerce(row.medium, String())), else_=None)
    found = entries("session", on=row.on, reference=row.id, code=medium, text=tone, words=row.done, who=User.full_name)
    found = found.join(Match, Match.id == row.match_id).join(User, User.id == row.logged_by_id)
    return found.where(Match.case_id.in_(CASES))


def consents(_language: str) -> Select[Any]:
    found = entries("consent", at=Consent.recorded_at, reference=Consent.match_id, text=User.full_name)
    found = found.join(Match, Match.id == Consent.match_id).join(User, User.id == Match.helper_id)
    return found.where(Match.case_id.in_(CASES))


def withdrawals(_language: str) -> Select[Any]:
    row = Withdrawal
    found = entries("withdrawal", at=row.at, reference=Match.id, words=row.words, who=User.full_name).select_from(row)
    found = found.join(Consent, Consent.id == row.consent_id).join(Match, Match.id == Consent.match_id)
    return found.join(User, User.id == row.by_id).where(Match.case_id.in_(CASES))


# What a page can show alone, by the word that its address carries.
ROOMS = {
    "case": (stages, assignments, departures, happenings),
    "supervision": (*OF_SUPERVISION, *OF_CONTACTS),
    "assessments": (assessments, overrides, decisions, taken_back, objections, answers, visits),
    "programs": (submissions, approvals, reviews, returns, progress, said_of_goals, closures),
    "assistance": (referrals, told_of_referrals, days_of_release, releases, first_visits),
    "sessions": (sessions, consents, withdrawals),
}


@cache
def newest(room: str | None, language: str) -> Select[Any]:
    """The newest rows of a room, or of all. Built once: building it takes longer than the answer."""
    sources = ROOMS[room] if room else tuple(source for sources in ROOMS.values() for source in sources)
    rows = union_all(*(source(language) for source in sources)).subquery()
    when = func.coalesce(rows.c.at, rows.c.on)
    return select(rows).order_by(when.desc(), rows.c.kind, rows.c.reference.desc()).limit(bindparam("most"))


def chronicle(cases: list[int], room: str | None, language: str, most: int) -> list[Row[Any]]:
    """So many of the newest entries of some cases, newest first."""
    return list(db.session.execute(newest(room, language), {"cases": cases, "most": most}))
