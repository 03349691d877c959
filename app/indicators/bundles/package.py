"""``datapackage.json``: what a bundle holds and how to read it, as a Frictionless Data Package."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from app.indicators.bundles.shape import FORMAT, LANGUAGES, LONGEST_SLUG, Definition, Meta, Sheet, slug_of
from app.indicators.bundles.tables_file import INDICATOR, STATUS, TOTAL_NAME, VALUE
from app.indicators.tables import HIDDEN, NORMAL, TOTAL, Dimension, Nesting, Quantity, Release

FILE = "datapackage.json"


def package_json(release: Release, sheets: Sequence[Sheet], meta: Meta, files: Mapping[str, bytes]) -> bytes:
    """The description of a bundle; ``files`` are all its other files."""
    data: dict[str, Any] = {"name": meta.name, "title": meta.titles["en"], "titles": dict(meta.titles)}
    if meta.created:
        data["created"] = f"{meta.created.isoformat()}T00:00:00Z"
    data["licenses"] = [{name: part for name, part in _licence(meta).items() if part}]
    data |= {"period": meta.period, "revision": meta.revision, "threshold": release.threshold}
    data["definitions"] = [_definition(each) for each in meta.definitions]
    data["resources"] = [_resource(sheet, meta, files[file_of(sheet)]) for sheet in sheets]
    data["qadam"] = _known(release, sheets, meta, files)
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def file_of(sheet: Sheet) -> str:
    return f"{sheet.name}.csv"


def codes_file_of(place: int, dimension: Dimension) -> str:
    """Beside the tables, and not one of them: whoever reads every resource meets figures only."""
    return f"codes/{'-'.join(filter(None, (str(place), slug_of(dimension.code)[:LONGEST_SLUG])))}.csv"


def _licence(meta: Meta) -> dict[str, str | None]:
    return {"name": meta.licence.name, "title": meta.licence.title, "path": meta.licence.path}


def _definition(definition: Definition) -> dict[str, Any]:
    return {
        "code": definition.code,
        "version": definition.version,
        "valid_from": definition.valid_from.isoformat(),
        **{what: dict(text) for what, text in definition.words.items()},
        "plan_measures": list(definition.plan_measures),
        "target": definition.target,
    }


def _resource(sheet: Sheet, meta: Meta, content: bytes) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "path": file_of(sheet),
        "title": _title(sheet, meta, "en"),
        "titles": {language: _title(sheet, meta, language) for language in LANGUAGES},
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        **_measured(content),
        "schema": _schema(sheet, meta),
    }


def _title(sheet: Sheet, meta: Meta, language: str) -> str:
    cut = " × ".join(meta.dimension_name(each.code)[language] for each in sheet.dimensions) or TOTAL_NAME[language]
    return f"{cut}: {', '.join(meta.quantity_name(each.code)[language] for each in sheet.quantities)}"


def _measured(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def _schema(sheet: Sheet, meta: Meta) -> dict[str, Any]:
    cut = [
        _codes(each.code, meta.dimension_name(each.code)["en"], [*each.categories, TOTAL]) for each in sheet.dimensions
    ]
    return {
        "fields": [
            *cut,
            _codes(INDICATOR, "What is counted", [each.code for each in sheet.quantities]),
            {"name": VALUE, "type": "integer", "title": "Value; empty: hidden", "constraints": {"minimum": 0}},
            _codes(STATUS, "A: a normal value; Q: missing, suppressed", [NORMAL, HIDDEN]),
        ],
        "missingValues": [""],
        "primaryKey": [*(each.code for each in sheet.dimensions), INDICATOR],
    }


def _codes(name: str, title: str, codes: list[str]) -> dict[str, Any]:
    return {"name": name, "type": "string", "title": title, "constraints": {"required": True, "enum": codes}}


def _known(release: Release, sheets: Sequence[Sheet], meta: Meta, files: Mapping[str, bytes]) -> dict[str, Any]:
    """All that an outsider may know of how the figures hang together. Nothing here tells why one is hidden."""
    resources = {file_of(sheet) for sheet in sheets}
    return {
        "format": FORMAT,
        "threshold": release.threshold,
        "period": meta.period,
        "revision": meta.revision,
        "dimensions": _dimensions(release, meta),
        "attributes": [each.code for each in release.dimensions if each.attribute],
        "quantities": [_quantity(each, meta) for each in release.quantities],
        "tables": [
            {
                "resource": sheet.name,
                "dimensions": [each.code for each in sheet.dimensions],
                "indicators": [each.code for each in sheet.quantities],
            }
            for sheet in sheets
        ],
        "nested": [_nested(each) for each in release.nestings],
        "earlier": [
            {"name": each.name, "path": f"../{each.name}", "period": each.period, "revision": each.revision}
            for each in meta.earlier
        ],
        "files": [{"path": path, **_measured(files[path])} for path in sorted(files) if path not in resources],
    }


def _dimensions(release: Release, meta: Meta) -> list[dict[str, Any]]:
    return [
        {
            "code": each.code,
            "name": dict(meta.dimension_name(each.code)),
            "categories": list(each.categories),
            "names": {code: dict(meta.category_name(each.code, code)) for code in each.categories},
            "codes": codes_file_of(place, each),
        }
        for place, each in enumerate(release.dimensions, start=1)
    ]


def _quantity(quantity: Quantity, meta: Meta) -> dict[str, Any]:
    return {
        "code": quantity.code,
        "name": dict(meta.quantity_name(quantity.code)),
        "within": quantity.within,
        "shown_with": quantity.shown_with,
        "unit": quantity.unit,
        "dims": None if quantity.dims is None else list(quantity.dims),
        "at": [list(pair) for pair in quantity.at],
    }


def _nested(nesting: Nesting) -> dict[str, Any]:
    return {"dimension": nesting.inner, "in": nesting.outer, "parents": dict(sorted(nesting.of))}
