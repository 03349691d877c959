"""Signing in, being locked out, and signing out everywhere."""

from app.access.models import SignInAttempt
from app.db import db
from tests.factories.people import PASSWORD, make_user


def test_a_user_signs_in_with_name_and_password(app):
    user = make_user()
    browser = app.test_client()

    answer = browser.post("/sign-in", data={"name": user.name.upper(), "password": PASSWORD}, follow_redirects=True)

    assert answer.status_code == 200
    assert "My day" in answer.text


def test_a_wrong_password_is_a_sentence_and_leaves_the_name_typed(app):
    user = make_user()

    answer = app.test_client().post("/sign-in", data={"name": user.name, "password": "wrong"})

    assert answer.status_code == 401
    assert user.name in answer.text
    assert db.session.query(SignInAttempt).count() == 1
