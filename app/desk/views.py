"""The first page of each role, the supervisor's queue, and a person's whole case."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit, signed_in
from app.access.models import Role
from app.access.policy import Permission
from app.access.substitutions.queries import in_place_of
from app.assessments.due.wording import why_due
from app.clients.models import Client
from app.clients.queries import get_person
from app.clock import today
from app.desk import day
from app.desk.chronicle import ROOMS
from app.desk.office import offices_parts
from app.desk.parts import Heading, days_parts, part_of_day
from app.desk.timeline import timeline
from app.desk.whole_case import overview
from app.sessions.queries import people_helped

bp = Blueprint("desk", __name__)


@bp.get("/")
@signed_in
def home() -> ResponseReturnValue:
    """Each role begins where its work lies."""
    user = actor()
    match user.role:
        case Role.OFFICER | Role.SUPERVISOR:
            parts = [one.cut() for one in days_parts(user, today())]
            return render_template("desk/day.html", day=today(), parts=parts, substitutes=in_place_of(user, today()))
        case Role.VOLUNTEER | Role.MENTOR:
            return render_template("desk/helping.html", people=people_helped(user, today()))
        case Role.ANALYST:
            return redirect(url_for("indicators.index"))
        case Role.ADMINISTRATOR:
            return redirect(url_for("users.index"))
        case Role.BODY:
            return redirect(url_for("progress.mine"))
        case Role.MINISTRY:
            return redirect(url_for("progress.current"))


@bp.get("/day/<any(today, late, silent, new, week):heading>")
@permit(Permission.VIEW_CLIENT)
def part(heading: str) -> ResponseReturnValue:
    """All that stands under one heading of the day."""
    found = part_of_day(actor(), today(), Heading(heading))
    return render_template("desk/part.html", day=today(), part=found, of_office=False)


@bp.get("/queue")
@permit(Permission.VIEW_OFFICE_WORK)
def queue() -> ResponseReturnValue:
    """What waits for the head of service, and how the office's work lies."""
    parts = [one.cut() for one in offices_parts(actor(), today())]
    return render_template("desk/queue.html", day=today(), parts=parts, workload=day.workload(actor()))


@bp.get("/queue/<any(decide, late, silent, new):subject>")
@permit(Permission.VIEW_OFFICE_WORK)
def queue_part(subject: str) -> ResponseReturnValue:
    """All that stands under one heading of the queue."""
    here = url_for("desk.queue_part", subject=subject)
    found = next(one for one in offices_parts(actor(), today(), back=here) if one.key == subject)
    return render_template("desk/part.html", day=today(), part=found, of_office=True)


@bp.get("/people/<int:client_id>")
@permit(Permission.VIEW_CLIENT, get_person)
def client(client: Client) -> ResponseReturnValue:
    """A person's whole case on one page."""
    room = request.args.get("room")
    cases = day.cases_in_reach(actor(), client)
    return render_template(
        "desk/client.html",
        client=client,
        cases=cases,
        overview=overview(cases, today()),
        happenings=timeline([case.id for case in cases], room),
        room=room if room in ROOMS else None,
        why_due=why_due,
    )
