"""The service's pages: what it is asked for, and one short form for whatever it tells. Nobody is signed in here."""

from collections.abc import Callable
from functools import wraps
from typing import Any

import structlog
from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_login import current_user

from app.access.guard import READS, public
from app.assistance.models import Referral
from app.assistance.models.links import ProviderLink
from app.assistance.provider.forms import SAYS, AnswerForm
from app.assistance.provider.life import Life
from app.assistance.provider.links import is_worn, life, link_with, take, was_taken
from app.assistance.referrals.letters import contact_of
from app.assistance.referrals.queries import letter_of
from app.assistance.referrals.referring import hold, record
from app.assistance.referrals.vocabulary import Event
from app.audit.journal import BY_LINK, record_act, record_read
from app.clients.views.acting import kept
from app.clock import now, today
from app.web.languages import LANGUAGES, choose, speaking

bp = Blueprint("provider", __name__)
log = structlog.get_logger()
View = Callable[..., ResponseReturnValue]
GONE, TOO_MANY, UNKNOWN = 410, 429, 404
LONGEST_RECEIPT = 40


@bp.record_once
def keep_own_guard(state: BlueprintSetupState) -> None:
    """The form checks its own token. The general guard would also ask for a Referer, which these pages never send."""
    state.app.extensions["csrf"].exempt(bp)


@bp.after_request
def keep_the_address_secret(answer: Response) -> Response:
    """The address is the key: no other site is to learn it."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def through_link(view: View) -> Callable[..., ResponseReturnValue]:
    """Admit whoever holds a link that works, tell the journal, and speak the language chosen on the page."""

    @public
    @wraps(view)
    def guarded(token: str, **values: Any) -> ResponseReturnValue:
        with speaking(chosen_language()):
            link = link_with(token)
            if link is None:
                log.warning("unknown provider link", endpoint=request.endpoint)
                return calm(None, UNKNOWN)
            if is_worn(link, now()):
                return calm(Life.LIVE, TOO_MANY)
            link.referral = letter_of(link.referral_id)
            if request.method not in READS:
                hold(link.referral)
                if was_taken(link, request.form.get("receipt", "")[:LONGEST_RECEIPT]):
                    flash(_("This was already saved; it was not saved a second time."), "info")
                    return redirect(url_for(".show", token=token))
            else:
                record_read(visitor(), BY_LINK, link)
            if (stands := life(link, today())) is not Life.LIVE:
                return calm(stands, GONE, link)
            return view(link, token, **values)

    return guarded


def visitor() -> int | None:
    """Nobody, as a rule; an officer who tries a link out is named."""
    return current_user.id if current_user.is_authenticated else None


def chosen_language() -> str:
    """The language that a press on the page chose, for this visit; before any, the browser's."""
    if (asked := request.args.get("language")) in LANGUAGES:
        session["language"] = asked
    return session["language"] if session.get("language") in LANGUAGES else choose()


def calm(stands: Life | None, code: int, link: ProviderLink | None = None) -> ResponseReturnValue:
    """What is wrong with a link, and what to do; nothing about a person."""
    office = link.referral.case.assignment.office if link else None
    return render_template("providers/calm.html", stands=stands, too_many=code == TOO_MANY, office=office), code


def offered(referral: Referral) -> dict[Event, Any]:
    """What the service may tell now, the most likely first."""
    return {event: SAYS[event] for event in referral.next_events if event in SAYS}


@bp.get("/provider/<token>")
@through_link
def show(link: ProviderLink, token: str) -> ResponseReturnValue:
    """What the service is asked for, as the letter says it, and what it may tell."""
    referral = link.referral
    return render_template(
        "providers/show.html", link=link, referral=referral, token=token, contact=contact_of(referral),
        offered=offered(referral),
    )  # fmt: skip


@bp.route(f"/provider/<token>/<any({','.join(SAYS)}):event>", methods=["GET", "POST"])
@through_link
def tell(link: ProviderLink, token: str, event: str) -> ResponseReturnValue:
    referral, kind = link.referral, Event(event)
    form = AnswerForm(kind)
    if kind not in offered(referral):
        flash(_("This cannot be told now. Look at what is recorded already."), "error")
        return redirect(url_for(".show", token=token))
    if form.validate_on_submit() and taken_in(link, form):
        return redirect(url_for(".show", token=token))
    return render_template("providers/tell.html", link=link, referral=referral, token=token, form=form, says=SAYS[kind])


def taken_in(link: ProviderLink, form: AnswerForm) -> bool:
    """Whether what the service tells is saved; if not, the form says why, and nothing of it is kept."""
    at = now()

    def put() -> None:
        for told in form.told():
            record(link.referral, told, None, at)
        take(link, (form.receipt.data or "")[:LONGEST_RECEIPT], at)
        record_act(visitor(), BY_LINK, link, f"provider.{form.event}")

    if not kept(form, put):
        return False
    flash(_("Thank you. The probation office sees your answer."), "success")
    return True
