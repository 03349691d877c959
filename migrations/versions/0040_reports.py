"""Reports of the plan: half-year, year, consolidated."""

from typing import Any

revision = "0040"
down_revision: str | None = "0039"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
