"""Frozen figures with their facts and revisions."""

from typing import Any

revision = "0037"
down_revision: str | None = "0036"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
