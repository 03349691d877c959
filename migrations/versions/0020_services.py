"""Partner organisations and their services."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0019"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "organisations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=300), nullable=False),
        sa.Column("email", sa.String(length=300), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kk", sa.String(length=300), nullable=False),
        sa.Column("ru", sa.String(length=300), nullable=False),
        sa.Column("en", sa.String(length=300), nullable=False),
        sa.Column("sort_kk", sa.String(length=120), nullable=False),
        sa.Column("sort_ru", sa.String(length=120), nullable=False),
        sa.Column("sort_en", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="ck_organisations_valid_span"),
        sa.ForeignKeyConstraint(["kept_by_id"], ["users.id"], name="fk_organisations_kept_by_id_users"),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name="fk_organisations_region_code_regions"),
        sa.PrimaryKeyConstraint("id", name="pk_organisations"),
        sa.UniqueConstraint("code", name="uq_organisations_code"),
    )
    op.create_index("ix_organisations_region_code", "organisations", ["region_code"], unique=False)
    op.create_table(
        "services",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(40), nullable=False),
        sa.Column("about_kk", sa.Text(), nullable=False),
        sa.Column("about_ru", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("answer_working_days", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kk", sa.String(length=300), nullable=False),
        sa.Column("ru", sa.String(length=300), nullable=False),
        sa.Column("en", sa.String(length=300), nullable=False),
        sa.Column("sort_kk", sa.String(length=120), nullable=False),
        sa.Column("sort_ru", sa.String(length=120), nullable=False),
        sa.Column("sort_en", sa.String(length=120), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("closed_because", sa.Text(), nullable=True),
        sa.Column("kept_by_id", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("answer_working_days > 0", name="ck_services_answer_takes_time"),
        sa.CheckConstraint("valid_to IS NULL OR valid_from < valid_to", name="ck_services_valid_span"),
        sa.ForeignKeyConstraint(["kept_by_id"], ["users.id"], name="fk_services_kept_by_id_users"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_services_organisation_id_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_services"),
        sa.UniqueConstraint("code", name="uq_services_code"),
    )
    op.create_index("ix_services_direction_id", "services", ["direction", "id"], unique=False)
    op.create_index("ix_services_organisation_id", "services", ["organisation_id"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_services_organisation_id", table_name="services")
    op.drop_index("ix_services_direction_id", table_name="services")
    op.drop_table("services")
    op.drop_index("ix_organisations_region_code", table_name="organisations")
    op.drop_table("organisations")
