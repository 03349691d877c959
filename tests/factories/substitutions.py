"""Build substitutions; name only what the test is about."""

from datetime import date, timedelta

from app.access.models import Role, User
from app.access.substitutions.models import Substitution
from app.access.substitutions.naming import Wanted, name_substitute
from app.clock import now, today
from app.db import db
from app.offices.models import Office
from tests.factories.people import make_user
from tests.factories.saving import saved

DAY = timedelta(days=1)


def make_substitution(
    absent: User, substitute: User, first: date | None = None, last: date | None = None, by: User | None = None
) -> Substitution:
    """One officer stands in for another: today and for a week on, unless the test says when."""
    first = first or today()
    by = by or make_user(Role.SUPERVISOR, db.session.get_one(Office, absent.office_id))
    wanted = Wanted(absent, substitute, first, last or first + 6 * DAY, "Leave")
    row = saved(name_substitute(wanted, by, now(), today()))
    db.session.expire_all()
    return row
