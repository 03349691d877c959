"""Signing in, being locked out, and signing out everywhere."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app.access.models import Role, SignInAttempt
from app.access.sign_in import user_to_admit
from app.db import db
from tests.access.pages import hidden_fields
from tests.factories.people import PASSWORD, make_user

NEXT_PASSWORD = "seven quiet horses"


def enter(browser, name, password=PASSWORD, **fields):
    return browser.post("/sign-in", data={"name": name, "password": password} | fields)


def is_in(browser):
    return browser.get("/password").status_code == 200


def cookie_of(browser):
    return browser.get_cookie("qadam").value


def change_password(browser, current=PASSWORD, new=NEXT_PASSWORD, repeated=NEXT_PASSWORD):
    typed = {"current_password": current, "new_password": new, "repeated_password": repeated}
    return browser.post("/password", data=typed)


def test_a_user_signs_in_with_name_and_password(app):
    name, browser = make_user().name, app.test_client()

    answer = enter(browser, name.upper())

    assert answer.location == "/"
    assert is_in(browser)


def test_a_wrong_password_is_a_sentence_and_leaves_the_name_typed(app):
    name = make_user().name

    answer = enter(app.test_client(), name, "wrong")

    assert answer.status_code == 401
    assert f'value="{name}"' in answer.text
    assert "Name or password is wrong" in answer.text
    assert db.session.query(SignInAttempt).count() == 1


def test_a_wrong_name_reads_like_a_wrong_password(app):
    answer = enter(app.test_client(), "nobody.here")

    assert answer.status_code == 401
    assert "Name or password is wrong" in answer.text


def test_the_name_of_a_failed_try_is_not_kept_in_words(app):
    enter(app.test_client(), "my password by mistake")

    assert "password" not in db.session.query(SignInAttempt).one().name_digest


@pytest.mark.parametrize("kind", ["known", "unknown"])
def test_five_wrong_tries_cost_half_a_minute_and_the_next_one_a_minute(app, stopped_clock, kind):
    name, browser = make_user().name if kind == "known" else "nobody", app.test_client()
    for _try in range(5):
        assert "Name or password is wrong" in enter(browser, name, "wrong").text

    assert "Wait 1 minute" in enter(browser, name).text
    stopped_clock.move(seconds=31)
    assert "Name or password is wrong" in enter(browser, name, "wrong").text
    stopped_clock.move(seconds=45)
    assert "Wait 1 minute" in enter(browser, name).text
    stopped_clock.move(seconds=16)
    assert (enter(browser, name).location == "/") is (kind == "known")


def test_a_try_during_the_wait_does_not_make_it_longer(app, stopped_clock):
    name, browser = make_user().name, app.test_client()
    for _try in range(9):
        enter(browser, name, "wrong")
        stopped_clock.move(seconds=2)

    stopped_clock.move(seconds=30)

    assert enter(browser, name).location == "/"


def test_a_success_wipes_the_slate(app, stopped_clock):
    name, browser = make_user().name, app.test_client()
    for _try in range(4):
        enter(browser, name, "wrong")
    enter(browser, name)
    for _try in range(4):
        enter(app.test_client(), name, "wrong")

    assert enter(app.test_client(), name).location == "/"


def test_one_users_wait_is_nobody_elses(app, stopped_clock):
    guessed, other = make_user().name, make_user().name
    for _try in range(6):
        enter(app.test_client(), guessed, "wrong")

    assert enter(app.test_client(), other).location == "/"


def test_a_suspended_user_learns_it_only_with_the_right_password(app, stopped_clock):
    user = make_user()
    user.suspend(make_user(Role.ADMINISTRATOR), stopped_clock())
    db.session.commit()
    name = user.name

    assert "suspended" in enter(app.test_client(), name).text
    assert "suspended" not in enter(app.test_client(), name, "wrong").text


def test_a_suspension_signs_out_at_once(app, sign_in, stopped_clock):
    user = make_user()
    browser = sign_in(user)
    user.suspend(make_user(Role.ADMINISTRATOR), stopped_clock())
    db.session.commit()

    assert not is_in(browser)


def test_half_an_hour_without_a_page_signs_out_and_a_page_counts_anew(app, sign_in, stopped_clock):
    browser = sign_in(make_user())
    stopped_clock.move(minutes=29)
    assert is_in(browser)
    stopped_clock.move(minutes=29)
    assert is_in(browser)
    stopped_clock.move(minutes=31)

    assert not is_in(browser)


def test_after_signing_in_again_the_page_asked_for_opens(app, sign_in, stopped_clock):
    user = make_user()
    browser, name = sign_in(user), user.name
    stopped_clock.move(hours=1)

    asked = browser.get("/people?q=Нұр")
    form = browser.get(asked.location)
    answer = enter(browser, name, next=hidden_fields(form.text)["next"])

    assert asked.location.startswith("/sign-in?next=")
    assert answer.location == "/people?q=%D0%9D%D2%B1%D1%80"


@pytest.mark.parametrize(
    "address",
    [
        "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example", "https:evil.example",
        "javascript:alert(1)", "///evil.example", "/\t/evil.example", "/\n/evil.example", " //evil.example",
        "http://[", "evil.example", "//evil.example/%2e%2e", "/ /evil.example", "https:///evil.example", "",
    ],
)  # fmt: skip
def test_a_sign_in_and_a_choice_of_language_lead_nowhere_else(app, address):
    name = make_user().name

    assert enter(app.test_client(), name, next=address).location == "/"
    assert app.test_client().post("/language", data={"language": "ru", "next": address}).location == "/"


def test_a_new_password_signs_every_other_browser_out(app, sign_in):
    user = make_user()
    name, here, elsewhere = user.name, sign_in(user), sign_in(user)
    old = cookie_of(here)

    answer = change_password(here)

    assert answer.location == "/"
    assert is_in(here)
    assert not is_in(elsewhere)
    here.set_cookie("qadam", old)
    assert not is_in(here)
    assert enter(app.test_client(), name).status_code == 401
    assert enter(app.test_client(), name, NEXT_PASSWORD).location == "/"


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ({"current": "wrong"}, "This is not your current password"),
        ({"new": "short", "repeated": "short"}, "too short"),
        ({"new": "a" * 12, "repeated": "a" * 12}, "repeats itself"),
        ({"new": "x y z" * 50, "repeated": "x y z" * 50}, "too long"),
        ({"repeated": "another one altogether"}, "differ"),
        ({"new": PASSWORD, "repeated": PASSWORD}, "Choose another one"),
    ],
)
def test_a_password_that_will_not_do_is_explained(app, sign_in, typed, advice):
    answer = change_password(sign_in(make_user()), **typed)

    assert answer.status_code == 200
    assert advice in answer.text


def test_what_a_browser_carried_before_the_sign_in_is_left_behind(app):
    name, browser = make_user().name, app.test_client()
    with browser.session_transaction() as planted:
        planted["planted"] = "by somebody else"

    enter(browser, name)

    with browser.session_transaction() as carried:
        assert "planted" not in carried


def test_signing_out_forgets_everything(app, sign_in):
    browser = sign_in(make_user())

    browser.post("/sign-out")

    assert not is_in(browser)
    assert browser.get_cookie("qadam") is None


def test_the_cookie_is_for_the_server_alone(app):
    answer = enter(app.test_client(), make_user().name)

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie  # the demonstration on one's own machine speaks plain HTTP


def test_in_production_the_cookie_never_travels_in_the_clear(app, monkeypatch):
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)

    answer = enter(app.test_client(), make_user().name)

    assert "Secure" in answer.headers["Set-Cookie"]


def test_a_form_for_passwords_tells_the_browser_which_is_which(app, sign_in):
    door, own = app.test_client().get("/sign-in").text, sign_in(make_user()).get("/password").text

    assert 'autocomplete="username"' in door
    assert 'autocomplete="current-password"' in door
    assert own.count('autocomplete="new-password"') == 2


def test_a_password_is_hashed_the_slow_way(app):
    assert make_user().password_hash.startswith("$argon2id$")


def test_failed_tries_are_looked_at_one_after_another(app):
    """Guesses that come at once wait for one another at the user's row."""
    name = make_user().name
    if db.engine.dialect.name == "sqlite":  # there, every request that writes waits its turn anyway
        return
    user_to_admit(name)
    with db.engine.connect() as other:
        other.execute(text("SET lock_timeout = '50ms'"))
        with pytest.raises(OperationalError, match="lock timeout"):
            other.execute(text("SELECT id FROM users WHERE name = :name FOR UPDATE"), {"name": name})
