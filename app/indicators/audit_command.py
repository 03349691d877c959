"""The command that attacks a bundle from outside and prints what it found as JSON."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from app.indicators.answering import apart_from_output
from app.indicators.bundles.reading import PACKAGE, Bundle, Unreadable, read_bundle
from app.indicators.bundles.true_numbers import read_truth
from app.indicators.tables import Contradiction
from app.web.heavy import late

THRESHOLD = 5  # design §7, where a bundle names none
UNSAFE, UNREADABLE = 1, 2

findings = late("app.indicators.bundles.findings", "audit")  # needs SciPy


@click.command("audit")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--facts", type=click.Path(path_type=Path), help="A CSV of the true counts, to be set beside.")
@click.option("--with", "before", multiple=True, type=click.Path(path_type=Path), help="A bundle published earlier.")
@click.option("--threshold", type=click.IntRange(min=1), default=THRESHOLD, help="Where the bundle names none.")
def audit(folder: Path, facts: Path | None, before: tuple[Path, ...], threshold: int) -> None:
    """Say what an outsider can work out from the bundle in DIR. Ends with 1 when that is too much, with 2 unread."""
    try:
        bundle = read_bundle(folder, threshold)
        earlier = [read_bundle(each, threshold) for each in dict.fromkeys((*before, *_named(bundle, before)))]
        truth = read_truth(facts, bundle) if facts else None
        with apart_from_output():
            found = findings(bundle, earlier, truth)
    except (Unreadable, Contradiction) as refusal:
        for reason in getattr(refusal, "reasons", None) or [str(refusal)]:
            click.echo(reason, err=True)
        sys.exit(UNREADABLE)
    for name in bundle.altered:
        click.echo(f"{name} is not the file that {PACKAGE} was written for. It was audited as it is.", err=True)
    click.echo(json.dumps(_answer(bundle, found), ensure_ascii=False, indent=1))
    sys.exit(0 if found.safe else UNSAFE)


def _named(bundle: Bundle, given: tuple[Path, ...]) -> Iterator[Path]:
    """The earlier bundles that this one names and that lie where it says."""
    known = {each.resolve() for each in given}
    listed = bundle.about.get("earlier")
    for each in listed if isinstance(listed, list) else ():
        path = each.get("path") if isinstance(each, dict) else each
        if isinstance(path, str) and (bundle.folder / path / PACKAGE).is_file():
            folder = bundle.folder / path
            if folder.resolve() not in known:
                yield folder


def _answer(bundle: Bundle, found: Any) -> dict[str, Any]:
    """In the order in which somebody reads it: the verdict first."""
    answer = {
        "safe": found.safe,
        "name": bundle.name,
        "period": bundle.period,
        "threshold": found.threshold,
        "figures": len(bundle.lines),
        "hidden": found.hidden,
        "rests": found.rests,
        "shown": found.shown,
        "differences": found.differences,
        "earlier": found.earlier,
        "exact": found.exact,
    }
    return answer | ({"contradiction": found.contradiction} if found.contradiction else {})
