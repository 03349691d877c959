"""The open data: what was released, for everybody. Nobody signs in, and nothing else can be reached from here."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.indicators.bundles.models import Publication, PublishedFile
from app.indicators.bundles.package import FILE
from app.indicators.bundles.packing import packed
from app.indicators.bundles.queries import (
    descriptions,
    file_of,
    kept_files,
    publications,
    published,
    was_withdrawn,
)
from app.web.everybody import LONG, for_everybody, kept_by_caches
from app.web.languages import LANGUAGES, STATE_LANGUAGE, speaking

bp = Blueprint("open_data", __name__)
ARCHIVE = "application/zip"
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A release as the page shows it: what to read, and the tables with their titles."""

    publication: Publication
    about: Mapping[str, Any]

    @property
    def to_read(self) -> list[PublishedFile]:
        return [each for each in self.publication.files if each.path.endswith((".pdf", ".xlsx"))]

    @property
    def tables(self) -> list[tuple[PublishedFile, Mapping[str, str]]]:
        files = {each.path: each for each in self.publication.files}
        return [(files[each["path"]], each["titles"]) for each in self.about["resources"]]

    @property
    def description(self) -> PublishedFile:
        return next(each for each in self.publication.files if each.path == FILE)


@bp.get("/open-data")
@bp.get("/open-data/<any(kk,ru,en):language>")
@for_everybody
def index(language: str = "") -> ResponseReturnValue:
    """Every release that is given out, and why others are not any longer."""
    known = publications()
    about = descriptions(known)
    asked = language or request.accept_languages.best_match(list(LANGUAGES), default=STATE_LANGUAGE)
    with speaking(asked):
        page = render_template(
            "indicators/bundles/open_data.html",
            given=[Given(each, about[each.id]) for each in known if each.id in about and not each.withdrawal],
            withdrawn=[each for each in known if each.withdrawal],
            here=asked,
            languages=[(code, name, url_for("open_data.index", language=code)) for code, name in LANGUAGES.items()],
        )
    response = make_response(page)
    if not language:
        response.vary.add("Accept-Language")
    return kept_by_caches(response)


@bp.get("/open-data/<name>/<path:file>")
@for_everybody
def file(name: str, file: str) -> ResponseReturnValue:
    """One file of a release, to the byte as it was given out; of a withdrawn one it says that there was one."""
    found = file_of(name, file)
    if found is None:
        abort(HTTPStatus.GONE if was_withdrawn(name) else HTTPStatus.NOT_FOUND)
    return download(found.content, found.saved_as, KINDS[found.path.rpartition(".")[2]])


@bp.get("/open-data/<name>.zip")
@for_everybody
def archive(name: str) -> ResponseReturnValue:
    """All the files of a release in one."""
    found = published(name)
    if found is None or not found.files:
        abort(HTTPStatus.GONE if was_withdrawn(name) else HTTPStatus.NOT_FOUND)
    return download(packed(kept_files(found.snapshot)), f"{name}.zip", ARCHIVE)


def download(content: bytes, name: str, kind: str) -> Response:
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept_by_caches(response, LONG)
