"""How an office calls itself in a reminder; the head of service says it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.clock import now, today
from app.db import db
from app.offices.models import Office
from app.supervision.messages.forms import SignatureForm
from app.supervision.messages.gateways.choosing import channels
from app.supervision.messages.models import OfficeSignature
from app.supervision.messages.sending import sample, signature_of
from app.supervision.messages.views.blueprint import bp
from app.web.languages import LANGUAGES


@bp.route("/office-signature", methods=["GET", "POST"])
@permit(Permission.SET_OFFICE_HOURS)
def signature() -> ResponseReturnValue:
    """The neutral name and the telephone under the reminders of one's own office, with a sample in each language."""
    known = signature_of(actor().office_id)
    form = SignatureForm(obj=known)
    if form.validate_on_submit():
        said = {name: form[name].data for name in ("kk", "ru", "en", "phone")}
        db.session.add(OfficeSignature(office_id=actor().office_id, **said, by_id=actor().id, at=now()))
        db.session.commit()
        flash(_("Saved. The next reminders are signed like this."), "success")
        return redirect(url_for(".signature"))
    office = db.session.get_one(Office, actor().office_id)
    samples = {code: sample(office, False, code, today()) for code in LANGUAGES}
    return render_template(
        "supervision/messages/signature.html", form=form, known=known, samples=samples, channels=channels()
    )
