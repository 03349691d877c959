"""Releases of protected figures, and the files that were given out."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0038"
down_revision: str | None = "0037"
branch_labels: Any = None
depends_on: Any = None

TABLES = "publications", "publication_files", "publication_withdrawals"


def upgrade() -> None:
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.Column("issue", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["released_by_id"], ["users.id"], name="fk_publications_released_by_id_users"),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["indicator_snapshots.id"], name="fk_publications_snapshot_id_indicator_snapshots"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publications"),
        sa.UniqueConstraint("snapshot_id", "issue", name="uq_publications_snapshot_id"),
    )
    op.create_index("ix_publications_released_by_id", "publications", ["released_by_id"], unique=False)
    op.create_table(
        "publication_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=120), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_publication_files_publication_id_publications"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication_files"),
        sa.UniqueConstraint("publication_id", "path", name="uq_publication_files_publication_id"),
    )
    op.create_table(
        "publication_withdrawals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("withdrawn_by_id", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publications.id"], name="fk_publication_withdrawals_publication_id_publications"
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["users.id"], name="fk_publication_withdrawals_withdrawn_by_id_users"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_publication_withdrawals"),
        sa.UniqueConstraint("publication_id", name="uq_publication_withdrawals_publication_id"),
    )
    op.create_index(
        "ix_publication_withdrawals_withdrawn_by_id", "publication_withdrawals", ["withdrawn_by_id"], unique=False
    )
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_index("ix_publication_withdrawals_withdrawn_by_id", table_name="publication_withdrawals")
    op.drop_table("publication_withdrawals")
    op.drop_table("publication_files")
    op.drop_index("ix_publications_released_by_id", table_name="publications")
    op.drop_table("publications")
