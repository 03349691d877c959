"""People who wait for a service that has ended, or take part in it: somebody has to find out how each can go on."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from app.access.models import User
from app.assistance.catalogue.queries import ended_on, stranded_referrals
from app.desk.lines import Line, Pile, pile_of
from app.desk.people import people_in
from app.web.languages import text_in


def services_ended(user: User, day: date) -> list[Pile]:
    """One pile of the referrals within the user's reach that go on although the service has ended."""
    found = stranded_referrals(user, day)
    if not found:
        return []
    people = people_in({referral.case_id for referral in found})
    lines = []
    for referral in found:
        of = people[referral.case_id]
        lines.append(
            Line(
                person=f"{of.surname} {of.given_name}",
                person_url=url_for("desk.client", client_id=of.client_id),
                why=_("“%(service)s” has ended, and the referral is still open", service=text_in(referral.service)),
                act=_("Open the referral"),
                act_url=url_for("referrals.show", referral_id=referral.id),
                due_on=ended_on(referral.service),
                officer=of.full_name or "",
                tone="serious",
            )
        )
    return pile_of(_("Services that have ended"), lines)
