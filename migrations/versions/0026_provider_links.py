"""Links through which a provider answers one referral."""

from typing import Any

revision = "0026"
down_revision: str | None = "0025"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
