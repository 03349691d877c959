"""The catalogue's blueprint, and what its pages share."""

import secrets
from typing import Any

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor
from app.assistance.catalogue.forms import ClosingForm, OrganisationForm, ServiceForm
from app.assistance.catalogue.keeping import Ending, Record
from app.assistance.catalogue.queries import Page
from app.assistance.catalogue.terms import answer_takes
from app.assistance.models import Service
from app.clock import now, today
from app.offices.models import Region
from app.web.languages import text_in

bp = Blueprint("services", __name__)
bp.add_app_template_filter(answer_takes, "answer_takes")


def urls_beside(page: Page[Any], endpoint: str, chosen: dict[str, Any]) -> dict[str, str | None]:
    return {
        "newer_url": url_for(endpoint, before=page.newer, **chosen) if page.newer else None,
        "older_url": url_for(endpoint, after=page.older, **chosen) if page.older else None,
    }


def named(regions: dict[str, Region]) -> dict[str, str]:
    return {code: text_in(region.name_on(today())) for code, region in regions.items()}


def offered(regions: dict[str, Region]) -> dict[str, str]:
    """The regions of today, to choose from."""
    return named({code: one for code, one in regions.items() if one.valid_to is None or one.valid_to > today()})


def own_code() -> str:
    """A code for what was entered on a page; those of the reference file are words."""
    return f"own-{secrets.token_hex(6)}"


def ends_later(form: ServiceForm | OrganisationForm, record: Record) -> bool:
    """Whether the first day lies before the last one of a record that has ended."""
    start: Any = form.valid_from.data
    if record.valid_to is None or start < record.valid_to:
        return True
    form.valid_from.errors = [_("It cannot begin after it ended. Enter an earlier date.")]
    return False


def ending_of(form: ClosingForm) -> Ending:
    on: Any = form.on.data
    return Ending(on, form.because.data or "", actor(), now())


def url_of(record: Record) -> str:
    if isinstance(record, Service):
        return url_for("services.show", service_id=record.id)
    return url_for("services.organisation", organisation_id=record.id)


def to(record: Record) -> ResponseReturnValue:
    return redirect(url_of(record))
