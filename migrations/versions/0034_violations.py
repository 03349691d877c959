"""Violations and what was answered to them, incentives."""

from typing import Any

revision = "0034"
down_revision: str | None = "0033"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
