"""Plans of measures, the bodies that answer for them, and their progress reports."""

from typing import Any

revision = "0039"
down_revision: str | None = "0038"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
