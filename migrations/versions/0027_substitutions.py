"""Officers who stand in for others, and cases given to others many at once."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0027"
down_revision: str | None = "0026"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = ("substitutions", "substitution_endings", "reassignments", "reassigned_cases")
# Nobody has two who stand in at once, and nobody who is away or stands in is at the other end of another one.
TAKEN = (
    "EXISTS (SELECT 1 FROM substitutions s WHERE s.from_on < {row}.to_on AND {row}.from_on < s.to_on AND "
    "(s.absent_id IN ({row}.absent_id, {row}.substitute_id) OR s.substitute_id = {row}.absent_id) AND "
    "NOT EXISTS (SELECT 1 FROM substitution_endings e WHERE e.substitution_id = s.id AND "
    'e."on" <= CASE WHEN s.from_on < {row}.from_on THEN {row}.from_on ELSE s.from_on END))'
)
ELSEWHERE = (
    "(SELECT count(*) FROM users u WHERE u.id IN ({row}.absent_id, {row}.substitute_id) "
    "AND u.office_id = {row}.office_id) <> 2"
)
REFUSED = "this overlaps another one, makes a chain or crosses offices"


def upgrade() -> None:
    op.create_table(
        "reassignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_reassignments_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_reassignments_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_reassignments"),
    )
    op.create_index("ix_reassignments_office_id", "reassignments", ["office_id"], unique=False)
    op.create_table(
        "substitutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("absent_id", sa.Integer(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("absent_id <> substitute_id", name="ck_substitutions_not_oneself"),
        sa.CheckConstraint("from_on < to_on", name="ck_substitutions_span"),
        sa.ForeignKeyConstraint(["absent_id"], ["users.id"], name="fk_substitutions_absent_id_users"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_substitutions_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_substitutions_office_id_offices"),
        sa.ForeignKeyConstraint(["substitute_id"], ["users.id"], name="fk_substitutions_substitute_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_substitutions"),
    )
    op.create_index("ix_substitutions_absent_id_to_on", "substitutions", ["absent_id", "to_on"], unique=False)
    op.create_index("ix_substitutions_office_id_to_on", "substitutions", ["office_id", "to_on"], unique=False)
    op.create_index("ix_substitutions_substitute_id_to_on", "substitutions", ["substitute_id", "to_on"], unique=False)
    op.create_table(
        "substitution_endings",
        sa.Column("substitution_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_substitution_endings_by_id_users"),
        sa.ForeignKeyConstraint(
            ["substitution_id"], ["substitutions.id"], name="fk_substitution_endings_substitution_id_substitutions"
        ),
        sa.PrimaryKeyConstraint("substitution_id", name="pk_substitution_endings"),
    )
    op.create_table(
        "reassigned_cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reassignment_id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_officer_id", sa.Integer(), nullable=True),
        sa.Column("to_officer_id", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_reassigned_cases_case_id_cases"),
        sa.ForeignKeyConstraint(["from_officer_id"], ["users.id"], name="fk_reassigned_cases_from_officer_id_users"),
        sa.ForeignKeyConstraint(
            ["reassignment_id"], ["reassignments.id"], name="fk_reassigned_cases_reassignment_id_reassignments"
        ),
        sa.ForeignKeyConstraint(["to_officer_id"], ["users.id"], name="fk_reassigned_cases_to_officer_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_reassigned_cases"),
        sa.UniqueConstraint("reassignment_id", "case_id", name="uq_reassigned_cases_reassignment_id"),
    )
    op.create_index("ix_reassigned_cases_case_id", "reassigned_cases", ["case_id"], unique=False)
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    freeze("substitutions", f"{TAKEN} OR {ELSEWHERE}", ("INSERT",), REFUSED)


def downgrade() -> None:
    thaw("substitutions", ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_reassigned_cases_case_id", table_name="reassigned_cases")
    op.drop_table("reassigned_cases")
    op.drop_table("substitution_endings")
    op.drop_index("ix_substitutions_substitute_id_to_on", table_name="substitutions")
    op.drop_index("ix_substitutions_office_id_to_on", table_name="substitutions")
    op.drop_index("ix_substitutions_absent_id_to_on", table_name="substitutions")
    op.drop_table("substitutions")
    op.drop_index("ix_reassignments_office_id", table_name="reassignments")
    op.drop_table("reassignments")
