"""Events of a case and their withdrawals; answers carried over from the assessment before."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0012"
down_revision: str | None = "0011"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = ("case_events", "case_event_withdrawals")


def upgrade() -> None:
    op.create_table(
        "case_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_events_case_id_cases"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name="fk_case_events_recorded_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_case_events"),
    )
    op.create_index("ix_case_events_case_id", "case_events", ["case_id"], unique=False)
    op.create_index("ix_case_events_on_case_id", "case_events", ["on", "case_id"], unique=False)
    op.create_index("ix_case_events_recorded_by_id", "case_events", ["recorded_by_id"], unique=False)
    op.create_table(
        "case_event_withdrawals",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_case_event_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["case_events.id"], name="fk_case_event_withdrawals_event_id_case_events"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_case_event_withdrawals"),
    )
    op.create_index("ix_case_event_withdrawals_by_id", "case_event_withdrawals", ["by_id"], unique=False)
    op.add_column(
        "assessment_answers", sa.Column("carried_over", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_column("assessment_answers", "carried_over")
    op.drop_index("ix_case_event_withdrawals_by_id", table_name="case_event_withdrawals")
    op.drop_table("case_event_withdrawals")
    op.drop_index("ix_case_events_recorded_by_id", table_name="case_events")
    op.drop_index("ix_case_events_on_case_id", table_name="case_events")
    op.drop_index("ix_case_events_case_id", table_name="case_events")
    op.drop_table("case_events")
