"""What the rules may know, asked of a span of cases at once: a fixed number of statements, whatever their number.

The statements only gather; what follows from the facts is decided by the rules alone. Some leave out rows that no
rule can look at any more (older than the longest of their spans), never more than that.

As of a day means: what had happened by that day *and* was written down by its end. Nothing later is used, so that
the evaluation of a past day says what could be known then.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from app.assessments import library
from app.assessments.models import (
    AcuteAnswer,
    AcuteReview,
    AcuteWithdrawal,
    Assessment,
    Completion,
    Override,
    OverrideAnswer,
)
from app.assessments.vocabulary import Kind, Use
from app.clients.cases import Case, CaseStage, Deregistration, Transfer, TransferAnswer
from app.clients.events import CaseEvent, EventWithdrawal
from app.clients.models import Client
from app.clock import COUNTRY
from app.programs.models import Approval, Closure, Goal, Program, Progress, Step, Version
from app.programs.waiting import SETTLED
from app.sessions.models import Consent, Match, MatchEnding, Session, Withdrawal
from app.sessions.vocabulary import Absence
from app.signals.rules import Rule

Asked = Select[*tuple[Any, ...]]
DAY = timedelta(days=1)
AFTER: BindParameter[int] = bindparam("after", type_=Integer)
UP_TO: BindParameter[int] = bindparam("up_to", type_=Integer)


def end_of(day: date) -> datetime:
    return datetime.combine(day + DAY, time(), COUNTRY)


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far back the rules look, in days and in reviews, and from how many points on an answer speaks to them."""

    days: int
    reviews: int
    points: int

    @classmethod
    def of(cls, rules: Iterable[Rule]) -> "Horizon":
        """Twice the longest span: what is repeated within some days may have begun as many days before."""
        limits = {rule.code: rule.limits for rule in rules}
        return cls(
            2 * max((each.get("days", 0) for each in limits.values()), default=0),
            max((each.get("reviews", 1) for each in limits.values()), default=1),
            limits.get("acute_item_high", {"points": 0})["points"],
        )


def of_concern(review: Any, answer: Any) -> ColumnElement[bool]:
    """The answer belongs to an acute section of the form under which the review was made."""
    forms = (form for form in library.shelf().values() if form.use is Use.ACUTE)
    return or_(
        false(),
        *(
            and_(
                review.c.instrument_code == form.code,
                review.c.instrument_version == str(form.version),
                answer.item_code.in_([item.code for section, item in form.items() if section.kind is Kind.ACUTE]),
            )
            for form in forms
        ),
    )


