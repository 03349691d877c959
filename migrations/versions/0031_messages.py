"""Reminders to people on the register, and calendar feeds."""

from typing import Any

revision = "0031"
down_revision: str | None = "0030"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
