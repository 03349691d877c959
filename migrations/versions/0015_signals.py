"""Signals of early warning, their evidence, and what people did about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0015"
down_revision: str | None = "0014"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = ("signals", "signal_evidence", "signal_acknowledgements", "signal_actions", "signal_snoozes",
           "signal_closures")  # fmt: skip
# What a closed signal takes no more of. Seeing it is written with the closure, in whichever order.
OPEN_ENDED = ("signal_evidence", "signal_actions", "signal_snoozes")
IS_CLOSED = "EXISTS (SELECT 1 FROM signal_closures WHERE signal_closures.signal_id = {row}.signal_id)"


def upgrade() -> None:
    op.create_table(
        "signals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.String(length=40), nullable=False),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.Column("episode", sa.String(length=300), nullable=False),
        sa.Column("urgency", sa.Integer(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_signals_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_signals"),
        sa.UniqueConstraint("case_id", "rule_code", "episode", name="uq_signals_episode"),
    )
    op.create_index("ix_signals_rule_code", "signals", ["rule_code"], unique=False)
    op.create_index("ix_signals_urgency_id", "signals", ["urgency", "id"], unique=False)
    op.create_table(
        "signal_acknowledgements",
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_signal_acknowledgements_by_id_users"),
        sa.ForeignKeyConstraint(["signal_id"], ["signals.id"], name="fk_signal_acknowledgements_signal_id_signals"),
        sa.PrimaryKeyConstraint("signal_id", name="pk_signal_acknowledgements"),
    )
    op.create_table(
        "signal_actions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_signal_actions_by_id_users"),
        sa.ForeignKeyConstraint(["signal_id"], ["signals.id"], name="fk_signal_actions_signal_id_signals"),
        sa.PrimaryKeyConstraint("id", name="pk_signal_actions"),
    )
    op.create_index("ix_signal_actions_signal_id", "signal_actions", ["signal_id"], unique=False)
    op.create_table(
        "signal_closures",
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("(verdict = 'settled') = (by_id IS NULL)", name="ck_signal_closures_by_whom"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_signal_closures_by_id_users"),
        sa.ForeignKeyConstraint(["signal_id"], ["signals.id"], name="fk_signal_closures_signal_id_signals"),
        sa.PrimaryKeyConstraint("signal_id", name="pk_signal_closures"),
    )
    op.create_table(
        "signal_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("rule_code", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_signal_evidence_case_id_cases"),
        sa.ForeignKeyConstraint(["signal_id"], ["signals.id"], name="fk_signal_evidence_signal_id_signals"),
        sa.PrimaryKeyConstraint("id", name="pk_signal_evidence"),
        sa.UniqueConstraint("case_id", "rule_code", "key", name="uq_signal_evidence_key"),
    )
    op.create_index("ix_signal_evidence_signal_id", "signal_evidence", ["signal_id"], unique=False)
    op.create_table(
        "signal_snoozes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signal_id", sa.Integer(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_signal_snoozes_by_id_users"),
        sa.ForeignKeyConstraint(["signal_id"], ["signals.id"], name="fk_signal_snoozes_signal_id_signals"),
        sa.PrimaryKeyConstraint("id", name="pk_signal_snoozes"),
    )
    op.create_index("ix_signal_snoozes_signal_id", "signal_snoozes", ["signal_id"], unique=False)
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    for table in OPEN_ENDED:
        freeze(table, IS_CLOSED, ("INSERT",))


def downgrade() -> None:
    for table in OPEN_ENDED:
        thaw(table, ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_signal_snoozes_signal_id", table_name="signal_snoozes")
    op.drop_table("signal_snoozes")
    op.drop_index("ix_signal_evidence_signal_id", table_name="signal_evidence")
    op.drop_table("signal_evidence")
    op.drop_table("signal_closures")
    op.drop_index("ix_signal_actions_signal_id", table_name="signal_actions")
    op.drop_table("signal_actions")
    op.drop_table("signal_acknowledgements")
    op.drop_index("ix_signals_urgency_id", table_name="signals")
    op.drop_index("ix_signals_rule_code", table_name="signals")
    op.drop_table("signals")