class Statements:
    """The statements of a day about the cases whose numbers lie after one number and up to another."""

    def __init__(self, on: date, horizon: Horizon) -> None:
        self.on, self.since, self.cutoff, self.horizon = on, on - horizon.days * DAY, end_of(on), horizon

    def within(self, case_id: Any) -> tuple[ColumnElement[bool], ...]:
        """The condition on a row: of a case of the span that was on the register when the day ended."""
        gone = exists().where(Deregistration.case_id == case_id, Deregistration.at < self.cutoff)
        return case_id > AFTER, case_id <= UP_TO, ~gone

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

    def latest_assessments(self) -> Asked:
        """The latest completed one of each case, the level that held, and the day of the first one."""
        of_case: dict[str, Any] = {"partition_by": Assessment.case_id}
        latest_first = (Completion.at.desc(), Assessment.id.desc())
        ranked = (
            select(
                Assessment.case_id, Assessment.id, Completion.on, Completion.level, Completion.reassess_by,
                func.row_number().over(order_by=latest_first, **of_case).label("place"),
                func.min(Completion.on).over(**of_case).label("first_on"),
            )
            .join(Completion, Completion.assessment_id == Assessment.id)
            .where(*self.within(Assessment.case_id), Completion.at < self.cutoff)
            .subquery()
        )  # fmt: skip
        agreed = (
            select(type_coerce(Override.to_level, String))
            .join(OverrideAnswer, OverrideAnswer.override_id == Override.id)
            .where(Override.assessment_id == ranked.c.id, OverrideAnswer.is_approved, OverrideAnswer.at < self.cutoff)
            .correlate(ranked)
            .scalar_subquery()
        )
        level = func.coalesce(agreed, ranked.c.level)
        columns = ranked.c.case_id, ranked.c.id, ranked.c.on, level, ranked.c.reassess_by, ranked.c.first_on
        return select(*columns).where(ranked.c.place == 1)

    def reviews(self) -> Any:
        """Every review that stands, with what lay before it in its case."""
        row = AcuteReview
        in_order: dict[str, Any] = {"partition_by": row.case_id, "order_by": (row.on, row.id)}
        before = in_order | {"rows": (-self.horizon.reviews, -1)}
        withdrawn = exists().where(AcuteWithdrawal.review_id == row.id, AcuteWithdrawal.at < self.cutoff)
        return (
            select(
                row.case_id, row.id, row.on, row.acute_sum, row.protective_sum, row.protective_unknown,
                func.count().over(**before).label("earlier"),
                func.sum(row.acute_sum).over(**before).label("earlier_acute"),
                func.sum(row.acute_unknown).over(**before).label("earlier_unknown"),
                func.lag(row.protective_sum).over(**in_order).label("protective_before"),
                row.instrument_code, row.instrument_version,
                func.lag(row.id).over(**in_order).label("id_before"),
                func.lead(row.id).over(**in_order).label("id_after"),
            )
            .where(*self.within(row.case_id), row.on <= self.on, row.at < self.cutoff, ~withdrawn)
            .subquery()
        )  # fmt: skip

    def latest_reviews(self) -> Asked:
        rows = self.reviews()
        return select(*list(rows.c)[:-4]).where(rows.c.id_after.is_(None))

    def risen_items(self) -> Asked:
        """What is of concern in the latest review, with points that speak and more of them than at the review before.

        Items of what protects have points too, and theirs are good.
        """
        rows = self.reviews()
        now, before = aliased(AcuteAnswer), aliased(AcuteAnswer)
        return (
            select(rows.c.case_id, rows.c.id, rows.c.on, now.item_code, now.points, before.points)
            .join(now, now.review_id == rows.c.id)
            .outerjoin(before, and_(before.review_id == rows.c.id_before, before.item_code == now.item_code))
            .where(
                rows.c.id_after.is_(None),
                of_concern(rows, now),
                now.points >= self.horizon.points,
                now.points > func.coalesce(before.points, -1),
            )
            .order_by(rows.c.case_id, now.item_code)
        )

    def completed_at(self, case_id: Any) -> Any:
        """When the latest assessment of a case was completed."""
        return (
            select(func.max(Completion.at))
            .join(Assessment, Assessment.id == Completion.assessment_id)
            .where(Assessment.case_id == case_id, Completion.at < self.cutoff)
            .scalar_subquery()
        )

    def recent_events(self) -> Asked:
        """Events that are recent, or news to the author of the latest assessment; whether they are."""
        row = CaseEvent
        withdrawn = exists().where(EventWithdrawal.event_id == row.id, EventWithdrawal.at < self.cutoff)
        is_news = row.recorded_at > self.completed_at(row.case_id)
        return (
            select(row.case_id, row.id, row.kind, row.on, is_news)
            .where(*self.within(row.case_id), row.on <= self.on, row.recorded_at < self.cutoff, ~withdrawn)
            .where(or_(row.on >= self.since, is_news))
        )

    def transfers_since(self) -> Asked:
        """Cases that were taken over after the latest assessment."""
        return (
            select(Transfer.case_id, TransferAnswer.at)
            .join(TransferAnswer, TransferAnswer.transfer_id == Transfer.id)
            .where(*self.within(Transfer.case_id), TransferAnswer.is_accepted, TransferAnswer.at < self.cutoff)
            .where(TransferAnswer.at > self.completed_at(Transfer.case_id))
        )

    def missed_sessions(self) -> Asked:
        return (
            select(Match.case_id, Session.id, Session.on)
            .join(Session, Session.match_id == Match.id)
            .where(*self.within(Match.case_id), Session.absence == Absence.DID_NOT_COME)
            .where(Session.on.between(self.since, self.on), Session.logged_at < self.cutoff)
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
