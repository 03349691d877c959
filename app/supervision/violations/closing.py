"""What supervision leaves open in a case that is to leave the register, and what the norms say of its leaving."""

from collections.abc import Iterable
from datetime import date

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from app.clients.cases import Case
from app.clients.closing import Matter, grounds_foreseen, still_open
from app.supervision.norms import days_run, norms_for
from app.supervision.violations.dossier import dossier_of, spans_of
from app.supervision.violations.vocabulary import ViolationStanding
from app.supervision.violations.wording import breach_in_words, measure_in_words, source_in_words
from app.web.formats import format_date
from app.web.languages import text_in

LEAVING = "deregistration"  # the kind of the norms that say how a case leaves the register


def of_supervision(case: Case, day: date) -> Iterable[Matter]:
    """A search that goes on, answers that nobody has brought to an end, violations that nobody has answered."""
    known = dossier_of([case])
    if search := known.search_in(case):
        words = _("The person is searched for since %(date)s.", date=format_date(search.started_on))
        yield Matter(words, url_for("searches.show", search_id=search.id))
    stood = (day - case.term_from).days - days_run(case.term_from, day, spans_of(case, known))
    if stood:
        yield Matter(
            ngettext(
                "%(num)d day of search is not counted in the term.",
                "%(num)d days of search are not counted in the term.",
                stood,
            )
        )  # fmt: skip
    for answer in known.answers:
        if answer.standing.is_open:
            words = _("%(what)s: %(state)s", what=measure_in_words(answer.measure), state=answer.standing.label)
            yield Matter(words, url_for("violations.answer", answer_id=answer.id))
    for one in known.violations:
        if known.standing_of(one) is ViolationStanding.UNANSWERED:
            words = _("Not answered: %(what)s, %(date)s", what=breach_in_words(one.code), date=format_date(one.on))
            yield Matter(words, url_for("violations.show", violation_id=one.id))


def as_norms_say(case: Case, day: date) -> Iterable[str]:
    for rule in norms_for(LEAVING, case.legal_basis, day):
        yield _("%(sentence)s (%(source)s)", sentence=text_in(rule.text).rstrip("."), source=source_in_words(rule))


still_open.append(of_supervision)
grounds_foreseen.append(as_norms_say)
