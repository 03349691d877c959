"""Hours of community work."""

from typing import Any

revision = "0033"
down_revision: str | None = "0032"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
