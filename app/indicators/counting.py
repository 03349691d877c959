"""What a period has to release: the true counts, the tables they go into, and what is hidden by who is behind it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from app.clients.vocabulary import Sex, Stage
from app.indicators.calculation import TABLES, amount_code, calculate
from app.indicators.definitions import Definition
from app.indicators.facts import gather
from app.indicators.periods import Period
from app.indicators.queries import offices_in
from app.indicators.sensitivity import sensitive_amounts
from app.indicators.tables import Cells, Dimension, Spot, Tables, all_keys


@dataclass(frozen=True, slots=True)
class Counted:
    """The truth of a period. It is shown to nobody."""

    cells: Cells
    tables: Tables
    sensitive: set[Spot]


def counted(period: Period, definitions: Sequence[Definition]) -> Counted:
    """Count a period by its definitions, at one moment."""
    first_days = next(each.terms.first_days for each in definitions if each.terms)
    facts, contributions = gather(period, first_days)
    offices = {*offices_in(period), *(fact.office for fact in facts)}
    dimensions = (
        Dimension("office", tuple(sorted(offices))),
        Dimension("sex", tuple(sorted(sex.value for sex in Sex))),
        Dimension("stage", tuple(stage.value for stage in Stage)),
    )
    cells = calculate(definitions, dimensions, facts, contributions)
    keys = all_keys(TABLES, dimensions)
    uneven = [sensitive_amounts(amount_code(each.code), contributions, keys) for each in definitions if each.amount]
    return Counted(cells, TABLES, set().union(*uneven))


def to_text(cells: Cells) -> str:
    """The counts as JSON, always the same for the same counts. Noughts are left out."""
    values = {
        code: [[*key, number] for key, number in sorted(found.items()) if number]
        for code, found in cells.values.items()
    }
    whole = {
        "dimensions": [asdict(each) for each in cells.dimensions],
        "quantities": [asdict(each) for each in cells.quantities],
        "nestings": [asdict(each) for each in cells.nestings],
        "values": values,
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
