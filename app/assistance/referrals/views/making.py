"""The page on which a referral is made: direction, service of the person's region, why, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assessments.models import Need
from app.assistance.models import Referral, Service
from app.assistance.referrals.directions import direction_of
from app.assistance.referrals.forms import ReferralForm
from app.assistance.referrals.queries import home_region, needs_found, services_for
from app.assistance.referrals.referring import refer
from app.assistance.referrals.steps import StepHint, step_of
from app.assistance.referrals.views.blueprint import bp
from app.assistance.vocabulary import Direction
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.models import NotPossible
from app.clients.queries import get_case, hold
from app.clock import now, today
from app.db import db
from app.web.addresses import words_in_query
from app.web.languages import language, text_in

THREAD = 32  # signs of a step's thread


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page offers: the services of a direction at home, or everywhere, and what asked for them."""

    direction: Direction | None
    is_everywhere: bool
    home: str
    services: Sequence[Service]
    needs: Sequence[Need]
    need_code: str | None
    thread: str | None
    step: StepHint | None

    def chosen(self, service_id: int | None) -> Service:
        return next(service for service in self.services if service.id == service_id)


@bp.route("/cases/<int:case_id>/referrals/new", methods=["GET", "POST"])
@permit(Permission.REFER_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """Refer the person of a case to a service."""
    if not case.is_open:
        flash(_("This case is off the register. It can be read, but not changed."), "error")
        return redirect(url_for("referrals.of_client", client_id=case.client_id))
    offer = offered(case)
    form = ReferralForm(data={"made_on": today(), "need_code": offer.need_code})
    form.offer(offer.services, offer.needs, today())
    if form.validate_on_submit() and is_meant(form, offer) and (referral := made(case, offer, form)):
        return redirect(url_for("referrals.show", referral_id=referral.id))
    return render_template(
        "assistance/referrals/create.html", case=case, client=case.client, form=form, offer=offer, directions=Direction
    )


def offered(case: Case) -> Offer:
    """What the address asks for: ``direction``, ``need``, ``step``, and ``region=all`` for services elsewhere."""
    needs, home = needs_found([case]), home_region(case)
    need_code = next((need.code for need in needs if need.code == words_in_query("need")), None)
    named = words_in_query("direction")
    direction = Direction(named) if named in tuple(Direction) else direction_of(need_code)
    is_everywhere = words_in_query("region") == "all"
    services = services_for(direction, None if is_everywhere else home, today(), language()) if direction else ()
    step = step_of(words_in_query("step", THREAD), case.id)
    thread = words_in_query("step", THREAD) if step else None
    return Offer(direction, is_everywhere, home, services, needs, need_code, thread, step)


def is_meant(form: ReferralForm, offer: Offer) -> bool:
    """A service of another region is asked about once, and taken on the second press."""
    service = offer.chosen(form.service_id.data)
    if service.organisation.region_code == offer.home or form.elsewhere.data == str(service.id):
        return True
    form.elsewhere.data = str(service.id)
    region = text_in(service.organisation.region.name_on(today()))
    form.form_errors.append(
        _("This service is in another region: %(region)s. If the person can get there, press the button again.",
          region=region)
    )  # fmt: skip
    return False


def made(case: Case, offer: Offer, form: ReferralForm) -> Referral | None:
    """The referral, saved; None when it cannot be made, and the form says why."""
    hold(case)
    try:
        referral = refer(case, offer.chosen(form.service_id.data), form.asked(offer.thread), actor(), now())
    except NotPossible as refusal:
        db.session.rollback()
        form.form_errors.append(str(refusal))
        return None
    name_subject(referral)
    db.session.commit()
    flash(_("Referred. Print the letter and hand it over; nothing is sent by itself."), "success")
    return referral
