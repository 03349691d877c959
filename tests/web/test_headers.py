"""The headers that every answer bears, whatever it is an answer to."""

import pytest

from app.access.models import Role
from tests.factories.people import make_user

ANSWERS = {
    "a page": ("GET", "/policy", 200),
    "a page before sign-in": ("GET", "/sign-in", 302),
    "an act": ("POST", "/language", 302),
    "a form with mistakes": ("POST", "/users/new", 200),
    "what is not there": ("GET", "/nowhere", 404),
    "what is not permitted": ("GET", "/people", 403),
    "a wrong method": ("POST", "/policy", 405),
    "a question about methods": ("OPTIONS", "/policy", 200),
    "a head": ("HEAD", "/policy", 200),
    "a sign of life": ("GET", "/health", 200),
    "a style sheet": ("GET", "/static/css/base.css", 200),
    "a style sheet of Bootstrap": ("GET", "/bootstrap/static/css/bootstrap.min.css", 200),
}


@pytest.fixture
def answer(app, sign_in, request):
    method, address, status = ANSWERS[request.param]
    found = sign_in(make_user(Role.ADMINISTRATOR)).open(address, method=method)
    assert found.status_code == status
    yield found
    found.close()


every_answer = pytest.mark.parametrize("answer", ANSWERS, indirect=True)


@every_answer
def test_nothing_comes_from_elsewhere_and_nothing_is_framed(answer):
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))

    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in str(policy)
    assert "http" not in str(policy)


@every_answer
def test_types_are_believed_and_addresses_stay_inside(answer):
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


@every_answer
def test_only_what_is_static_may_be_kept(answer, request):
    is_static = answer.request.path.startswith(("/static/", "/bootstrap/"))

    assert (answer.headers["Cache-Control"] == "no-store") is not is_static


def test_a_static_file_renews_no_cookie(app, sign_in):
    with sign_in(make_user()).get("/static/css/base.css") as answer:
        assert "Set-Cookie" not in answer.headers


def test_over_https_the_browser_is_told_to_stay_there(app):
    assert "Strict-Transport-Security" in app.test_client().get("/sign-in", base_url="https://localhost").headers
    assert "Strict-Transport-Security" not in app.test_client().get("/sign-in").headers


def test_the_server_does_not_say_what_it_is(app):
    answer = app.test_client().get("/sign-in")

    assert "X-Powered-By" not in answer.headers
