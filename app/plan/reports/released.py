"""The figures that everybody may see: released snapshots, read as a report and the public page show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.clock import COUNTRY
from app.db import db
from app.indicators.bundles.models import Publication, PublicationWithdrawal
from app.indicators.definitions.book import REGION, Book, Composition, Counted, Definition
from app.indicators.models import Snapshot
from app.indicators.periods import Period
from app.indicators.queries import regions_called
from app.indicators.tables import TOTAL, Key, Release, Spot
from app.indicators.wording import Group, at_group, cuts_of, keys_by
from app.indicators.wording import read as figure_at
from app.plan.reports.figures import Cut, Indicator, Line, Source, Value
from app.plan.reports.wording import in_all_languages

# What is frozen is read once. The same figures of another period may have been counted by other definitions.
KEPT: dict[tuple[str, str, tuple[tuple[str, int], ...]], Source] = {}
MOST_KEPT = 64
UNKNOWN = _l("not known")
PER_CENT = 100


def frozen_among(periods: Iterable[Period]) -> set[str]:
    """The codes of those that are frozen."""
    codes = [period.code for period in periods]
    return set(db.session.scalars(select(Snapshot.period).where(Snapshot.period.in_(codes))))


def released_among(periods: Iterable[Period]) -> dict[str, Snapshot]:
    """Of each period the latest revision whose figures are given out today."""
    return {each.snapshot.period: each.snapshot for each in given_out([period.code for period in periods])}


def given_out(codes: Sequence[str] | None = None) -> Sequence[Publication]:
    """The releases that stand and have their files, the earliest period and revision first; of some periods only.

    What the snapshots hold is not loaded with them: it is read when it is not known yet (``source_of``).
    """
    shown = contains_eager(Publication.snapshot).load_only(
        Snapshot.period, Snapshot.revision, Snapshot.sha256, Snapshot.frozen_at, Snapshot.definitions
    )
    statement = (
        select(Publication)
        .join(Publication.snapshot)
        .outerjoin(PublicationWithdrawal, PublicationWithdrawal.publication_id == Publication.id)
        .where(PublicationWithdrawal.id.is_(None), Publication.files.any())
        .options(shown)
        .order_by(Snapshot.period, Snapshot.revision)
    )
    if codes is not None:
        statement = statement.where(Snapshot.period.in_(codes))
    return db.session.scalars(statement).all()


def source_of(snapshot: Snapshot) -> Source:
    """The frozen figures as a report shows them."""
    key = snapshot.sha256, snapshot.period, tuple(sorted(snapshot.definitions.items()))
    if key not in KEPT:
        while len(KEPT) >= MOST_KEPT:
            KEPT.pop(next(iter(KEPT)), None)
        KEPT[key] = Reading.of(snapshot).source()
    frozen_on = snapshot.frozen_at.astimezone(COUNTRY).date().isoformat()
    return replace(KEPT[key], period=snapshot.period, revision=snapshot.revision, frozen_on=frozen_on)


@dataclass(frozen=True, slots=True)
class Share:
    """A number, and of what it is a share; each in the group that is asked for, and in those named here."""

    counted: Counted
    whole: Counted | None = None
    per: int = PER_CENT
    at: Group = ()
    whole_at: Group = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A release with all that its figures are called."""

    snapshot: Snapshot
    release: Release
    shown: Mapping[Spot, int | None]
    book: Book
    regions: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Reading":
        release = snapshot.release
        codes = next((each.categories for each in release.dimensions if each.code == REGION), ())
        regions = {
            code: {"kk": name.kk, "ru": name.ru, "en": name.en}
            for code, name in regions_called(codes, snapshot.half_year).items()
        }
        return cls(snapshot, release, release.values(), snapshot.book, regions)

    def source(self) -> Source:
        indicators = [
            self.indicator(definition, counted)
            for definition in self.book.definitions
            for counted in definition.numerators
        ]
        for definition in self.book.definitions:
            indicators += self.shares(definition)
        described = [
            self.described(composition, counted)
            for composition in self.book.compositions
            for counted in composition.quantities
        ]
        return Source(self.snapshot.period, self.snapshot.revision, self.snapshot.sha256, "", (*indicators, *described))

    def indicator(self, definition: Definition, counted: Counted) -> Indicator:
        """One numerator of an indicator; the first is the indicator's own figure and bears its name."""
        whole = definition.denominator if counted.per_unit == 1 else None
        at = tuple((dimension.code, category.code) for dimension, category in definition.of_whom)
        share = Share(counted, whole, definition.per, whole_at=at)
        return Indicator(
            code=counted.code,
            version=definition.version,
            name=definition.name if counted is definition.value and not definition.across else counted.name,
            counted=counted.words,
            of=definition.whole_name if whole else counted.name,
            explained=whole.words if whole else counted.words,
            formula=None if definition.across else definition.formula,
            source=definition.source,
            measures=tuple(definition.plan_measures),
            unit=unit_of(definition, counted, whole),
            total=self.value(share, self.everybody),
            cuts=tuple(self.cut(definition, share, code) for code in single(definition)),
        )

    def shares(self, definition: Definition) -> list[Indicator]:
        """Of an indicator that is how a number is divided: the share of each category."""
        counted, dimension = definition.value, definition.across
        if dimension is None:
            return []
        return [
            Indicator(
                code=f"{counted.code}.{each.code}",
                version=definition.version,
                name={language: f"{name}: {each.name[language]}" for language, name in definition.name.items()},
                counted=counted.words,
                of=counted.name,
                explained=counted.words,
                formula=definition.formula,
                source=definition.source,
                measures=tuple(definition.plan_measures),
                unit="percent",
                total=self.value(share, self.everybody),
                cuts=tuple(self.cut(definition, share, code) for code in single(definition)),
            )
            for each in dimension.categories
            for share in (Share(counted, counted, definition.per, ((dimension.code, each.code),)),)
        ]

    def described(self, composition: Composition, counted: Counted) -> Indicator:
        """A number that describes people (measure 19), with no indicator of its own."""
        return Indicator(
            code=code_of(composition, counted),
            version=composition.version,
            name=composition.name if is_alone(composition) else counted.name,
            counted=counted.words,
            of=counted.name,
            explained=counted.words,
            formula=counted.words,
            source=composition.source,
            measures=tuple(composition.plan_measures),
            unit="count",
            total=self.value(Share(counted), self.everybody),
            cuts=tuple(self.cut(composition, Share(counted), code) for code in single(composition)),
            is_description=True,
        )

    @property
    def everybody(self) -> Key:
        return tuple(TOTAL for _each in self.release.dimensions)

    def cut(self, defined: Definition | Composition, share: Share, code: str) -> Cut:
        lines = [
            Line(category, self.called(code, category), self.value(share, key))
            for ((_code, category),), key in keys_by((code,), self.release)
            if category != TOTAL
        ]
        return Cut(code, self.book.dimensions[code].name, tuple(line for line in lines if not is_absent(line.value)))

    def called(self, dimension: str, code: str) -> Mapping[str, str]:
        names = {each.code: each.name for each in self.book.dimensions[dimension].categories}
        known = self.regions if dimension == REGION else names
        if code in known:
            return known[code]
        return in_all_languages(UNKNOWN) if code == "unknown" else dict.fromkeys(("kk", "ru", "en"), code)

    def value(self, share: Share, key: Key) -> Value:
        """The figure of a group: a number, or its share of the whole; a hidden part hides the share."""
        number, hidden = self.figure(share.counted, key, share.at)
        of, of_hidden = self.figure(share.whole, key, share.whole_at) if share.whole else (None, False)
        unit = share.counted.per_unit
        count = number if number is None or unit == 1 else round(number / unit, 1)
        rate = None if number is None or not of else round(share.per * number / of, 1)
        return Value(count, of, rate, hidden=hidden or of_hidden)

    def figure(self, counted: Counted, key: Key, group: Group) -> tuple[int | None, bool]:
        return figure_at(counted, at_group(key, group, self.release), self.release, self.shown)


def single(defined: Definition | Composition) -> list[str]:
    """The dimensions by which it is told one at a time."""
    return [cut[0] for cut in cuts_of(defined) if len(cut) == 1]


def code_of(composition: Composition, counted: Counted) -> str:
    """By which a number is known among all: several compositions, and an indicator, may count the same people."""
    return composition.code if is_alone(composition) else f"{composition.code}.{counted.code}"


def is_alone(composition: Composition) -> bool:
    return len(composition.quantities) == 1


def unit_of(definition: Definition, counted: Counted, whole: Counted | None) -> str:
    if whole is None:
        return "count"
    return "percent" if definition.per == PER_CENT and counted.is_of_people and whole.is_of_people else "per_100"


def is_absent(value: Value) -> bool:
    """Whether the table has no such figure at all."""
    return value.count is None and not value.hidden
