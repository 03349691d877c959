"""How often the norms want a person to report, and within which term the person first comes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from app.clients.cases import Case
from app.supervision.calendar.vocabulary import Per
from app.supervision.norms import Facts, Norm, Rhythm, norms_for
from app.web.languages import text_in

REPORTING = "reporting"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the norm of a case says: so many times in a period, or that the service sets the days (``times`` empty)."""

    norm: Norm
    times: int | None = None
    per: Per | None = None

    @property
    def text(self) -> str:
        """What the norm says, in the language spoken."""
        return text_in(self.norm.text)


def wanted(case: Case, on: date, is_rural: bool) -> Wanted | None:
    """The narrowest norm of reporting for a case on a day; None where no norm speaks of such cases."""
    facts = facts_of(case, on, is_rural)
    found: tuple[Norm, ...] = norms_for(
        REPORTING, case.legal_basis, on, is_minor=facts.is_minor, is_rural=is_rural, stage=facts.stage
    )
    if not found:
        return None
    value: Any = found[0].value
    if isinstance(value, Rhythm) and value.per.value in set(Per):
        return Wanted(found[0], value.times, Per(value.per.value))
    return Wanted(found[0])


def facts_of(case: Case, on: date, is_rural: bool) -> Facts:
    """What about a case decides which norms apply to it."""
    stage = case.stage_on(on)
    return Facts(case.legal_basis, stage.value if stage else None, case.client.is_minor_on(on), is_rural)
