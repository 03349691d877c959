"""What was typed is never lost, after an idle time or with a stale token, and is never given to somebody else."""

import pytest

from app.access.models import Role, User
from app.db import db
from tests.access.pages import hidden_fields
from tests.factories.people import PASSWORD, make_office, make_user

TYPED = {"full_name": "Қожахметова Әлия", "name": "a.k", "role": "officer", "language": "kk"}


@pytest.fixture
def guarded(app, monkeypatch):
    """The application with the guard against forged forms on, as it is outside tests."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    return app


def typed_by(browser):
    """The form for a new user, filled in, as the browser holds it."""
    page = browser.get("/users/new").text
    return hidden_fields(page) | TYPED | {"name": "aliya.k", "office_id": str(make_office().id)}


def enter_and_resume(browser, page, name):
    """Sign in on the page that kept the text; the answer says what came of it."""
    return browser.post("/sign-in", data=hidden_fields(page) | {"name": name, "password": PASSWORD})


def save(browser, page):
    return browser.post("/users/new", data=hidden_fields(page))


def saved_names():
    return list(db.session.scalars(db.select(User.full_name).where(User.name == "aliya.k")))


def test_after_an_idle_time_the_text_is_kept_and_saved_by_one_press(guarded, sign_in, stopped_clock):
    user = make_user(Role.ADMINISTRATOR)
    browser, name = sign_in(user), user.name
    form = typed_by(browser)
    stopped_clock.move(minutes=45)

    expired = browser.post("/users/new", data=form)
    resumed = enter_and_resume(browser, expired.text, name)
    answer = save(browser, resumed.text)

    assert expired.status_code == 401
    assert "What you typed is kept" in expired.text
    assert "Әлия" not in expired.text  # sealed: whoever sits down at the screen reads nothing
    assert "Save what I typed" in resumed.text
    assert answer.status_code == 302
    assert saved_names() == ["Қожахметова Әлия"]


def test_with_the_cookie_gone_the_text_is_kept_as_well(guarded, sign_in):
    user = make_user(Role.ADMINISTRATOR)
    browser, name = sign_in(user), user.name
    form = typed_by(browser)
    browser.delete_cookie("qadam")

    expired = browser.post("/users/new", data=form)
    answer = save(browser, enter_and_resume(browser, expired.text, name).text)

    assert expired.status_code == 401
    assert answer.status_code == 302
    assert saved_names() == ["Қожахметова Әлия"]


def test_a_stale_token_asks_the_one_who_is_signed_in_to_press_once_more(guarded, sign_in):
    browser = sign_in(make_user(Role.ADMINISTRATOR))
    form = typed_by(browser) | {"csrf_token": "stale"}

    asked = browser.post("/users/new", data=form)
    unsaved = saved_names()
    answer = save(browser, asked.text)

    assert asked.status_code == 400
    assert "Save what I typed" in asked.text
    assert unsaved == []
    assert answer.status_code == 302
    assert saved_names() == ["Қожахметова Әлия"]


def test_what_is_resumed_may_need_mending_and_then_keeps_the_text(guarded, sign_in, stopped_clock):
    user = make_user(Role.ADMINISTRATOR)
    browser, name = sign_in(user), user.name
    form = typed_by(browser) | {"role": ""}
    stopped_clock.move(minutes=45)

    page = enter_and_resume(browser, browser.post("/users/new", data=form).text, name).text
    answer = save(browser, page)

    assert answer.status_code == 200
    assert "Choose a role" in answer.text
    assert "Қожахметова Әлия" in answer.text


@pytest.mark.parametrize("loss", ["idle", "cookie"])
def test_another_user_who_signs_in_there_does_not_get_the_text(guarded, sign_in, stopped_clock, loss):
    browser, other = sign_in(make_user(Role.ADMINISTRATOR)), make_user(Role.ADMINISTRATOR).name
    form = typed_by(browser)
    if loss == "idle":
        stopped_clock.move(minutes=45)
    else:
        browser.delete_cookie("qadam")

    expired = browser.post("/users/new", data=form)
    answer = enter_and_resume(browser, expired.text, other)

    assert answer.status_code == 302
    assert "Әлия" not in answer.text
    assert saved_names() == []


def test_a_form_of_somebody_else_in_the_same_browser_is_put_aside(guarded, sign_in):
    browser, other = sign_in(make_user(Role.ADMINISTRATOR)), make_user(Role.ADMINISTRATOR)
    form = typed_by(browser)
    browser.enter(other)

    answer = browser.post("/users/new", data=form | {"csrf_token": "stale"})

    assert answer.location == "/"
    assert saved_names() == []


def test_a_kept_text_lasts_a_working_day(guarded, sign_in, stopped_clock):
    user = make_user(Role.ADMINISTRATOR)
    browser, name = sign_in(user), user.name
    form = typed_by(browser)
    stopped_clock.move(minutes=45)
    expired = browser.post("/users/new", data=form)
    stopped_clock.move(hours=13)

    assert enter_and_resume(browser, expired.text, name).location == "/"


def test_nonsense_in_the_place_of_a_kept_text_is_no_text(app):
    name = make_user().name

    answer = app.test_client().post("/sign-in", data={"name": name, "password": PASSWORD, "kept": "Ж" * 50})

    assert answer.location == "/"


def test_passwords_are_never_kept(guarded, sign_in, stopped_clock):
    user = make_user()
    browser, name = sign_in(user), user.name
    page = browser.get("/password").text
    stopped_clock.move(minutes=45)
    secret = {"current_password": PASSWORD, "new_password": "seven quiet horses", "repeated_password": "x"}

    expired = browser.post("/password", data=hidden_fields(page) | secret)
    resumed = enter_and_resume(browser, expired.text, name)

    assert "seven quiet horses" not in resumed.text


def test_a_password_given_meanwhile_is_changed_first_and_the_text_comes_after(guarded, sign_in):
    user = make_user(Role.ADMINISTRATOR)
    browser, name = sign_in(user), user.name
    form = typed_by(browser)
    user.take_password(user.password_hash, None)
    db.session.commit()

    first = enter_and_resume(browser, browser.post("/users/new", data=form).text, name)
    new = "seven quiet horses"
    chosen = {"current_password": PASSWORD, "new_password": new, "repeated_password": new}
    resumed = browser.post("/password", data=hidden_fields(first.text) | chosen)
    answer = save(browser, resumed.text)

    assert "The administrator chose your first password" in first.text
    assert answer.status_code == 302
    assert saved_names() == ["Қожахметова Әлия"]


def test_a_sign_in_page_that_was_open_for_too_long_asks_again(guarded):
    name = make_user().name

    answer = guarded.test_client().post("/sign-in", data={"name": name, "password": PASSWORD, "next": "/people"})

    assert answer.status_code == 401
    assert "open for too long" in answer.text
    assert f'value="{name}"' in answer.text


def test_every_act_needs_the_token_of_its_page(guarded, sign_in):
    """The guard stands before all pages but one room's, whose form has a token of its own (test_provider_link.py)."""
    browser = sign_in(make_user(Role.ADMINISTRATOR))
    for rule in guarded.url_map.iter_rules():
        if "POST" in (rule.methods or ()) and not rule.arguments:
            assert browser.post(rule.rule, data={}).status_code in {400, 401}, rule.rule
    assert not guarded.extensions["csrf"]._exempt_views
    assert {room.name for room in guarded.extensions["csrf"]._exempt_blueprints} == {"provider"}


def test_the_kept_text_is_handed_back_in_the_users_own_language(guarded, sign_in):
    """The page that asks to sign in speaks the browser's language; the one after it, the user's."""
    user = make_user(Role.ADMINISTRATOR, language="kk")
    browser, name = sign_in(user), user.name
    form = typed_by(browser)
    browser.delete_cookie("qadam")

    expired = browser.post("/users/new", data=form)
    resumed = enter_and_resume(browser, expired.text, name)

    assert '<html lang="en">' in expired.text
    assert '<html lang="kk">' in resumed.text
