"""Many more open cases from those of a synthetic register: each is copied, with all that early warning looks at."""

from typing import Any

from sqlalchemy import Connection, column, func, insert, literal, select, text
from sqlalchemy import Table as Kept

from app.db import Base, db

# Each table, in the order in which the database takes the rows, with the columns that point at other copies. What
# has no place here (answers of assessments, agreements, the journal) plays no part.
TABLES: dict[str, dict[str, str]] = {
    "clients": {},
    "cases": {"client_id": "clients"},
    "case_stages": {"case_id": "cases"},
    "case_assignments": {"case_id": "cases"},
    "assessments": {"case_id": "cases"},
    "assessment_completions": {"assessment_id": "assessments"},
    "programs": {"case_id": "cases"},
    "program_versions": {"program_id": "programs", "assessment_id": "assessments"},
    "program_goals": {"version_id": "program_versions"},
    "program_steps": {"goal_id": "program_goals"},
    "program_approvals": {"version_id": "program_versions"},
    "program_progress": {"program_id": "programs"},
    "matches": {"case_id": "cases", "program_id": "programs"},
    "match_consents": {"match_id": "matches"},
    "sessions": {"match_id": "matches"},
    "acute_reviews": {"case_id": "cases"},
    "acute_answers": {"review_id": "acute_reviews"},
    "case_events": {"case_id": "cases"},
}
OPEN = "(SELECT count(*) FROM cases WHERE id NOT IN (SELECT case_id FROM case_deregistrations))"


def open_cases() -> int:
    return db.session.scalar(text(f"SELECT {OPEN}")) or 0


def grow(cases: int) -> None:
    """Copy the open cases until there are so many, or a few more."""
    there = open_cases()
    db.session.commit()
    with db.engine.connect() as connection:
        kept = {name: Base.metadata.tables[name] for name in TABLES}
        steps = {name: highest(connection, table) for name, table in kept.items() if "id" in table.c}
        for copy in range(1, -(-cases // there)):
            for name, table in kept.items():
                connection.execute(copied(table, TABLES[name], steps, copy))
            connection.commit()
        for name in steps if connection.dialect.name == "postgresql" else ():
            found = highest(connection, kept[name])
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {found})"))
        connection.execute(text("ANALYZE"))
        connection.commit()


def highest(connection: Connection, table: Kept) -> int:
    return connection.scalar(select(func.coalesce(func.max(table.c.id), 1))) or 1


def copied(table: Kept, pointing: dict[str, str], steps: dict[str, int], copy: int) -> Any:
    """The rows of the originals once more, so many numbers further on; what is unique is made so again."""
    given: dict[str, Any] = {
        "number": column("number") + f"/{copy}",
        "thread": func.substr(column("thread"), 1, 26) + f"{copy:06}",
        "iin": literal(None), "iin_digest": literal(None), "iin_unknown": literal("not_yet_established"),
        "need_id": literal(None), "result": text("'{}'"),
    }  # fmt: skip
    names = list(table.c.keys())
    values = [
        table.c.id + copy * steps[table.name] if name == "id"
        else table.c[name] + copy * steps[pointing[name]] if name in pointing
        else given.get(name, table.c[name])
        for name in names
    ]  # fmt: skip
    return insert(table).from_select(names, select(*values).where(*of_open(table, pointing, steps)))


def of_open(table: Kept, pointing: dict[str, str], steps: dict[str, int]) -> list[Any]:
    """The originals: rows of cases that are on the register."""
    if table.name == "clients":
        return [text("clients.id IN (SELECT client_id FROM cases WHERE id NOT IN"
                     " (SELECT case_id FROM case_deregistrations))"), table.c.id <= steps["clients"]]  # fmt: skip
    if table.name == "cases":
        gone = text("cases.id NOT IN (SELECT case_id FROM case_deregistrations)")
        return [gone, table.c.id <= steps["cases"]]
    above, name = next((column, name) for column, name in pointing.items())
    parent = Base.metadata.tables[name]
    rows = select(parent.c.id).where(*of_open(parent, TABLES[name], steps))
    return [table.c[above].in_(rows)]
