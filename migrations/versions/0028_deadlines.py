"""Deadlines of cases, what became of them, and the day on which a judgment entered into force."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0028"
down_revision: str | None = "0027"
branch_labels: Any = None
depends_on: Any = None

TABLES = ("deadlines", "deadline_meetings", "deadline_withdrawals", "deadline_changes", "deadline_change_answers")
# A column's own constraint: SQLite adds no other to a table that stands.
IN_FORCE = "in_force_on DATE CONSTRAINT ck_cases_in_force_after_judgment CHECK (judged_on <= in_force_on)"


def upgrade() -> None:
    op.execute(f"ALTER TABLE cases ADD COLUMN {IN_FORCE}")
    op.create_table(
        "deadlines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("norm_from", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_deadlines_case_id_cases"),
        sa.ForeignKeyConstraint(["opened_by_id"], ["users.id"], name="fk_deadlines_opened_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_deadlines"),
    )
    op.create_index("ix_deadlines_case_id", "deadlines", ["case_id"], unique=False)
    op.create_index("ix_deadlines_due_on", "deadlines", ["due_on"], unique=False)
    op.create_index("uq_deadlines_event", "deadlines", ["case_id", "code", "since"], unique=True)
    op.create_table(
        "deadline_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("norm_from", sa.Date(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name="fk_deadline_changes_deadline_id_deadlines"),
        sa.PrimaryKeyConstraint("id", name="pk_deadline_changes"),
    )
    op.create_index(
        "uq_deadline_changes_day", "deadline_changes", ["deadline_id", "since", "due_on", "norm_from"], unique=True
    )
    op.create_table(
        "deadline_meetings",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_deadline_meetings_by_id_users"),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"], name="fk_deadline_meetings_deadline_id_deadlines"),
        sa.PrimaryKeyConstraint("deadline_id", name="pk_deadline_meetings"),
    )
    op.create_index("ix_deadline_meetings_by_id", "deadline_meetings", ["by_id"], unique=False)
    op.create_table(
        "deadline_withdrawals",
        sa.Column("deadline_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_deadline_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["deadlines.id"], name="fk_deadline_withdrawals_deadline_id_deadlines"
        ),
        sa.PrimaryKeyConstraint("deadline_id", name="pk_deadline_withdrawals"),
    )
    op.create_index("ix_deadline_withdrawals_by_id", "deadline_withdrawals", ["by_id"], unique=False)
    op.create_table(
        "deadline_change_answers",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_deadline_change_answers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["change_id"], ["deadline_changes.id"], name="fk_deadline_change_answers_change_id_deadline_changes"
        ),
        sa.PrimaryKeyConstraint("change_id", name="pk_deadline_change_answers"),
    )
    op.create_index("ix_deadline_change_answers_by_id", "deadline_change_answers", ["by_id"], unique=False)
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_deadline_change_answers_by_id", table_name="deadline_change_answers")
    op.drop_table("deadline_change_answers")
    op.drop_index("ix_deadline_withdrawals_by_id", table_name="deadline_withdrawals")
    op.drop_table("deadline_withdrawals")
    op.drop_index("ix_deadline_meetings_by_id", table_name="deadline_meetings")
    op.drop_table("deadline_meetings")
    op.drop_index("uq_deadline_changes_day", table_name="deadline_changes")
    op.drop_table("deadline_changes")
    op.drop_index("uq_deadlines_event", table_name="deadlines")
    op.drop_index("ix_deadlines_due_on", table_name="deadlines")
    op.drop_index("ix_deadlines_case_id", table_name="deadlines")
    op.drop_table("deadlines")
    op.drop_column("cases", "in_force_on")
