"""The hours in which offices receive people."""

from typing import Any

revision = "0029"
down_revision: str | None = "0028"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
