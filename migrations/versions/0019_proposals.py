"""What the methodology proposed for a version, and what became of each proposal."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0019"
down_revision: str | None = "0018"
branch_labels: Any = None
depends_on: Any = None

TABLES = ("program_bases", "program_proposals")
SIGNED = "EXISTS (SELECT 1 FROM program_approvals a WHERE a.version_id IN (ROWS))"


def upgrade() -> None:
    op.create_table(
        "program_bases",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("methodology", sa.Integer(), nullable=False),
        sa.Column("common", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_bases_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", name="pk_program_bases"),
    )
    op.create_table(
        "program_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("goal_thread", sa.String(length=32), nullable=True),
        sa.Column("is_changed", sa.Boolean(), nullable=False),
        sa.Column("change_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("NOT is_changed OR goal_thread IS NOT NULL", name="ck_program_proposals_changed_when_taken"),
        sa.CheckConstraint("change_reason IS NULL OR is_changed", name="ck_program_proposals_reason_of_change"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_proposals_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_proposals"),
    )
    op.create_index("uq_program_proposals_version_id_rule", "program_proposals", ["version_id", "rule"], unique=True)
    for table in TABLES:
        freeze(table, SIGNED.replace("ROWS", "{row}.version_id"), ("INSERT", "DELETE"))
        # An update may neither change a row of a signed version nor move one into it.
        freeze(table, SIGNED.replace("ROWS", "OLD.version_id, NEW.version_id"), ("UPDATE",))


def downgrade() -> None:
    for table in TABLES:
        thaw(table, ("INSERT", "UPDATE", "DELETE"))
    op.drop_index("uq_program_proposals_version_id_rule", table_name="program_proposals")
    op.drop_table("program_proposals")
    op.drop_table("program_bases")
