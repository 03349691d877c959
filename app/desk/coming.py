"""What comes up on the officer's desk before it is late, with the norm that sets its day."""

from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from app.assessments.due.standings import dues
from app.assessments.due.wording import why_due
from app.desk.held import Held
from app.desk.late_programs import norm_of
from app.desk.lines import Line, Pile, ahead_pile, count_of
from app.desk.overdue import MOST, assessments_coming, coming, drafts_ahead, drafts_coming
from app.desk.people import people_in
from app.programs.decisions.terms import DAY, DRAFT, last_overdue

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

    def count(until: date) -> int:
        return count_of(coming(day, until, held.extent), held.values)

    return ahead_pile(_("To be assessed in the next two weeks"), lines, (day, day + AHEAD), MOST, count)


def programs_ahead(day: date, held: Held) -> list[Pile]:
    """One pile of the programmes to be submitted in the next two weeks; none when there are none."""
    found = drafts_ahead(day, day + AHEAD, held)
    if not found:
        return []
    people = people_in([item.case_id for item in found])
    lines = [
        Line(
            person=f"{people[item.case_id].surname} {people[item.case_id].given_name}",
            person_url=url_for("desk.client", client_id=people[item.case_id].client_id),
            why=_("Assessed, and the programme is to be submitted: %(term)s", term=norm_of(item)),
            act=_("Draw up the programme"),
            act_url=url_for("programs.of_client", client_id=people[item.case_id].client_id),
            due_on=item.due_on,
        )
        for item in found
    ]

    def count(until: date) -> int:
        span = last_overdue(DRAFT, day), last_overdue(DRAFT, until + DAY)
        return count_of(drafts_coming(*span, held.extent), held.values)

    return ahead_pile(_("Programmes to be submitted in the next two weeks"), lines, (day, day + AHEAD), MOST, count)
