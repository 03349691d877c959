"""Assessments, their answers, completions and needs."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0006"
down_revision: str | None = "0005"
branch_labels: Any = None
depends_on: Any = None

# What belongs to an assessment and stays as it is once that is complete.
PARTS = ("assessment_answers", "assessment_notes", "assessment_needs")
IS_COMPLETE = "EXISTS (SELECT 1 FROM assessment_completions c WHERE c.assessment_id IN ({ids}))"


def upgrade() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("instrument_code", sa.String(length=40), nullable=False),
        sa.Column("instrument_version", sa.String(length=40), nullable=False),
        sa.Column("instrument_digest", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by_id", sa.Integer(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_assessments_case_id_cases"),
        sa.ForeignKeyConstraint(["started_by_id"], ["users.id"], name="fk_assessments_started_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
    )
    op.create_index("ix_assessments_case_id", "assessments", ["case_id"], unique=False)
    op.create_table(
        "assessment_answers",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("option_code", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_assessment_answers_assessment_id_assessments"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "item_code", name="pk_assessment_answers"),
    )
    op.create_table(
        "assessment_completions",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("reassess_by", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_assessment_completions_assessment_id_assessments"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_assessment_completions_by_id_users"),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_assessment_completions"),
    )
    op.create_index("ix_assessment_completions_on", "assessment_completions", ["on"], unique=False)
    op.create_index("ix_assessment_completions_reassess_by", "assessment_completions", ["reassess_by"], unique=False)
    op.create_table(
        "assessment_needs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("is_support", sa.Boolean(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_assessment_needs_assessment_id_assessments"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_assessment_needs"),
    )
    op.create_index(
        "uq_assessment_needs_assessment_id_code", "assessment_needs", ["assessment_id", "code"], unique=True
    )
    op.create_table(
        "assessment_notes",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("domain_code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("linked_to_harm", sa.Boolean(), nullable=False),
        sa.Column("linked_to_reoffending", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_assessment_notes_assessment_id_assessments"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "domain_code", name="pk_assessment_notes"),
    )
    freeze("assessment_completions")
    freeze("assessments", IS_COMPLETE.format(ids="OLD.id"))
    for table in PARTS:
        freeze(table, IS_COMPLETE.format(ids="{row}.assessment_id"), ("INSERT", "DELETE"))
        freeze(table, IS_COMPLETE.format(ids="OLD.assessment_id, NEW.assessment_id"), ("UPDATE",))
    for table in (*PARTS, "assessment_completions"):
        forbid_truncation(table)


def downgrade() -> None:
    for table in (*PARTS, "assessment_completions"):
        permit_truncation(table)
    for table in PARTS:
        thaw(table, ("INSERT", "UPDATE", "DELETE"))
    for table in ("assessments", "assessment_completions"):
        thaw(table)
    op.drop_table("assessment_notes")
    op.drop_index("uq_assessment_needs_assessment_id_code", table_name="assessment_needs")
    op.drop_table("assessment_needs")
    op.drop_index("ix_assessment_completions_reassess_by", table_name="assessment_completions")
    op.drop_index("ix_assessment_completions_on", table_name="assessment_completions")
    op.drop_table("assessment_completions")
    op.drop_table("assessment_answers")
    op.drop_index("ix_assessments_case_id", table_name="assessments")
    op.drop_table("assessments")
