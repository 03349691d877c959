"""Releases of protected figures, and the files that were given out."""

from typing import Any

revision = "0038"
down_revision: str | None = "0037"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
