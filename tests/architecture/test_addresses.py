"""Addresses: nouns in small letters and hyphens, numbers that are typed, and acts that are posted to nouns."""

import re

import pytest
from werkzeug.routing import Rule

from app.access.guard import STATIC

WORD = re.compile(r"[a-z]+(-[a-z]+)*(\.pdf|\.csv|\.svg|\.zip)?")
VARIABLE = re.compile(r"<(int|any\([^>]+\)|\w+):?\w*>(\.\w+)?")
# What would be a verb in an address: POST /programs/7/approval, never /programs/7/approve.
VERBS = {
    "accept", "add", "answer", "approve", "ask", "cancel", "change", "close", "confirm", "create", "decline", "delete",
    "edit-it", "end", "give", "log", "logout", "make", "move", "offer", "open", "print", "remove", "renew", "reset",
    "restore", "save", "send", "show", "sign", "submit", "suspend", "take", "update", "view", "withdraw",
}  # fmt: skip


@pytest.fixture
def addresses(app) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint not in STATIC]


def parts(rule: Rule) -> list[str]:
    return [part for part in rule.rule.split("/") if part]


def test_addresses_are_words_in_small_letters_with_hyphens(addresses):
    odd = [rule.rule for rule in addresses for part in parts(rule)
           if not (WORD.fullmatch(part) or VARIABLE.fullmatch(part))]  # fmt: skip

    assert odd == []


def test_addresses_hold_nouns_and_no_verbs(addresses):
    assert [rule.rule for rule in addresses if VERBS & set(parts(rule))] == []


def test_a_number_in_an_address_is_typed(addresses):
    untyped = [rule.rule for rule in addresses for name in rule.arguments
               if name.endswith("_id") and f"<int:{name}>" not in rule.rule]  # fmt: skip

    assert untyped == []


def test_no_address_ends_with_a_stroke(addresses):
    assert [rule.rule for rule in addresses if rule.rule != "/" and rule.rule.endswith("/")] == []


def test_an_act_is_posted(addresses):
    """Nothing but GET and POST: forms know no more, and a page without JavaScript must do everything."""
    methods = {method for rule in addresses for method in rule.methods or ()}

    assert methods == {"GET", "HEAD", "OPTIONS", "POST"}


def test_no_number_beyond_the_database_names_a_record(app):
    adapter = app.url_map.bind("localhost")

    assert adapter.test("/cases/2147483647")
    assert not adapter.test("/cases/2147483648")
    assert not adapter.test("/cases/-1")
    assert not adapter.test("/cases/٣")
