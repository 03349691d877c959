"""Reasons, kinds of violation and measures in words, in the language now spoken."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.supervision.norms import Norm
from app.supervision.violations.catalogue import Breach, answering, breaches
from app.supervision.violations.situation import Proposal, Reason, Why
from app.web.formats import format_date
from app.web.languages import text_in


def reason_in_words(reason: Reason) -> str:
    """One sentence that says why, or what is to be minded."""
    return str(WORDS[reason.why](reason, dict(reason.values)))


def sources_of(proposal: Proposal) -> list[str]:
    """The acts and articles on which the reasons rest, each once."""
    rest_on = [proposal.norm, *(one.norm for one in proposal.reasons if one.norm)]
    return list(dict.fromkeys(map(source_in_words, rest_on)))


def missed_day(reasons: Sequence[Reason]) -> str | None:
    """The missed registration that the reasons name, as an address carries it."""
    found = next((one.values["missed"] for one in reasons if one.why is Why.MISSING), None)
    return found.isoformat() if found else None


def source_in_words(rule: Norm) -> str:
    """The act and the article; the act alone where the article is not known."""
    act = text_in(rule.act)
    return _("%(act)s, art. %(article)s", act=act, article=rule.article) if rule.article else act


def days_in_words(days: Sequence[date]) -> str:
    return ", ".join(map(format_date, days))


def breach_in_words(code: str) -> str:
    """What was broken, by the code of its entry; the code itself where the entry is gone."""
    known = breaches().get(code)
    return text_in(known.texts) if known else code


def own_words(code: str, words: str) -> str:
    """What somebody wrote of a violation; nothing where only its entry's text stands, in whichever language it was put.

    A paper is made in two languages, and the text of the entry is said there in each of them already.
    """
    known = breaches().get(code)
    return "" if known and words in known.texts.values() else words


def breach_source(code: str) -> str:
    """The act in short and the article of a kind of violation; nothing where no act sets it."""
    known = breaches().get(code)
    return article_of(known) if known else ""


def article_of(breach: Breach) -> str:
    return _("%(act)s, art. %(article)s", act=text_in(breach.act), article=breach.article) if breach.act else ""


def measure_in_words(code: str) -> str:
    known = answering().measures.get(code)
    if known:
        return text_in(known.names)
    return _("Begin to search for the person") if code == "search" else code


def foreseen(reason: Reason, _values: dict[str, Any]) -> str:
    return text_in(reason.norm.text) if reason.norm else ""


def over(_reason: Reason, values: dict[str, Any]) -> str:
    return ngettext(
        "%(num)d such violation is recorded: %(days)s; the norm allows %(most)d.",
        "%(num)d such violations are recorded: %(days)s; the norm allows %(most)d.",
        values["count"], days=days_in_words(values["days"]), most=values["most"],
    )  # fmt: skip


def warned(_reason: Reason, values: dict[str, Any]) -> str:
    return ngettext(
        "%(num)d written warning stands, of %(days)s.",
        "%(num)d written warnings stand, of %(days)s.",
        values["count"], days=days_in_words(values["days"]),
    )  # fmt: skip


def repeat(_reason: Reason, values: dict[str, Any]) -> str:
    return _(
        "The violation of %(on)s came %(gap)d days after that of %(earlier)s; within %(days)d days it is a repeat.",
        on=format_date(values["on"]), gap=values["gap"], earlier=format_date(values["earlier"]), days=values["days"],
    )  # fmt: skip


def not_repeat(_reason: Reason, values: dict[str, Any]) -> str:
    return _(
        "The violation of %(earlier)s came %(gap)d days earlier; after %(days)d days it makes no repeat any more.",
        gap=values["gap"], earlier=format_date(values["earlier"]), days=values["days"],
    )  # fmt: skip


def missing(_reason: Reason, values: dict[str, Any]) -> str:
    return _(
        "Nobody has reached the person since the registration missed on %(missed)s. This is day %(day)d; the norm "
        "counts %(days)d.",
        missed=format_date(values["missed"]), day=values["day"], days=values["days"],
    )  # fmt: skip


WORDS: dict[Why, Any] = {
    Why.FORESEEN: foreseen,
    Why.REPEAT: repeat,
    Why.NOT_REPEAT: not_repeat,
    Why.FIRST: lambda _reason, values: _(
        "No other violation lies within %(days)d days before %(on)s.", days=values["days"], on=format_date(values["on"])
    ),
    Why.OVER: over,
    Why.WITHIN: over,
    Why.WARNED: warned,
    Why.UNWARNED: lambda *_given: _("No written warning was given before. The court will ask about it."),
    Why.MISSING: missing,
    Why.SEARCHED: lambda _reason, values: _("A search goes on since %(date)s.", date=format_date(values["on"])),
    Why.HALF: lambda _reason, values: _(
        "The part of the term that the norm asks for was reached on %(date)s.", date=format_date(values["on"])
    ),
    Why.STOOD: lambda _reason, values: ngettext(
        "%(num)d day of search is not counted.", "%(num)d days of search are not counted.", values["days"]
    ),
    Why.CLEAN: lambda _reason, values: _("No violation within the last %(days)d days.", days=values["days"]),
    Why.MINOR: lambda *_given: _("The person is under 18, so the norm for minors holds."),
    Why.AT_MOST: lambda _reason, values: ngettext(
        "At most %(num)d month may be asked for.", "At most %(num)d months may be asked for.", values["months"]
    ),
    Why.UNEXPLAINED: lambda _reason, values: _(
        "What the person says about it is not recorded yet (%(days)s).", days=days_in_words(values["days"])
    ),
    Why.UNCHECKED: lambda *_given: _("Nobody has compared this norm with the official text. Check it before you sign."),
}
