"""The room's blueprint, and what its pages share."""

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from app.assistance.models import Referral
from app.assistance.referrals.needs import need_in_words
from app.assistance.referrals.referring import clock_of

bp = Blueprint("referrals", __name__)
bp.add_app_template_filter(need_in_words)
bp.add_app_template_filter(clock_of, "referral_clock")


def to_referral(referral: Referral) -> ResponseReturnValue:
    return redirect(url_for("referrals.show", referral_id=referral.id))
