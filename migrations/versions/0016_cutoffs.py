"""To be filled: cutoffs."""

from typing import Any

revision = "0016"
down_revision: str | None = "0015"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
