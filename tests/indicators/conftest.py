"""What the tests of figures share."""

from dataclasses import replace

import pytest

from app.indicators import counting, orders
from tests.factories.indicators import small_book

FEW = ("I-04",)


@pytest.fixture(autouse=True)
def enough_people(monkeypatch):
    """Registers of the tests are small, and are frozen as if they were not."""
    monkeypatch.setattr(orders, "FEW_PEOPLE", 0)


@pytest.fixture
def few_definitions(monkeypatch):
    """One indicator instead of all, so that a release is protected in a moment."""
    gather = counting.gather
    known = {each.code for each in small_book(FEW).used}

    def narrowed(period):
        found = gather(period)
        return replace(
            found,
            versions=small_book(FEW).versions,
            facts=tuple(each for each in found.facts if each.quantity in known),
            makeup=tuple(each for each in found.makeup if each.quantity in known),
        )

    monkeypatch.setattr(counting, "book", lambda: small_book(FEW))
    monkeypatch.setattr(counting, "gather", narrowed)
