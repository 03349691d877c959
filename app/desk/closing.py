"""What the rooms of help leave open in a case that is to leave the register: its programme and its referrals."""

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.assistance.referrals.queries import open_in
from app.clients.cases import Case
from app.clients.closing import Matter, still_open
from app.db import db
from app.programs.models import Program
from app.web.languages import text_in


def of_help(case: Case, _day: date) -> Iterable[Matter]:
    going_on = select(Program).where(Program.case_id == case.id, ~Program.closure.has())
    for program in db.session.scalars(going_on.limit(1)):
        words = _("Programme %(number)s is not closed.", number=program.number)
        yield Matter(words, url_for("programs.show", program_id=program.id))
    for referral in open_in([case.id]):
        words = _("A referral goes on: %(service)s", service=text_in(referral.service))
        yield Matter(words, url_for("referrals.show", referral_id=referral.id))


still_open.append(of_help)
