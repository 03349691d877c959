"""Who speaks for a responsible body: named by the ministry, for one body at a time."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from app.access.models import Role, User
from app.clients.models import NotPossible
from app.db import db
from app.plan.models import BodyMember, BodyMemberEnd


def name_member(user: User, body: str, email: str | None, by: User, at: datetime) -> BodyMember:
    """Let a user speak for a body from now on. Raises NotPossible for another role, and while they speak for one."""
    db.session.execute(select(User.id).where(User.id == user.id).with_for_update())
    if user.role != Role.BODY:
        raise NotPossible(_("Only a user with the role of a responsible body speaks for one."))
    standing = select(BodyMember.id).where(BodyMember.user_id == user.id, ~BodyMember.end.has())
    if db.session.scalar(standing) is not None:
        raise NotPossible(_("This user speaks for a body already. End that first."))
    member = BodyMember(user_id=user.id, body=body, email=email, by_id=by.id, at=at)
    db.session.add(member)
    db.session.flush()
    return member


def end_member(member: BodyMember, by: User, at: datetime) -> None:
    """They speak for it no more. Raises NotPossible when that is so already."""
    if member.end is not None:
        raise NotPossible(_("This user speaks for the body no more."))
    member.end = BodyMemberEnd(by_id=by.id, at=at)
    db.session.flush()
