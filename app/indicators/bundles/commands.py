"""The commands that write bundles: of a frozen period, and of any facts outside the database."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import with_appcontext

from app.clock import now
from app.indicators import heavy
from app.indicators.answering import apart_from_output
from app.indicators.bundles.checking import refuse_unsafe, refuse_unsafe_to
from app.indicators.bundles.facts_file import MOST, read_facts
from app.indicators.bundles.faults import BadFacts
from app.indicators.bundles.files import ON_PAPER, files_of
from app.indicators.bundles.frozen import bundle_of
from app.indicators.bundles.queries import kept_files
from app.indicators.bundles.shape import UNNAMED_LICENCE, Meta
from app.indicators.bundles.writing import CannotWrite, refuse_taken, write_whole
from app.indicators.freezing import refuse_too_soon
from app.indicators.periods import NoSuchPeriod, Period, parse
from app.indicators.queries import snapshot_of
from app.indicators.sensitivity import THRESHOLD
from app.indicators.tables import CannotBeMadeSafe, Contradiction, Release, TooLarge
from app.printing.pdf import LetterMissing
from app.web.commands import refuse
from app.web.languages import speaking
from app.web.refusals import NotPossible

MOST_ON_PAPER = 1000  # figures that are set on paper unasked: a sheet takes a second for every three hundred
REFUSALS = BadFacts, CannotWrite, Contradiction, TooLarge, CannotBeMadeSafe, ValueError
DOUBTFUL = (
    "Each “%s” lies in one “%s”. It was taken for something about these people. If everybody knows it, as with offices"
    ' in regions, say so in the file of tables: "nested": %s.'
)
OUTSIDE = Meta(
    name="protected-figures",
    titles={"kk": "Қорғалған көрсеткіштер", "ru": "Защищённые показатели", "en": "Protected figures"},
    licence=UNNAMED_LICENCE,
)


@click.command("protect")
@click.argument("facts", type=click.Path(path_type=Path))
@click.argument("tables", type=click.Path(path_type=Path))
@click.option("--threshold", type=int, default=THRESHOLD, show_default=True, help="Smaller counts are hidden.")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The directory of the bundle.")
@click.option("--papers/--no-papers", default=None, help="With PDFs; if not said, up to 1,000 figures.")
@with_appcontext
def protect(facts: Path, tables: Path, threshold: int, to: Path, papers: bool | None) -> None:
    """Write TABLES (a JSON list of lists of dimensions) of FACTS (a CSV with a count), safe to publish."""
    try:
        refuse_taken(to)
        if threshold > MOST:
            raise BadFacts(f"A threshold of {threshold} hides everything that there can be; the most is {MOST}.")
        given = read_facts(facts, tables)
        known = given.cells.nestings
        with apart_from_output():
            prepared = heavy.prepare(given.cells, given.tables, threshold)
            release = replace(prepared.release, nestings=given.stated)  # what was only found is about these people
            files = with_papers(release, len(release.figures) <= MOST_ON_PAPER if papers is None else papers)
            write_whole(files, to, lambda folder: refuse_unsafe_to(folder, () if given.stated else known))
    except REFUSALS as refusal:
        refuse(str(refusal))
    for each in given.doubtful:
        click.echo(DOUBTFUL % (each.inner, each.outer, json.dumps({each.inner: each.outer})), err=True)
    nested = [{"dimension": each.inner, "in": each.outer} for each in known]
    answer = told(release, to, files) | cost_of(prepared.report) | {"nested": nested}
    click.echo(json.dumps(answer, ensure_ascii=False))


@click.command("release")
@click.argument("period")
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The directory of the bundle.")
@click.option("--revision", type=click.IntRange(min=0), help="Which revision of the frozen figures; else the latest.")
@with_appcontext
def release(period: str, to: Path, revision: int | None) -> None:
    """Write the protected figures of a frozen period, such as 2026H1, as an open-data bundle."""
    try:
        refuse_taken(to)
        with speaking("en"), apart_from_output():
            span = period_of(period)
            snapshot = snapshot_of(span, revision)
            if snapshot is None:
                refuse_unfrozen(span, revision)
            files = kept_files(snapshot) or bundle_of(snapshot)
            write_whole(files, to, refuse_unsafe)
    except (*REFUSALS, NotPossible, LetterMissing) as refusal:
        refuse(str(refusal))
    about = {"period": snapshot.period, "revision": snapshot.revision}
    click.echo(json.dumps(about | told(snapshot.release, to, files), ensure_ascii=False))


def period_of(code: str) -> Period:
    try:
        return parse(code)
    except NoSuchPeriod as fault:
        raise BadFacts(f"{code} is no period. Write a half-year such as 2026H1, or a year such as 2026.") from fault


def refuse_unfrozen(period: Period, revision: int | None) -> NoReturn:
    """Say what to do about a period that cannot be frozen, is not frozen, or has no such revision."""
    if revision is not None and (latest := snapshot_of(period)):
        refuse(f"{period} has no revision {revision}; the latest is {latest.revision}.")
    refuse_too_soon(period, now())
    refuse(f"There are no frozen figures of {period}. Freeze it first: flask indicators freeze {period}")


def with_papers(release: Release, wanted: bool) -> dict[str, bytes]:
    """The files; without PDFs when no font has a letter of a code: codes may be written in anything."""
    try:
        return files_of(release, OUTSIDE, ON_PAPER if wanted else ())
    except LetterMissing as missing:
        click.echo(f"{missing} The PDFs were left out.", err=True)
        return files_of(release, OUTSIDE, ())


def cost_of(report: Any) -> dict[str, Any]:
    """How many figures are hidden and why, for whoever holds the facts; the bundle does not say it."""
    return {
        "hidden_for": {reason.value: number for reason, number in report.primary.items()},
        "hidden_to_protect_others": report.secondary,
        "least_possible": report.least,
        "is_optimal": report.is_optimal,
        "lost": round(report.lost, 4),
    }


def told(release: Release, to: Path, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What was written."""
    return {
        "to": str(to),
        "threshold": release.threshold,
        "tables": len(release.tables),
        "figures": len(release.figures),
        "hidden": release.hidden_count,
        "safe": True,
        "files": sorted(files),
    }
