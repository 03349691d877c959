"""Completing an assessment: what must be there first, and what is kept for good."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.models import User
from app.assessments import library
from app.assessments.due.falling import reassess_by
from app.assessments.due.norms import norms
from app.assessments.instrument import Instrument
from app.assessments.models import Assessment, Completion, Need
from app.assessments.needs import Linkage, order_needs, support_needs
from app.assessments.outcome import contradictions
from app.assessments.recording import require_open
from app.assessments.scoring import Result, score
from app.assessments.stored import to_json
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clock import COUNTRY
from app.db import db
from app.web.languages import text_in

# Rooms above take their turn here when an assessment is complete: they get the case and today, and act in the same
# transaction; they never commit. Each room appends its own callable when it is imported.
after_completion: list[Callable[[Case, date], None]] = []

# The fewest characters of a conclusion: a sentence, not a tick. Our own choice, like the length of any reason.
LEAST_WORDS = 20


def standing(assessment: Assessment) -> Result:
    """The result of the answers as they are now."""
    return score(library.of(assessment), assessment.chosen, assessment.unknown)


def needs_found(instrument: Instrument, result: Result, links: Mapping[str, Linkage]) -> list[Need]:
    """Every need in its order, not yet part of any assessment: domains that can change first, then support."""
    domains = [
        Need(code=need.domain_code, is_support=False, level=need.level, points=need.points)
        for need in order_needs(instrument, result, links)
    ]
    support = [Need(code=need.code, is_support=True, level=need.level) for need in support_needs(instrument, result)]
    found = domains + support
    for position, need in enumerate(found, start=1):
        need.position = position
    return found


def require_all(assessment: Assessment, result: Result) -> None:
    """Raises NotPossible while anything that the result needs is not there."""
    left = len(result.missing) + len(result.unasked)
    if left:
        raise NotPossible(
            ngettext("%(num)d question has no answer yet.", "%(num)d questions have no answer yet.", left)
        )
    if reasons := contradictions(library.of(assessment), assessment.chosen):
        raise NotPossible(" ".join(text_in(reason) for reason in reasons))
    if result.level is None:
        most = library.of(assessment).allow_unknown
        raise NotPossible(
            ngettext("Too much is not known: at most %(num)d scored answer may stay open. Find out more first.",
                     "Too much is not known: at most %(num)d scored answers may stay open. Find out more first.", most)
        )  # fmt: skip
    if unsourced := len(assessment.unsourced):
        raise NotPossible(
            ngettext("%(num)d answer does not say where it comes from.",
                     "%(num)d answers do not say where they come from.", unsourced)
        )  # fmt: skip


def complete(assessment: Assessment, conclusion: str, by: User, on: date, at: datetime) -> Completion:
    """Close the assessment with the officer's conclusion. From here on nothing of it changes.

    Raises NotPossible when it is complete already, when its case is closed, when something is missing,
    when the conclusion is too short, or for a day that has not come.
    """
    require_open(assessment)
    if on > at.astimezone(COUNTRY).date():
        raise NotPossible(_("This date is in the future. Enter today's date or an earlier one."))
    instrument, result = library.of(assessment), standing(assessment)
    require_all(assessment, result)
    level = result.level
    if level is None or len(conclusion) < LEAST_WORDS:
        raise NotPossible(_("Write the conclusion in a sentence or two: what the answers mean for the work ahead."))
    assessment.needs = needs_found(instrument, result, assessment.links)
    db.session.flush()  # the database takes no need once the completion is there
    assessment.completion = Completion(
        on=on,
        at=at,
        by=by,
        points=result.points,
        level=level,
        result=to_json(result),
        conclusion=conclusion,
        reassess_by=reassess_by(norms(), on, level, assessment.case.stage_on(on), instrument.valid_months[level]),
    )
    return assessment.completion


def tell_of(case: Case, today: date) -> None:
    """Let the rooms above look at the case again: the completion is flushed, and not yet committed."""
    db.session.flush()
    for hook in after_completion:
        hook(case, today)
