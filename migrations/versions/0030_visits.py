"""Reporting rhythms, visits and what came of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0030"
down_revision: str | None = "0029"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = ("visit_moves", "visit_outcomes")
CHANGING = ("rhythms", "visits")
SET = ("case_id", "times", "per", "days", "is_rural", "norm_code", "reason", "set_by_id", "set_at", "from_on")
# The next rhythm ends this one, once; and the calendar notes how far it has planned. Nothing else of it changes.
SET_OTHERWISE = " OR ".join(
    ("OLD.to_on IS NOT NULL", *(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in SET))
)
MADE = ("case_id", "kind", "on", "minute", "rhythm_id", "made_at", "made_by_id")
MADE_OTHERWISE = " OR ".join(
    ("OLD.is_settled", *(f'NEW."{column}" IS DISTINCT FROM OLD."{column}"' for column in MADE))
)
AWAITED = "EXISTS (SELECT 1 FROM visits WHERE visits.id = {row}.visit_id AND NOT visits.is_settled)"
MOVED = "EXISTS (SELECT 1 FROM visit_moves WHERE visit_moves.visit_id = {row}.visit_id)"
ANSWERED = "EXISTS (SELECT 1 FROM visit_outcomes WHERE visit_outcomes.visit_id = {row}.visit_id)"


def upgrade() -> None:
    op.create_table(
        "rhythms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("per", sa.String(40), nullable=False),
        sa.Column("days", sa.String(length=100), nullable=False),
        sa.Column("is_rural", sa.Boolean(), nullable=False),
        sa.Column("norm_code", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("planned_until", sa.Date(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("norm_code IS NOT NULL OR reason IS NOT NULL", name="ck_rhythms_norm_or_reason"),
        sa.CheckConstraint("times > 0", name="ck_rhythms_times"),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="ck_rhythms_span"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_rhythms_case_id_cases"),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"], name="fk_rhythms_set_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_rhythms"),
    )
    op.create_index("ix_rhythms_case_id", "rhythms", ["case_id"], unique=False)
    op.create_index(
        "ix_rhythms_planned_until_open",
        "rhythms",
        ["planned_until", "id"],
        unique=False,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_index(
        "uq_rhythms_open",
        "rhythms",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.create_table(
        "visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("rhythm_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("is_settled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("made_by_id IS NOT NULL OR kind <> 'called'", name="ck_visits_called_by_somebody"),
        sa.CheckConstraint("minute IS NULL OR minute BETWEEN 0 AND 1439", name="ck_visits_minute"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_visits_case_id_cases"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_visits_made_by_id_users"),
        sa.ForeignKeyConstraint(["rhythm_id"], ["rhythms.id"], name="fk_visits_rhythm_id_rhythms"),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
    )
    op.create_index(
        "ix_visits_awaited",
        "visits",
        ["case_id", "on"],
        unique=False,
        sqlite_where=sa.text("NOT is_settled"),
        postgresql_where=sa.text("NOT is_settled"),
    )
    op.create_index(
        "ix_visits_awaited_on",
        "visits",
        ["on", "case_id"],
        unique=False,
        sqlite_where=sa.text("NOT is_settled"),
        postgresql_where=sa.text("NOT is_settled"),
    )
    op.create_index(
        "ix_visits_at_a_time",
        "visits",
        ["on", "case_id"],
        unique=False,
        sqlite_where=sa.text("minute IS NOT NULL"),
        postgresql_where=sa.text("minute IS NOT NULL"),
    )
    op.create_index("ix_visits_case_id_on", "visits", ["case_id", "on"], unique=False)
    op.create_index("ix_visits_on_case_id", "visits", ["on", "case_id"], unique=False)
    op.create_index(
        "uq_visits_by_the_calendar",
        "visits",
        ["rhythm_id", "on"],
        unique=True,
        sqlite_where=sa.text("rhythm_id IS NOT NULL AND made_by_id IS NULL"),
        postgresql_where=sa.text("rhythm_id IS NOT NULL AND made_by_id IS NULL"),
    )
    op.create_table(
        "visit_moves",
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("to_visit_id", sa.Integer(), nullable=True),
        sa.Column("rhythm_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("reason IS NOT NULL OR rhythm_id IS NOT NULL", name="ck_visit_moves_says_why"),
        sa.CheckConstraint("to_visit_id IS NULL OR to_visit_id <> visit_id", name="ck_visit_moves_to_another"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_visit_moves_by_id_users"),
        sa.ForeignKeyConstraint(["rhythm_id"], ["rhythms.id"], name="fk_visit_moves_rhythm_id_rhythms"),
        sa.ForeignKeyConstraint(["to_visit_id"], ["visits.id"], name="fk_visit_moves_to_visit_id_visits"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_moves_visit_id_visits"),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit_moves"),
        sa.UniqueConstraint("to_visit_id", name="uq_visit_moves_to_visit_id"),
    )
    op.create_table(
        "visit_outcomes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visit_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=True),
        sa.Column("proof", sa.String(length=300), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'valid_reason') = (reason IS NOT NULL)", name="ck_visit_outcomes_reason_when_valid"
        ),
        sa.CheckConstraint("kind <> 'valid_reason' OR proof IS NOT NULL", name="ck_visit_outcomes_proof_when_valid"),
        sa.CheckConstraint("ordinal = 1 OR words IS NOT NULL", name="ck_visit_outcomes_correction_says_why"),
        sa.CheckConstraint("ordinal > 0", name="ck_visit_outcomes_ordinal"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_visit_outcomes_by_id_users"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_outcomes_visit_id_visits"),
        sa.PrimaryKeyConstraint("id", name="pk_visit_outcomes"),
    )
    op.create_index("ix_visit_outcomes_on", "visit_outcomes", ["on", "kind"], unique=False)
    op.create_index("uq_visit_outcomes_visit_id_ordinal", "visit_outcomes", ["visit_id", "ordinal"], unique=True)
    freeze("rhythms", SET_OTHERWISE, ("UPDATE",))
    freeze("visits", MADE_OTHERWISE, ("UPDATE",))
    for table in CHANGING:
        freeze(table, events=("DELETE",))
        forbid_truncation(table)
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    # The same as in app/supervision/calendar/outcomes.py and moves.py: the database has the last word.
    freeze("visit_outcomes", f"{AWAITED} OR {MOVED}", ("INSERT",), "a visit that moved or is not settled")
    freeze("visit_moves", f"{AWAITED} OR {ANSWERED}", ("INSERT",), "a visit that has an outcome or is not settled")


def downgrade() -> None:
    for table in ("visit_moves", "visit_outcomes"):
        thaw(table, ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    for table in CHANGING:
        permit_truncation(table)
        thaw(table)
    op.drop_index("uq_visit_outcomes_visit_id_ordinal", table_name="visit_outcomes")
    op.drop_index("ix_visit_outcomes_on", table_name="visit_outcomes")
    op.drop_table("visit_outcomes")
    op.drop_table("visit_moves")
    op.drop_index(
        "uq_visits_by_the_calendar",
        table_name="visits",
        sqlite_where=sa.text("rhythm_id IS NOT NULL AND made_by_id IS NULL"),
        postgresql_where=sa.text("rhythm_id IS NOT NULL AND made_by_id IS NULL"),
    )
    op.drop_index("ix_visits_on_case_id", table_name="visits")
    op.drop_index(
        "ix_visits_at_a_time",
        table_name="visits",
        sqlite_where=sa.text("minute IS NOT NULL"),
        postgresql_where=sa.text("minute IS NOT NULL"),
    )
    op.drop_index("ix_visits_case_id_on", table_name="visits")
    op.drop_index(
        "ix_visits_awaited_on",
        table_name="visits",
        sqlite_where=sa.text("NOT is_settled"),
        postgresql_where=sa.text("NOT is_settled"),
    )
    op.drop_index(
        "ix_visits_awaited",
        table_name="visits",
        sqlite_where=sa.text("NOT is_settled"),
        postgresql_where=sa.text("NOT is_settled"),
    )
    op.drop_table("visits")
    op.drop_index(
        "uq_rhythms_open",
        table_name="rhythms",
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.drop_index(
        "ix_rhythms_planned_until_open",
        table_name="rhythms",
        sqlite_where=sa.text("to_on IS NULL"),
        postgresql_where=sa.text("to_on IS NULL"),
    )
    op.drop_index("ix_rhythms_case_id", table_name="rhythms")
    op.drop_table("rhythms")
