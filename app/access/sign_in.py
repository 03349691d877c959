"""Signing in and staying signed in: passwords, lock-out, and how long a signed-in browser may rest."""

import re
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app, g, session
from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.lockout import wait_after
from app.access.models import SignInAttempt, Suspension, User
from app.access.substitutions.models import Substitution
from app.clock import now
from app.db import db, keyed_digest
from app.web.errors import database_is_away

HASHER = PasswordHasher()
KEY = re.compile(
    r"[0-9]{1,9}\.[0-9]{1,9}"
)  # the number of a user and of the signed-in time, as User.get_id writes them
# Checked when nobody bears the name, so that an answer takes as long for a wrong name as for a wrong password.
NOBODY = HASHER.hash("nobody bears this name")

# With the substitutions: how far the user reaches is asked by nearly every page.
ADMITTED = (
    select(User)
    .where(
        User.id == bindparam("number"),
        User.sign_in_epoch == bindparam("epoch"),
        ~exists().where(Suspension.user_id == User.id, Suspension.lifted_at.is_(None)),
    )
    .options(joinedload(User.substitutions).joinedload(Substitution.absent))
)


def hash_password(password: str) -> str:
    return HASHER.hash(password)


def fits(user: User | None, password: str) -> bool:
    """Whether the password opens the user's account."""
    try:
        HASHER.verify(user.password_hash if user else NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return user is not None


def user_to_admit(name: str) -> User | None:
    """The bearer of a name, locked until the commit: guesses that come at once are looked at one after another."""
    statement = select(User).where(User.name == name.strip().lower()).options(selectinload(User.suspensions))
    return db.session.scalar(statement.with_for_update())


def remaining_wait(name: str, at: datetime) -> timedelta:
    """How long the bearer of this name must still wait before the next try is even looked at."""
    mine = SignInAttempt.name_digest == digest_of(name)
    last_success = select(func.coalesce(func.max(SignInAttempt.id), 0)).where(mine, SignInAttempt.succeeded)
    failures = select(func.count(), func.max(SignInAttempt.at)).where(
        mine, SignInAttempt.id > last_success.scalar_subquery()
    )
    count, latest = db.session.execute(failures).one()
    if not count:
        return timedelta(0)
    return max(timedelta(0), latest + wait_after(count) - at)


def note_attempt(name: str, *, succeeded: bool, address: str) -> None:
    db.session.add(SignInAttempt(name_digest=digest_of(name), succeeded=succeeded, address=address))


def digest_of(name: str) -> str:
    return keyed_digest(name.strip().lower(), "sign-in name")


def load_user(key: str) -> User | None:
    """The user of a signed-in browser, unless signed out elsewhere, suspended, or idle for too long."""
    number, _dot, epoch = key.partition(".")
    if database_is_away() or not KEY.fullmatch(key):
        return None
    found = db.session.scalars(ADMITTED, {"number": int(number), "epoch": int(epoch)})
    user = found.unique().one_or_none()
    if user is None:
        return None
    seen = float(session.get("seen_at", 0))
    if now().timestamp() - seen > current_app.config["IDLE"].total_seconds():
        g.went_idle = user.id
        return None
    return user


def touch() -> None:
    """Count the idle time from this request on; the cookie is written anew at most once a minute."""
    moment = now().timestamp()
    if moment - float(session.get("seen_at", 0)) > 60:  # noqa: PLR2004 - seconds
        session["seen_at"] = moment
