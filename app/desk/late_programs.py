"""What the lines about late programmes say: why they are there, by which norm, and where the next act is."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.desk.models import Late
from app.desk.overdue import TERMS, Overdue
from app.programs.decisions.terms import term, term_in_words


def explained_program(item: Overdue, client_id: int) -> tuple[str, str, str]:
    """Why the line is there, the words of the next act, and where it leads."""
    match item.kind:
        case Late.PROGRAM:
            why = _("Assessed, and no programme submitted: %(term)s", term=norm_of(item))
            return why, _("Draw up the programme"), url_for("programs.of_client", client_id=client_id)
        case Late.ANSWER:
            why = _("The head of service has not answered: %(term)s", term=norm_of(item))
            return why, _("Read it"), url_for("programs.version", version_id=item.reference_id)
        case Late.STEP:
            why = ngettext(
                "%(num)d step of the programme has passed its date and is not done",
                "%(num)d steps of the programme have passed their dates and are not done",
                item.count,
            )
            return why, _("Note the progress"), url_for("programs.of_client", client_id=client_id)
        case Late.REVIEW:
            why = _("The day set for the review, in the programme or at its last review, has passed")
            return why, _("Review it"), url_for("programs.of_client", client_id=client_id)
        case _:
            why = _("Assessed anew, and the programme not reviewed since: %(term)s", term=norm_of(item))
            return why, _("Review it"), url_for("programs.of_client", client_id=client_id)


def norm_of(item: Overdue) -> str:
    """By when it was due and by which norm, where one sets the term."""
    return term_in_words(term(TERMS[item.kind], item.since)) if item.since else ""
