"""Triggers that keep written rows as they were written, in the words of either engine."""

from alembic import op

EVENTS = ("UPDATE", "DELETE")
STAYS = "what was written stays as it is"


def freeze(table: str, condition: str = "", events: tuple[str, ...] = EVENTS, says: str = STAYS) -> None:
    """Refuse changes to a table's rows: all of them, or those for which the condition holds.

    ``condition`` is an SQL expression on the row, which it calls ``{row}``; ``says`` is the refusal.
    """
    for event in events:
        clause = condition.format(row="NEW" if event == "INSERT" else "OLD")
        create = freeze_postgresql if is_postgresql() else freeze_sqlite
        create(table, event, clause, says)


def thaw(table: str, events: tuple[str, ...] = EVENTS) -> None:
    """Take the triggers of ``freeze`` away again."""
    for event in events:
        name = trigger_name(table, event)
        if is_postgresql():
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION {name}()")
        else:
            op.execute(f"DROP TRIGGER {name}")


def freeze_sqlite(table: str, event: str, clause: str, says: str) -> None:
    when = f"WHEN {clause}" if clause else ""
    op.execute(
        f"CREATE TRIGGER {trigger_name(table, event)} BEFORE {event} ON {table} FOR EACH ROW {when} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {says}'); END"
    )


def freeze_postgresql(table: str, event: str, clause: str, says: str) -> None:
    name = trigger_name(table, event)
    answer = "OLD" if event == "DELETE" else "NEW"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {clause or 'true'} THEN RAISE EXCEPTION '{table}: {says}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {answer}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def forbid_truncation(table: str) -> None:
    """PostgreSQL can empty a table past its row triggers; SQLite cannot."""
    if is_postgresql():
        op.execute(
            f"CREATE FUNCTION {table}_no_truncate() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"RAISE EXCEPTION '{table}: what was written stays as it is' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_no_truncate()"
        )


def permit_truncation(table: str) -> None:
    if is_postgresql():
        op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
        op.execute(f"DROP FUNCTION {table}_no_truncate()")


def trigger_name(table: str, event: str) -> str:
    return f"{table}_frozen_{event.lower()}"


def is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
