"""Planning a release and noting what became of it: what may be written, and when."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask_babel import gettext as _

from app.access.models import User
from app.assistance.release.clocks import dues, last_visit_day
from app.assistance.release.items import Item, items
from app.assistance.release.models import (
    Arrangement,
    DecisionWithdrawal,
    FirstDay,
    FirstVisit,
    ItemDecision,
    Released,
    ReleaseDay,
    ReleaseDue,
)
from app.assistance.release.plan import Plan
from app.assistance.release.vocabulary import FirstNight, ItemState, Meets, ReleaseGround
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.vocabulary import Stage
from app.clients.working_days import calendar
from app.db import db
from app.web.formats import format_date
from app.web.refusals import WrongDay, must_have_come

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Expected:
    """The expected day: on which ground, whether article 167(4) names the person, and why it moved."""

    on: date
    ground: ReleaseGround
    is_named: bool
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Arranged:
    """Who meets the person, the first night, the first visit, and the first ten days by their number."""

    meets: Meets
    meets_name: str | None
    meets_phone: str | None
    first_night: FirstNight
    first_night_place: str | None
    visit_on: date
    days: dict[int, str]


def end_of_term(term_to: date) -> date:
    """The day of release at the end of a term: the day before, where it ends on a day off (234-V, art. 165(2))."""
    while not calendar().is_working(term_to):
        term_to -= DAY
    return term_to


def must_be_at_penitentiary_stage(case: Case, on: date) -> None:
    """A release is planned for an open case whose person is in an institution."""
    case.must_be_open()
    if case.stage_on(on) != Stage.PENITENTIARY:
        raise NotPossible(
            _("A release is planned at the stage of penitentiary probation. This case is at another one.")
        )


def must_be_to_come(plan: Plan, on: date) -> None:
    """The release can still be prepared."""
    must_be_at_penitentiary_stage(plan.case, on)
    if plan.released:
        raise NotPossible(_("The release is noted already. The plan can be read, but not changed."))


def must_be_planned(plan: Plan, on: date) -> ReleaseDay:
    """The expected day of a release that can still be prepared."""
    must_be_to_come(plan, on)
    if plan.day is None:
        raise NotPossible(_("Set the expected day of release first: the clocks begin with it."))
    return plan.day


def set_day(plan: Plan, expected: Expected, by: User, today: date, at: datetime) -> ReleaseDay:
    """Say when the release is expected, or that it moved; each item gets the day by which it is due.

    Raises WrongDay for a day in the past, before the term begins or after it ends, and for the day that stands.
    """
    case = plan.case
    must_be_to_come(plan, today)
    refuse_impossible(plan, expected, today)
    day = ReleaseDay(
        case=case,
        on=expected.on,
        ground=expected.ground,
        is_named=expected.is_named,
        words=expected.words,
        by=by,
        at=at,
    )
    named = expected.is_named or case.client.is_minor_on(expected.on)
    day.dues = [
        ReleaseDue(item_code=due.item_code, clock=due.clock, due_on=due.due_on)
        for due in dues(items().values(), expected.on, began_on(case, today), today, named)
    ]
    db.session.add(day)
    return day


def refuse_impossible(plan: Plan, expected: Expected, today: date) -> None:
    case, known = plan.case, plan.day
    if expected.on < today:
        raise WrongDay(_("This day is in the past. Enter today or a later day."))
    if expected.on < case.term_from:
        start = format_date(case.term_from)
        raise WrongDay(_("The term begins on %(date)s. A release cannot come before it.", date=start))
    if case.term_to and expected.on > case.term_to:
        end = format_date(case.term_to)
        raise WrongDay(_("The term ends on %(date)s. Enter that day or an earlier one.", date=end))
    if known and (known.on, known.ground, known.is_named) == (expected.on, expected.ground, expected.is_named):
        raise WrongDay(_("This is the expected day already."))
    if known and not expected.words:
        raise NotPossible(_("Write why the day moved."))


def began_on(case: Case, today: date) -> date:
    """The first day of the stage that the case is at."""
    return next(stage.from_on for stage in case.stages if stage.covers(today))


def decide(plan: Plan, item: Item, decision: ItemDecision, today: date) -> None:
    """Note what became of an item. Raises NotPossible for one decided already, and WrongDay for a day to come."""
    must_be_planned(plan, today)
    if decision.state not in item.states:
        raise NotPossible(_("This item is not decided here."))
    if plan.decision_on(item.code):
        raise NotPossible(_("This item was decided already. Withdraw that decision first if it was a slip."))
    plan.case.must_cover(decision.on, today)
    if decision.state == ItemState.NOT_POSSIBLE and not decision.words:
        raise NotPossible(_("Write why it is not possible."))
    if item.only_done:
        decision.words = None
    decision.case = plan.case
    db.session.add(decision)


def withdraw(plan: Plan, decision: ItemDecision, withdrawal: DecisionWithdrawal, today: date) -> None:
    """Say that a decision was a slip: the item is open again."""
    must_be_planned(plan, today)
    if decision.withdrawal:
        raise NotPossible(_("This decision has been withdrawn already."))
    decision.withdrawal = withdrawal


def arrange(plan: Plan, arranged: Arranged, by: User, today: date, at: datetime) -> Arrangement:
    """Keep who meets the person, the first night, and the first ten days, in the place of what was arranged before."""
    day = must_be_planned(plan, today)
    last = last_visit_day(day.on)
    if not day.on <= arranged.visit_on <= last:
        raise WrongDay(
            _("The first visit is from %(start)s to %(end)s.", start=format_date(day.on), end=format_date(last))
        )
    made = Arrangement(
        case=plan.case, meets=arranged.meets, meets_name=arranged.meets_name, meets_phone=arranged.meets_phone,
        first_night=arranged.first_night, first_night_place=arranged.first_night_place, visit_on=arranged.visit_on,
        by=by, at=at,
    )  # fmt: skip
    made.days = [FirstDay(number=number, text=text) for number, text in sorted(arranged.days.items())]
    db.session.add(made)
    return made


def note_release(plan: Plan, released: Released, today: date) -> None:
    """Note that the person was released, and whether somebody met them; a later row takes the place of an earlier."""
    plan.case.must_be_open()
    if plan.day is None:
        raise NotPossible(_("Set the expected day of release first: the clocks begin with it."))
    if plan.released and plan.visit:
        raise NotPossible(_("The first visit is noted already, so the release stays as it is."))
    if plan.released and not released.words:
        raise NotPossible(_("The release is noted already. Write what was wrong with it."))
    must_have_come(released.on, today)
    if released.on < max(plan.case.term_from, plan.case.registered_on):
        raise WrongDay(_("The term begins on %(date)s. A release cannot come before it.",
                         date=format_date(max(plan.case.term_from, plan.case.registered_on))))  # fmt: skip
    if not released.is_met and not released.words:
        raise NotPossible(_("Write why nobody met the person."))
    released.case, released.visit_by = plan.case, last_visit_day(released.on)
    db.session.add(released)


def note_visit(plan: Plan, visit: FirstVisit, today: date) -> None:
    """Note whether the person came after the release; who came has come, who did not may come later."""
    plan.case.must_be_open()
    if plan.released is None:
        raise NotPossible(_("Note the release first."))
    if plan.visit and plan.visit.has_come:
        raise NotPossible(_("The first visit is noted already."))
    must_have_come(visit.on, today)
    if visit.on < plan.released.on:
        raise WrongDay(_("The person was not yet released on this day. Check the date."))
    if not visit.has_come and today <= plan.released.visit_by:
        last = format_date(plan.released.visit_by)
        raise NotPossible(_("The person may still come until %(date)s.", date=last))
    visit.case = plan.case
    db.session.add(visit)
