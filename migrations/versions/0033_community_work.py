"""Community work: hours ordered, where, the days, and the months as they were reported."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0033"
down_revision: str | None = "0032"
branch_labels: Any = None
depends_on: Any = None

FROZEN = (
    "work_orders",
    "work_order_endings",
    "work_placements",
    "work_days",
    "work_timesheets",
)


def upgrade() -> None:
    op.create_table(
        "work_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("hours", sa.Integer(), nullable=False),
        sa.Column("act_number", sa.String(length=40), nullable=True),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("hours > 0", name="ck_work_orders_some_hours"),
        sa.CheckConstraint("ordered_on <= starts_on", name="ck_work_orders_ordered_before_start"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_work_orders_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_work_orders_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_work_orders"),
    )
    op.create_index("ix_work_orders_by_id", "work_orders", ["by_id"], unique=False)
    op.create_index("ix_work_orders_case_id", "work_orders", ["case_id"], unique=False)
    op.create_table(
        "work_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(kind = 'worked') = (minutes > 0)", name="ck_work_days_minutes_when_worked"),
        sa.CheckConstraint("minutes >= 0", name="ck_work_days_minutes_are_not_negative"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_work_days_by_id_users"),
        sa.ForeignKeyConstraint(["order_id"], ["work_orders.id"], name="fk_work_days_order_id_work_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_work_days"),
    )
    op.create_index("ix_work_days_by_id", "work_days", ["by_id"], unique=False)
    op.create_index("uq_work_days_order_id_on_ordinal", "work_days", ["order_id", "on", "ordinal"], unique=True)
    op.create_table(
        "work_order_endings",
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_work_order_endings_by_id_users"),
        sa.ForeignKeyConstraint(["order_id"], ["work_orders.id"], name="fk_work_order_endings_order_id_work_orders"),
        sa.PrimaryKeyConstraint("order_id", name="pk_work_order_endings"),
    )
    op.create_index("ix_work_order_endings_by_id", "work_order_endings", ["by_id"], unique=False)
    op.create_table(
        "work_placements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("overseer", sa.String(length=300), nullable=True),
        sa.Column("is_idle", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_work_placements_by_id_users"),
        sa.ForeignKeyConstraint(["order_id"], ["work_orders.id"], name="fk_work_placements_order_id_work_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_work_placements"),
        sa.UniqueConstraint("order_id", "from_on", name="uq_work_placements_order_id"),
    )
    op.create_index("ix_work_placements_by_id", "work_placements", ["by_id"], unique=False)
    op.create_table(
        "work_timesheets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("minutes_before", sa.Integer(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0 AND absences >= 0 AND minutes_before >= 0", name="ck_work_timesheets_counts"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_work_timesheets_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_work_timesheets_case_id_cases"),
        sa.ForeignKeyConstraint(["order_id"], ["work_orders.id"], name="fk_work_timesheets_order_id_work_orders"),
        sa.PrimaryKeyConstraint("id", name="pk_work_timesheets"),
    )
    op.create_index("ix_work_timesheets_by_id", "work_timesheets", ["by_id"], unique=False)
    op.create_index("ix_work_timesheets_case_id", "work_timesheets", ["case_id"], unique=False)
    op.create_index(
        "uq_work_timesheets_order_id_month_ordinal", "work_timesheets", ["order_id", "month", "ordinal"], unique=True
    )
    for table in FROZEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in FROZEN:
        permit_truncation(table)
        thaw(table)
    op.drop_index("uq_work_timesheets_order_id_month_ordinal", table_name="work_timesheets")
    op.drop_index("ix_work_timesheets_case_id", table_name="work_timesheets")
    op.drop_index("ix_work_timesheets_by_id", table_name="work_timesheets")
    op.drop_table("work_timesheets")
    op.drop_index("ix_work_placements_by_id", table_name="work_placements")
    op.drop_table("work_placements")
    op.drop_index("ix_work_order_endings_by_id", table_name="work_order_endings")
    op.drop_table("work_order_endings")
    op.drop_index("uq_work_days_order_id_on_ordinal", table_name="work_days")
    op.drop_index("ix_work_days_by_id", table_name="work_days")
    op.drop_table("work_days")
    op.drop_index("ix_work_orders_case_id", table_name="work_orders")
    op.drop_index("ix_work_orders_by_id", table_name="work_orders")
    op.drop_table("work_orders")
