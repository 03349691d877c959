"""Every door of the house against the policy: each address × each role × own, own office, elsewhere."""

from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY, Reach
from app.audit.models import Entry, Kind
from app.db import db
from tests.access.house import House
from tests.access.records import Door, doors
from tests.applications import application, settled
from tests.databases import on_postgresql

READS = select(func.count()).select_from(Entry).where(Entry.kind == Kind.READ, Entry.subject != "groupparticipant")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One for all doors: who is turned away changes nothing, and what an act may have changed is made anew."""
    with settled(application(), tmp_path_factory.mktemp("house")) as app:
        yield House(app)


def granted(role: Role, door: Door) -> Reach | None:
    return POLICY[door.permission][COLUMNS.index(role)]


def walks(door: Door) -> list[tuple[Role, Reach]]:
    """Who knocks, and how far from the record: without permission, or at a page about no record, once is enough.

    Whom the policy's table alone turns away, it turns away on either engine.
    """
    return [
        (role, distance)
        for role in Role
        for distance in (Reach if door.kind and granted(role, door) else [Reach.OWN])
        if granted(role, door) or not on_postgresql()
    ]


def expected(door: Door, role: Role, distance: Reach) -> str:
    reach = granted(role, door)
    if reach is None:
        return "not permitted"
    far = door.distance(distance)
    return "open" if far is None or far <= reach else "not there"


def read_wrongly(app: Flask, door: Door, found: str, lines: int) -> bool:
    """A read of a record is one line in the journal, and a refused one is none."""
    if found != "open":
        return lines != 0
    loads = app.view_functions[door.rule.endpoint].loads
    return bool(loads) and door.method == "GET" and lines != 1


def lines() -> int:
    """Reads, without those that a page about several people notes of each of them beside the record's own."""
    return db.session.execute(READS).scalar_one()


@pytest.mark.parametrize("door", doors(application()), ids=str)
def test_a_door_opens_as_far_as_the_policy_says(house, door):
    wrong = []
    for role, distance in walks(door):
        address, before = house.address(door, role, distance), lines()
        found, should = house.knock(door, role, distance, address), expected(door, role, distance)
        read = lines() - before
        if found.split(",")[0] != should or read_wrongly(house.app, door, should, read):
            wrong.append(
                f"{role} at {address} ({distance.name.lower()}): {found}, should be {should}; {read} lines read"
            )

    assert wrong == []
