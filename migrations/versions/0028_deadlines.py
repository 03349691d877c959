"""Deadlines of cases, and what became of them."""

from typing import Any

revision = "0028"
down_revision: str | None = "0027"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
