"""The blueprint of the reports' pages, and what all of them look up."""

from typing import Any

from flask import Blueprint, Flask, abort

from app.access.guard import actor
from app.clock import now, today
from app.db import db
from app.plan.library import plans
from app.plan.plan import Plan
from app.plan.reports import filters
from app.plan.reports.acting import Act
from app.plan.reports.gathering import Draft, draft_of
from app.plan.reports.models import Report

bp = Blueprint("plan_reports", __name__)


@bp.record_once
def register_filters(state: Any) -> None:
    app: Flask = state.app
    filters.register(app)


def acting() -> Act:
    return Act(actor(), today(), now())


def report_or_404(plan_report_id: int) -> Report:
    return db.session.get(Report, plan_report_id) or abort(404)


def plan_or_404(code: str) -> Plan:
    return plans().get(code) or abort(404)


def draft_or_404(plan_report_id: int) -> Draft:
    return draft_of(report_or_404(plan_report_id), today()) or abort(404)
