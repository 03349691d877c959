"""Matches, consents and sessions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0008"
down_revision: str | None = "0007"
branch_labels: Any = None
depends_on: Any = None

WRITTEN_ONCE = (
    "match_consents",
    "match_consent_withdrawals",
    "match_endings",
    "sessions",
    "session_confirmations",
    "session_questions",
    "session_replies",
)
KEPT = "matches"  # may be given other goals, never taken away


def upgrade() -> None:
    op.create_table(
        "helpers",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("undertaking_on", sa.Date(), nullable=True),
        sa.Column("organisation", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_helpers_user_id_users"),
        sa.PrimaryKeyConstraint("user_id", name="pk_helpers"),
    )
    op.create_table(
        "matches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_matches_case_id_cases"),
        sa.ForeignKeyConstraint(["helper_id"], ["users.id"], name="fk_matches_helper_id_users"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_matches_made_by_id_users"),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name="fk_matches_program_id_programs"),
        sa.PrimaryKeyConstraint("id", name="pk_matches"),
    )
    op.create_index("ix_matches_case_id", "matches", ["case_id"], unique=False)
    op.create_index("ix_matches_helper_id", "matches", ["helper_id"], unique=False)
    op.create_table(
        "match_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("names_phone", sa.Boolean(), nullable=False),
        sa.Column("names_address", sa.Boolean(), nullable=False),
        sa.Column("representative", sa.String(length=300), nullable=True),
        sa.Column("recorded_by_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("given_on < until_on", name="ck_match_consents_span"),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_match_consents_match_id_matches"),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["users.id"], name="fk_match_consents_recorded_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_match_consents"),
    )
    op.create_index("ix_match_consents_match_id", "match_consents", ["match_id"], unique=False)
    op.create_table(
        "match_endings",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_match_endings_by_id_users"),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_match_endings_match_id_matches"),
        sa.PrimaryKeyConstraint("match_id", name="pk_match_endings"),
    )
    op.create_table(
        "match_goals",
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_match_goals_match_id_matches"),
        sa.PrimaryKeyConstraint("match_id", "thread", name="pk_match_goals"),
    )
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("match_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("medium", sa.String(40), nullable=False),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("has_met", sa.Boolean(), nullable=False),
        sa.Column("absence", sa.String(40), nullable=True),
        sa.Column("done", sa.Text(), nullable=True),
        sa.Column("goal_thread", sa.String(length=32), nullable=True),
        sa.Column("has_concern", sa.Boolean(), nullable=False),
        sa.Column("concern", sa.Text(), nullable=True),
        sa.Column("logged_by_id", sa.Integer(), nullable=False),
        sa.Column("logged_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("has_concern = (concern IS NOT NULL)", name="ck_sessions_concern_in_words"),
        sa.CheckConstraint("has_met = (absence IS NULL)", name="ck_sessions_met_or_reason"),
        sa.CheckConstraint("has_met = (minutes > 0)", name="ck_sessions_time_when_met"),
        sa.CheckConstraint("minutes BETWEEN 0 AND 720", name="ck_sessions_minutes"),
        sa.ForeignKeyConstraint(["logged_by_id"], ["users.id"], name="fk_sessions_logged_by_id_users"),
        sa.ForeignKeyConstraint(["match_id"], ["matches.id"], name="fk_sessions_match_id_matches"),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )
    op.create_index("ix_sessions_logged_by_id_on", "sessions", ["logged_by_id", "on"], unique=False)
    op.create_index("ix_sessions_match_id_on", "sessions", ["match_id", "on"], unique=False)
    op.create_index("ix_sessions_on", "sessions", ["on"], unique=False)
    op.create_table(
        "match_consent_withdrawals",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_match_consent_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["match_consents.id"], name="fk_match_consent_withdrawals_consent_id_match_consents"
        ),
        sa.PrimaryKeyConstraint("consent_id", name="pk_match_consent_withdrawals"),
    )
    op.create_table(
        "session_confirmations",
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_session_confirmations_by_id_users"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_session_confirmations_session_id_sessions"),
        sa.PrimaryKeyConstraint("session_id", name="pk_session_confirmations"),
    )
    op.create_table(
        "session_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_session_questions_by_id_users"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_session_questions_session_id_sessions"),
        sa.PrimaryKeyConstraint("id", name="pk_session_questions"),
    )
    op.create_index("ix_session_questions_session_id", "session_questions", ["session_id"], unique=False)
    op.create_table(
        "session_replies",
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_session_replies_by_id_users"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["session_questions.id"], name="fk_session_replies_question_id_session_questions"
        ),
        sa.PrimaryKeyConstraint("question_id", name="pk_session_replies"),
    )
    for table in WRITTEN_ONCE:
        freeze(table)
    freeze(KEPT, events=("DELETE",))


def downgrade() -> None:
    thaw(KEPT, events=("DELETE",))
    for table in WRITTEN_ONCE:
        thaw(table)
    op.drop_table("session_replies")
    op.drop_index("ix_session_questions_session_id", table_name="session_questions")
    op.drop_table("session_questions")
    op.drop_table("session_confirmations")
    op.drop_table("match_consent_withdrawals")
    op.drop_index("ix_sessions_on", table_name="sessions")
    op.drop_index("ix_sessions_match_id_on", table_name="sessions")
    op.drop_index("ix_sessions_logged_by_id_on", table_name="sessions")
    op.drop_table("sessions")
    op.drop_table("match_goals")
    op.drop_table("match_endings")
    op.drop_index("ix_match_consents_match_id", table_name="match_consents")
    op.drop_table("match_consents")
    op.drop_index("ix_matches_helper_id", table_name="matches")
    op.drop_index("ix_matches_case_id", table_name="matches")
    op.drop_table("matches")
    op.drop_table("helpers")
