"""The guard at the doors: none is without it, nobody unknown gets by, and lists hold what it would admit."""

import pytest

from app.access.guard import STATIC, permit, refuse_unguarded_views
from app.access.models import Role
from app.access.policy import Permission, Reach, allows
from app.clients.cases import Case, Transfer
from app.clients.models import Client
from app.clients.reach import cases_within, clients_within, transfers_within
from app.db import db
from tests.access.records import OF_NOBODY, RECORDS, WORDS, Place, address_of, doors, rules
from tests.factories.people import make_case, make_office, make_user

# Who reaches everything or nothing is answered by the table alone, the same on either engine.
WITHOUT_REACH = {Role.ANALYST, Role.ADMINISTRATOR, Role.BODY, Role.MINISTRY}
each_role = pytest.mark.parametrize(
    "role", [pytest.param(role, marks=[pytest.mark.one_engine] if role in WITHOUT_REACH else []) for role in Role]
)


@pytest.mark.one_engine
def test_every_address_names_records_that_these_tests_know(app):
    known = RECORDS.keys() | WORDS.keys() | {"filename"}
    unknown = [str(rule) for rule, _method, _admits in rules(app) if rule.arguments - known]

    assert unknown == []


@pytest.mark.one_engine
def test_who_is_not_signed_in_is_asked_to_sign_in(app):
    wrong = []
    for rule, method, admits in rules(app):
        if admits in {"anyone", "static"}:
            continue
        values = {name: WORDS[name]() if name in WORDS else 1 for name in rule.arguments}
        answer = app.test_client().open(address_of(app, rule, values), method=method)
        asked = answer.location.startswith("/sign-in?next=") if method == "GET" else answer.status_code == 401
        if not asked:
            wrong.append(f"{method} {rule.rule}: {answer.status_code}")

    assert wrong == []


@each_role
def test_the_pages_about_oneself_open_to_every_role(app, sign_in, role):
    browser = sign_in(make_user(role))

    answers = {rule.rule: browser.get(rule.rule).status_code for rule, method, admits in rules(app)
               if admits == "oneself" and method == "GET"}  # fmt: skip

    assert set(answers.values()) <= {200, 302}, answers


@pytest.mark.one_engine
def test_only_the_doors_before_sign_in_are_open_to_anyone(app):
    """A new one is thought about here."""
    public = {rule.endpoint for rule, _method, admits in rules(app) if admits == "anyone"}

    assert public == {
        "access.sign_in", "access.sign_out", "web.choose_language", "web.health",
        "papers.verify", "papers.show", "papers.comparison", "provider.show", "provider.tell", "messages.read",
        "open_data.archive", "open_data.file", "open_data.index", "resocialisation.indicator",
        "resocialisation.missing", "resocialisation.page", "resocialisation.paper", "resocialisation.picture",
        "resocialisation.report", "resocialisation.report_picture", "resocialisation.spreadsheet",
    }  # fmt: skip


@pytest.mark.one_engine
def test_an_application_with_an_unguarded_view_does_not_start(app):
    app.view_functions["users.leak"] = lambda: "everything"

    with pytest.raises(RuntimeError, match="users.leak"):
        refuse_unguarded_views(app)


@pytest.mark.one_engine
def test_only_static_files_have_no_guard(app):
    bare = {endpoint for endpoint, view in app.view_functions.items() if not hasattr(view, "admits")}

    assert bare == STATIC


@pytest.mark.one_engine
def test_a_record_in_an_address_is_loaded_by_the_guard(app):
    """Helpers belong to an office, which is not a reach of those who match; their page finds them itself."""
    unloaded = {
        door.rule.endpoint
        for door in doors(app)
        if door.kind and door.kind not in OF_NOBODY and app.view_functions[door.rule.endpoint].loads is None
    }  # fmt: skip

    assert unloaded <= {"sessions.volunteer"}


@each_role
def test_a_list_holds_exactly_what_its_records_would_admit(app, role):
    """The condition of every list and the question that the guard asks about each record come from one policy."""
    actor = make_user(role)
    for distance in Reach:
        for kind in ("case_id", "client_id", "transfer_id"):
            RECORDS[kind](Place(actor, distance))
    cases_without_officer()
    person_with_cases_in_two_offices()
    db.session.expire_all()
    for permission in Permission:
        for model, within in ((Client, clients_within), (Case, cases_within), (Transfer, transfers_within)):
            listed = set(db.session.scalars(db.select(model.id).where(within(actor, permission))))
            known = db.session.scalars(db.select(model)).unique()
            admitted = {row.id for row in known if allows(actor, permission, row)}
            assert listed == admitted, (permission, model)


def cases_without_officer():
    make_case(make_user(Role.OFFICER), officer_id=None)
    make_case(make_user(Role.OFFICER, make_office("B-2")), officer_id=None)


def person_with_cases_in_two_offices():
    case = make_case(make_user(Role.OFFICER))
    make_case(make_user(Role.OFFICER, make_office("B-2")), client=case.client)


@pytest.mark.one_engine
def test_the_guard_marks_what_it_guards():
    @permit(Permission.VIEW_POLICY)
    def view():
        """A page."""

    assert view.admits == Permission.VIEW_POLICY
    assert view.loads is None
