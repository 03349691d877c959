"""Nothing that can be sent to an address breaks it: odd query strings, garbage in forms, files where none belong."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar
from urllib.parse import urlencode

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY, Permission, Reach
from tests.access.house import House
from tests.access.records import Door, doors, rules
from tests.applications import application, settled
from tests.browser import Browser
from tests.databases import on_postgresql

STRANGE = "&&&===;;;q[]=1&q[a]=2"
CURSORS = ("older.x.y", f"older.2026-11-20.{'9' * 400}", "older.9999-12-31.9", "-1")
SEARCHES = ("a " * 2_000, '"', "*", "%")
GARBAGE = (
    b"receipt=%00&version=%00&name=%00&words=%00&%s&%&===",
    b"receipt=" + b"a" * 500 + b"&version=99999999999999999999&version=-1",
    b"\xff\xfe\xfd=\xff\xfe",  # read as an empty form
)
SIGNS = {
    "a null byte": "\x00",
    "ten thousand characters": "ұ" * 10_000,
    "the first number beyond a column": "2147483648",
    "a number beyond the database": "9223372036854775808",
    "a date far ahead": "31.12.9999",
    "a huge number": "9" * 400,
    "a negative number": "-1",
    "digits of another script": "٣",
    "no date": "31.02.2026",
    "a date of long ago": "01.01.0001",
    "marks of a program and unseen ones": "'\"><script>alert(1)</script>{{7*7}}\\ud800\U0001f4a9\u202e\ufeff",
}
# What is not stopped before a statement is sent, so that the engine matters.
OF_EACH_ENGINE = (
    "a null byte",
    "ten thousand characters",
    "the first number beyond a column",
    "a number beyond the database",
    "a date far ahead",
)
EVERYTHING = "everything"
OF_EVERY_FORM = {"receipt", "version", "kept"}  # asked of each act, whatever its form


def opener(permission: Permission) -> Role:
    """Some role that the permission is granted to."""
    return next(role for role, reach in zip(COLUMNS, POLICY[permission], strict=True) if reach)


class Noticed(ImmutableMultiDict[str, str]):
    """What was sent, noting what the application asks of it: what nobody reads cannot break anything."""

    asked: ClassVar[set[str]] = set()

    def get(self, key: str, *more: Any, **named: Any) -> Any:
        self.asked.add(key)
        return super().get(key, *more, **named)

    def getlist(self, key: str, *more: Any, **named: Any) -> Any:
        self.asked.add(key)
        return super().getlist(key, *more, **named)

    def __getitem__(self, key: str) -> Any:
        self.asked.add(key)
        return super().__getitem__(key)

    def __contains__(self, key: object) -> bool:
        self.asked.add(str(key))
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self.asked.add(EVERYTHING)
        return super().__iter__()

    def items(self, *more: Any, **named: Any) -> Any:
        self.asked.add(EVERYTHING)
        return super().items(*more, **named)

    def lists(self) -> Any:
        self.asked.add(EVERYTHING)
        return super().lists()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all tests that knock at a door, with ears for what the application asks of a request."""
    with settled(application(), tmp_path_factory.mktemp("house")) as app:
        app.request_class = type("Request", (app.request_class,), {"parameter_storage_class": Noticed})
        yield House(app)


def doors_by(method: str) -> list[Door]:
    return [door for door in doors(application()) if door.method == method]


def fault_of(browser: Browser, address: str, **request: Any) -> str | None:
    """What broke; nothing when the answer is a page, a redirect or a sentence."""
    came = outcome(browser, address, **request)
    return fault_in(came)


def fault_in(came: int | str) -> str | None:
    return str(came) if isinstance(came, str) or came >= 500 else None


def outcome(browser: Browser, address: str, **request: Any) -> int | str:
    Noticed.asked.clear()
    try:
        return browser.open(address, **request).status_code
    except Exception as fault:
        return repr(fault)[:200]


@pytest.mark.parametrize("door", doors_by("GET"), ids=str)
def test_no_query_breaks_a_page(house, door):
    """Every name that the page asks its query for, filled with nonsense; a page that asks for none is opened once."""
    broken, browser = [], house.browser(opener(door.permission))
    address = house.address(door, opener(door.permission), Reach.OWN)
    if fault := fault_of(browser, f"{address}?{STRANGE}"):
        broken.append(f"{STRANGE}: {fault}")
    for query in queries(Noticed.asked - {EVERYTHING}):
        if fault := fault_of(browser, f"{address}?{query}"):
            broken.append(f"{query[:80]}: {fault}")

    assert broken == []


