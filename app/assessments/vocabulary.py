"""The closed words of assessment: levels, kinds of section, domains, stages, and a text in three languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

LANGUAGES = ("kk", "ru", "en")


class Level(StrEnum):
    """A level of risk or need, lowest first. Compare by `rank`: the words themselves sort alphabetically."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def rank(self) -> int:
        return tuple(Level).index(self)


class Use(StrEnum):
    """What an instrument is filled in for."""

    ASSESSMENT = "assessment"  # a level and needs, from which a programme is drawn up
    ACUTE = "acute"  # a few questions at a visit, for early warning: two sums, no level
    CALCULATION = "calculation"  # scores from facts, outside the work with people; never offered to an officer


class Kind(StrEnum):
    """What a section is for. Only static and dynamic sections make the level; only dynamic ones are needs by points.

    Acute and protective sections carry points too, but these are summed apart and never placed in a band.
    """

    STATIC = "static"
    DYNAMIC = "dynamic"
    SUPPORT = "support"
    RESPONSIVITY = "responsivity"
    ACUTE = "acute"
    PROTECTIVE = "protective"

    @property
    def scored(self) -> bool:
        return self in (Kind.STATIC, Kind.DYNAMIC)

    @property
    def has_points(self) -> bool:
        return self.scored or self in (Kind.ACUTE, Kind.PROTECTIVE)


class Domain(StrEnum):
    """The Central Eight (Andrews & Bonta, The Psychology of Criminal Conduct), shared by every instrument."""

    CRIMINAL_HISTORY = "criminal_history"
    SELF_CONTROL = "self_control"
    ATTITUDES = "attitudes"
    ASSOCIATES = "associates"
    FAMILY = "family"
    EDUCATION_WORK = "education_work"
    FREE_TIME = "free_time"
    ALCOHOL_DRUGS = "alcohol_drugs"


class Stage(StrEnum):
    """The four stages of probation (Law on Probation No. 38-VI), by the same words as in the room of clients."""

    PRE_TRIAL = "pre_trial"
    SENTENCE = "sentence"
    PENITENTIARY = "penitentiary"
    POST_PENITENTIARY = "post_penitentiary"


@dataclass(frozen=True, slots=True)
class Text(Mapping[str, str]):
    """One text in the three languages; reads like a dict: text["kk"]."""

    kk: str
    ru: str
    en: str

    def __getitem__(self, language: str) -> str:
        if language not in LANGUAGES:
            raise KeyError(language)
        return str(getattr(self, language))

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGES)

    def __len__(self) -> int:
        return len(LANGUAGES)
