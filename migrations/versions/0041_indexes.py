"""Agreements with partner organisations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0041"
down_revision: str | None = "0040"
branch_labels: Any = None
depends_on: Any = None

TABLES = ("agreements", "agreement_endings", "agreement_withdrawals")


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(40), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("last_on IS NULL OR signed_on <= last_on", name="ck_agreements_span"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_agreements_by_id_users"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_agreements_organisation_id_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_agreements"),
    )
    op.create_index("ix_agreements_organisation_id", "agreements", ["organisation_id"], unique=False)
    op.create_index("ix_agreements_signed_on_id", "agreements", ["signed_on", "id"], unique=False)
    op.create_table(
        "agreement_endings",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name="fk_agreement_endings_agreement_id_agreements"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_agreement_endings_by_id_users"),
        sa.PrimaryKeyConstraint("agreement_id", name="pk_agreement_endings"),
    )
    op.create_table(
        "agreement_withdrawals",
        sa.Column("agreement_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agreement_id"], ["agreements.id"], name="fk_agreement_withdrawals_agreement_id_agreements"
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_agreement_withdrawals_by_id_users"),
        sa.PrimaryKeyConstraint("agreement_id", name="pk_agreement_withdrawals"),
    )
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_table("agreement_withdrawals")
    op.drop_table("agreement_endings")
    op.drop_index("ix_agreements_signed_on_id", table_name="agreements")
    op.drop_index("ix_agreements_organisation_id", table_name="agreements")
    op.drop_table("agreements")
