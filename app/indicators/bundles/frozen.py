"""The bundle of a frozen period: its figures, and what the definitions and the regions call them."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from app.clock import COUNTRY
from app.db import db
from app.indicators.bundles.files import files_of
from app.indicators.bundles.queries import name_of
from app.indicators.bundles.shape import LANGUAGES, OPEN_LICENCE, Definition, Earlier, Meta, Rate, Text, slug_of
from app.indicators.definitions.book import REGION, Book, Composition, Counted
from app.indicators.definitions.book import Definition as Defined
from app.indicators.definitions.reading import book
from app.indicators.models import Snapshot
from app.indicators.periods import Kind, Period, parse
from app.indicators.tables import TOTAL, Release
from app.indicators.wording import half_year
from app.offices.models import Region
from app.web.languages import speaking
from app.web.refusals import NotPossible

OFFICE = "office"  # figures spoke of offices once; so few people are in one that they are not given out


def bundle_of(snapshot: Snapshot) -> dict[str, bytes]:
    """The files of a frozen period, always the same. Raises NotPossible when it may not be given out."""
    release = snapshot.release
    refuse_unfit(parse(snapshot.period), release)
    return files_of(release, meta_of(snapshot, release))


def refuse_unfit(period: Period, release: Release) -> None:
    if not period.may_be_released:
        raise NotPossible(
            _("A month is too short to be safe beside its half-year, so it is not released. Release the half-year.")
        )
    if any(each.code == OFFICE for each in release.dimensions):
        raise NotPossible(
            _("These figures speak of single offices and are not released: %(period)s.", period=period.code)
        )


def meta_of(snapshot: Snapshot, release: Release) -> Meta:
    """What the bundle says of the frozen figures. The day is that of the freezing, whenever the files are written."""
    defined, period = book(), parse(snapshot.period)
    versions = snapshot.definitions
    by_now = [each for each in defined.definitions if versions.get(each.code) == each.version]
    described = [each for each in defined.compositions if versions.get(each.code) == each.version]
    return Meta(
        name=f"qadam-{slug_of(name_of(snapshot))}",
        titles=titles_of(period),
        licence=OPEN_LICENCE,
        period=snapshot.period,
        revision=snapshot.revision,
        created=snapshot.frozen_at.astimezone(COUNTRY).date(),
        definitions=(*map(definition_of, by_now), *map(composition_of, described)),
        dimension_names={code: each.name for code, each in defined.dimensions.items()},
        category_names=categories_of(defined, period),
        quantity_names={code: each.name for code, each in defined.counted.items()},
        rates=tuple(rate for each in by_now for rate in rates_of(each)),
        earlier=earlier_than(snapshot),
    )


def titles_of(period: Period) -> Text:
    titles = {}
    for language in LANGUAGES:
        with speaking(language):
            titles[language] = _("Figures of the probation service: %(period)s", period=period_words(period))
    return titles


def period_words(period: Period) -> str:
    return _("the year %(year)s", year=period.year) if period.kind is Kind.YEAR else half_year(period)


def definition_of(defined: Defined) -> Definition:
    denominator: dict[str, Text] = {"denominator": defined.denominator.words} if defined.denominator else {}
    words: dict[str, Text] = {
        "name": defined.name,
        "formula": defined.formula,
        "numerator": defined.value.words,
        **denominator,
        "unit": defined.value.unit,
        "late_entries": defined.late_entries,
        "corrections": defined.corrections,
        "source": defined.source,
    }
    return Definition(defined.code, defined.version, defined.valid_from, words, defined.plan_measures, defined.target)


def composition_of(described: Composition) -> Definition:
    words: dict[str, Text] = {"name": described.name, "numerator": described.quantities[0].words}
    words |= {"unit": described.quantities[0].unit, "source": described.source}
    return Definition(described.code, described.version, described.valid_from, words, described.plan_measures)


def rates_of(defined: Defined) -> list[Rate]:
    """Of each numerator that is counted as its whole is; hours are no share of people."""
    if defined.across:
        return [Rate(defined.value.code, defined.value.code, defined.per, ((defined.across.code, TOTAL),))]
    if defined.denominator is None:
        return []
    at = tuple((dimension.code, category.code) for dimension, category in defined.of_whom)
    whole = defined.denominator.code
    return [Rate(each.code, whole, defined.per, at) for each in defined.numerators if has_rate(each)]


def has_rate(counted: Counted) -> bool:
    return counted.per_unit == 1


def categories_of(defined: Book, period: Period) -> dict[str, Mapping[str, Text]]:
    names: dict[str, Mapping[str, Text]] = {
        code: {each.code: each.name for each in dimension.categories} for code, dimension in defined.dimensions.items()
    }
    regions = db.session.scalars(select(Region)).all()
    return {**names, REGION: {region.code: region_name(region, period) for region in regions}}


def region_name(region: Region, period: Period) -> Text:
    """As it was called on the last day of the period."""
    name = region.name_on(period.end)
    return {"kk": name.kk, "ru": name.ru, "en": name.en}


def earlier_than(snapshot: Snapshot) -> tuple[Earlier, ...]:
    """What was frozen before of the same days: the figures were protected together with it."""
    year = snapshot.period[:4]
    statement = (
        select(Snapshot)
        .where(Snapshot.period.in_([year, f"{year}H1", f"{year}H2"]), Snapshot.id < snapshot.id)
        .order_by(Snapshot.id)
    )
    return tuple(Earlier(name_of(each), each.period, each.revision) for each in db.session.scalars(statement))
