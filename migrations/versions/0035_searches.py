"""Searches for people whose whereabouts are unknown: opened, steps, declared, ended."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0035"
down_revision: str | None = "0034"
branch_labels: Any = None
depends_on: Any = None

TABLES = ("searches", "search_steps", "search_declarations", "search_ends")
GOES_ON = (
    "EXISTS (SELECT 1 FROM searches other LEFT JOIN search_ends ON search_ends.search_id = other.id "
    "WHERE other.case_id = {row}.case_id AND search_ends.search_id IS NULL)"
)


def upgrade() -> None:
    op.create_table(
        "searches",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("missed_on", sa.Date(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("missed_on <= started_on", name="ck_searches_missed_before_started"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_searches_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_searches_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
    )
    op.create_index("ix_searches_case_id", "searches", ["case_id"], unique=False)
    op.create_table(
        "search_declarations",
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("court_act", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_search_declarations_by_id_users"),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name="fk_search_declarations_search_id_searches"),
        sa.PrimaryKeyConstraint("search_id", name="pk_search_declarations"),
    )
    op.create_table(
        "search_ends",
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("ending", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("parents_told_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_search_ends_by_id_users"),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name="fk_search_ends_search_id_searches"),
        sa.PrimaryKeyConstraint("search_id", name="pk_search_ends"),
    )
    op.create_table(
        "search_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind <> 'other' OR words IS NOT NULL", name="ck_search_steps_other_in_words"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_search_steps_by_id_users"),
        sa.ForeignKeyConstraint(["search_id"], ["searches.id"], name="fk_search_steps_search_id_searches"),
        sa.PrimaryKeyConstraint("id", name="pk_search_steps"),
    )
    op.create_index("ix_search_steps_search_id", "search_steps", ["search_id"], unique=False)
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)
    freeze("searches", GOES_ON, ("INSERT",), "a search for this person goes on")


def downgrade() -> None:
    thaw("searches", ("INSERT",))
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_search_steps_search_id", table_name="search_steps")
    op.drop_table("search_steps")
    op.drop_table("search_ends")
    op.drop_table("search_declarations")
    op.drop_index("ix_searches_case_id", table_name="searches")
    op.drop_table("searches")
