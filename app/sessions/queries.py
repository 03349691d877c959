"""Finding matches, sessions, and those who could help, within the actor's reach, with what their pages show."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.access.models import Role, User
from app.access.policy import Permission, Reach, reach
from app.clients.cases import Assignment, Case, Deregistration
from app.clients.models import Client
from app.clients.queries import AROUND_CASE, NAMED
from app.clients.reach import cases_within, held_within, whose
from app.db import db, one_or_404
from app.sessions.door import door_is_open
from app.sessions.hours import Spent
from app.sessions.models import Confirmation, Consent, Helper, Match, Question, Reply, Session, Withdrawal
from app.sessions.overlap import Span
from app.sessions.paging import Cursor, Page, page_of

MOST = 50  # in a pile on somebody's desk
MOST_HELPERS = 300  # in one office
MOST_PEOPLE = 50  # whom one helper helps at a time; more is no help

# What a page of the officer about a match shows: the helper, the consents with their ends, the case.
AROUND_MATCH = (
    joinedload(Match.helper),
    joinedload(Match.ending),
    joinedload(Match.case).options(*AROUND_CASE),
    selectinload(Match.goals),
    selectinload(Match.consents).joinedload(Consent.withdrawal).joinedload(Withdrawal.by),
    selectinload(Match.consents).joinedload(Consent.recorded_by),
)
AROUND_SESSION = (
    joinedload(Session.confirmation).joinedload(Confirmation.by),
    selectinload(Session.questions).options(joinedload(Question.reply), joinedload(Question.by)),
)


@dataclass(frozen=True, slots=True)
class Helped:
    """A person in the list of those one helps."""

    match_id: int
    first_name: str
    until_on: date
    last_on: date | None
    open_questions: int


def get_match(actor: User, permission: Permission, match_id: int) -> Match:
    """A match in a case within reach, for the officer; otherwise 404."""
    return one_or_404(
        select(Match)
        .join(Match.case)
        .where(Match.id == match_id, cases_within(actor, permission))
        .options(*AROUND_MATCH, joinedload(Match.made_by), joinedload(Match.helper).selectinload(User.suspensions))
    )


def get_session(actor: User, permission: Permission, session_id: int) -> Session:
    """A session of a case within reach, for the officer; otherwise 404."""
    return one_or_404(
        select(Session)
        .join(Session.match)
        .join(Match.case)
        .where(Session.id == session_id, cases_within(actor, permission))
        .options(*AROUND_SESSION, joinedload(Session.logged_by), joinedload(Session.match).options(*AROUND_MATCH))
    )


def get_helper(actor: User, user_id: int) -> tuple[User, Helper | None]:
    """A volunteer or mentor of the actor's own office, with what is recorded about them; otherwise 404."""
    here = (User.office_id == actor.office_id, User.role.in_([Role.VOLUNTEER, Role.MENTOR]))
    return one_or_404(select(User).where(User.id == user_id, *here)), db.session.get(Helper, user_id)


def matches_of_client(actor: User, client_id: int) -> list[Match]:
    """A person's matches in the cases within reach: those that go on first, then the latest."""
    statement = (
        select(Match)
        .join(Match.case)
        .where(Case.client_id == client_id, cases_within(actor, Permission.VIEW_SESSIONS))
        .options(*AROUND_MATCH)
        .order_by(Match.id.desc())
        .limit(MOST)
    )
    return sorted(db.session.scalars(statement).unique(), key=lambda match: match.ending is not None)


def going_on(case_id: int) -> list[Match]:
    """The case's matches that have not ended."""
    return list(db.session.scalars(select(Match).where(Match.case_id == case_id, ~Match.ending.has())))


def take_turns(kind: type[Case] | type[User], key: int) -> None:
    """Two requests about one case, or by one helper, follow one another, so that each sees what the other saved."""
    db.session.execute(select(kind.id).where(kind.id == key).with_for_update())


def helpers_of(office_id: int) -> list[tuple[User, Helper | None]]:
    """The volunteers and mentors of an office, by name, each with what is recorded about them."""
    statement = (
        select(User, Helper)
        .outerjoin(Helper, Helper.user_id == User.id)
        .where(User.office_id == office_id, User.role.in_([Role.VOLUNTEER, Role.MENTOR]))
        .options(selectinload(User.suspensions))
        .order_by(User.full_name, User.id)
        .limit(MOST_HELPERS)
    )
    return [(user, helper) for user, helper in db.session.execute(statement)]


def time_spent(condition: ColumnElement[bool], since: date | None = None) -> list[Spent]:
    """Minutes by day, confirmed and not, of the sessions for which the condition holds."""
    is_confirmed = Confirmation.session_id.is_not(None)
    statement = (
        select(Session.on, func.sum(Session.minutes), is_confirmed)
        .outerjoin(Session.confirmation)
        .where(condition, Session.has_met)
        .group_by(Session.on, is_confirmed)
    )
    if since:
        statement = statement.where(Session.on >= since)
    return [Spent(on, int(minutes), bool(confirmed)) for on, minutes, confirmed in db.session.execute(statement)]


