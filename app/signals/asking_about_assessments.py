"""Statements about assessments, and about what happened since: what decides when the next one is due."""

from typing import Any

from sqlalchemy import String, exists, func, or_, select, type_coerce

from app.assessments.models import Assessment, Completion, Override, OverrideAnswer
from app.clients.cases import Transfer, TransferAnswer
from app.clients.events import CaseEvent, EventWithdrawal
from app.signals.asking import Asked, Asking


class AboutAssessments(Asking):
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
