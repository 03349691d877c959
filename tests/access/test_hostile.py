"""Nothing that can be sent to an address breaks it: odd query strings, garbage in forms, files where none belong."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any, ClassVar

import pytest
from werkzeug.datastructures import ImmutableMultiDict

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY, Permission, Reach
from tests.access.records import Door, Place, Records, doors, rules
from tests.factories.people import make_user

ODD = (
    "q=%ff%fe&after=%ff&role=%ff&next=%ff&cursor=%ff",
    "page=-1&after=-1&before=-1&older=-1&newer=-1&cursor=-1",
    "page=zzz&after=zzz&before=zzz&cursor=older.x.y&q=zzz&role=zzz&office=zzz&stage=zzz&officer=zzz&on=zzz&from=zzz",
    f"page={'9' * 400}&after={'9' * 400}&office={'9' * 400}&officer={'9' * 400}&cursor=older.2026-11-20.{'9' * 400}",
    "after=99999999999&before=2147483648&office=9223372036854775808&cursor=older.9999-12-31.9",
    "q=%00&after=%00&role=%00&next=%00&stage=%00&cursor=%00&from=%00",
    "q=%25&next=%0d%0aSet-Cookie:x&q=%F0%9F%92%A9&q='%22%3E%3Cscript%3E",
    f"q={'%D2%B1' * 10_000}&after={'a' * 10_000}",
    f"q={'a+' * 2_000}",
    "q=%22&q=*&after=%D9%A3&office=%D9%A3&page=%D9%A3",  # digits of another script
    "&&&===;;;q[]=1&q[a]=2",
)
GARBAGE = (
    b"",
    b"\xff\xfe\xfd=\xff\xfe",
    b"receipt=%00&version=%00&name=%00&text=%00&words=%00",
    b"receipt=" + b"a" * 500 + b"&version=99999999999999999999&version=-1",
    b"%s",
)
SIGNS = {
    "a null byte": "\x00",
    "ten thousand characters": "ұ" * 10_000,
    "a huge number": "9" * 400,
    "a number beyond the database": "9223372036854775808",
    "a negative number": "-1",
    "digits of another script": "٣",
    "no date": "31.02.2026",
    "a date of long ago": "01.01.0001",
    "a date far ahead": "31.12.9999",
    "marks of a program": "'\"><script>alert(1)</script>{{7*7}}",
    "an emoji and signs that are not seen": "\U0001f4a9\u202e\u0000\ufeff",
    "a lone half of a pair": "\\ud800",
}


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
        self.asked.add("everything")
        return super().__iter__()

    def items(self, *more: Any, **named: Any) -> Any:
        self.asked.add("everything")
        return super().items(*more, **named)

    def lists(self) -> Any:
        self.asked.add("everything")
        return super().lists()


class Visitors:
    """One signed-in browser for each permission, with records of its own."""

    def __init__(self, app, sign_in):
        self.app, self.sign_in = app, sign_in
        self.known = {}
        app.request_class = type("Request", (app.request_class,), {"parameter_storage_class": Noticed})

    def at(self, door: Door):
        role = opener(door.permission)
        if role not in self.known:
            place = Place(make_user(role), Reach.OWN)
            self.known[role] = (self.sign_in(place.actor), Records(place))
        browser, records = self.known[role]
        browser.looks = False
        return browser, door.address(self.app, records)


@pytest.fixture
def visitors(app, sign_in):
    return Visitors(app, sign_in)


def fault_of(browser, address, **request):
    """What broke; nothing when the answer is a page, a redirect or a sentence."""
    Noticed.asked.clear()
    try:
        status = browser.open(address, **request).status_code
    except Exception as fault:
        return repr(fault)[:200]
    return str(status) if status >= 500 else None


def test_no_query_breaks_a_page(app, visitors):
    broken = []
    for door in doors(app):
        if door.method == "GET":
            browser, address = visitors.at(door)
            for query in ODD:
                if fault := fault_of(browser, f"{address}?{query}"):
                    broken.append(f"{door}?{query[:80]}: {fault}")
                if not Noticed.asked:  # a page that looks at no query is asked once
                    break

    assert broken == []


def test_no_garbage_breaks_a_form(app, visitors):
    broken = []
    for door in doors(app):
        if door.method == "POST":
            browser, address = visitors.at(door)
            kind = "application/x-www-form-urlencoded"
            for body in GARBAGE:
                if fault := fault_of(browser, address, method="POST", data=body, content_type=kind):
                    broken.append(f"{door}, {body[:20]!r}: {fault}")
                if Noticed.asked <= OF_EVERY_FORM:
                    break

    assert broken == []


# What is stopped before any statement is sent.
OF_NO_ENGINE = {"no date", "marks of a program", "a negative number", "digits of another script"}
each_sign = pytest.mark.parametrize(
    "sign",
    [
        pytest.param(sign, id=name, marks=[pytest.mark.one_engine] if name in OF_NO_ENGINE else [])
        for name, sign in SIGNS.items()
    ],
)


@each_sign
def test_no_field_takes_what_breaks_it(app, visitors, sign):
    """Every field of every form, by its own name, all of them filled with the same nonsense."""
    broken = []
    for door in doors(app):
        if door.method == "POST" and str(door) not in BARE:
            browser, address = visitors.at(door)
            data = dict.fromkeys(fields_of(door, browser, address), sign)
            if fault := fault_of(browser, address, method="POST", data=data):
                broken.append(f"{door}: {fault}")
            if Noticed.asked <= OF_EVERY_FORM:
                BARE.add(str(door))

    assert broken == []


OF_EVERY_FORM = {"receipt", "version", "kept"}  # asked of each act, whatever its form
BARE: set[str] = set()  # acts that read nothing more than that: one sign tells as much as twelve
FIELDS: dict[str, set[str]] = {}  # the names in a form are the same for every record: its page is read once


def fields_of(door, browser, address):
    if str(door) not in FIELDS:
        page = browser.get(address)
        html = page.mimetype == "text/html"
        named = {part.split('"')[0] for part in page.text.split(' name="')[1:]} if html else set()
        FIELDS[str(door)] = named | {"words", "rule", "thread", "language", "next"}
    return FIELDS[str(door)]


def test_no_file_is_taken_by_any_form(app, visitors):
    wrong = []
    for door in doors(app):
        if door.method == "POST":
            browser, address = visitors.at(door)
            data = {"file": (BytesIO(b"%PDF-1.7"), "passport.pdf"), "words": "x"}
            answer = browser.post(address, data=data, content_type="multipart/form-data")
            if answer.status_code != 415:
                wrong.append(f"{door}: {answer.status_code}")

    assert wrong == []


@pytest.mark.parametrize("query", ODD, ids=range(len(ODD)))
def test_no_query_breaks_a_page_before_sign_in(app, query):
    browser = app.test_client()
    open_to_anyone = [(rule, method) for rule, method, admits in rules(app) if admits in {"anyone", "oneself"}]
    faults = [f"{rule}: {fault}" for rule, method in open_to_anyone
              if (fault := fault_of(browser, f"{rule.rule}?{query}", method=method))]  # fmt: skip

    assert faults == []


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_no_sign_in_breaks_on_what_is_typed(app, sign):
    typed = dict.fromkeys(("name", "password", "next", "kept", "receipt", "version", "language"), sign)

    assert fault_of(app.test_client(), "/sign-in", method="POST", data=typed) is None
    assert fault_of(app.test_client(), "/language", method="POST", data=typed | {"language": "ru"}) is None


@pytest.mark.parametrize("cookie", ["", "x", "e30.x.y", "\x7f", ".eJ", "a" * 3_000])
def test_no_cookie_breaks_a_page(app, cookie):
    browser = app.test_client()
    browser.set_cookie("qadam", cookie)

    assert fault_of(browser, "/") is None


@pytest.mark.parametrize("key", ["", "1", "1.", ".1", "x.y", "-1.0", "²." + "0", "9" * 30 + ".0", "1.0.0"])
def test_no_key_of_a_user_breaks_a_page(app, key):
    browser = app.test_client()
    with browser.session_transaction() as planted:
        planted["_user_id"] = key

    assert browser.get("/").status_code == 302
