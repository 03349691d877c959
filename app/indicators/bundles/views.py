"""The open data: what was released, for everybody. Nobody signs in, and nothing else can be reached from here."""

from http import HTTPStatus

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from app.indicators.bundles.queries import file_of, was_withdrawn
from app.web.everybody import LONG, for_everybody, kept_by_caches

bp = Blueprint("open_data", __name__)
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


@bp.get("/open-data/<name>/<path:file>")
@for_everybody
def file(name: str, file: str) -> ResponseReturnValue:
    """One file of a release, to the byte as it was given out; of a withdrawn one it says that there was one."""
    found = file_of(name, file)
    if found is None:
        abort(HTTPStatus.GONE if was_withdrawn(name) else HTTPStatus.NOT_FOUND)
    response = Response(found.content, content_type=KINDS[found.path.rpartition(".")[2]])
    response.headers["Content-Disposition"] = f'attachment; filename="{found.saved_as}"'
    return kept_by_caches(response, LONG)
