"""What a period has to release: the true counts, the tables they go into, and what is hidden by who is behind it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.indicators.calculation import cells_of, tables_of, uneven
from app.indicators.counts import Facts
from app.indicators.definitions.reading import book
from app.indicators.facts.gathering import gather
from app.indicators.periods import Period
from app.indicators.tables import Cells, Spot, Table


@dataclass(frozen=True, slots=True)
class Counted:
    """The truth of a period. It is shown to nobody."""

    facts: Facts
    cells: Cells
    tables: Sequence[Table]
    sensitive: set[Spot]

    @property
    def text(self) -> str:
        """The facts as JSON, always the same for the same facts."""
        return json.dumps(self.facts.to_data(), ensure_ascii=False, separators=(",", ":"))


def counted(period: Period) -> Counted:
    """Count a period by the definitions that hold at its beginning, at one moment.

    Raises Contradiction for facts that cannot all be true.
    """
    return put_together(gather(period))


def put_together(facts: Facts) -> Counted:
    """The system of figures that the facts make up."""
    defined = book().valid_on(facts.period.start)
    cells = cells_of(facts, defined)
    return Counted(facts, cells, tables_of(defined), uneven(facts, cells))
