"""Notes on the quality of the data behind an indicator: how many people something is not known of, in words.

They say nothing that is not released: each number is a released figure, or what some of them leave of another. Where
one of those is hidden, so is the note's number.
"""

from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import ngettext

from app.indicators.tables import TOTAL, Release
from app.web.formats import format_number

LEVELS, WORK = "levels", "work"
# Which notes belong to what. Where a table has a category for what is not known, the table itself tells.
ABOUT = {"I-03": (WORK,), "I-08": (LEVELS,), "M-19.needs": (LEVELS,), "M-19.employment": (WORK,)}


def quality_notes(code: str, release: Release) -> list[str]:
    """What is missing behind an indicator, as sentences; none where nothing is known to be."""
    notes = [NOTES[about](release) for about in ABOUT.get(code, ())]
    if code == "I-09":
        notes.append(_("The register does not name institutions, so there is no figure by institution."))
    if code == "I-10":
        notes.append(_("Nothing is kept of the treatment of people who did not consent; they are not counted."))
    return notes


def figure(release: Release, quantity: str, **codes: str) -> int | None:
    """A released number at a total, or in one category; None when it is hidden or not released."""
    key = tuple(codes.get(dimension.code, TOTAL) for dimension in release.dimensions)
    return release.values().get((quantity, key))


def not_assessed(release: Release) -> str:
    number = figure(release, "register", level="none")
    if number is None:
        return _("How many people are not assessed yet is hidden, so that nobody can be recognised.")
    return ngettext(
        "%(number)s person on the register is not assessed yet: no level is known.",
        "%(number)s people on the register are not assessed yet: no level is known.",
        number,
        number=format_number(number),
    )


def work_unknown(release: Release) -> str:
    """Whose work is not known is not told apart: beside those who are able, it would give others away."""
    register, able = figure(release, "register"), figure(release, "I-03.able")
    if register is None or able is None:
        return _("How many people are left out, because their work is not known among others, is hidden.")
    return ngettext(
        "%(number)s person on the register is left out: outside work, or their work is not known.",
        "%(number)s people on the register are left out: outside work, or their work is not known.",
        register - able,
        number=format_number(register - able),
    )


NOTES: dict[str, Callable[[Release], str]] = {LEVELS: not_assessed, WORK: work_unknown}
