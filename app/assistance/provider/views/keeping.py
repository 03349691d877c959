"""The officer's page of a referral's links: making one, seeing whether it was opened, withdrawing it."""

from cryptography.fernet import InvalidToken
from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.assistance.models import Referral
from app.assistance.models.links import ProviderLink
from app.assistance.provider.life import Life
from app.assistance.provider.links import get_link, is_finished, make_link, seen, withdraw_link
from app.assistance.referrals.queries import get_referral
from app.assistance.referrals.referring import hold
from app.audit.journal import name_subject
from app.clients.models import NotPossible
from app.clock import now, today
from app.db import db
from app.db.columns import cipher
from app.web.forms import Form

bp = Blueprint("provider_links", __name__)

SHOWN_WITHIN = 600  # seconds in which a new link can be looked at


@bp.route("/referrals/<int:referral_id>/links", methods=["GET", "POST"])
@permit(Permission.REFER_CLIENT, get_referral)
def index(referral: Referral) -> ResponseReturnValue:
    """The links of a referral; the new one is shown for ten minutes to the one who made it."""
    form = Form()
    if form.validate_on_submit():
        hold(referral)
        try:
            link, token = make_link(referral, actor(), today(), now())
        except NotPossible as refusal:
            flash(str(refusal), "error")
        else:
            name_subject(link)
            db.session.commit()
            lay_out(link, token)
            flash(_("The link is ready. Pass it on to the service yourself; nothing is sent."), "success")
        return redirect(url_for(".index", referral_id=referral.id))
    links = seen(referral, today())
    fresh = next((found for row in links if row.life is Life.LIVE and (found := pick_up(row.link))), None)
    return render_template(
        "providers/links.html", referral=referral, client=referral.client, form=form, links=links, fresh=fresh,
        is_finished=is_finished(referral), Life=Life,
    )  # fmt: skip


@bp.post("/provider-links/<int:link_id>/withdrawal")
@permit(Permission.REFER_CLIENT, get_link)
def withdraw(link: ProviderLink) -> ResponseReturnValue:
    try:
        withdraw_link(link, actor(), now())
        db.session.commit()
    except NotPossible as refusal:
        db.session.rollback()
        flash(str(refusal), "error")
    else:
        flash(_("The link does not work any more."), "success")
    return redirect(url_for(".index", referral_id=link.referral_id))


def lay_out(link: ProviderLink, token: str) -> None:
    """Lay a new token aside for the next page, sealed: the cookie that carries it can be read by its browser."""
    text = f"{link.id} {token}".encode()
    session["provider_link"] = cipher().encrypt_at_time(text, int(now().timestamp())).decode()


def pick_up(link: ProviderLink) -> str | None:
    """The address of a link that was made in this browser within the last ten minutes."""
    try:
        text = cipher().decrypt_at_time(
            session.get("provider_link", "").encode(), ttl=SHOWN_WITHIN, current_time=int(now().timestamp())
        )
    except InvalidToken:
        return None
    number, _space, token = text.decode().partition(" ")
    return url_for("provider.show", token=token, _external=True) if number == str(link.id) else None
