"""Orders to publish a report: one at a time for each, of what was seen when it was ordered."""

from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError

from app.access.models import User
from app.db import db
from app.plan.reports.content import canonical
from app.plan.reports.gathering import Draft
from app.plan.reports.models import Publishing
from app.plan.reports.publishing import refuse_the_same
from app.plan.reports.queries import latest_of, open_publishing
from app.web.languages import language
from app.web.refusals import NotPossible


def order(made: Draft, because: Mapping[str, str] | None, by: User, at: datetime) -> Publishing:
    """Ask for a report to be published as it stands; the caller commits, and has it worked off.

    Raises NotPossible while something stands in its way or another order for it is open, when nothing has changed
    since the last publication, and when no reason is given for another one.
    """
    if made.hindrances:
        raise NotPossible(made.hindrances[0])
    if open_publishing(made.report):
        raise NotPossible(_("This report is being published already."))
    body = canonical(made.content)
    refuse_the_same(latest_of(made.report), body, because)
    wanted = Publishing(
        report_id=made.report.id,
        content=body,
        because_kk=because["kk"] if because else None,
        because_ru=because["ru"] if because else None,
        asked_by_id=by.id,
        asked_at=at,
        spoken=language(),
    )
    try:
        with db.session.begin_nested():
            db.session.add(wanted)
    except IntegrityError as clash:  # two at once: both looked, neither saw the other's
        raise NotPossible(_("This report is being published already.")) from clash
    return wanted
