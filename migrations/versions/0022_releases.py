"""Release plans: the expected day with its clocks, decisions, arrangements, and what became of it."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0022"
down_revision: str | None = "0021"
branch_labels: Any = None
depends_on: Any = None

TABLES = (
    "release_days", "release_dues", "release_decisions", "release_decision_withdrawals", "release_arrangements",
    "release_first_days", "releases", "release_first_visits",
)  # fmt: skip
DECIDED = (
    "EXISTS (SELECT 1 FROM release_decisions d WHERE d.case_id = {row}.case_id AND d.item_code = {row}.item_code"
    " AND NOT EXISTS (SELECT 1 FROM release_decision_withdrawals w WHERE w.decision_id = d.id))"
)


def upgrade() -> None:
    op.create_table(
        "release_arrangements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meets", sa.String(40), nullable=False),
        sa.Column("meets_name", sa.String(length=300), nullable=True),
        sa.Column("meets_phone", sa.Text(), nullable=True),
        sa.Column("first_night", sa.String(40), nullable=False),
        sa.Column("first_night_place", sa.Text(), nullable=True),
        sa.Column("visit_on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_release_arrangements_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_release_arrangements_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_release_arrangements"),
    )
    op.create_index("ix_release_arrangements_case_id", "release_arrangements", ["case_id"], unique=False)
    op.create_table(
        "release_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_release_days_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_release_days_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_release_days"),
    )
    op.create_index("ix_release_days_case_id", "release_days", ["case_id"], unique=False)
    op.create_index("ix_release_days_on_case_id", "release_days", ["on", "case_id"], unique=False)
    op.create_table(
        "release_decisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "state <> 'not_possible' OR words IS NOT NULL", name="ck_release_decisions_words_when_not_possible"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_release_decisions_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_release_decisions_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_release_decisions"),
    )
    op.create_index(
        "ix_release_decisions_case_id_item_code", "release_decisions", ["case_id", "item_code"], unique=False
    )
    op.create_table(
        "release_first_visits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("has_come", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_release_first_visits_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_release_first_visits_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_release_first_visits"),
    )
    op.create_index("ix_release_first_visits_case_id", "release_first_visits", ["case_id"], unique=False)
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_met", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("visit_by", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_releases_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_releases_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
    )
    op.create_index("ix_releases_case_id", "releases", ["case_id"], unique=False)
    op.create_table(
        "release_decision_withdrawals",
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_release_decision_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["decision_id"],
            ["release_decisions.id"],
            name="fk_release_decision_withdrawals_decision_id_release_decisions",
        ),
        sa.PrimaryKeyConstraint("decision_id", name="pk_release_decision_withdrawals"),
    )
    op.create_table(
        "release_dues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["day_id"], ["release_days.id"], name="fk_release_dues_day_id_release_days"),
        sa.PrimaryKeyConstraint("id", name="pk_release_dues"),
    )
    op.create_index("uq_release_dues_day_id_item_code", "release_dues", ["day_id", "item_code"], unique=True)
    op.create_table(
        "release_first_days",
        sa.Column("arrangement_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 10", name="ck_release_first_days_ten_days"),
        sa.ForeignKeyConstraint(
            ["arrangement_id"],
            ["release_arrangements.id"],
            name="fk_release_first_days_arrangement_id_release_arrangements",
        ),
        sa.PrimaryKeyConstraint("arrangement_id", "number", name="pk_release_first_days"),
    )
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)
    freeze("release_decisions", DECIDED, ("INSERT",), "an item is decided once")


def downgrade() -> None:
    thaw("release_decisions", ("INSERT",))
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_table("release_first_days")
    op.drop_index("uq_release_dues_day_id_item_code", table_name="release_dues")
    op.drop_table("release_dues")
    op.drop_table("release_decision_withdrawals")
    op.drop_index("ix_releases_case_id", table_name="releases")
    op.drop_table("releases")
    op.drop_index("ix_release_first_visits_case_id", table_name="release_first_visits")
    op.drop_table("release_first_visits")
    op.drop_index("ix_release_decisions_case_id_item_code", table_name="release_decisions")
    op.drop_table("release_decisions")
    op.drop_index("ix_release_days_on_case_id", table_name="release_days")
    op.drop_index("ix_release_days_case_id", table_name="release_days")
    op.drop_table("release_days")
    op.drop_index("ix_release_arrangements_case_id", table_name="release_arrangements")
    op.drop_table("release_arrangements")
