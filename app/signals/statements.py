"""Every statement that gathers facts: of reviews and assessments, of the case itself, its programme and its helpers."""

from sqlalchemy import and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.clients.cases import Case, CaseStage
from app.clients.models import Client
from app.programs.models import Approval, Closure, Goal, Program, Progress, Step, Version
from app.programs.vocabulary import Phase
from app.programs.waiting import SETTLED
from app.sessions.models import Consent, Match, MatchEnding, Session, Withdrawal
from app.sessions.vocabulary import Absence
from app.signals.asking import Asked
from app.signals.asking_about_assessments import AboutAssessments
from app.signals.asking_about_reviews import AboutReviews
from app.supervision.calendar.models import Visit, VisitOutcome
from app.supervision.calendar.vocabulary import Came


class Statements(AboutAssessments, AboutReviews):
    """The statements of a day about the cases whose numbers lie after one number and up to another."""

    def open_cases(self) -> Asked:
        stage = and_(
            CaseStage.case_id == Case.id, CaseStage.from_on <= self.on,
            or_(CaseStage.to_on.is_(None), CaseStage.to_on > self.on),
        )  # fmt: skip
        approved = (
            select(Approval.version_id)
            .join(Version, Version.id == Approval.version_id)
            .join(Program, Program.id == Version.program_id)
            .where(Program.case_id == Case.id, Approval.at < self.cutoff)
            .correlate(Case)
        )
        return (
            select(Case.id, Case.registered_on, Case.term_to, CaseStage.stage, CaseStage.from_on, Client.born_on,
                   approved.exists())
            .join(Client, Client.id == Case.client_id)
            .outerjoin(CaseStage, stage)
            .where(*self.within(Case.id), Case.registered_on <= self.on)
            .order_by(Case.id)
            .limit(bindparam("most"))
        )  # fmt: skip

    def missed_sessions(self) -> Asked:
        return (
            select(Match.case_id, Session.id, Session.on)
            .join(Session, Session.match_id == Match.id)
            .where(*self.within(Match.case_id), Session.absence == Absence.DID_NOT_COME)
            .where(Session.on.between(self.since, self.on), Session.logged_at < self.cutoff)
        )

    def missed_visits(self) -> Asked:
        """Visits of which the outcome that counted on the day says that the person did not come."""
        later = aliased(VisitOutcome)
        corrected = exists().where(
            later.visit_id == VisitOutcome.visit_id, later.ordinal > VisitOutcome.ordinal, later.at < self.cutoff
        )
        return (
            select(Visit.case_id, Visit.id, Visit.on)
            .join(VisitOutcome, VisitOutcome.visit_id == Visit.id)
            .where(*self.within(Visit.case_id), Visit.on.between(self.since, self.on))
            .where(VisitOutcome.kind == Came.DID_NOT_COME, VisitOutcome.at < self.cutoff, ~corrected)
        )

    def open_steps(self) -> Asked:
        """Steps past their date in the version in force that are neither done nor dropped."""
        later, later_approval = aliased(Version), aliased(Approval)
        replaced = (
            select(later.id)
            .join(later_approval, later_approval.version_id == later.id)
            .where(later.program_id == Version.program_id, later.ordinal > Version.ordinal)
            .where(later_approval.at < self.cutoff)
            .correlate(Version)
        )
        closed = exists().where(Closure.program_id == Program.id, Closure.at < self.cutoff)
        latest = (
            select(Progress.state)
            .where(Progress.thread == Step.thread, Progress.at < self.cutoff)
            .order_by(Progress.id.desc())
            .limit(1)
            .correlate(Step)
            .scalar_subquery()
        )
        return (
            select(Program.case_id, Program.id, Step.thread, Step.due_on)
            .join(Version, Version.program_id == Program.id)
            .join(Approval, Approval.version_id == Version.id)
            .join(Goal, Goal.version_id == Version.id)
            .join(Step, Step.goal_id == Goal.id)
            .where(*self.within(Program.case_id), Approval.at < self.cutoff, Step.due_on < self.on)
            .where(~closed, ~replaced.exists(), or_(latest.is_(None), latest.not_in(SETTLED)))
            .where(Goal.phase == Phase.ACTIVE)  # a goal for later is late with nothing
        )

    def matches_going_on(self) -> Asked:
        """Matches whose latest consent stands, and the day of the last session at which the two met."""
        newer = aliased(Consent)
        stands = exists().where(
            Consent.match_id == Match.id, Consent.given_on <= self.on, Consent.until_on > self.on,
            Consent.recorded_at < self.cutoff,
            ~exists().where(newer.match_id == Consent.match_id, newer.id > Consent.id, newer.recorded_at < self.cutoff),
            ~exists().where(Withdrawal.consent_id == Consent.id, Withdrawal.at < self.cutoff),
        ).correlate(Match)  # fmt: skip
        met_on = (
            select(func.max(Session.on))
            .where(Session.match_id == Match.id, Session.has_met, Session.on <= self.on)
            .where(Session.logged_at < self.cutoff)
            .correlate(Match)
            .scalar_subquery()
        )
        ended = exists().where(MatchEnding.match_id == Match.id, MatchEnding.at < self.cutoff)
        return select(Match.case_id, Match.id, Match.starts_on, met_on).where(
            *self.within(Match.case_id), Match.starts_on <= self.on, Match.made_at < self.cutoff, stands, ~ended
        )
