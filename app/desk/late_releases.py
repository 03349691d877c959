"""Releases on the desk: items past their day, releases and first visits that nobody noted, handovers without an answer.

A line about a handover says only that it waits for an answer, and stands on the day of the case's officer alone.
"""

from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.access.models import User
from app.assistance.treatment.queries import silent_since
from app.desk.lines import Line, Pile, pile_of
from app.desk.models import Late


def explained_release(kind: Late, case_id: int, count: int) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    match kind:
        case Late.RELEASE:
            why = _("The expected day of release has passed. Was the person released?")
            return why, _("Note the release"), url_for("release.note_release", case_id=case_id)
        case Late.FIRST_VISIT:
            why = _("Released, and no first visit is noted")
            return why, _("Note the first visit"), url_for("release.note_visit", case_id=case_id)
        case _:
            why = ngettext(
                "%(num)d item of the release plan has passed its date",
                "%(num)d items of the release plan have passed their dates",
                count,
            )
            return why, _("Open the plan"), url_for("release.show", case_id=case_id)


def handovers_silent(user: User, day: date) -> list[Pile]:
    """One pile of the user's own cases in which a clinic has not answered; the line names neither it nor what for."""
    return pile_of(
        _("Handovers without an answer"),
        [
            Line(
                person=f"{row.surname} {row.given_name}",
                person_url=url_for("desk.client", client_id=row.client_id),
                why=_("A handover waits for an answer"),
                act=_("Open"),
                act_url=url_for("treatment.show", case_id=row.id),
                due_on=row.answer_by,
            )
            for row in silent_since(user, day)
        ],
    )
