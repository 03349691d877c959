"""Referrals to services, with everything that came of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0021"
down_revision: str | None = "0020"
branch_labels: Any = None
depends_on: Any = None

NUMBERED = "substr({row}.number, 1, 2) = 'R-'"  # it gets its number, which tells its row, right after it is written
WRITTEN = ("referral_events", "referral_reminders")
END = "kind IN ('declined', 'done', 'dropped', 'withdrawn')"


def told(condition: str) -> str:
    """Whether a fact of the same referral fulfils the condition."""
    found = "SELECT 1 FROM referral_events told WHERE told.referral_id = {row}.referral_id AND "
    return f"EXISTS ({found}{condition})"


# The same order as in app/assistance/referrals/course.py: the database has the last word.
OUT_OF_ORDER = " OR ".join(
    (
        "{row}.kind <> 'attended' AND " + told("told." + END),
        "{row}.kind IN ('received', 'declined') AND " + told("told.kind IN ('accepted', 'started')"),
        "{row}.kind IN ('accepted', 'withdrawn') AND " + told("told.kind = 'started'"),
        "{row}.kind = 'dropped' AND NOT " + told("told.kind IN ('accepted', 'started')"),
        "{row}.kind = 'attended' AND NOT " + told("told.kind = 'started'"),
        '{row}."on" < (SELECT made_on FROM referrals WHERE referrals.id = {row}.referral_id)',
        "{row}.kind <> 'attended' AND " + told('told."on" > {row}."on"'),
        "{row}.kind = 'attended' AND " + told('told."on" > {row}."on" AND told.kind = \'started\''),
        "{row}.kind = 'attended' AND " + told('told."on" < {row}."on" AND told.' + END),
    )
)


def upgrade() -> None:
    op.create_table(
        "referrals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("service_id", sa.Integer(), nullable=False),
        sa.Column("need_code", sa.String(length=40), nullable=True),
        sa.Column("step_thread", sa.String(length=32), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("shares_contact", sa.Boolean(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_referrals_case_id_cases"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_referrals_made_by_id_users"),
        sa.ForeignKeyConstraint(["service_id"], ["services.id"], name="fk_referrals_service_id_services"),
        sa.PrimaryKeyConstraint("id", name="pk_referrals"),
        sa.UniqueConstraint("number", name="uq_referrals_number"),
    )
    op.create_index("ix_referrals_case_id", "referrals", ["case_id"], unique=False)
    op.create_index("ix_referrals_service_id", "referrals", ["service_id"], unique=False)
    op.create_index("ix_referrals_step_thread", "referrals", ["step_thread"], unique=False)
    op.create_table(
        "referral_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("result", sa.String(40), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("start_by", sa.Date(), nullable=True),
        sa.Column("by_provider", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'accepted') = (start_by IS NOT NULL)", name="ck_referral_events_clock_when_accepted"
        ),
        sa.CheckConstraint("(kind = 'done') = (result IS NOT NULL)", name="ck_referral_events_result_when_done"),
        sa.CheckConstraint(
            "(kind IN ('declined', 'dropped')) = (reason IS NOT NULL)", name="ck_referral_events_reason_when_refused"
        ),
        sa.CheckConstraint(
            "words IS NOT NULL OR (kind <> 'withdrawn' AND coalesce(reason, '') <> 'other' "
            "AND coalesce(result, '') <> 'other')",
            name="ck_referral_events_other_in_words",
        ),
        sa.CheckConstraint("by_id IS NOT NULL OR by_provider", name="ck_referral_events_by_somebody"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_referral_events_by_id_users"),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name="fk_referral_events_referral_id_referrals"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_events"),
    )
    op.create_index("uq_referral_events_day", "referral_events", ["referral_id", "kind", "on"], unique=True)
    op.create_index(
        "uq_referral_events_end",
        "referral_events",
        ["referral_id"],
        unique=True,
        sqlite_where=sa.text("kind IN ('declined', 'done', 'dropped', 'withdrawn')"),
        postgresql_where=sa.text("kind IN ('declined', 'done', 'dropped', 'withdrawn')"),
    )
    op.create_index(
        "uq_referral_events_once",
        "referral_events",
        ["referral_id", "kind"],
        unique=True,
        sqlite_where=sa.text("kind <> 'attended'"),
        postgresql_where=sa.text("kind <> 'attended'"),
    )
    op.create_table(
        "referral_reminders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("how", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint('"on" < next_on', name="ck_referral_reminders_next_is_later"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_referral_reminders_by_id_users"),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name="fk_referral_reminders_referral_id_referrals"),
        sa.PrimaryKeyConstraint("id", name="pk_referral_reminders"),
    )
    op.create_index(
        "ix_referral_reminders_referral_id_about",
        "referral_reminders",
        ["referral_id", "about", "next_on"],
        unique=False,
    )
    freeze("referrals", NUMBERED)
    forbid_truncation("referrals")
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    freeze("referral_events", OUT_OF_ORDER, ("INSERT",), "this cannot follow what is told already")


def downgrade() -> None:
    thaw("referral_events", ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    permit_truncation("referrals")
    thaw("referrals")
    op.drop_index("ix_referral_reminders_referral_id_about", table_name="referral_reminders")
    op.drop_table("referral_reminders")
    op.drop_index(
        "uq_referral_events_once",
        table_name="referral_events",
        sqlite_where=sa.text("kind <> 'attended'"),
        postgresql_where=sa.text("kind <> 'attended'"),
    )
    op.drop_index(
        "uq_referral_events_end",
        table_name="referral_events",
        sqlite_where=sa.text("kind IN ('declined', 'done', 'dropped', 'withdrawn')"),
        postgresql_where=sa.text("kind IN ('declined', 'done', 'dropped', 'withdrawn')"),
    )
    op.drop_index("uq_referral_events_day", table_name="referral_events")
    op.drop_table("referral_events")
    op.drop_index("ix_referrals_step_thread", table_name="referrals")
    op.drop_index("ix_referrals_service_id", table_name="referrals")
    op.drop_index("ix_referrals_case_id", table_name="referrals")
    op.drop_table("referrals")
