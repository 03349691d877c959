"""The form that gives cases to others: the reason; the cases and their officers come beside it."""

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.desk.workload.giving import Wish
from app.desk.workload.queries import MOST
from app.web.addresses import record_number
from app.web.forms import Form, TextField, required

PAIR = 2  # a case and the assignment under which it was held


class ReassignmentForm(Form):
    reason = TextField(
        _l("Reason"), [required(_l("Enter the reason, for example that an officer leaves the service."))]
    )


def wishes_in(typed: MultiDict[str, str]) -> list[Wish]:
    """The cases of a preview as they come back: ``case`` holds "case-assignment", ``to-case`` the officer's number.

    Each case once, at most a page of them; what is no such thing is left out.
    """
    found: dict[int, Wish] = {}
    for text in typed.getlist("case")[: 2 * MOST]:
        numbers = [number for part in text.split("-")[: PAIR + 1] if (number := record_number(part))]
        if len(numbers) == PAIR and (officer_id := record_number(typed.get(f"to-{numbers[0]}", ""))):
            found[numbers[0]] = Wish(numbers[0], numbers[1], officer_id)
    return list(found.values())[:MOST]
