"""All the files of a bundle, always the same for the same release."""

from app.indicators import heavy
from app.indicators.bundles.about import about, defined, heading, readme
from app.indicators.bundles.package import FILE, codes_file_of, file_of, package_json
from app.indicators.bundles.paper import paper
from app.indicators.bundles.shape import LANGUAGES, Meta, sheets_of
from app.indicators.bundles.tables_file import codes_csv, table_csv
from app.indicators.tables import Release
from app.web.languages import speaking

ON_PAPER = ("kk", "ru")


def definitions_in(meta: Meta) -> list[tuple[str, str]]:
    """Each definition with what it says in one cell."""
    return [
        (heading(each), "\n".join(f"{label}: {words}" for label, words in defined(each))) for each in meta.definitions
    ]


def files_of(release: Release, meta: Meta, papers: tuple[str, ...] = ON_PAPER) -> dict[str, bytes]:
    """The files by their paths, ``datapackage.json`` first. Raises LetterMissing as ``paper`` does."""
    sheets = sheets_of(release)
    files = {file_of(sheet): table_csv(sheet) for sheet in sheets}
    for place, dimension in enumerate(release.dimensions, start=1):
        files[codes_file_of(place, dimension)] = codes_csv(dimension, meta)
    files["README.md"] = readme(release, sheets, meta)
    for language in LANGUAGES:
        with speaking(language):
            files[f"figures-{language}.xlsx"] = heavy.workbook(
                sheets, meta, [*about(release, meta), *definitions_in(meta)]
            )
    for language in papers:
        files[f"figures-{language}.pdf"] = paper(release, sheets, meta, language)
    return {FILE: package_json(release, sheets, meta, files), **files}
