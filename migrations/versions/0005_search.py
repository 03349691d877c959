"""Finding a person by any part of a name: trigrams of the folded names, on either engine."""

from typing import Any

from alembic import op

from migrations.triggers import is_postgresql

revision = "0005"
down_revision: str | None = "0004"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    if is_postgresql():
        op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        op.execute("CREATE INDEX client_search_trigrams ON client_names USING gin (folded gin_trgm_ops)")
        op.execute("CREATE INDEX client_search_starts ON client_names (folded text_pattern_ops)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE client_search USING fts5"
        "(folded, content='client_names', content_rowid='id', tokenize='trigram')"
    )
    old = "INSERT INTO client_search(client_search, rowid, folded) VALUES ('delete', OLD.id, OLD.folded)"
    new = "INSERT INTO client_search(rowid, folded) VALUES (NEW.id, NEW.folded)"
    op.execute(f"CREATE TRIGGER client_search_insert AFTER INSERT ON client_names BEGIN {new}; END")
    op.execute(f"CREATE TRIGGER client_search_delete AFTER DELETE ON client_names BEGIN {old}; END")
    op.execute(f"CREATE TRIGGER client_search_update AFTER UPDATE ON client_names BEGIN {old}; {new}; END")


def downgrade() -> None:
    if is_postgresql():
        op.execute("DROP INDEX client_search_starts")
        op.execute("DROP INDEX client_search_trigrams")
        return
    for event in ("insert", "delete", "update"):
        op.execute(f"DROP TRIGGER client_search_{event}")
    op.execute("DROP TABLE client_search")
