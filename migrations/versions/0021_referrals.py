"""Referrals to services, with everything that came of them."""

from typing import Any

revision = "0021"
down_revision: str | None = "0020"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
