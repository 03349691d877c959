"""Answers in part, terms, reviews side by side, outcomes goal by goal."""

from typing import Any

revision = "0018"
down_revision: str | None = "0017"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
