"""A register of any size from a smaller one: copied whole, offices and officers too, so that nobody gets more people.

Each copy is another region. What the pages measured here never read (answers of assessments, the journal) is left out.
Names repeat, so this is no register to measure a search by name on.
"""

from typing import Any

from sqlalchemy import Connection, String, Table, cast, func, insert, literal, select, text

from app.db import Base, db

TABLES = (
    "offices", "users", "clients", "client_circumstances", "cases", "case_stages", "case_bodies", "case_assignments",
    "case_deregistrations", "case_events", "assessments", "assessment_needs", "assessment_completions", "overrides",
    "override_answers", "acute_reviews", "violations", "violation_withdrawals", "excuses", "answers", "answer_drafts",
    "answer_submissions", "answer_signatures",
    "programs", "program_versions", "program_goals", "program_steps", "program_agreements", "program_submissions",
    "program_approvals", "program_progress", "program_goal_progress", "program_reviews", "program_closures",
    "referrals", "referral_events", "matches", "match_consents", "sessions", "session_confirmations", "rhythms",
    "visits", "visit_outcomes", "contacts", "deadlines", "deadline_meetings", "group_events",
    "group_event_cancellations", "group_participants", "group_attendances", "release_days", "releases",
    "treatment_consents", "treatment_handovers",
)  # fmt: skip
# What is unique is made so again, within the width of its column.
UNIQUE = {"users.name": 100, "offices.code": 40, "cases.number": 40, "referrals.number": 40, "programs.number": 40,
          "answers.number": 40}  # fmt: skip
EMPTY = {"clients.iin": None, "clients.iin_digest": None, "clients.iin_unknown": "not_yet_established",
         "program_goals.need_id": None}  # fmt: skip
WHOLE_RESULT = "assessment_completions.result"  # how points came about: long, and no list reads it


def spread(times: int) -> None:
    """Have the register so many times, on PostgreSQL; a copy is written in one statement for each table."""
    kept = [Base.metadata.tables[name] for name in TABLES]
    with db.engine.connect() as connection:
        steps = {table.name: highest(connection, table) for table in kept if "id" in table.c}
        # Copies of sound rows are sound: their triggers and foreign keys need not be asked a million times.
        connection.execute(text("SET session_replication_role = replica"))
        for copy in range(1, times):
            for table in kept:
                connection.execute(copied(table, steps, copy))
            connection.commit()
        for name, step in steps.items():
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {step * times})"))
        connection.execute(text("SET session_replication_role = origin"))
        connection.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


def highest(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.coalesce(func.max(table.c.id), 1))) or 1


def copied(table: Table, steps: dict[str, int], copy: int) -> Any:
    """The rows of the first register once more, so many numbers further on."""
    values = [value(column, steps, copy) for column in table.c]
    return insert(table).from_select(list(table.c.keys()), select(*values).where(of_the_first(table, steps)))


def value(column: Any, steps: dict[str, int], copy: int) -> Any:
    """What a copy holds in a column."""
    name, target = f"{column.table.name}.{column.name}", pointed_at(column, steps)
    if name == WHOLE_RESULT:
        return text("'{}'")
    if name in EMPTY:
        return cast(literal(EMPTY[name]), column.type)
    if column.name == "thread":
        return func.substr(column, 1, 26) + f"{copy:06}"
    if name in UNIQUE:
        return func.substr(cast(column, String), 1, UNIQUE[name] - 7) + f"/{copy}"
    numbers = target or (column.table.name if column.name == "id" else None)
    return column + copy * steps[numbers] if numbers else column


def pointed_at(column: Any, steps: dict[str, int]) -> str | None:
    """The copied table whose number a column holds."""
    names = {key.column.table.name for key in column.foreign_keys if key.column.name == "id"}
    return next(iter(names & steps.keys()), None) or next(
        (pointed_at(key.column, steps) for key in column.foreign_keys if key.column.foreign_keys), None
    )


def of_the_first(table: Table, steps: dict[str, int]) -> Any:
    if "id" in table.c:
        return table.c.id <= steps[table.name]
    (key,) = list(table.primary_key.columns)[:1]
    target = pointed_at(key, steps)
    if target is None:
        raise ValueError(f"{table.name} has no number of its own, and points at none")
    return key <= steps[target]
