"""Reporting rhythms, visits and what came of them."""

from typing import Any

revision = "0030"
down_revision: str | None = "0029"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
