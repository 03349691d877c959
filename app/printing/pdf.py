"""Turning a print template into the bytes of a PDF, without ever opening a network connection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

from app.web.languages import speaking


class LetterMissing(Exception):
    """No font has a letter that stands on the paper; the message names it."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What an issued paper bears on each page: its code, and the moment of its issue."""

    code: str
    at: datetime


def pdf(
    template: str,
    language: str,
    *,
    data: Mapping[str, Any] | Sequence[Any] | None = None,
    stamp: Stamp | None = None,
    draft: bool = False,
    **context: Any,
) -> bytes:
    """A print template as a PDF, in one language throughout (one document speaks one language)."""
    static = Path(current_app.static_folder or "")
    with speaking(language):
        page = render_template(template, stamp=stamp, draft=draft, **context)
    document = HTML(
        string=page,
        base_url=static.as_uri() + "/",
        url_fetcher=URLFetcher(allowed_protocols=["file"]),  # paper never calls the network
    )
    return bytes(document.write_pdf(stylesheets=[CSS(static / "css" / "print.css")]))


def pdf_answer(content: bytes, filename: str) -> Response:
    """The PDF as an answer that no cache may keep; the file name says nothing about a person."""
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
