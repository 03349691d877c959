"""Papers that were issued: their bytes, their check, and what took their place."""

from typing import Any

revision = "0024"
down_revision: str | None = "0023"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
