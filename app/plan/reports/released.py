"""The figures that everybody may see: released snapshots, read as a report shows them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.clients.vocabulary import Sex, Stage
from app.clock import COUNTRY
from app.db import db
from app.indicators.bundles.models import Publication, PublicationWithdrawal
from app.indicators.definitions.book import Definition
from app.indicators.models import Snapshot
from app.indicators.periods import Period
from app.indicators.rows import Row, rows_of
from app.indicators.tables import HIDDEN, TOTAL, Release
from app.plan.reports.figures import Cut, Indicator, Line, Source, Value
from app.plan.reports.wording import in_all_languages


def frozen_among(periods: Iterable[Period]) -> set[str]:
    """The codes of those that are frozen."""
    codes = [period.code for period in periods]
    return set(db.session.scalars(select(Snapshot.period).where(Snapshot.period.in_(codes))))


def released_among(periods: Iterable[Period]) -> dict[str, Snapshot]:
    """Of each period the latest revision whose figures are given out today."""
    return {each.snapshot.period: each.snapshot for each in given_out([period.code for period in periods])}


def given_out(codes: Sequence[str] | None = None) -> Sequence[Publication]:
    """The releases that stand and have their files, the earliest period and revision first; of some periods only."""
    statement = (
        select(Publication)
        .join(Publication.snapshot)
        .outerjoin(PublicationWithdrawal, PublicationWithdrawal.publication_id == Publication.id)
        .where(PublicationWithdrawal.id.is_(None), Publication.files.any())
        .options(contains_eager(Publication.snapshot))
        .order_by(Snapshot.period, Snapshot.revision)
    )
    if codes is not None:
        statement = statement.where(Snapshot.period.in_(codes))
    return db.session.scalars(statement).all()


KEPT: dict[str, Source] = {}  # by hash: what is frozen is read once
MOST_KEPT = 64


def source_of(snapshot: Snapshot) -> Source:
    """The frozen figures as a report shows them."""
    if snapshot.sha256 not in KEPT:
        while len(KEPT) >= MOST_KEPT:
            KEPT.pop(next(iter(KEPT)), None)
        KEPT[snapshot.sha256] = read(snapshot)
    found = KEPT[snapshot.sha256]
    return replace(found, period=snapshot.period, revision=snapshot.revision, frozen_on=day_of(snapshot))


def day_of(snapshot: Snapshot) -> str:
    return snapshot.frozen_at.astimezone(COUNTRY).date().isoformat()


def read(snapshot: Snapshot) -> Source:
    release = snapshot.release
    indicators = tuple(indicator_of(release, definition) for definition in snapshot.defined)
    return Source(snapshot.period, snapshot.revision, snapshot.sha256, day_of(snapshot), indicators)


def indicator_of(release: Release, definition: Definition) -> Indicator:
    return Indicator(
        code=definition.code,
        version=definition.version,
        name=definition.name,
        counted=definition.value.words,
        of=(definition.denominator or definition.value).name,
        explained=(definition.denominator or definition.value).words,
        source=definition.source,
        measures=tuple(definition.plan_measures),
        total=value_of(rows_of(release, definition, ())[-1]),
        cuts=tuple(cut for cut in (cut_of(release, definition, code) for code in CUTS) if cut.lines),
    )


CUTS = ("stage", "sex")


def cut_of(release: Release, definition: Definition, code: str) -> Cut:
    rows = [row for row in rows_of(release, definition, (code,)) if row.key[code] != TOTAL]
    names = {row.key[code]: in_all_languages(called(code, row.key[code])) for row in rows}
    return Cut(code, in_all_languages(DIMENSIONS[code]),
               tuple(Line(row.key[code], names[row.key[code]], value_of(row)) for row in rows))  # fmt: skip


DIMENSIONS = {"stage": _l("Stage of probation"), "sex": _l("Sex")}


def called(dimension: str, code: str) -> LazyString:
    return Sex(code).label if dimension == "sex" else Stage(code).label


def value_of(row: Row) -> Value:
    return Value(row.numerator, row.denominator, row.rate, hidden=row.obs_status == HIDDEN)
