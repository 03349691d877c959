"""The public page in its three languages, its reports, pictures and files. Nobody signs in, and no cookie is set."""

import json
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.plan.library import plans
from app.plan.public.shown import data, figures, reports
from app.plan.reports import heavy
from app.plan.reports.models import PublishedReport
from app.plan.reports.pictures import THEMES, bars_of, in_percent
from app.plan.reports.queries import figures_withdrawn, file_of, publication, successor_of
from app.plan.reports.vocabulary import FileForm
from app.web.everybody import LONG, SHORT, for_everybody, kept_by_caches
from app.web.languages import LANGUAGES, STATE_LANGUAGE, speaking

bp = Blueprint("resocialisation", __name__)
HERE = "/resocialisation/<any(kk,ru,en):language>"


class NotShown(Exception):
    """There is no such thing on the public page, or not any longer."""

    def __init__(self, status: HTTPStatus = HTTPStatus.NOT_FOUND, withdrawn: PublishedReport | None = None) -> None:
        super().__init__(status.phrase)
        self.status, self.withdrawn = status, withdrawn


def spoken(view: Callable[..., Response]) -> Callable[..., Any]:
    """A page in the language of its address, or of ``Accept-Language`` where the address has none."""

    @for_everybody
    @wraps(view)
    def shown(language: str = "", **values: Any) -> ResponseReturnValue:
        asked = language or request.accept_languages.best_match(list(LANGUAGES), default=STATE_LANGUAGE)
        with speaking(asked):
            try:
                response = view(language=asked, **values)
            except NotShown as reason:
                return not_shown(reason, asked)
        if not language:
            response.vary.add("Accept-Language")
        return kept_by_caches(response, LONG if response.mimetype in FILES else SHORT)

    return shown


FILES = {form.media_type for form in FileForm}


def not_shown(reason: NotShown, language: str) -> ResponseReturnValue:
    page = render_template("plan/public/missing.html", **around(language), withdrawn=reason.withdrawn)
    return page, reason.status


def around(language: str, endpoint: str = "resocialisation.page", **values: Any) -> dict[str, Any]:
    """What every public page needs: the same page in the other languages."""
    return {
        "here": language,
        "languages": [(code, name, url_for(endpoint, language=code, **values)) for code, name in LANGUAGES.items()],
    }


@bp.get("/resocialisation")
@bp.get(HERE)
@spoken
def page(language: str) -> Response:
    """The half-year in figures, the reports, the data, and the plan."""
    shown = render_template(
        "plan/public/page.html",
        figures=figures(), reports=reports(), releases=data(), plans=list(plans().values()), **around(language),
    )  # fmt: skip
    return make_response(shown)


@bp.get(f"{HERE}/indicators/<code>")
@spoken
def indicator(language: str, code: str) -> Response:
    """One indicator: what it means, its half-years, its groups."""
    found = figures()
    chosen = found.indicator(code)
    if chosen is None:
        raise NotShown

    def picture(code: str, name: str, theme: str) -> str:
        return url_for("resocialisation.picture", language=language, code=code, name=name, theme=theme)

    return make_response(render_template(
        "plan/public/indicator.html", indicator=chosen, figures=found, picture=picture,
        **around(language, "resocialisation.indicator", code=code),
    ))  # fmt: skip


@bp.get(f"{HERE}/indicators/<code>/picture.svg")
@spoken
def picture(language: str, code: str) -> Response:  # noqa: ARG001 – spoken already
    return picture_of(figures().indicator(code))


@bp.get(f"{HERE}/reports/<int:publication_id>")
@spoken
def report(language: str, publication_id: int) -> Response:
    """A published report, as it was published."""
    found = standing_or_not_shown(publication_id)

    def picture(code: str, name: str, theme: str) -> str:
        return url_for(
            "resocialisation.report_picture",
            language=language, publication_id=publication_id, code=code, name=name, theme=theme,
        )  # fmt: skip

    return make_response(render_template(
        "plan/public/report.html", published=found, content=json.loads(found.content), picture=picture,
        successor=successor_of(found), withdrawn=figures_withdrawn([found]).get(found.id),
        **around(language, "resocialisation.report", publication_id=publication_id),
    ))  # fmt: skip


@bp.get(f"{HERE}/reports/<int:publication_id>/<code>.svg")
@spoken
def report_picture(language: str, publication_id: int, code: str) -> Response:  # noqa: ARG001 – spoken already
    content = json.loads(standing_or_not_shown(publication_id).content)
    return picture_of(next((each for each in content["indicators"] if each["code"] == code), None))


@bp.get(f"{HERE}/reports/<int:publication_id>.pdf")
@spoken
def paper(language: str, publication_id: int) -> Response:
    return kept_file(publication_id, FileForm.PDF, language)


@bp.get(f"{HERE}/reports/<int:publication_id>.xlsx")
@spoken
def spreadsheet(language: str, publication_id: int) -> Response:
    return kept_file(publication_id, FileForm.XLSX, language)


def standing_or_not_shown(publication_id: int) -> PublishedReport:
    found = publication(publication_id)
    if found is None:
        raise NotShown
    if found.withdrawal:
        raise NotShown(HTTPStatus.GONE, found)
    return found


def kept_file(publication_id: int, form: FileForm, language: str) -> Response:
    """The file to the byte as it was published."""
    published, kept = standing_or_not_shown(publication_id), file_of(publication_id, form, language)
    if kept is None:
        raise NotShown
    name = f"report-{published.number}-{language}.{form}".replace("/", "-")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(kept.content, mimetype=form.media_type, headers=headers)


def picture_of(indicator: dict[str, Any] | None) -> Response:
    """The picture that the address asks for; what there is no picture of is not shown."""
    theme = request.args.get("theme", THEMES[0])
    if indicator is None or theme not in THEMES:
        raise NotShown
    try:
        svg = heavy.drawn(bars_of(indicator, request.args.get("name", "")), theme, in_percent(indicator))
    except KeyError:
        raise NotShown from None
    return Response(svg, mimetype="image/svg+xml")


@bp.get("/resocialisation/<path:elsewhere>")
@spoken
def missing(language: str, elsewhere: str) -> Response:  # noqa: ARG001 – whatever it is
    """What is not here is told in the same manner, and sets no cookie either."""
    raise NotShown
