"""The last check of a bundle: its own audit, on the files as they are written, before anybody sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from app.indicators import heavy
from app.indicators.bundles.reading import Bundle, Unreadable, read_bundle
from app.indicators.sensitivity import THRESHOLD
from app.indicators.tables import CannotBeMadeSafe, Nesting

Files = Mapping[str, bytes]


def refuse_unsafe(folder: Path, earlier: Sequence[Bundle] = ()) -> None:
    """Attack the bundle in a directory, together with earlier ones. Raises CannotBeMadeSafe, and says what it tells."""
    try:
        _attack(read_bundle(folder, THRESHOLD), earlier)
    except Unreadable as fault:
        raise CannotBeMadeSafe(f"The bundle cannot be audited: {fault}") from fault


def refuse_unsafe_to(folder: Path, knowing: Sequence[Nesting]) -> None:
    """The same; and once more as somebody who knows what lies in what, though the bundle does not say it."""
    refuse_unsafe(folder)
    if knowing:
        bundle = read_bundle(folder, THRESHOLD)
        nested = [{"dimension": each.inner, "in": each.outer, "parents": dict(each.of)} for each in knowing]
        _attack(replace(bundle, about={**bundle.about, "nested": nested}), ())


def _attack(bundle: Bundle, earlier: Sequence[Bundle]) -> None:
    found = heavy.audit(bundle, earlier)
    if not found.safe:
        raise CannotBeMadeSafe(f"The bundle does not pass its own audit and was not kept: {why_not(found)}.")


def why_not(found: Any) -> str:
    """The first thing that the bundle tells too much of."""
    if found.contradiction:
        return f"its figures contradict one another ({found.contradiction})"
    if narrow := [each for each in (*found.hidden, *found.rests) if not each["safe"]]:
        first = narrow[0]
        return f"{len(narrow)} hidden figures are told too exactly, such as {first['indicator']} of {_group(first)}"
    told = [*found.shown, *found.differences]
    return f"{len(told)} figures are shown that tell of too few, such as {told[0]['indicator']} of {_group(told[0])}"


def _group(entry: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {code}" for name, code in entry["key"].items()) or "all"


def refuse_unsafe_files(files: Files, earlier: Mapping[str, Files]) -> None:
    """The same of files that lie nowhere yet; ``earlier`` by their names."""
    with TemporaryDirectory(prefix="qadam-audit-") as place:
        for name, several in {**earlier, "new": files}.items():
            for path, content in several.items():
                (Path(place) / name / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(place) / name / path).write_bytes(content)
        before = [read_bundle(Path(place) / name, THRESHOLD) for name in earlier]
        refuse_unsafe(Path(place) / "new", before)
