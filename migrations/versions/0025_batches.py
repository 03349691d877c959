"""Batches of papers to print."""

from typing import Any

revision = "0025"
down_revision: str | None = "0024"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
