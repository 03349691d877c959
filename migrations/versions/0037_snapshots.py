"""Revisions of frozen figures, the facts behind them, and the work of freezing."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0037"
down_revision: str | None = "0036"
branch_labels: Any = None
depends_on: Any = None

OPEN = sa.text("settled_at IS NULL")
OUT_OF_ORDER = (
    "{row}.revision <> (SELECT count(*) FROM indicator_snapshots earlier WHERE earlier.period = {row}.period)"
    " OR ({row}.revision > 0 AND {row}.because IS NULL)"
)


def upgrade() -> None:
    thaw("indicator_snapshots")  # SQLite builds the table anew for its unique constraint, and loses the triggers
    with op.batch_alter_table("indicator_snapshots") as snapshots:
        snapshots.add_column(sa.Column("revision", sa.Integer(), server_default="0", nullable=False))
        snapshots.add_column(sa.Column("facts", sa.Text(), nullable=True))
        snapshots.add_column(sa.Column("facts_digest", sa.String(length=64), nullable=True))
        snapshots.add_column(sa.Column("protection", sa.Text(), nullable=True))
        snapshots.add_column(sa.Column("because", sa.Text(), nullable=True))
        snapshots.add_column(sa.Column("moved", sa.JSON(), server_default="[]", nullable=False))
        snapshots.drop_constraint("uq_indicator_snapshots_period", type_="unique")
        snapshots.create_unique_constraint("uq_indicator_snapshots_period", ["period", "revision"])
    freeze("indicator_snapshots")
    freeze(
        "indicator_snapshots", OUT_OF_ORDER, ("INSERT",), "revisions follow one another, and each says why it is there"
    )
    op.create_table(
        "indicator_freezings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spoken", sa.String(length=2), nullable=False),
        sa.Column("step", sa.String(40), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snapshot_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name="fk_indicator_freezings_asked_by_id_users"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["indicator_snapshots.id"], name="fk_indicator_freezings_snapshot_id_indicator_snapshots"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_freezings"),
    )
    op.create_index("ix_indicator_freezings_period_id", "indicator_freezings", ["period", "id"], unique=False)
    op.create_index(
        "uq_indicator_freezings_open",
        "indicator_freezings",
        ["period"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    freeze("indicator_freezings", "{row}.settled_at IS NOT NULL")
    forbid_truncation("indicator_freezings")


def downgrade() -> None:
    permit_truncation("indicator_freezings")
    thaw("indicator_freezings")
    op.drop_index("uq_indicator_freezings_open", table_name="indicator_freezings")
    op.drop_index("ix_indicator_freezings_period_id", table_name="indicator_freezings")
    op.drop_table("indicator_freezings")
    thaw("indicator_snapshots", ("INSERT",))
    thaw("indicator_snapshots")
    op.execute("DELETE FROM indicator_snapshots WHERE revision > 0")  # there was one row for each period
    with op.batch_alter_table("indicator_snapshots") as snapshots:
        snapshots.drop_constraint("uq_indicator_snapshots_period", type_="unique")
        snapshots.create_unique_constraint("uq_indicator_snapshots_period", ["period"])
        for column in ("moved", "because", "protection", "facts_digest", "facts", "revision"):
            snapshots.drop_column(column)
    freeze("indicator_snapshots")
