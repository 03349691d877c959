"""By which cut-offs an assessment's level was found, where these came after the instrument."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.add_column("assessments", sa.Column("cutoffs_version", sa.Integer(), nullable=True))
    op.add_column("assessments", sa.Column("cutoffs_sex", sa.String(40), nullable=True))
    op.add_column("assessments", sa.Column("cutoffs_digest", sa.String(64), nullable=True))


def downgrade() -> None:
    op.drop_column("assessments", "cutoffs_digest")
    op.drop_column("assessments", "cutoffs_sex")
    op.drop_column("assessments", "cutoffs_version")