def queries(names: set[str]) -> Iterator[str]:
    if names:
        yield from (urlencode(dict.fromkeys(sorted(names), sign)) for sign in signs())
        yield "&".join(f"{name}=%ff%fe" for name in sorted(names))
    if "cursor" in names:
        yield from (urlencode({"cursor": cursor}) for cursor in CURSORS)
    if "q" in names:
        yield from (urlencode({"q": words}) for words in SEARCHES)


def signs() -> list[str]:
    return [SIGNS[name] for name in OF_EACH_ENGINE] if on_postgresql() else list(SIGNS.values())


@pytest.mark.parametrize("door", doors_by("POST"), ids=str)
def test_nothing_that_is_sent_breaks_an_act(house, door):
    """Garbage first, which tells what the act asks for; then every field of it filled with the same nonsense."""
    form = {"content_type": "application/x-www-form-urlencoded"}
    broken, asked = [], set()
    for body in GARBAGE:
        if fault := post(house, door, data=body, **form):
            broken.append(f"{body[:20]!r}: {fault}")
        asked |= Noticed.asked
        if asked <= OF_EVERY_FORM:
            break  # it reads nothing more than that: one body tells as much as three
    names = asked - OF_EVERY_FORM | (names_on(house, door) if EVERYTHING in asked else set())
    for sign in signs() if names else []:
        if fault := post(house, door, data=dict.fromkeys(names, sign)):
            broken.append(f"{sign[:20]!r}: {fault}")

    assert broken == []


def names_on(house: House, door: Door) -> set[str]:
    """The names on the page of a form, for an act that looks through everything it was sent."""
    page = house.browser(opener(door.permission)).get(house.address(door, opener(door.permission), Reach.OWN))
    html = page.text if page.mimetype == "text/html" else ""
    return {part.split('"')[0] for part in html.split(' name="')[1:]} - OF_EVERY_FORM


def post(house: House, door: Door, **sent: Any) -> str | None:
    """What breaks when this is sent; a record that an act may have changed is not used again."""
    role = opener(door.permission)
    came = outcome(house.browser(role), house.address(door, role, Reach.OWN), method="POST", **sent)
    if came == 302:
        house.forget(door, role, Reach.OWN)
    return fault_in(came)


@pytest.mark.one_engine
@pytest.mark.parametrize("door", doors_by("POST"), ids=str)
def test_no_file_is_taken_by_any_form(house, door):
    role = opener(door.permission)
    data = {"file": (BytesIO(b"%PDF-1.7"), "passport.pdf"), "words": "x"}

    answer = house.browser(role).post(
        house.address(door, role, Reach.OWN), data=data, content_type="multipart/form-data"
    )

    assert answer.status_code == 415


def test_no_query_breaks_a_page_before_sign_in(house):
    browser, broken = house.app.test_client(), []
    for rule, method, admits in rules(house.app):
        if admits in {"anyone", "oneself"}:
            faults = [fault_of(browser, f"{rule.rule}?{STRANGE}", method=method)]
            for query in queries(Noticed.asked - {EVERYTHING}):
                faults.append(fault_of(browser, f"{rule.rule}?{query}", method=method))
            broken += [f"{method} {rule}: {fault}" for fault in faults if fault]

    assert broken == []


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_sign_in_breaks_on_what_is_typed(house, sign):
    typed = dict.fromkeys(("name", "password", "next", "kept", "receipt", "version", "language"), sign)

    assert fault_of(house.app.test_client(), "/sign-in", method="POST", data=typed) is None
    assert fault_of(house.app.test_client(), "/language", method="POST", data=typed | {"language": "ru"}) is None


@pytest.mark.parametrize("cookie", ["", "x", "e30.x.y", "\x7f", ".eJ", "a" * 3_000])
def test_no_cookie_breaks_a_page(house, cookie):
    browser = house.app.test_client()
    browser.set_cookie("qadam", cookie)

    assert fault_of(browser, "/") is None


@pytest.mark.parametrize("key", ["", "1", "1.", ".1", "x.y", "-1.0", "²." + "0", "9" * 30 + ".0", "1.0.0"])
def test_no_key_of_a_user_breaks_a_page(house, key):
    browser = house.app.test_client()
    with browser.session_transaction() as planted:
        planted["_user_id"] = key

    assert browser.get("/").status_code == 302
