"""Acute reviews, their answers and withdrawals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0013"
down_revision: str | None = "0012"
branch_labels: Any = None
depends_on: Any = None

WRITTEN_ONCE = ("acute_reviews", "acute_answers", "acute_withdrawals")
IS_WHOLE = (  # the review has all the answers that it said it would have
    "(SELECT count(*) FROM acute_answers a WHERE a.review_id = {row}.review_id)"
    " >= (SELECT r.items FROM acute_reviews r WHERE r.id = {row}.review_id)"
)


def upgrade() -> None:
    op.create_table(
        "acute_reviews",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("instrument_code", sa.String(length=40), nullable=False),
        sa.Column("instrument_version", sa.String(length=40), nullable=False),
        sa.Column("instrument_digest", sa.String(length=64), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("acute_sum", sa.Integer(), nullable=False),
        sa.Column("protective_sum", sa.Integer(), nullable=False),
        sa.Column("acute_unknown", sa.Integer(), nullable=False),
        sa.Column("protective_unknown", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint("acute_sum >= 0 AND protective_sum >= 0", name="ck_acute_reviews_sums"),
        sa.CheckConstraint("acute_unknown >= 0 AND protective_unknown >= 0", name="ck_acute_reviews_unknown"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_acute_reviews_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_acute_reviews_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_acute_reviews"),
    )
    op.create_index("ix_acute_reviews_case_id_on", "acute_reviews", ["case_id", "on"], unique=False)
    op.create_table(
        "acute_answers",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("option_code", sa.String(length=40), nullable=True),
        sa.Column("points", sa.Integer(), nullable=True),
        sa.CheckConstraint("(option_code IS NULL) = (points IS NULL)", name="ck_acute_answers_known"),
        sa.ForeignKeyConstraint(["review_id"], ["acute_reviews.id"], name="fk_acute_answers_review_id_acute_reviews"),
        sa.PrimaryKeyConstraint("review_id", "item_code", name="pk_acute_answers"),
    )
    op.create_table(
        "acute_withdrawals",
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_acute_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["review_id"], ["acute_reviews.id"], name="fk_acute_withdrawals_review_id_acute_reviews"
        ),
        sa.PrimaryKeyConstraint("review_id", name="pk_acute_withdrawals"),
    )
    for table in WRITTEN_ONCE:
        freeze(table)
        forbid_truncation(table)
    freeze("acute_answers", IS_WHOLE, ("INSERT",))


def downgrade() -> None:
    thaw("acute_answers", ("INSERT",))
    for table in WRITTEN_ONCE:
        permit_truncation(table)
        thaw(table)
    op.drop_table("acute_withdrawals")
    op.drop_table("acute_answers")
    op.drop_index("ix_acute_reviews_case_id_on", table_name="acute_reviews")
    op.drop_table("acute_reviews")
