"""All the files of a bundle, always the same for the same release."""

from app.indicators.bundles.package import FILE, codes_file_of, file_of, package_json
from app.indicators.bundles.shape import Meta, sheets_of
from app.indicators.bundles.tables_file import codes_csv, table_csv
from app.indicators.tables import Release


def files_of(release: Release, meta: Meta) -> dict[str, bytes]:
    """The files by their paths, ``datapackage.json`` first."""
    sheets = sheets_of(release)
    files = {file_of(sheet): table_csv(sheet) for sheet in sheets}
    for place, dimension in enumerate(release.dimensions, start=1):
        files[codes_file_of(place, dimension)] = codes_csv(dimension, meta)
    return {FILE: package_json(release, sheets, meta, files), **files}
