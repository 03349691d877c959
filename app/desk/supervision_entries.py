"""What reporting days, violations, searches, deadlines and reminders add to the chronicle of a case."""

from typing import Any

from sqlalchemy import Select

from app.access.models import User
from app.clients.cases import Case
from app.desk.entries import CASES, entries
from app.supervision.calendar.models import Rhythm, Visit, VisitOutcome
from app.supervision.calendar.statements import latest_outcome
from app.supervision.deadlines.models import (
    Deadline,
    DeadlineChange,
    DeadlineChangeAnswer,
    DeadlineWithdrawal,
)
from app.supervision.messages.models import ReminderConsent, ReminderConsentWithdrawal
from app.supervision.searches.models import Search, SearchEnd
from app.supervision.violations.models import Answer, AnswerSignature, CourtDecision, Violation


def reporting_days(_language: str) -> Select[Any]:
    row = Rhythm
    found = entries("rhythm", at=row.set_at, reference=row.case_id, code=row.per, text=row.days, words=row.reason,
                    who=User.full_name)  # fmt: skip
    return found.join(User, User.id == row.set_by_id).where(row.case_id.in_(CASES))


def outcomes_of_visits(_language: str) -> Select[Any]:
    row = VisitOutcome
    found = entries("visit_outcome", on=row.on, reference=Visit.case_id, code=row.kind, words=row.words,
                    who=User.full_name).select_from(row)  # fmt: skip
    found = found.join(Visit, Visit.id == row.visit_id).join(User, User.id == row.by_id)
    return found.where(Visit.case_id.in_(CASES), latest_outcome())


def consents_to_reminders(_language: str) -> Select[Any]:
    row = ReminderConsent
    found = entries("reminder_consent", at=row.at, reference=row.client_id, code=row.channel, who=User.full_name)
    found = found.join(Case, Case.client_id == row.client_id).join(User, User.id == row.by_id)
    return found.where(Case.id.in_(CASES)).distinct()


def ends_of_reminders(_language: str) -> Select[Any]:
    row, consent = ReminderConsentWithdrawal, ReminderConsent
    found = entries("reminders_ended", at=row.at, reference=consent.client_id, who=User.full_name).select_from(row)
    found = found.join(consent, consent.id == row.consent_id).join(Case, Case.client_id == consent.client_id)
    return found.join(User, User.id == row.by_id).where(Case.id.in_(CASES)).distinct()


def violations(_language: str) -> Select[Any]:
    row = Violation
    found = entries("violation", on=row.on, reference=row.id, code=row.code, words=row.words, who=User.full_name)
    found = found.join(User, User.id == row.by_id)
    return found.where(row.case_id.in_(CASES), ~row.withdrawal.has(), ~row.excuse.has())


def of_answers(kind: str, row: Any, **given: Any) -> Select[Any]:
    """A fact about an answer that stands, with its author ``by_id``."""
    found = entries(kind, reference=Answer.id, who=User.full_name, **given).select_from(row)
    found = found.join(Answer, Answer.id == row.answer_id).join(User, User.id == row.by_id)
    return found.where(Answer.case_id.in_(CASES), ~Answer.withdrawal.has())


def signatures(_language: str) -> Select[Any]:
    return of_answers("signature", AnswerSignature, at=AnswerSignature.at, code=Answer.measure)


def rulings(_language: str) -> Select[Any]:
    row = CourtDecision
    return of_answers("ruling", row, on=row.on, code=row.outcome, text=Answer.measure, words=row.words)


def searches(_language: str) -> Select[Any]:
    row = Search
    found = entries("search", on=row.started_on, reference=row.id, words=row.why, who=User.full_name)
    return found.join(User, User.id == row.by_id).where(row.case_id.in_(CASES))


def ends_of_searches(_language: str) -> Select[Any]:
    row = SearchEnd
    found = entries("search_end", on=row.on, reference=row.search_id, code=row.ending, words=row.words,
                    who=User.full_name).select_from(row)  # fmt: skip
    found = found.join(Search, Search.id == row.search_id).join(User, User.id == row.by_id)
    return found.where(Search.case_id.in_(CASES))


def moved_deadlines(_language: str) -> Select[Any]:
    row, change = DeadlineChangeAnswer, DeadlineChange
    found = entries("deadline_moved", at=row.at, reference=Case.client_id, code=Deadline.code,
                    on=change.due_on, words=row.words, who=User.full_name).select_from(row)  # fmt: skip
    found = found.join(change, change.id == row.change_id).join(Deadline, Deadline.id == change.deadline_id)
    found = found.join(Case, Case.id == Deadline.case_id).join(User, User.id == row.by_id)
    return found.where(Deadline.case_id.in_(CASES), row.is_accepted)


def withdrawn_deadlines(_language: str) -> Select[Any]:
    row = DeadlineWithdrawal
    found = entries("deadline_withdrawn", at=row.at, reference=Case.client_id, code=Deadline.code, words=row.reason,
                    who=User.full_name).select_from(row)  # fmt: skip
    found = found.join(Deadline, Deadline.id == row.deadline_id).join(Case, Case.id == Deadline.case_id)
    return found.join(User, User.id == row.by_id).where(Deadline.case_id.in_(CASES))


OF_SUPERVISION = (
    reporting_days,
    outcomes_of_visits,
    violations,
    signatures,
    rulings,
    searches,
    ends_of_searches,
    moved_deadlines,
    withdrawn_deadlines,
    consents_to_reminders,
    ends_of_reminders,
)
