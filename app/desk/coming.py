"""What comes up on the officer's desk before it is late: assessments, with the norm that sets their day."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from app.assessments.due.standings import dues
from app.assessments.due.wording import why_due
from app.desk.day import Line, Pile, people_in
from app.desk.overdue import Held, assessments_coming

AHEAD = timedelta(days=14)  # as long as the shortest norm of reassessment, so that nothing is late unannounced


def assessments_ahead(day: date, held: Held) -> list[Pile]:
    """One pile of the cases to be assessed in the next two weeks; none when there are none."""
    found = assessments_coming(day, day + AHEAD, held)
    if not found:
        return []
    cases = [case_id for case_id, _due_on in found]
    people, due = people_in(cases), dues(cases, day)
    lines = []
    for case_id, due_on in found:
        of, reason = people[case_id], due[case_id]
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=url_for("desk.client", client_id=of.client_id),
                why=why_due(reason) if reason else "",
                act=_("Assess"),
                act_url=url_for("assessments.create", case_id=case_id),
                due_on=due_on,
            )
        )
    return [Pile(_("To be assessed in the next two weeks"), tuple(lines), len(lines))]
