"""Reports of the plan: half-year, year, consolidated."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0040"
down_revision: str | None = "0039"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = (
    "plan_reports",
    "plan_report_texts",
    "plan_published_reports",
    "plan_report_files",
    "plan_report_withdrawals",
)


def upgrade() -> None:
    op.create_table(
        "plan_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("period", sa.String(length=40), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["begun_by_id"], ["users.id"], name="fk_plan_reports_begun_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_reports"),
    )
    op.create_index("ix_plan_reports_begun_by_id", "plan_reports", ["begun_by_id"], unique=False)
    op.create_index("uq_plan_reports_plan_kind_period", "plan_reports", ["plan", "kind", "period"], unique=True)
    op.create_table(
        "plan_published_reports",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("because_kk", sa.Text(), nullable=True),
        sa.Column("because_ru", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "revision = 0 OR (because_kk IS NOT NULL AND because_ru IS NOT NULL)",
            name="ck_plan_published_reports_why_again",
        ),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_published_reports_by_id_users"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["plan_reports.id"], name="fk_plan_published_reports_report_id_plan_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_published_reports"),
        sa.UniqueConstraint("number", name="uq_plan_published_reports_number"),
    )
    op.create_index("ix_plan_published_reports_by_id", "plan_published_reports", ["by_id"], unique=False)
    op.create_index("ix_plan_published_reports_on", "plan_published_reports", ["on"], unique=False)
    op.create_index(
        "uq_plan_published_reports_revision", "plan_published_reports", ["report_id", "revision"], unique=True
    )
    op.create_table(
        "plan_report_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("section", sa.String(40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kk", sa.Text(), nullable=True),
        sa.Column("ru", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_report_texts_by_id_users"),
        sa.ForeignKeyConstraint(["report_id"], ["plan_reports.id"], name="fk_plan_report_texts_report_id_plan_reports"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_report_texts"),
    )
    op.create_index("ix_plan_report_texts_by_id", "plan_report_texts", ["by_id"], unique=False)
    op.create_index(
        "uq_plan_report_texts_version", "plan_report_texts", ["report_id", "section", "version"], unique=True
    )
    op.create_table(
        "plan_report_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["plan_published_reports.id"],
            name="fk_plan_report_files_publication_id_plan_published_reports",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_plan_report_files"),
    )
    op.create_index(
        "uq_plan_report_files_form", "plan_report_files", ["publication_id", "form", "language"], unique=True
    )
    op.create_table(
        "plan_report_withdrawals",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("kk", sa.Text(), nullable=False),
        sa.Column("ru", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_plan_report_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["plan_published_reports.id"],
            name="fk_plan_report_withdrawals_publication_id",
        ),
        sa.PrimaryKeyConstraint("publication_id", name="pk_plan_report_withdrawals"),
    )
    op.create_index("ix_plan_report_withdrawals_by_id", "plan_report_withdrawals", ["by_id"], unique=False)
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in reversed(WRITTEN):
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_plan_report_withdrawals_by_id", table_name="plan_report_withdrawals")
    op.drop_table("plan_report_withdrawals")
    op.drop_index("uq_plan_report_files_form", table_name="plan_report_files")
    op.drop_table("plan_report_files")
    op.drop_index("uq_plan_report_texts_version", table_name="plan_report_texts")
    op.drop_index("ix_plan_report_texts_by_id", table_name="plan_report_texts")
    op.drop_table("plan_report_texts")
    op.drop_index("uq_plan_published_reports_revision", table_name="plan_published_reports")
    op.drop_index("ix_plan_published_reports_on", table_name="plan_published_reports")
    op.drop_index("ix_plan_published_reports_by_id", table_name="plan_published_reports")
    op.drop_table("plan_published_reports")
    op.drop_index("uq_plan_reports_plan_kind_period", table_name="plan_reports")
    op.drop_index("ix_plan_reports_begun_by_id", table_name="plan_reports")
    op.drop_table("plan_reports")
