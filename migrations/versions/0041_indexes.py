"""Indexes that the indicators ask for."""

from typing import Any

revision = "0041"
down_revision: str | None = "0040"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
