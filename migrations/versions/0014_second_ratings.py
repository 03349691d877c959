"""To be filled: second_ratings."""

from typing import Any

revision = "0014"
down_revision: str | None = "0013"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
