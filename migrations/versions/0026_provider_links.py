"""Links through which a provider answers one referral."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

FROZEN = ("provider_links", "provider_link_withdrawals")

revision = "0026"
down_revision: str | None = "0025"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "provider_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("referral_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_provider_links_made_by_id_users"),
        sa.ForeignKeyConstraint(["referral_id"], ["referrals.id"], name="fk_provider_links_referral_id_referrals"),
        sa.PrimaryKeyConstraint("id", name="pk_provider_links"),
        sa.UniqueConstraint("digest", name="uq_provider_links_digest"),
    )
    op.create_index("ix_provider_links_referral_id", "provider_links", ["referral_id"], unique=False)
    op.create_table(
        "provider_link_receipts",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["provider_links.id"], name="fk_provider_link_receipts_link_id_provider_links"
        ),
        sa.PrimaryKeyConstraint("link_id", "token", name="pk_provider_link_receipts"),
    )
    op.create_index("ix_provider_link_receipts_at", "provider_link_receipts", ["at"], unique=False)
    op.create_table(
        "provider_link_withdrawals",
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_provider_link_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["link_id"], ["provider_links.id"], name="fk_provider_link_withdrawals_link_id_provider_links"
        ),
        sa.PrimaryKeyConstraint("link_id", name="pk_provider_link_withdrawals"),
    )
    for table in FROZEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in FROZEN:
        permit_truncation(table)
        thaw(table)
    op.drop_table("provider_link_withdrawals")
    op.drop_index("ix_provider_link_receipts_at", table_name="provider_link_receipts")
    op.drop_table("provider_link_receipts")
    op.drop_index("ix_provider_links_referral_id", table_name="provider_links")
    op.drop_table("provider_links")