def with_client(actor: User, client_id: int) -> ColumnElement[bool]:
    """The condition on sessions: with this person, in a case within reach."""
    cases = select(Case.id).where(Case.client_id == client_id, cases_within(actor, Permission.VIEW_SESSIONS))
    return Session.match_id.in_(select(Match.id).where(Match.case_id.in_(cases)))


def sessions_of_client(condition: ColumnElement[bool], cursor: Cursor | None) -> Page:
    return page_of(select(Session).where(condition).options(*AROUND_SESSION, joinedload(Session.logged_by)), cursor)


def unseen_concerns(condition: ColumnElement[bool]) -> list[Session]:
    """What worried a helper and is not confirmed yet, latest first."""
    statement = select(Session).where(condition, Session.has_concern, ~Session.confirmation.has())
    return list(db.session.scalars(statement.order_by(Session.on.desc(), Session.id.desc()).limit(MOST)))


def spans_of(helper: User, on: date) -> list[Span]:
    """When the helper's other sessions were held, from the day before to the day after: one may cross midnight."""
    around = Session.on.between(on - timedelta(days=1), on + timedelta(days=1))
    rows = db.session.scalars(select(Session).where(Session.logged_by_id == helper.id, around, Session.has_met))
    return [Span(row.starts, row.minutes) for row in rows]


def unseen() -> ColumnElement[bool]:
    """The condition on sessions: neither confirmed nor waiting for the helper's reply."""
    waiting = exists().where(Question.session_id == Session.id, ~Question.reply.has())
    return and_(~Session.confirmation.has(), ~waiting)


@cache
def unseen_within(extent: Reach | None) -> Select[Session]:
    return (
        select(Session)
        .select_from(Assignment)
        .join(Match, Match.case_id == Assignment.case_id)
        .join(Session, Session.match_id == Match.id)
        .where(held_within(extent), unseen())
        .options(selectinload(Session.logged_by), selectinload(Session.match).joinedload(Match.case).options(*NAMED))
        .order_by(Session.has_concern.desc(), Session.on, Session.id)
        .limit(bindparam("most"))
    )


def new_sessions(actor: User, most: int = MOST) -> list[Session]:
    """What the actor has yet to confirm or ask about: those with a concern first, then the oldest."""
    statement = unseen_within(reach(actor, Permission.REVIEW_SESSION))
    return list(db.session.scalars(statement, whose(actor) | {"most": most}))


@cache
def ending_within(extent: Reach | None) -> Select[Consent]:
    newer = aliased(Consent)
    renewed = exists().where(newer.match_id == Consent.match_id, newer.id > Consent.id)
    return (
        select(Consent)
        .select_from(Assignment)
        .join(Match, Match.case_id == Assignment.case_id)
        .join(Consent, Consent.match_id == Match.id)
        .where(held_within(extent), Consent.until_on <= bindparam("until"), ~renewed, ~Consent.withdrawal.has())
        .where(~Match.ending.has(), ~exists().where(Deregistration.case_id == Assignment.case_id))
        .options(selectinload(Consent.match).options(joinedload(Match.helper), joinedload(Match.case).options(*NAMED)))
        .order_by(Consent.until_on, Consent.id)
        .limit(MOST)
    )


def consents_ending(actor: User, day: date, within: timedelta) -> list[Consent]:
    """The latest consents of matches that go on that end soon or have ended: to renew, or to end the help."""
    statement = ending_within(reach(actor, Permission.MATCH_CLIENT))
    return list(db.session.scalars(statement, whose(actor) | {"until": day + within}))


def people_helped(actor: User, day: date) -> list[Helped]:
    """The people whom the actor may help on a day; only what their list shows leaves the database."""
    last_on = select(func.max(Session.on)).where(Session.match_id == Match.id).correlate(Match).scalar_subquery()
    until_on = select(func.max(Consent.until_on)).where(Consent.match_id == Match.id).correlate(Match).scalar_subquery()
    asked = (
        select(func.count(Question.id))
        .join(Session, Session.id == Question.session_id)
        .where(
            Session.match_id == Match.id,
            ~Session.confirmation.has(),
            ~exists().where(Reply.question_id == Question.id),
        )
        .correlate(Match)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Match.id, Client.given_name, until_on, last_on, asked)
        .join(Case, Case.id == Match.case_id)
        .join(Client, Client.id == Case.client_id)
        .where(door_is_open(actor, day))
        .order_by(Client.given_name, Match.id)
        .limit(MOST_PEOPLE)
    )
    return [Helped(*row) for row in rows]
