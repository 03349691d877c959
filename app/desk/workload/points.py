"""How much work a case is, in points, by what it is like: the weights are dated data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum, auto

from app.offices.reading import Texts


class When(StrEnum):
    """What a weight looks at."""

    CASE = auto()
    STAGE = auto()
    BASIS = auto()
    LEVEL = auto()
    UNASSESSED = auto()
    MINOR = auto()
    RURAL = auto()


@dataclass(frozen=True, slots=True)
class Features:
    """What a case is like on a day, as far as it makes work; ``level`` is empty before the first assessment."""

    stage: str | None
    basis: str
    level: str | None
    is_minor: bool
    is_rural: bool


@dataclass(frozen=True, slots=True)
class Weight:
    """So many points for each case that is so."""

    code: str
    when: When
    which: str  # the stage, basis or level meant; empty where there is nothing to choose
    points: int
    text: Texts
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    def fits(self, case: Features) -> bool:
        said = {
            When.CASE: True,
            When.STAGE: case.stage == self.which,
            When.BASIS: case.basis == self.which,
            When.LEVEL: case.level == self.which,
            When.UNASSESSED: case.level is None,
            When.MINOR: case.is_minor,
            When.RURAL: case.is_rural,
        }
        return said[self.when]


def parts(case: Features, weights: Iterable[Weight]) -> list[Weight]:
    """The weights that a case has, so that its points can be explained."""
    return [weight for weight in weights if weight.fits(case)]


def points(case: Features, weights: Iterable[Weight]) -> int:
    """The points of a case by the weights of a day (see ``weights_on``)."""
    return sum(weight.points for weight in parts(case, weights))
