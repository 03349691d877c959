"""The work of publishing a report of a plan."""

from typing import Any

revision = "0042"
down_revision: str | None = "0041"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
