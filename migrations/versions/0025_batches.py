"""Batches of papers to print."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0025"
down_revision: str | None = "0024"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "print_batches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spoken", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name="fk_print_batches_asked_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_print_batches_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_print_batches"),
    )
    op.create_index("ix_print_batches_asked_by_id", "print_batches", ["asked_by_id"], unique=False)
    op.create_index("ix_print_batches_office_id_id", "print_batches", ["office_id", "id"], unique=False)
    op.create_table(
        "print_batch_cancellations",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["print_batches.id"], name="fk_print_batch_cancellations_batch_id_print_batches"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_print_batch_cancellations_by_id_users"),
        sa.PrimaryKeyConstraint("batch_id", name="pk_print_batch_cancellations"),
    )
    op.create_index("ix_print_batch_cancellations_by_id", "print_batch_cancellations", ["by_id"], unique=False)
    op.create_table(
        "print_batch_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.CheckConstraint(
            "(settled_at IS NULL) = (paper_id IS NULL AND reason IS NULL)",
            name="ck_print_batch_items_settled_when_printed_or_failed",
        ),
        sa.CheckConstraint("paper_id IS NULL OR reason IS NULL", name="ck_print_batch_items_printed_or_failed"),
        sa.ForeignKeyConstraint(["batch_id"], ["print_batches.id"], name="fk_print_batch_items_batch_id_print_batches"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_print_batch_items_client_id_clients"),
        sa.ForeignKeyConstraint(["paper_id"], ["issued_papers.id"], name="fk_print_batch_items_paper_id_issued_papers"),
        sa.PrimaryKeyConstraint("id", name="pk_print_batch_items"),
    )
    op.create_index(
        "ix_print_batch_items_open",
        "print_batch_items",
        ["batch_id"],
        unique=False,
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.create_index(
        "uq_print_batch_items_batch_id_position", "print_batch_items", ["batch_id", "position"], unique=True
    )
    freeze("print_batches")
    freeze("print_batch_cancellations")
    freeze("print_batch_items", "{row}.settled_at IS NOT NULL")


def downgrade() -> None:
    for table in ("print_batch_items", "print_batch_cancellations", "print_batches"):
        thaw(table)
    op.drop_index("uq_print_batch_items_batch_id_position", table_name="print_batch_items")
    op.drop_index(
        "ix_print_batch_items_open",
        table_name="print_batch_items",
        postgresql_where=sa.text("settled_at IS NULL"),
        sqlite_where=sa.text("settled_at IS NULL"),
    )
    op.drop_table("print_batch_items")
    op.drop_index("ix_print_batch_cancellations_by_id", table_name="print_batch_cancellations")
    op.drop_table("print_batch_cancellations")
    op.drop_index("ix_print_batches_office_id_id", table_name="print_batches")
    op.drop_index("ix_print_batches_asked_by_id", table_name="print_batches")
    op.drop_table("print_batches")
