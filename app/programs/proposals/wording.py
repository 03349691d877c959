"""Why something is proposed and what to think over, as sentences in the language spoken."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.assessments.labels import level_label
from app.assistance.vocabulary import Direction
from app.programs.methodology import adaptations
from app.programs.proposals.proposing import PRESENT, AreaKind, Reason, Source
from app.programs.proposals.warnings import Caution, PlannedStep, Warned
from app.programs.wording import area_in_words
from app.web.formats import format_date
from app.web.languages import text_in

MOST_NAMED = 3  # steps in one sentence; of the others it says how many there are


def reason_in_words(reason: Reason, assessed_on: date) -> str:
    """Need: education and work, high, assessment of 12 March 2026; rule W-1."""
    if reason.kind is AreaKind.RESPONSIVITY:
        return adaptation_reason(reason, assessed_on)
    words = {
        "area": area_in_words(reason.area),
        "level": level_label(reason.level),
        "date": format_date(assessed_on),
        "rule": reason.rule,
    }
    if reason.kind is AreaKind.SUPPORT:
        return _("Help needed: %(area)s, %(level)s, assessment of %(date)s; rule %(rule)s.", **words)
    return _("Need: %(area)s, %(level)s, assessment of %(date)s; rule %(rule)s.", **words)


def adaptation_reason(reason: Reason, assessed_on: date) -> str:
    words = {"area": adaptation_in_words(reason.area), "rule": reason.rule}
    if reason.source is Source.RECORD:
        return _("How to work with the person: %(area)s, from the person's record; rule %(rule)s.", **words)
    words["date"] = format_date(assessed_on)
    return _("How to work with the person: %(area)s, assessment of %(date)s; rule %(rule)s.", **words)


def adaptation_in_words(code: str) -> str:
    area = adaptations().get(code)
    return text_in(area.name) if area else code


KINDS = {
    AreaKind.NEED: _l("Areas of life to work on"),
    AreaKind.RESPONSIVITY: _l("How to work with the person"),
    AreaKind.SUPPORT: _l("Help that says nothing about risk"),
}


def kind_in_words(kind: AreaKind) -> str:
    return str(KINDS[kind])


def level_in_words(level: str) -> str:
    """A level of need; of an adaptation, that it is called for."""
    return _("where it is called for") if level == PRESENT else level_label(level)


def direction_in_words(code: str) -> str:
    return str(Direction(code).label)


def warning_in_words(warned: Warned) -> str:
    """The sentence of a warning: what is so, and what can be done."""
    if warned.caution is Caution.NO_GOAL:
        return _("The need “%(area)s” is high, and no goal answers it. Set one, or write why not.",
                 area=area_in_words(warned.area))  # fmt: skip
    if warned.caution is Caution.GOAL_WAITS:
        return _("The need “%(area)s” is high, and its goal is put off. Consider working on it now.",
                 area=area_in_words(warned.area))  # fmt: skip
    if warned.caution is Caution.MANY_ACTIVE:
        return _("%(number)d goals are to be worked on at once, and the methodology advises %(most)d at most.",
                 number=warned.number, most=warned.most)  # fmt: skip
    if warned.caution is Caution.HEAVY:
        return heavy_in_words(warned)
    return TIMES[warned.caution](names_of(warned.steps))


def heavy_in_words(warned: Warned) -> str:
    words = {"number": warned.number, "most": warned.most, "level": level_label(warned.level or "")}
    if warned.level == "low":
        return _(
            "The steps add up to %(number)d hours of contact. The level is low, and %(most)d hours are enough: "
            "more than is called for can do harm.", **words
        )  # fmt: skip
    return _("The steps add up to %(number)d hours of contact; at the level “%(level)s” %(most)d hours are enough.",
             **words)  # fmt: skip


TIMES = {
    Caution.DURING_WORK: lambda steps: _(
        "The person works, and must come during working hours: %(steps)s. Agree on an hour that does not cost the job.",
        steps=steps,
    ),
    Caution.DURING_LESSONS: lambda steps: _(
        "The person studies, and must come during lessons: %(steps)s. Agree on an hour after them.", steps=steps
    ),
    Caution.REPORTING_DAY: lambda steps: _(
        "The person is expected at the probation office on the day of: %(steps)s. Choose another day, or agree on "
        "hours that leave time for both.",
        steps=steps,
    ),
    Caution.DAY_OFF: lambda steps: _("Due on a day off: %(steps)s. Choose a working day.", steps=steps),
}


def names_of(steps: Iterable[PlannedStep]) -> str:
    names = [f"“{text_in(step.text) if isinstance(step.text, Mapping) else step.text}”" for step in steps]
    shown = ", ".join(names[:MOST_NAMED])
    left = len(names) - MOST_NAMED
    if left <= 0:
        return shown
    return ngettext("%(steps)s and %(num)d more", "%(steps)s and %(num)d more", left, steps=shown)
