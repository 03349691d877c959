"""Frozen half-years, which never change."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0009"
down_revision: str | None = "0008"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "indicator_snapshots",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_id", sa.Integer(), nullable=True),
        sa.Column("definitions", sa.JSON(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by_id"], ["users.id"], name="fk_indicator_snapshots_frozen_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_snapshots"),
        sa.UniqueConstraint("period", name="uq_indicator_snapshots_period"),
    )
    freeze("indicator_snapshots")
    forbid_truncation("indicator_snapshots")


def downgrade() -> None:
    permit_truncation("indicator_snapshots")
    thaw("indicator_snapshots")
    op.drop_table("indicator_snapshots")
