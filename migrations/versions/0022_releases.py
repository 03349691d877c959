"""Release plans and their items."""

from typing import Any

revision = "0022"
down_revision: str | None = "0021"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
