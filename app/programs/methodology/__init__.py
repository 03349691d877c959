"""The methodology of the service as data: which goals and steps fit which need at which stage.

Each file holds one version of one stage, or of what is the same at every stage. A version that was published never
changes; a correction is a new file with the next version, and every programme names the versions that proposed to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from app.clients.vocabulary import Stage
from app.offices.reading import BadReference
from app.programs.methodology.reading import Area, Document, Limits, read_document
from app.programs.proposals.proposing import EVERY, AreaKind, Rule

FOLDER = Path(__file__).parent


class MethodologyLost(LookupError):
    """There is no such version of a stage's methodology."""


@dataclass(frozen=True)
class Methodology:
    """What holds at one stage: the stage's own rules, and then those of every stage."""

    own: Document
    common: Document

    @property
    def stage(self) -> Stage:
        return Stage(self.own.stage)

    @property
    def limits(self) -> Limits:
        if self.own.limits is None:
            raise MethodologyLost(f"{self.own.stage} is no stage")
        return self.own.limits

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.own.rules + self.common.rules

    @property
    def areas(self) -> tuple[Area, ...]:
        """The areas of both files in their order; one that stands in both has the rules of both."""
        return joined((*self.own.areas, *self.common.areas))

    @property
    def name(self) -> str:
        """Which versions these are: sentence-1 with every-1."""
        return f"{self.own.stage}-{self.own.version}, {self.common.stage}-{self.common.version}"

    def rule(self, code: str) -> Rule:
        """Raise MethodologyLost for a code that is not in these versions."""
        found = next((rule for rule in self.rules if rule.code == code), None)
        if found is None:
            raise MethodologyLost(f"{self.name} has no rule {code}")
        return found


@cache
def documents(folder: Path = FOLDER) -> Mapping[tuple[str, int], Document]:
    """Every version of every stage. Raise BadReference with every fault and its place, those between files too."""
    found: dict[tuple[str, int], Document] = {}
    faults: list[str] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read_document(path)
        except BadReference as reason:
            faults += reason.faults
        else:
            found[document.stage, document.version] = document
    faults += repeated_codes(found.values())
    if faults:
        raise BadReference(faults)
    return found


def repeated_codes(found: Iterable[Document]) -> list[str]:
    """The rules whose code belongs to another stage: a code means one rule for ever."""
    owners: dict[str, str] = {}
    faults = []
    for document in found:
        for rule in document.rules:
            owner = owners.setdefault(rule.code, document.stage)
            if owner != document.stage:
                faults.append(f"{document.stage}-{document.version} has the rule {rule.code} of {owner} again")
    return faults


def newest(stage: str) -> Document:
    """Raise MethodologyLost for a stage without one."""
    versions = [document for (of, _version), document in documents().items() if of == stage]
    if not versions:
        raise MethodologyLost(f"there is no methodology for {stage}")
    return max(versions, key=lambda document: document.version)


def version_of(stage: str, version: int) -> Document:
    document = documents().get((stage, version))
    if document is None:
        raise MethodologyLost(f"there is no version {version} of the methodology for {stage}")
    return document


def methodology_for(stage: Stage, version: int | None = None, common: int | None = None) -> Methodology:
    """What holds at a stage: the newest versions, or those named. Raise MethodologyLost for one that is not there."""
    return Methodology(
        version_of(stage, version) if version else newest(stage),
        version_of(EVERY, common) if common else newest(EVERY),
    )


def joined(parts: tuple[Area, ...]) -> tuple[Area, ...]:
    found: dict[tuple[AreaKind, str], Area] = {}
    for area in parts:
        known = found.get((area.kind, area.code))
        found[area.kind, area.code] = replace(known, rules=known.rules + area.rules) if known else area
    return tuple(found.values())


@cache
def areas() -> dict[str, Area]:
    """The areas of need and support of all stages by code, as the newest versions name them."""
    return {area.code: area for area in newest_areas() if area.kind is not AreaKind.RESPONSIVITY}


@cache
def adaptations() -> dict[str, Area]:
    """The factors of responsivity by code, as the newest versions name them."""
    return {area.code: area for area in newest_areas() if area.kind is AreaKind.RESPONSIVITY}


def newest_areas() -> tuple[Area, ...]:
    stages = sorted({stage for stage, _version in documents()}, key=(EVERY, *Stage).index)
    return joined(tuple(area for stage in stages for area in newest(stage).areas))


@cache
def rules() -> dict[str, Rule]:
    """Every rule that there ever was, by code, in its newest wording."""
    return {code: wordings[0] for code, wordings in wordings_by_code().items()}


@cache
def wordings_by_code() -> dict[str, tuple[Rule, ...]]:
    """Every wording of every rule, the newest first."""
    found: dict[str, tuple[Rule, ...]] = {}
    for document in sorted(documents().values(), key=lambda one: -one.version):
        for rule in document.rules:
            found[rule.code] = (*found.get(rule.code, ()), rule)
    return found
