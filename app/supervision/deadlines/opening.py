"""Which deadlines a case has by the norms, and from which day each runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.supervision.norms import Facts, MonthEnd, Norm, Since, Term, norm, norms


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of a case when its deadlines are looked for. A day that is not known opens nothing."""

    basis: str
    stage: str | None
    registered_on: date
    in_force_on: date | None = None
    released_on: date | None = None  # as long as no plan of a release keeps the first visit
    is_minor: bool = False

    def since(self, event: Since) -> date | None:
        """The day of an event."""
        match event:
            case Since.IN_FORCE:
                return self.in_force_on
            case Since.REGISTRATION:
                return self.registered_on
            case Since.RELEASE:
                return self.released_on
            case _:
                return None


@dataclass(frozen=True, slots=True)
class Opening:
    """A deadline to open: the norm that holds on the day of the event, and both days."""

    norm: Norm
    since: date
    due_on: date


def openings(facts: CaseFacts) -> Iterator[Opening]:
    """The deadlines that the service keeps for every such case, each by the norm that held on the day of its event."""
    about = Facts(facts.basis, facts.stage, facts.is_minor)
    seen: set[str] = set()
    for one in norms():
        since = facts.since(one.since) if one.opens and one.applies.to(about) and one.code not in seen else None
        if since is not None:
            seen.add(one.code)
            held = norm(one.code, since)
            yield Opening(held, since, due_of(held, since))


def due_of(found: Norm, since: date) -> date:
    """The day by which something is due: so long after an event, before one, or at the end of its month.

    Raises TypeError for a norm that sets no day, ValueError for working days counted backwards.
    """
    if isinstance(found.value, MonthEnd):
        return found.value.after(since)
    return found.before(since) if found.since.is_before else found.after(since)


def sets_a_day(found: Norm) -> bool:
    """Whether a deadline can be opened by a norm."""
    return isinstance(found.value, Term | MonthEnd)
