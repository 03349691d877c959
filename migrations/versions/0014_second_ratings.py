"""Second ratings of assessments: drawn, answered, complete."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0014"
down_revision: str | None = "0013"
branch_labels: Any = None
depends_on: Any = None

IS_COMPLETE = "EXISTS (SELECT 1 FROM second_completions c WHERE c.rating_id IN ({ids}))"


def upgrade() -> None:
    op.create_table(
        "second_ratings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("assigned_to_id", sa.Integer(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessments.id"], name="fk_second_ratings_assessment_id_assessments"
        ),
        sa.ForeignKeyConstraint(["assigned_to_id"], ["users.id"], name="fk_second_ratings_assigned_to_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_second_ratings"),
        sa.UniqueConstraint("assessment_id", name="uq_second_ratings_assessment_id"),
    )
    op.create_index("ix_second_ratings_assigned_to_id", "second_ratings", ["assigned_to_id"], unique=False)
    op.create_table(
        "second_answers",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("option_code", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["second_ratings.id"], name="fk_second_answers_rating_id_second_ratings"
        ),
        sa.PrimaryKeyConstraint("rating_id", "item_code", name="pk_second_answers"),
    )
    op.create_table(
        "second_completions",
        sa.Column("rating_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_second_completions_by_id_users"),
        sa.ForeignKeyConstraint(
            ["rating_id"], ["second_ratings.id"], name="fk_second_completions_rating_id_second_ratings"
        ),
        sa.PrimaryKeyConstraint("rating_id", name="pk_second_completions"),
    )
    freeze("second_completions")
    freeze("second_ratings", IS_COMPLETE.format(ids="OLD.id"))
    freeze("second_answers", IS_COMPLETE.format(ids="{row}.rating_id"), ("INSERT", "DELETE"))
    freeze("second_answers", IS_COMPLETE.format(ids="OLD.rating_id, NEW.rating_id"), ("UPDATE",))
    for table in ("second_answers", "second_completions"):
        forbid_truncation(table)


def downgrade() -> None:
    for table in ("second_answers", "second_completions"):
        permit_truncation(table)
    thaw("second_answers", ("INSERT", "UPDATE", "DELETE"))
    for table in ("second_ratings", "second_completions"):
        thaw(table)
    op.drop_table("second_completions")
    op.drop_table("second_answers")
    op.drop_index("ix_second_ratings_assigned_to_id", table_name="second_ratings")
    op.drop_table("second_ratings")
