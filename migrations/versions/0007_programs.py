"""Programmes, their versions, goals and steps, and what was decided about them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0007"
down_revision: str | None = "0006"
branch_labels: Any = None
depends_on: Any = None

WRITTEN_ONCE = (
    "program_submissions",
    "program_returns",
    "program_approvals",
    "program_progress",
    "program_reviews",
    "program_closures",
    "program_sheets",
)
OF_VERSION = ("program_goals", "program_declined", "program_agreements")
SIGNED = "EXISTS (SELECT 1 FROM program_approvals a WHERE a.version_id IN (ROWS))"
SIGNED_ABOVE = (
    "EXISTS (SELECT 1 FROM program_goals g JOIN program_approvals a ON a.version_id = g.version_id "
    "WHERE g.id IN (ROWS))"
)


def upgrade() -> None:
    op.create_table(
        "programs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_programs_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_programs"),
        sa.UniqueConstraint("number", name="uq_programs_number"),
    )
    op.create_index("ix_programs_case_id", "programs", ["case_id"], unique=False)
    op.create_table(
        "program_closures",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_closures_by_id_users"),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name="fk_program_closures_program_id_programs"),
        sa.PrimaryKeyConstraint("program_id", name="pk_program_closures"),
    )
    op.create_table(
        "program_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_progress_by_id_users"),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name="fk_program_progress_program_id_programs"),
        sa.PrimaryKeyConstraint("id", name="pk_program_progress"),
    )
    op.create_index("ix_program_progress_program_id", "program_progress", ["program_id"], unique=False)
    op.create_index("ix_program_progress_thread_id", "program_progress", ["thread", "id"], unique=False)
    op.create_table(
        "program_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("drafted_by_id", sa.Integer(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("starts_on < review_on", name="ck_program_versions_starts_before_review"),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_program_versions_assessment_id_assessments"
        ),
        sa.ForeignKeyConstraint(["drafted_by_id"], ["users.id"], name="fk_program_versions_drafted_by_id_users"),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name="fk_program_versions_program_id_programs"),
        sa.PrimaryKeyConstraint("id", name="pk_program_versions"),
    )
    op.create_index("ix_program_versions_assessment_id", "program_versions", ["assessment_id"], unique=False)
    op.create_index(
        "uq_program_versions_program_id_ordinal", "program_versions", ["program_id", "ordinal"], unique=True
    )
    op.create_table(
        "program_agreements",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("representative", sa.String(length=300), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_agreements_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_agreements_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_program_agreements"),
    )
    op.create_table(
        "program_approvals",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_approvals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_approvals_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_program_approvals"),
    )
    op.create_index("ix_program_approvals_on", "program_approvals", ["on"], unique=False)
    op.create_table(
        "program_declined",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_declined_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", "rule", name="pk_program_declined"),
    )
    op.create_table(
        "program_goals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("need_id", sa.Integer(), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["need_id"], ["assessment_needs.id"], name="fk_program_goals_need_id_assessment_needs"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_goals_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_goals"),
    )
    op.create_index("ix_program_goals_thread", "program_goals", ["thread"], unique=False)
    op.create_index("ix_program_goals_version_id", "program_goals", ["version_id"], unique=False)
    op.create_table(
        "program_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_reviews_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_reviews_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_reviews"),
    )
    op.create_index("ix_program_reviews_version_id", "program_reviews", ["version_id"], unique=False)
    op.create_table(
        "program_sheets",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["users.id"], name="fk_program_sheets_issued_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_sheets_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name="pk_program_sheets"),
    )
    op.create_table(
        "program_submissions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_submissions_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_submissions_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_submissions"),
    )
    op.create_index("ix_program_submissions_version_id", "program_submissions", ["version_id"], unique=False)
    op.create_table(
        "program_returns",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_returns_by_id_users"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["program_submissions.id"], name="fk_program_returns_submission_id_program_submissions"
        ),
        sa.PrimaryKeyConstraint("submission_id", name="pk_program_returns"),
    )
    op.create_table(
        "program_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("doer", sa.String(40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["program_goals.id"], name="fk_program_steps_goal_id_program_goals"),
        sa.PrimaryKeyConstraint("id", name="pk_program_steps"),
    )
    op.create_index("ix_program_steps_due_on", "program_steps", ["due_on"], unique=False)
    op.create_index("ix_program_steps_goal_id", "program_steps", ["goal_id"], unique=False)
    op.create_index("ix_program_steps_thread", "program_steps", ["thread"], unique=False)
    for table in WRITTEN_ONCE:
        freeze(table)
    freeze("program_versions", SIGNED.replace("ROWS", "{row}.id"))
    for table, condition, above in (
        *((table, SIGNED, "version_id") for table in OF_VERSION),
        ("program_steps", SIGNED_ABOVE, "goal_id"),
    ):
        freeze(table, condition.replace("ROWS", f"{{row}}.{above}"), ("INSERT", "DELETE"))
        # An update may neither change a row of a signed version nor move one into it.
        freeze(table, condition.replace("ROWS", f"OLD.{above}, NEW.{above}"), ("UPDATE",))


def downgrade() -> None:
    for table in (*OF_VERSION, "program_steps"):
        thaw(table, ("INSERT", "UPDATE", "DELETE"))
    for table in (*WRITTEN_ONCE, "program_versions"):
        thaw(table)
    op.drop_index("ix_program_steps_thread", table_name="program_steps")
    op.drop_index("ix_program_steps_goal_id", table_name="program_steps")
    op.drop_index("ix_program_steps_due_on", table_name="program_steps")
    op.drop_table("program_steps")
    op.drop_table("program_returns")
    op.drop_index("ix_program_submissions_version_id", table_name="program_submissions")
    op.drop_table("program_submissions")
    op.drop_table("program_sheets")
    op.drop_index("ix_program_reviews_version_id", table_name="program_reviews")
    op.drop_table("program_reviews")
    op.drop_index("ix_program_goals_version_id", table_name="program_goals")
    op.drop_index("ix_program_goals_thread", table_name="program_goals")
    op.drop_table("program_goals")
    op.drop_table("program_declined")
    op.drop_index("ix_program_approvals_on", table_name="program_approvals")
    op.drop_table("program_approvals")
    op.drop_table("program_agreements")
    op.drop_index("uq_program_versions_program_id_ordinal", table_name="program_versions")
    op.drop_index("ix_program_versions_assessment_id", table_name="program_versions")
    op.drop_table("program_versions")
    op.drop_index("ix_program_progress_thread_id", table_name="program_progress")
    op.drop_index("ix_program_progress_program_id", table_name="program_progress")
    op.drop_table("program_progress")
    op.drop_table("program_closures")
    op.drop_index("ix_programs_case_id", table_name="programs")
    op.drop_table("programs")
