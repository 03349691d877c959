"""What the methodology proposed for a version, and what became of each proposal."""

from typing import Any

revision = "0019"
down_revision: str | None = "0018"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
