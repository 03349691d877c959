"""Answers in part, submissions opened, outcomes goal by goal, and who never decides."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0018"
down_revision: str | None = "0017"
branch_labels: Any = None
depends_on: Any = None

WRITTEN_ONCE = ("program_openings", "program_goal_outcomes")
SIGNED = "EXISTS (SELECT 1 FROM program_approvals a WHERE a.version_id IN (ROWS))"
# What no path around the application may write either.
BY_ITS_AUTHOR = (
    "EXISTS (SELECT 1 FROM program_versions v WHERE v.id = {row}.version_id AND v.drafted_by_id = {row}.by_id)"
    " OR EXISTS (SELECT 1 FROM program_submissions s"
    " WHERE s.version_id = {row}.version_id AND s.by_id = {row}.by_id)"
)
OUTDATED = (
    "EXISTS (SELECT 1 FROM program_versions mine JOIN program_versions later"
    " ON later.program_id = mine.program_id AND later.ordinal > mine.ordinal"
    " JOIN program_approvals a ON a.version_id = later.id WHERE mine.id = {row}.version_id)"
)
RETURNED_BY_ITS_AUTHOR = (
    "EXISTS (SELECT 1 FROM program_submissions s JOIN program_versions v ON v.id = s.version_id"
    " WHERE s.id = {row}.submission_id AND {row}.by_id IN (s.by_id, v.drafted_by_id))"
)
RETURNED_AFTER_APPROVAL = (
    "EXISTS (SELECT 1 FROM program_submissions s JOIN program_approvals a ON a.version_id = s.version_id"
    " WHERE s.id = {row}.submission_id)"
)


def upgrade() -> None:
    op.add_column("program_agreements", sa.Column("present", sa.String(length=300), nullable=True))
    op.add_column("program_closures", sa.Column("further", sa.Text(), nullable=True))
    op.add_column("program_closures", sa.Column("contacts", sa.Text(), nullable=True))
    op.create_table(
        "program_goal_outcomes",
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"], ["program_closures.program_id"], name="fk_program_goal_outcomes_program_id_program_closures"
        ),
        sa.PrimaryKeyConstraint("program_id", "thread", name="pk_program_goal_outcomes"),
    )
    op.create_table(
        "program_not_agreed",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["program_agreements.version_id"],
            name="fk_program_not_agreed_version_id_program_agreements",
        ),
        sa.PrimaryKeyConstraint("version_id", "thread", name="pk_program_not_agreed"),
    )
    op.create_table(
        "program_openings",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_openings_by_id_users"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["program_submissions.id"], name="fk_program_openings_submission_id_program_submissions"
        ),
        sa.PrimaryKeyConstraint("submission_id", "by_id", name="pk_program_openings"),
    )
    for table in WRITTEN_ONCE:
        freeze(table)
    freeze("program_not_agreed", SIGNED.replace("ROWS", "{row}.version_id"), ("INSERT", "DELETE"))
    freeze("program_not_agreed", SIGNED.replace("ROWS", "OLD.version_id, NEW.version_id"), ("UPDATE",))
    freeze(
        "program_approvals", f"({BY_ITS_AUTHOR}) OR ({OUTDATED})", ("INSERT",),
        "another person approves, and no version older than the approved one",
    )  # fmt: skip
    freeze(
        "program_returns", f"({RETURNED_BY_ITS_AUTHOR}) OR ({RETURNED_AFTER_APPROVAL})", ("INSERT",),
        "another person returns, and only what is not approved",
    )  # fmt: skip
    freeze(
        "program_submissions", SIGNED.replace("ROWS", "{row}.version_id"), ("INSERT",),
        "what is approved is not submitted again",
    )  # fmt: skip


def downgrade() -> None:
    for table in ("program_approvals", "program_returns", "program_submissions"):
        thaw(table, ("INSERT",))
    thaw("program_not_agreed", ("INSERT", "UPDATE", "DELETE"))
    for table in WRITTEN_ONCE:
        thaw(table)
    op.drop_table("program_openings")
    op.drop_table("program_not_agreed")
    op.drop_table("program_goal_outcomes")
    op.drop_column("program_closures", "contacts")
    op.drop_column("program_closures", "further")
    op.drop_column("program_agreements", "present")
