"""Talks, calls, home visits, inspections and group events."""

from typing import Any

revision = "0032"
down_revision: str | None = "0031"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
