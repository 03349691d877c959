"""To be filled: signals."""

from typing import Any

revision = "0015"
down_revision: str | None = "0014"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
