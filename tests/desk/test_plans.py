"""On PostgreSQL, no page looks through a table that grows with the register: every scan has an index to start from."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import event, select

from app.access.models import Role, User
from app.db import db
from app.desk.tasks import remind
from app.offices.models import Office
from app.seeds import population, reference_data
from bench.pages import PART_OF_A_NAME, busiest_officer, somebody_of
from tests.databases import on_postgresql
from tests.factories.people import make_user
from tests.factories.substitutions import make_substitution

pytestmark = pytest.mark.skipif(not on_postgresql(), reason="reads PostgreSQL's plans")

PEOPLE = 2000
# Tables as small as these are read whole, from an index too; without these ways an index needs a condition.
WAYS_TO_READ_WHOLE = ("enable_seqscan", "enable_indexscan", "enable_indexonlyscan")
DO_NOT_GROW = {"users", "user_suspensions", "offices", "regions", "region_names"}
# Every filter and every order of the caseload once.
CASELOADS = (
    "/caseload",
    "/caseload?order=visit&stage=sentence&level=high&visit=week",
    "/caseload?order=contact&silent=30&signals=unseen",
    "/caseload?order=term&term=180&late=anything",
    "/caseload?order=registered&basis=conditional_sentence&visit=none",
    "/caseload.csv?level=never",
)


@pytest.fixture
def officer(app) -> User:
    reference_data.load()
    population.load(PEOPLE, 1)
    remind()
    return busiest_officer()


def said_by(act) -> list[tuple[str, Any]]:
    """The questions that an act asks of the database."""
    heard = []

    def note(_connection, _cursor, statement, values, *_rest) -> None:
        if statement.startswith(("SELECT", "WITH")):
            heard.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return heard


def scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    if "Relation Name" in node:
        yield node
    for inner in node.get("Plans", ()):
        yield from scans(inner)


def unguided(statement: str, values: Any) -> set[str]:
    """The growing tables that a statement reads without a condition on an index."""
    connection = db.session.connection()
    for way in WAYS_TO_READ_WHOLE:
        connection.exec_driver_sql(f"SET LOCAL {way} = off")
    plan = connection.exec_driver_sql("EXPLAIN (FORMAT JSON) " + statement, values).scalar_one()[0]["Plan"]
    return {
        node["Relation Name"]
        for node in scans(plan)
        if "Recheck Cond" not in node and node["Relation Name"] not in DO_NOT_GROW
    }


def test_no_page_looks_through_a_table_that_grows(sign_in, officer):
    head = db.session.scalars(
        select(User).where(User.role == Role.SUPERVISOR, User.office_id == officer.office_id)
    ).first()
    make_substitution(make_user(office=db.session.get_one(Office, officer.office_id)), officer, by=head)
    person = f"/people/{somebody_of(officer)}"
    tabs = [
        f"{person}/{tab}" for tab in ("record", "assessments", "acute-reviews", "programs", "assistance", "sessions")
    ]
    own = [
        "/",
        "/day/late",
        *CASELOADS,
        "/referrals",
        "/referrals?state=&silent=1",
        "/people",
        "/people?register=both",
        f"/people?q={PART_OF_A_NAME}",
        "/people?q=ки",
        person,
        *tabs,
    ]
    asked = {
        address: said_by(lambda browser=browser, address=address: browser.get(address))
        for browser, addresses in (
            (sign_in(officer), own),
            (
                sign_in(head),
                [
                    "/",
                    "/referrals",
                    "/referrals/outcomes",
                    "/people",
                    "/queue",
                    "/submissions",
                    "/workload",
                    f"/reassignments/new?officer={officer.id}",
                    "/substitutions",
                    *CASELOADS,
                ],
            ),
        )
        for address in addresses
    }

    found = {
        (address, table, statement[:300])
        for address, statements in asked.items()
        for statement, values in statements
        for table in unguided(statement, values)
    }

    assert all(asked.values())
    assert not found, "\n".join(map(str, sorted(found)))
