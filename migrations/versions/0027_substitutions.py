"""Officers who stand in for others."""

from typing import Any

revision = "0027"
down_revision: str | None = "0026"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
