"""Turning a print template into the bytes of a PDF, without ever opening a network connection.

Each sheet is tagged for reading aloud (PDF/UA-1) and made to last (PDF/A-3u), with its content attached as JSON.
"""

import json
import threading
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Response, current_app, render_template
from flask_babel import gettext as _
from weasyprint import CSS, HTML, Attachment
from weasyprint.css import ColorProfile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from app.clock import now
from app.printing import lasting
from app.printing.stamp import Stamp
from app.web.languages import speaking

Content = Mapping[str, Any] | Sequence[Any]
ATTACHED = "content.json"
COLOURS = "sheet"  # the name under which WeasyPrint finds the profile of the sheet's colours
OPTIONS = {"pdf_variant": "pdf/a-3u", "pdf_tags": True, "output_intent": COLOURS}
OF_THREAD = threading.local()  # Pango's fonts belong to one thread; they are looked up once for all its sheets


class LetterMissing(Exception):
    """No font has a letter that stands on the paper; the message is a sentence that names it."""


def pdf(
    template: str,
    language: str,
    *,
    data: Content | None = None,
    stamp: Stamp | None = None,
    draft: bool = False,
    **context: Any,
) -> bytes:
    """A print template as a PDF, in one language throughout (one document speaks one language).

    ``data`` is attached as JSON; ``stamp`` is what an issued paper bears. Raises LetterMissing.
    """
    static = Path(current_app.static_folder or "")
    with speaking(language):
        page = render_template(template, stamp=stamp, draft=draft, **context)
        document = HTML(
            string=page,
            base_url=static.as_uri() + "/",
            url_fetcher=URLFetcher(allowed_protocols=["file", "data"]),  # paper never calls the network
        ).render(stylesheets=[style_of(static / "css" / "print.css")], font_config=fonts())
        document.output_intent, document.color_profiles[COLOURS] = COLOURS, colours()
        describe(document.metadata, stamp)
        attached = [attachment(data, stamp.at if stamp else now())] if data is not None else None
        return bytes(document.write_pdf(finisher=finish, attachments=attached, **OPTIONS))


def fonts() -> FontConfiguration:
    if not hasattr(OF_THREAD, "fonts"):
        OF_THREAD.fonts = FontConfiguration()
    found: FontConfiguration = OF_THREAD.fonts
    return found


@cache
def style_of(path: Path) -> CSS:
    return CSS(path)


def colours() -> ColorProfile:
    """sRGB, which says how the colours of the sheet are meant; WeasyPrint's own way leaves its file open."""
    return ColorProfile(BytesIO(profile()), "sRGB2014.icc", "relative-colorimetric", (["r"], ["g"], ["b"]))


@cache
def profile() -> bytes:
    return files("weasyprint.pdf").joinpath("sRGB2014.icc").read_bytes()


def describe(metadata: Any, stamp: Stamp | None) -> None:
    """What the file says of itself: who wrote it and, when it was issued, at which moment."""
    metadata.generator = "Qadam"
    if stamp:
        metadata.created = metadata.modified = stamp.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    lasting.say_both_parts(metadata)


def attachment(data: Content, at: datetime) -> Attachment:
    """The content of the paper for a machine, in the words of the paper."""
    moment = at.astimezone(UTC)
    return Attachment(
        string=json.dumps(data, ensure_ascii=False, indent=1, default=plain),
        name=ATTACHED,
        description=_("The content of this paper as data"),
        created=moment,
        modified=moment,
        relationship="Data",
    )


def plain(value: object) -> str:
    """Days and moments as ISO 8601; words that wait for their language as they are spoken now."""
    return value.isoformat() if isinstance(value, date) else str(value)


def finish(document: Any, file: Any) -> None:
    """Refuse a sheet with a letter that no font has; complete the others."""
    if missing := {point for font in document.fonts.values() for point in font.missing}:
        signs = ", ".join(f"“{chr(point)}” (U+{point:04X})" for point in sorted(missing))
        raise LetterMissing(
            _("No font here has %(signs)s. Replace it, or ask for a font to be installed.", signs=signs)
        )
    lasting.finish(document, file)


def pdf_answer(content: bytes, filename: str) -> Response:
    """The PDF as an answer that no cache may keep; the file name says nothing about a person."""
    return Response(
        content,
        mimetype="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{filename}"'},
    )
