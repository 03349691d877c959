"""Reminders to people on the register, and calendar feeds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0031"
down_revision: str | None = "0030"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = (
    "reminder_consents",
    "reminder_consent_withdrawals",
    "messages",
    "message_attempts",
    "message_results",
    "message_reports",
    "office_signatures",
    "calendar_feeds",
    "calendar_feed_withdrawals",
    "calendar_feed_openings",
)


def upgrade() -> None:
    op.create_table(
        "calendar_feeds",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_calendar_feeds_user_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_calendar_feeds"),
        sa.UniqueConstraint("digest", name="uq_calendar_feeds_digest"),
    )
    op.create_index("ix_calendar_feeds_user_id", "calendar_feeds", ["user_id"], unique=False)
    op.create_table(
        "office_signatures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kk", sa.String(length=40), nullable=False),
        sa.Column("ru", sa.String(length=40), nullable=False),
        sa.Column("en", sa.String(length=40), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_office_signatures_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_signatures_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_office_signatures"),
    )
    op.create_index("ix_office_signatures_office_id", "office_signatures", ["office_id"], unique=False)
    op.create_table(
        "calendar_feed_openings",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["calendar_feeds.id"], name="fk_calendar_feed_openings_feed_id_calendar_feeds"
        ),
        sa.PrimaryKeyConstraint("feed_id", "on", name="pk_calendar_feed_openings"),
    )
    op.create_table(
        "calendar_feed_withdrawals",
        sa.Column("feed_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["calendar_feeds.id"], name="fk_calendar_feed_withdrawals_feed_id_calendar_feeds"
        ),
        sa.PrimaryKeyConstraint("feed_id", name="pk_calendar_feed_withdrawals"),
    )
    op.create_table(
        "reminder_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(40), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("names_service", sa.Boolean(), nullable=False),
        sa.Column("representative", sa.String(length=300), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("given_on < until_on", name="ck_reminder_consents_span"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_reminder_consents_by_id_users"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_reminder_consents_client_id_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder_consents"),
    )
    op.create_index("ix_reminder_consents_client_id", "reminder_consents", ["client_id"], unique=False)
    op.create_table(
        "reminder_consent_withdrawals",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_reminder_consent_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["reminder_consents.id"],
            name="fk_reminder_consent_withdrawals_consent_id_reminder_consents",
        ),
        sa.PrimaryKeyConstraint("consent_id", name="pk_reminder_consent_withdrawals"),
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_messages_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["reminder_consents.id"], name="fk_messages_consent_id_reminder_consents"
        ),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_messages_visit_id_visits"),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("visit_id", name="uq_messages_visit_id"),
    )
    op.create_index("ix_messages_case_id", "messages", ["case_id"], unique=False)
    op.create_index("ix_messages_consent_id", "messages", ["consent_id"], unique=False)
    op.create_index("ix_messages_made_at", "messages", ["made_at"], unique=False)
    op.create_table(
        "message_attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("gateway", sa.String(length=40), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_message_attempts_message_id_messages"),
        sa.PrimaryKeyConstraint("id", name="pk_message_attempts"),
        sa.UniqueConstraint("message_id", "ordinal", name="uq_message_attempts_message_id"),
        sa.UniqueConstraint("reference", name="uq_message_attempts_reference"),
    )
    op.create_table(
        "message_reports",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("has_arrived", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["message_id"], ["messages.id"], name="fk_message_reports_message_id_messages"),
        sa.PrimaryKeyConstraint("message_id", name="pk_message_reports"),
    )
    op.create_table(
        "message_results",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("why", sa.String(40), nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind IN ('failed', 'refused')) = (why IS NOT NULL)", name="ck_message_results_why_not_taken"
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["message_attempts.id"], name="fk_message_results_attempt_id_message_attempts"
        ),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_message_results"),
    )
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_table("message_results")
    op.drop_table("message_reports")
    op.drop_table("message_attempts")
    op.drop_index("ix_messages_made_at", table_name="messages")
    op.drop_index("ix_messages_consent_id", table_name="messages")
    op.drop_index("ix_messages_case_id", table_name="messages")
    op.drop_table("messages")
    op.drop_table("reminder_consent_withdrawals")
    op.drop_index("ix_reminder_consents_client_id", table_name="reminder_consents")
    op.drop_table("reminder_consents")
    op.drop_table("calendar_feed_withdrawals")
    op.drop_table("calendar_feed_openings")
    op.drop_index("ix_office_signatures_office_id", table_name="office_signatures")
    op.drop_table("office_signatures")
    op.drop_index("ix_calendar_feeds_user_id", table_name="calendar_feeds")
    op.drop_table("calendar_feeds")
