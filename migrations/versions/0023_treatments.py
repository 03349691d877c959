"""The handover of a treatment, with the person's consent."""

from typing import Any

revision = "0023"
down_revision: str | None = "0022"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
