"""Goals: their state, areas, days and strengths, and the programme that one grew out of."""

from typing import Any

revision = "0017"
down_revision: str | None = "0016"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
