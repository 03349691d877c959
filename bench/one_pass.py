"""One pass of SQL over the rows that the facts of a period are made of: the least work that could give such figures.

Each row that may count is read once, found to be about a person who was on the register in the period, and counted in
that person's region; the people themselves are counted by every dimension that each of them has. That is what has to
be done by whatever puts these figures together: to leave out a row, the person or the group would give none of them.

Left out is all that the rules ask beyond it: which entry of a history held on whose last day, which assessment was the
last, which version was in force when a step fell due, who is to be counted once, what fell into the days of which
case, and who stands behind a sum. A row is taken for one that counts when its own day says so (an event of the period,
what was so by the end of it); where it lies in a history, the entry that goes on today stands for all of it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Select, String, case, cast, func, literal, null, or_, select, union_all

from app.assessments.models import Assessment, Completion, Need, Override, OverrideAnswer
from app.assistance.models import Referral, ReferralEvent, Service
from app.assistance.release.models import Released
from app.assistance.treatment.models import Handover, TreatmentConsent, TreatmentWithdrawal
from app.clients.cases import Assignment, Case, CaseStage, Deregistration
from app.clients.events import CaseEvent, EventWithdrawal
from app.clients.models import Circumstances, Client
from app.indicators.facts.asking import AGES, born_by
from app.indicators.periods import Period
from app.offices.agreements import PartnerAgreement
from app.offices.models import Office
from app.offices.partners import Organisation
from app.programs.models import Approval, Closure, Goal, Program, Progress, Step, Version
from app.sessions.models import Confirmation, Match, Session
from app.supervision.contacts.models import (
    GroupAttendance,
    GroupEvent,
    GroupEventCancellation,
    GroupParticipant,
)
from app.supervision.violations.models import (
    Answer,
    AnswerSignature,
    AnswerWithdrawal,
    Excuse,
    Violation,
    ViolationWithdrawal,
)

DIMENSIONS = ("region", "stage", "sex", "age", "basis")


def one_pass(period: Period) -> Any:
    """The statement; each row says what was counted, where, and how many there are."""
    registered = on_register(period)
    rest = {**rows_of(registered, period), "leavers": leavers(period), "agreements": agreements(period)}
    return union_all(
        in_groups("people", select(registered), DIMENSIONS),
        *(in_groups(what, rows, ("region",)) for what, rows in rest.items()),
    )


def in_groups(what: str, rows: Select[Any], told: Sequence[str]) -> Any:
    """How many rows there are in each group."""
    row = rows.subquery()
    cell = [cast(row.c[dim] if dim in told else null(), String).label(dim) for dim in DIMENSIONS]
    counted: Any = select(literal(what).label("what"), *cell, func.count().label("n"))
    return counted.group_by(*(row.c[dim] for dim in told))


def on_register(period: Period) -> CTE:
    """The cases with a day on the register in the period, each with its person and where it is today."""
    ages = [(Client.born_on > born_by(period.end, limit), code) for code, limit in AGES if limit]
    return (
        select(
            Case.id, Case.client_id, Office.region_code.label("region"), CaseStage.stage, Client.sex,
            case(*ages, else_=AGES[-1][0]).label("age"), Case.legal_basis.label("basis"),
        )
        .join(Client, Client.id == Case.client_id)
        .join(Assignment, Assignment.case_id == Case.id)
        .join(Office, Office.id == Assignment.office_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .outerjoin(Deregistration, Deregistration.case_id == Case.id)
        .where(Assignment.to_at.is_(None), CaseStage.to_on.is_(None), Case.registered_on < period.end)
        .where(or_(Deregistration.on.is_(None), Deregistration.on > period.start))
        .cte("on_register")
    )  # fmt: skip


def rows_of(registered: CTE, period: Period) -> dict[str, Select[Any]]:
    """The rows about these people, by what they are."""

    def within(day: Any) -> tuple[Any, Any]:
        return day >= period.start, day < period.end

    case_id = registered.c.id
    return {
        "assessments": select(registered.c.region)
        .join(Assessment, Assessment.case_id == case_id)
        .join(Completion, Completion.assessment_id == Assessment.id)
        .outerjoin(Need, Need.assessment_id == Assessment.id)
        .outerjoin(Override, Override.assessment_id == Assessment.id)
        .outerjoin(OverrideAnswer, OverrideAnswer.override_id == Override.id)
        .where(Completion.on < period.end),
        "programmes": select(registered.c.region)
        .join(Program, Program.case_id == case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Approval, Approval.version_id == Version.id)
        .outerjoin(Closure, Closure.program_id == Program.id)
        .where(Approval.on < period.end),
        "steps": select(registered.c.region)
        .join(Program, Program.case_id == case_id)
        .join(Version, Version.program_id == Program.id)
        .join(Goal, Goal.version_id == Version.id)
        .join(Step, Step.goal_id == Goal.id)
        .outerjoin(Progress, Progress.thread == Step.thread)
        .where(*within(Step.due_on)),
        "circumstances": select(registered.c.region)
        .join(Circumstances, Circumstances.client_id == registered.c.client_id)
        .where(Circumstances.from_on < period.end),
        "sessions": select(registered.c.region)
        .join(Match, Match.case_id == case_id)
        .join(Session, Session.match_id == Match.id)
        .join(Confirmation, Confirmation.session_id == Session.id)
        .where(*within(Session.on)),
        "referrals": select(registered.c.region)
        .join(Referral, Referral.case_id == case_id)
        .join(Service, Service.id == Referral.service_id)
        .outerjoin(ReferralEvent, ReferralEvent.referral_id == Referral.id)
        .where(*within(Referral.made_on)),
        "events": select(registered.c.region)
        .join(CaseEvent, CaseEvent.case_id == case_id)
        .outerjoin(EventWithdrawal, EventWithdrawal.event_id == CaseEvent.id)
        .where(*within(CaseEvent.on)),
        "violations": select(registered.c.region)
        .join(Violation, Violation.case_id == case_id)
        .outerjoin(ViolationWithdrawal, ViolationWithdrawal.violation_id == Violation.id)
        .outerjoin(Excuse, Excuse.violation_id == Violation.id)
        .where(*within(Violation.on)),
        "answers": select(registered.c.region)
        .join(Answer, Answer.case_id == case_id)
        .join(AnswerSignature, AnswerSignature.answer_id == Answer.id)
        .outerjoin(AnswerWithdrawal, AnswerWithdrawal.answer_id == Answer.id)
        .where(*within(AnswerSignature.on)),
        "releases": select(registered.c.region)
        .join(Released, Released.case_id == case_id)
        .outerjoin(TreatmentConsent, TreatmentConsent.case_id == case_id)
        .outerjoin(TreatmentWithdrawal, TreatmentWithdrawal.consent_id == TreatmentConsent.id)
        .outerjoin(Handover, Handover.consent_id == TreatmentConsent.id)
        .where(*within(Released.on)),
        "activities": select(registered.c.region)
        .join(GroupParticipant, GroupParticipant.client_id == registered.c.client_id)
        .join(GroupEvent, GroupEvent.id == GroupParticipant.event_id)
        .outerjoin(GroupEventCancellation, GroupEventCancellation.event_id == GroupEvent.id)
        .outerjoin(GroupAttendance, GroupAttendance.participant_id == GroupParticipant.id)
        .where(*within(GroupEvent.on)),
    }


def leavers(period: Period) -> Select[Any]:
    """Who left a year before: they may be on the register no more."""
    since, until = period.a_year_before()
    return (
        select(Office.region_code.label("region"))
        .select_from(Deregistration)
        .join(Case, Case.id == Deregistration.case_id)
        .join(Assignment, Assignment.case_id == Case.id)
        .join(Office, Office.id == Assignment.office_id)
        .join(CaseStage, CaseStage.case_id == Case.id)
        .join(Client, Client.id == Case.client_id)
        .where(Deregistration.on >= since, Deregistration.on < until)
        .where(Assignment.to_at.is_(None), CaseStage.to_on.is_(None))
    )


def agreements(period: Period) -> Select[Any]:
    """Agreements with organisations, which are about no person."""
    return (
        select(Organisation.region_code.label("region"))
        .join(PartnerAgreement, PartnerAgreement.organisation_id == Organisation.id)
        .where(PartnerAgreement.signed_on < period.end)
    )
