"""What people read in place of the codes of this room."""

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assessments.history.comparison import Change
from app.assessments.instrument import Instrument
from app.assessments.models import Override
from app.assessments.needs import Linkage
from app.assessments.vocabulary import Level, Text

LEVEL_LABELS: dict[Level | None, LazyString] = {
    Level.LOW: _l("low"),
    Level.MEDIUM: _l("medium"),
    Level.HIGH: _l("high"),
    None: _l("not clear"),
}
CHANGE_LABELS = {
    Change.LOWER: _l("lower"),
    Change.SAME: _l("the same"),
    Change.HIGHER: _l("higher"),
    Change.UNCLEAR: _l("cannot be compared"),
}
LINK_LABELS = {
    Linkage(harm=False, reoffending=False): _l("nothing found so far"),
    Linkage(harm=False, reoffending=True): _l("reoffending"),
    Linkage(harm=True, reoffending=False): _l("serious harm to others"),
    Linkage(harm=True, reoffending=True): _l("reoffending and serious harm to others"),
}
STEP_LABELS = {
    (Level.LOW, Level.MEDIUM): _l("medium: raised by one step"),
    (Level.MEDIUM, Level.HIGH): _l("high: raised by one step"),
    (Level.HIGH, Level.MEDIUM): _l("medium: lowered by one step"),
    (Level.MEDIUM, Level.LOW): _l("low: lowered by one step"),
}


@dataclass(frozen=True, slots=True)
class ShownLevel:
    """A level as the pages show it: its code for shape and colour, its word for people."""

    value: str
    label: str


def level_name(instrument: Instrument) -> str:
    """What the level of an instrument is a level of."""
    return _("Level of attention and support") if instrument.before_judgment else _("Level of risk")


def level_label(level: Level | str | None) -> str:
    """The word of a level in the language spoken; a level that could not be given has a word too."""
    return str(LEVEL_LABELS[Level(level) if level else None])


def shown_level(level: Level | str | None) -> ShownLevel:
    return ShownLevel(level or "unknown", level_label(level))


def proposal_in_words(override: Override) -> str:
    """From which level to which, and why, while nobody has agreed."""
    reason = str(override.reason.label)
    match override.from_level, override.to_level:
        case Level.LOW, _to:
            return _("From low to medium: %(reason)s", reason=reason)
        case Level.MEDIUM, Level.HIGH:
            return _("From medium to high: %(reason)s", reason=reason)
        case Level.HIGH, _to:
            return _("From high to medium: %(reason)s", reason=reason)
        case _from, _to:
            return _("From medium to low: %(reason)s", reason=reason)


def step_in_words(override: Override) -> str:
    """The same of an approved override."""
    reason = str(override.reason.label)
    match override.from_level, override.to_level:
        case Level.LOW, _to:
            return _("Raised from low to medium: %(reason)s", reason=reason)
        case Level.MEDIUM, Level.HIGH:
            return _("Raised from medium to high: %(reason)s", reason=reason)
        case Level.HIGH, _to:
            return _("Lowered from high to medium: %(reason)s", reason=reason)
        case _from, _to:
            return _("Lowered from medium to low: %(reason)s", reason=reason)


def name_of(instrument: Instrument, code: str) -> Text:
    """The name of a domain, or of an item without points: what a need is called."""
    section = instrument.section(code)
    if section:
        return section.name
    item = instrument.item(code)
    if item is None:
        raise KeyError(code)
    return item.name or item.question
