"""Searches for people who went into hiding."""

from typing import Any

revision = "0035"
down_revision: str | None = "0034"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
