"""Norms in the words of the reader: what is set, for whom, by which act, and how it is known."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import Stage
from app.supervision.norms.model import Norm, Since, Source
from app.supervision.norms.values import (
    Answers,
    Between,
    Foreseen,
    Fraction,
    Hours,
    Limit,
    MonthEnd,
    Per,
    Rhythm,
    Rule,
    SetByService,
    Term,
    Unit,
    Value,
)
from app.web.formats import format_date
from app.web.languages import text_in

YEAR = 12  # months
DUE = {
    Since.IN_FORCE: _l("%(length)s from the judgment's entry into force on %(since)s (%(act)s): %(date)s"),
    Since.REGISTRATION: _l("%(length)s from the registration on %(since)s (%(act)s): %(date)s"),
    Since.RELEASE: _l("%(length)s from the release on %(since)s (%(act)s): %(date)s"),
    Since.ARRIVAL: _l("%(length)s from the arrival on %(since)s (%(act)s): %(date)s"),
    Since.MISSED: _l("%(length)s from the visit missed on %(since)s (%(act)s): %(date)s"),
    Since.BEFORE_RELEASE: _l("%(length)s before the release on %(since)s (%(act)s): %(date)s"),
    Since.BEFORE_END: _l("%(length)s before the end of the term on %(since)s (%(act)s): %(date)s"),
    Since.EVENT: _l("%(length)s from %(since)s (%(act)s): %(date)s"),
}
SOURCES = {
    Source.READ: _l("read in a copy of the act"),
    Source.TOLD: _l("told by the press"),
    Source.MEMORY: _l("from memory"),
    Source.OWN: _l("the service's own"),
}
ANSWERS = {
    Answers.WARNING: _l("written warning"),
    Answers.EXTEND: _l("representation to extend"),
    Answers.CANCEL: _l("representation to cancel"),
    Answers.REPLACE: _l("representation to replace"),
    Answers.SEARCH: _l("search"),
    Answers.BRING: _l("compulsory bringing"),
}


def length_in_words(term: Term | Norm) -> str:
    """“10 working days”."""
    if isinstance(term, Norm):
        term = term.term
    if term.unit is Unit.WORKING_DAYS:
        return str(ngettext("%(num)d working day", "%(num)d working days", term.count))
    if term.unit is Unit.DAYS:
        return str(ngettext("%(num)d day", "%(num)d days", term.count))
    if term.count > YEAR and term.count % YEAR == 0:
        return str(ngettext("%(num)d year", "%(num)d years", term.count // YEAR))
    return str(ngettext("%(num)d month", "%(num)d months", term.count))


def value_in_words(norm: Norm) -> str:
    """What the norm sets, in a few words; empty for a rule that sets nothing to be counted."""
    says: Callable[[Any], str] = WORDS[type(norm.value)]
    return says(norm.value)


def rhythm_in_words(times: int, per: Per) -> str:
    said = {
        Per.DAY: ngettext("%(num)d time a day", "%(num)d times a day", times),
        Per.WEEK: ngettext("%(num)d time a week", "%(num)d times a week", times),
        Per.MONTH: ngettext("%(num)d time a month", "%(num)d times a month", times),
        Per.QUARTER: ngettext("%(num)d time a quarter", "%(num)d times a quarter", times),
        Per.YEAR: ngettext("%(num)d time a year", "%(num)d times a year", times),
    }
    return str(said[per])


def limit_in_words(most: int, per: Per | None) -> str:
    if per is None:
        return str(ngettext("at most %(num)d", "at most %(num)d", most))
    return _("at most %(rhythm)s", rhythm=rhythm_in_words(most, per))


def hours_in_words(most: int, per: Per) -> str:
    said = {
        Per.DAY: ngettext("at most %(num)d hour a day", "at most %(num)d hours a day", most),
        Per.WEEK: ngettext("at most %(num)d hour a week", "at most %(num)d hours a week", most),
        Per.MONTH: ngettext("at most %(num)d hour a month", "at most %(num)d hours a month", most),
        Per.QUARTER: ngettext("at most %(num)d hour a quarter", "at most %(num)d hours a quarter", most),
        Per.YEAR: ngettext("at most %(num)d hour a year", "at most %(num)d hours a year", most),
    }
    return str(said[per])


def between_in_words(least: Term | None, most: Term) -> str:
    if least is None:
        return _("up to %(most)s", most=length_in_words(most))
    return _("from %(least)s to %(most)s", least=length_in_words(least), most=length_in_words(most))


def applies_in_words(norm: Norm) -> str:
    """To whom a norm applies; empty where it applies to everybody."""
    applies = norm.applies
    said = [", ".join(text_in(legal_bases()[basis].names) for basis in applies.bases)] if applies.bases else []
    if applies.stages:
        said.append(_("at the stage: %(stages)s", stages=", ".join(str(Stage(one).label) for one in applies.stages)))
    if applies.minor is not None:
        said.append(_("under 18") if applies.minor else _("18 and older"))
    if applies.rural is not None:
        said.append(_("in a rural place") if applies.rural else _("in a town"))
    return "; ".join(said)


def source_in_words(norm: Norm) -> str:
    return str(SOURCES[norm.source])


def act_in_words(norm: Norm) -> str:
    """“Penal Execution Code, article 21”, or the service's own rule."""
    short = text_in(norm.short)
    return _("%(act)s, article %(article)s", act=short, article=norm.article) if norm.article else short


def why_due(norm: Norm, since: date, due_on: date) -> str:
    """One sentence that explains a deadline: the term, its event, the act and the day."""
    said = {
        "length": value_in_words(norm), "since": format_date(since), "act": act_in_words(norm),
        "date": format_date(due_on),
    }  # fmt: skip
    return str(DUE[norm.since]) % said


WORDS: dict[type[Value], Callable[[Any], str]] = {
    Term: length_in_words,
    MonthEnd: lambda _value: _("the last working day of the month"),
    Rhythm: lambda value: rhythm_in_words(value.times, value.per),
    SetByService: lambda _value: _("set by the service"),
    Limit: lambda value: limit_in_words(value.most, value.per),
    Hours: lambda value: hours_in_words(value.most, value.per),
    Fraction: lambda value: _("%(part)s of the term", part=f"{value.part.numerator}/{value.part.denominator}"),
    Between: lambda value: between_in_words(value.least, value.most),
    Foreseen: lambda value: ", ".join(str(ANSWERS[answer]) for answer in value.answers),
    Rule: lambda _value: "",
}
