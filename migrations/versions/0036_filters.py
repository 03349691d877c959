"""Filters of the caseload that users keep."""

from typing import Any

revision = "0036"
down_revision: str | None = "0035"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
