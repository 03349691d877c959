"""Regions with their names in time, and offices."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "regions",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="ck_regions_valid_span"),
        sa.PrimaryKeyConstraint("code", name="pk_regions"),
    )
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("is_rural", sa.Boolean(), nullable=False),
        sa.Column("time_zone", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("kk", sa.String(length=300), nullable=False),
        sa.Column("ru", sa.String(length=300), nullable=False),
        sa.Column("en", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name="fk_offices_region_code_regions"),
        sa.PrimaryKeyConstraint("id", name="pk_offices"),
        sa.UniqueConstraint("code", name="uq_offices_code"),
    )
    op.create_index("ix_offices_region_code", "offices", ["region_code"], unique=False)
    op.create_table(
        "region_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("kk", sa.String(length=300), nullable=False),
        sa.Column("ru", sa.String(length=300), nullable=False),
        sa.Column("en", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name="fk_region_names_region_code_regions"),
        sa.PrimaryKeyConstraint("id", name="pk_region_names"),
    )
    op.create_index(
        "uq_region_names_region_code_valid_from", "region_names", ["region_code", "valid_from"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_region_names_region_code_valid_from", table_name="region_names")
    op.drop_table("region_names")
    op.drop_index("ix_offices_region_code", table_name="offices")
    op.drop_table("offices")
    op.drop_table("regions")
