"""The legal bases on which a person may be on the register, as the reference file tells them."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from app.offices.reading import Entry, Texts, ends_after_start, read_entries, refuse_twice, settle

FILE = Path(__file__).parents[1] / "seeds" / "reference" / "legal-bases.yaml"
STAGES = ("pre_trial", "sentence", "penitentiary", "post_penitentiary")
BODIES = ("probation", "police", "institution")
ACTS = ("criminal_code", "penal_code", "probation_law")


@dataclass(frozen=True, slots=True)
class Span:
    """Who supervises from a day (inclusive; None: from the beginning) to a day (exclusive; None: still)."""

    body: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Source:
    act: str
    articles: str


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """Where ``sure`` is false, ``doubt`` says what has to be checked against the text of the law."""

    code: str
    names: Texts
    stages: tuple[str, ...]
    bodies: tuple[Span, ...]
    sources: tuple[Source, ...]
    sure: bool
    doubt: str

    def body_on(self, day: date) -> str:
        """The body that usually supervises such a case on a day."""
        return next(
            span.body
            for span in self.bodies
            if (span.valid_from is None or span.valid_from <= day) and (span.valid_to is None or day < span.valid_to)
        )


@cache
def legal_bases() -> dict[str, LegalBasis]:
    """All legal bases by code, in the order in which they are offered."""
    return {basis.code: basis for basis in read_legal_bases()}


def read_legal_bases(path: Path = FILE) -> tuple[LegalBasis, ...]:
    """All legal bases in the order of the file; raise BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "legal_bases", faults)
    bases = tuple(map(legal_basis_of, entries))
    refuse_twice([(entry, basis.code) for entry, basis in zip(entries, bases, strict=True)])
    settle(faults)
    return bases


def legal_basis_of(entry: Entry) -> LegalBasis:
    basis = LegalBasis(
        code=entry.text("code"),
        names=entry.texts("names"),
        stages=entry.some_of("stages", STAGES),
        bodies=tuple(map(span_of, entry.entries("bodies"))),
        sources=tuple(map(source_of, entry.entries("sources"))),
        sure=(sure := entry.flag("sure")),
        doubt=entry.doubt(sure),
    )
    if basis.bodies and (basis.bodies[0].valid_from or basis.bodies[-1].valid_to):
        entry.note("do not cover all days", "bodies")
    if any(
        earlier.valid_to is None or earlier.valid_to != later.valid_from for earlier, later in pairwise(basis.bodies)
    ):
        entry.note("do not follow one another", "bodies")
    entry.end()
    return basis


def span_of(entry: Entry) -> Span:
    span = Span(entry.one_of("body", BODIES), entry.day_or_none("valid_from"), entry.day_or_none("valid_to"))
    ends_after_start(entry, span.valid_from or date.min, span.valid_to)
    entry.end()
    return span


def source_of(entry: Entry) -> Source:
    source = Source(entry.one_of("act", ACTS), entry.text("articles"))
    entry.end()
    return source
