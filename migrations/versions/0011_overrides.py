"""Overrides of a level and objections to an assessment, with their answers."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0011"
down_revision: str | None = "0010"
branch_labels: Any = None
depends_on: Any = None

TABLES = ("overrides", "override_answers", "override_withdrawals", "objections", "objection_answers")
# What no path around the application may write either.
NOT_THE_RAW_LEVEL = (
    "NOT EXISTS (SELECT 1 FROM assessment_completions c"
    " WHERE c.assessment_id = {row}.assessment_id AND c.level = {row}.from_level)"
)
BY_ITS_AUTHOR = (
    "EXISTS (SELECT 1 FROM overrides o JOIN assessment_completions c ON c.assessment_id = o.assessment_id"
    " WHERE o.id = {row}.override_id AND {row}.by_id IN (o.by_id, c.by_id))"
)
TAKEN_BACK = "EXISTS (SELECT 1 FROM override_withdrawals w WHERE w.override_id = {row}.override_id)"
ANSWERED = "EXISTS (SELECT 1 FROM override_answers a WHERE a.override_id = {row}.override_id)"
SECOND_APPROVAL = (
    "{row}.is_approved AND EXISTS (SELECT 1 FROM overrides mine JOIN overrides other"
    " ON other.assessment_id = mine.assessment_id JOIN override_answers a ON a.override_id = other.id"
    " WHERE mine.id = {row}.override_id AND a.is_approved)"
)
BY_THE_ASSESSOR = (
    "EXISTS (SELECT 1 FROM objections o JOIN assessment_completions c ON c.assessment_id = o.assessment_id"
    " WHERE o.id = {row}.objection_id AND c.by_id = {row}.by_id)"
)


def upgrade() -> None:
    op.create_table(
        "objections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("against", sa.String(40), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("item_code IS NULL OR against = 'answer'", name="ck_objections_item_of_answer"),
        sa.CheckConstraint('"on" < due_on', name="ck_objections_due_after_objection"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name="fk_objections_assessment_id_assessments"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_objections_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
    )
    op.create_index("ix_objections_assessment_id", "objections", ["assessment_id"], unique=False)
    op.create_table(
        "overrides",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("from_level", sa.String(40), nullable=False),
        sa.Column("to_level", sa.String(40), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("norm", sa.String(length=300), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(from_level = 'low' AND to_level = 'medium') OR (from_level = 'medium' AND to_level IN ('low', 'high'))"
            " OR (from_level = 'high' AND to_level = 'medium')",
            name="ck_overrides_one_step",
        ),
        sa.CheckConstraint("(reason = 'statutory_category') = (norm IS NOT NULL)", name="ck_overrides_norm_of_policy"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name="fk_overrides_assessment_id_assessments"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_overrides_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_overrides"),
    )
    op.create_index("ix_overrides_assessment_id", "overrides", ["assessment_id"], unique=False)
    op.create_table(
        "objection_answers",
        sa.Column("objection_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_objection_answers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name="fk_objection_answers_objection_id_objections"
        ),
        sa.PrimaryKeyConstraint("objection_id", name="pk_objection_answers"),
    )
    op.create_table(
        "override_answers",
        sa.Column("override_id", sa.Integer(), nullable=False),
        sa.Column("is_approved", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("is_approved OR words IS NOT NULL", name="ck_override_answers_words_of_refusal"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_override_answers_by_id_users"),
        sa.ForeignKeyConstraint(["override_id"], ["overrides.id"], name="fk_override_answers_override_id_overrides"),
        sa.PrimaryKeyConstraint("override_id", name="pk_override_answers"),
    )
    op.create_table(
        "override_withdrawals",
        sa.Column("override_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_override_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["override_id"], ["overrides.id"], name="fk_override_withdrawals_override_id_overrides"
        ),
        sa.PrimaryKeyConstraint("override_id", name="pk_override_withdrawals"),
    )
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)
    freeze("overrides", NOT_THE_RAW_LEVEL, ("INSERT",), "an override starts from the level of a complete assessment")
    answers = f"({BY_ITS_AUTHOR}) OR ({TAKEN_BACK}) OR ({SECOND_APPROVAL})"
    freeze("override_answers", answers, ("INSERT",), "another person answers, and only what waits for an answer")
    freeze("override_withdrawals", ANSWERED, ("INSERT",), "what is answered cannot be taken back")
    freeze("objection_answers", BY_THE_ASSESSOR, ("INSERT",), "another person than the assessor answers")


def downgrade() -> None:
    for table in ("overrides", "override_answers", "override_withdrawals", "objection_answers"):
        thaw(table, ("INSERT",))
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_table("override_withdrawals")
    op.drop_table("override_answers")
    op.drop_table("objection_answers")
    op.drop_index("ix_overrides_assessment_id", table_name="overrides")
    op.drop_table("overrides")
    op.drop_index("ix_objections_assessment_id", table_name="objections")
    op.drop_table("objections")
