"""The room's blueprint, and what its pages share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.clients.views.acting import kept
from app.indicators.periods import HalfYear, parse
from app.plan.library import plans
from app.plan.models import ProgressReport
from app.plan.plan import Plan
from app.plan.progress.reporting import hold_report
from app.web.forms import Form

bp = Blueprint("progress", __name__)


def of_plan(report: ProgressReport) -> tuple[Plan, HalfYear]:
    plan = plans().get(report.plan) or abort(404)
    return plan, parse(report.period)


def kept_of(report: ProgressReport, form: Form, act: Callable[[], object]) -> bool:
    """Whether an act on a report, seen as it is now, is done and kept."""

    def held() -> None:
        hold_report(report)
        act()

    return kept(form, held)


def to_report(report: ProgressReport, said: str, tone: str = "success") -> ResponseReturnValue:
    flash(said, tone)
    return redirect(url_for("progress.report", progress_id=report.id))


def first_error(form: Any) -> str:
    return " ".join(map(str, form.form_errors)) or _("Open the report again and press the button there.")
