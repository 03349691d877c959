"""Searching: opened, another step, declared by the court, ended."""

from collections.abc import Callable

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.access.guard import actor, permit
from app.access.policy import Permission
from app.audit.journal import name_subject
from app.clients.cases import Case
from app.clients.queries import get_case, hold
from app.clients.views.acting import done, form_page, kept
from app.clock import now, today
from app.db import db
from app.supervision.searches.forms import DeclarationForm, EndForm, SearchForm, StepForm
from app.supervision.searches.models import Search
from app.supervision.searches.queries import get_search, hold_search
from app.supervision.searches.searching import declare, end_search, note_step, open_search
from app.supervision.searches.views.blueprint import bp, to_search
from app.web.addresses import words_in_query
from app.web.dates import WrongDate, parse_date
from app.web.forms import Form


@bp.route("/cases/<int:case_id>/searches/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_case)
def create(case: Case) -> ResponseReturnValue:
    """Begin to search for the person of a case; the address may name the missed registration."""
    if not case.is_open:
        flash(_("This case is off the register. It can be read, but not changed."), "error")
        return redirect(url_for("supervision.of_client", client_id=case.client_id))
    form = SearchForm(data={"missed_on": day_in_query("missed"), "started_on": today()})
    found: list[Search] = []

    def begin() -> None:
        hold(case)
        found.append(open_search(case, form.told(), actor(), today(), now()))

    if form.validate_on_submit() and done(form, begin):
        name_subject(found[0])
        db.session.commit()
        return to_search(found[0], _("The search is opened. The clocks of the case stand until it ends."))
    return form_page("supervision/searches/create.html", form, case=case, client=case.client)


def day_in_query(name: str) -> object:
    try:
        return parse_date(words_in_query(name), today())
    except WrongDate:
        return None


def acted(search: Search, form: Form, act: Callable[[], object]) -> bool:
    """Whether the act was done with the search in hand, and is kept."""

    def held() -> None:
        hold_search(search)
        act()

    return form.validate_on_submit() and kept(form, held)


@bp.route("/searches/<int:search_id>/steps/new", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_search)
def create_step(search: Search) -> ResponseReturnValue:
    """Note what was done to find the person."""
    form = StepForm(data={"on": today()})
    if acted(search, form, lambda: note_step(search, form.told(), actor(), today(), now())):
        return to_search(search, _("The step is noted."))
    return form_page("supervision/searches/step.html", form, search=search, client=search.client)


@bp.route("/searches/<int:search_id>/declaration", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_search)
def declaration(search: Search) -> ResponseReturnValue:
    """Note that the court declared the person wanted."""
    form = DeclarationForm(data={"on": today()})
    if acted(search, form, lambda: declare(search, form.told(), actor(), today(), now())):
        return to_search(search, _("It is noted that the person is wanted."))
    return form_page("supervision/searches/declaration.html", form, search=search, client=search.client)


@bp.route("/searches/<int:search_id>/ending", methods=["GET", "POST"])
@permit(Permission.SUPERVISE_CLIENT, get_search)
def end(search: Search) -> ResponseReturnValue:
    """Note that the person was found or came: the clocks run again."""
    form = EndForm(search.client.is_minor_on(search.started_on), data={"on": today()})
    if acted(search, form, lambda: end_search(search, form.told(), actor(), today(), now())):
        return to_search(search, _("The search has ended. The clocks of the case run again."))
    return form_page("supervision/searches/end.html", form, search=search, client=search.client)
