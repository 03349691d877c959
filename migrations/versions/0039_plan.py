"""Plans of measures: who speaks for a body, progress reports with their answers, entries of the ministry."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0039"
down_revision: str | None = "0038"
branch_labels: Any = None
depends_on: Any = None

# What was written stays; only a draft changes.
WRITTEN = (
    "plan_body_members",
    "plan_body_member_ends",
    "plan_measure_entries",
    "progress_reports",
    "progress_versions",
    "progress_lines",
    "progress_answers",
    "progress_reminders",
    "progress_reminder_results",
)
SPEAKS_ALREADY = (
    "EXISTS (SELECT 1 FROM plan_body_members known WHERE known.user_id = {row}.user_id AND NOT EXISTS "
    "(SELECT 1 FROM plan_body_member_ends ended WHERE ended.member_id = known.id))"
)
NOT_RETURNED = (
    "{row}.ordinal > 1 AND NOT EXISTS (SELECT 1 FROM progress_versions earlier JOIN progress_answers answer "
    "ON answer.version_id = earlier.id WHERE earlier.report_id = {row}.report_id "
    "AND earlier.ordinal = {row}.ordinal - 1 AND answer.kind = 'returned')"
)
ANSWERED = "EXISTS (SELECT 1 FROM progress_answers answer WHERE answer.version_id = {row}.version_id)"
# table, when a new row is refused, and what the refusal says
REFUSED = (
    ("plan_body_members", SPEAKS_ALREADY, "this user speaks for a body already"),
    ("progress_versions", NOT_RETURNED, "only what was returned is submitted again"),
    ("progress_lines", ANSWERED, "what was answered gets no more lines"),
)


def upgrade() -> None:
    op.create_table(
        "plan_body_members",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_body_members_by_id_users"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_plan_body_members_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_body_members"),
    )
    op.create_index("ix_plan_body_members_body", "plan_body_members", ["body"], unique=False)
    op.create_index("ix_plan_body_members_user_id", "plan_body_members", ["user_id"], unique=False)
    op.create_table(
        "plan_measure_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("kk", sa.Text(), nullable=True),
        sa.Column("ru", sa.Text(), nullable=True),
        sa.Column("document", sa.String(length=300), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_measure_entries_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_measure_entries"),
    )
    op.create_index("ix_plan_measure_entries_plan_measure", "plan_measure_entries", ["plan", "measure"], unique=False)
    op.create_table(
        "progress_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("body", sa.String(length=40), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["users.id"], name="fk_progress_reports_begun_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_progress_reports"),
        sa.UniqueConstraint("plan", "period", "body", name="uq_progress_reports_plan"),
    )
    op.create_table(
        "plan_body_member_ends",
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_body_member_ends_by_id_users"),
        sa.ForeignKeyConstraint(
            ["member_id"], ["plan_body_members.id"], name="fk_plan_body_member_ends_member_id_plan_body_members"
        ),
        sa.PrimaryKeyConstraint("member_id", name="pk_plan_body_member_ends"),
    )
    op.create_table(
        "progress_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("kk", sa.Text(), nullable=True),
        sa.Column("ru", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_progress_drafts_by_id_users"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_reports.id"], name="fk_progress_drafts_report_id_progress_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_progress_drafts"),
        sa.UniqueConstraint("report_id", "measure", name="uq_progress_drafts_report_id"),
    )
    op.create_table(
        "progress_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member_id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("notice", sa.String(40), nullable=False),
        sa.Column("gateway", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["plan_body_members.id"], name="fk_progress_reminders_member_id_plan_body_members"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_progress_reminders"),
        sa.UniqueConstraint("member_id", "plan", "period", "notice", name="uq_progress_reminders_member_id"),
        sa.UniqueConstraint("reference", name="uq_progress_reminders_reference"),
    )
    op.create_table(
        "progress_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ordinal > 0", name="ck_progress_versions_ordinal"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_progress_versions_by_id_users"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["progress_reports.id"], name="fk_progress_versions_report_id_progress_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_progress_versions"),
        sa.UniqueConstraint("report_id", "ordinal", name="uq_progress_versions_report_id"),
    )
    op.create_table(
        "progress_answers",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("measures", sa.JSON(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind = 'accepted' OR words IS NOT NULL", name="ck_progress_answers_words_when_returned"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_progress_answers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["progress_versions.id"], name="fk_progress_answers_version_id_progress_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_progress_answers"),
    )
    op.create_table(
        "progress_lines",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("kk", sa.Text(), nullable=True),
        sa.Column("ru", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.CheckConstraint("(state = 'done') = (done_on IS NOT NULL)", name="ck_progress_lines_day_when_done"),
        sa.CheckConstraint("kk IS NOT NULL OR ru IS NOT NULL", name="ck_progress_lines_says_something"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["progress_versions.id"], name="fk_progress_lines_version_id_progress_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_progress_lines"),
        sa.UniqueConstraint("version_id", "measure", name="uq_progress_lines_version_id"),
    )
    op.create_table(
        "progress_reminder_results",
        sa.Column("reminder_id", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reminder_id"],
            ["progress_reminders.id"],
            name="fk_progress_reminder_results_reminder_id_progress_reminders",
        ),
        sa.PrimaryKeyConstraint("reminder_id", name="pk_progress_reminder_results"),
    )
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    for table, condition, says in REFUSED:
        freeze(table, condition, ("INSERT",), says)


def downgrade() -> None:
    for table, _condition, _says in REFUSED:
        thaw(table, ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_table("progress_reminder_results")
    op.drop_table("progress_lines")
    op.drop_table("progress_answers")
    op.drop_table("progress_versions")
    op.drop_table("progress_reminders")
    op.drop_table("progress_drafts")
    op.drop_table("plan_body_member_ends")
    op.drop_table("progress_reports")
    op.drop_index("ix_plan_measure_entries_plan_measure", table_name="plan_measure_entries")
    op.drop_table("plan_measure_entries")
    op.drop_index("ix_plan_body_members_user_id", table_name="plan_body_members")
    op.drop_index("ix_plan_body_members_body", table_name="plan_body_members")
    op.drop_table("plan_body_members")
