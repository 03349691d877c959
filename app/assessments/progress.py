"""How far the answering of an instrument has come, section by section."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.assessments.instrument import Instrument, Item, Section


@dataclass(frozen=True, slots=True)
class Progress:
    """One section: the items still without an answer, and the answers that do not say where they come from."""

    section: Section
    missing: tuple[Item, ...]
    unsourced: tuple[Item, ...]

    @property
    def total(self) -> int:
        return len(self.section.items)

    @property
    def answered(self) -> int:
        return self.total - len(self.missing)

    @property
    def is_done(self) -> bool:
        return not self.missing and not self.unsourced


@dataclass(frozen=True, slots=True)
class Stop:
    """Where somebody left off: a section, and the first of its questions that is still open."""

    section: Section
    item: Item | None


def stopping_place(parts: Sequence[Progress]) -> Stop | None:
    """Where to go on: in the last section with an answer, or after it when it is done; None when all is done."""
    begun = max((place for place, part in enumerate(parts) if part.answered), default=0)
    left = next((part for part in (*parts[begun:], *parts[:begun]) if not part.is_done), None)
    return Stop(left.section, next(iter((*left.missing, *left.unsourced)), None)) if left else None


def progress(instrument: Instrument, answered: Collection[str], unsourced: Collection[str]) -> tuple[Progress, ...]:
    """By section, in the order of the file. Both collections hold item codes; "not known" counts as answered."""
    return tuple(
        Progress(
            section,
            missing=tuple(item for item in section.items if item.code not in answered),
            unsourced=tuple(item for item in section.items if item.code in unsourced),
        )
        for section in instrument.sections
    )
