"""The journal, which takes new rows and changes none."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0003"
down_revision: str | None = "0002"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("what", sa.String(length=300), nullable=False),
        sa.Column("permission", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("client_id", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(length=45), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["users.id"], name="fk_journal_actor_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_journal"),
    )
    op.create_index("ix_journal_actor_id_id", "journal", ["actor_id", "id"], unique=False)
    op.create_index("ix_journal_client_id_id", "journal", ["client_id", "id"], unique=False)
    freeze("journal")
    forbid_truncation("journal")


def downgrade() -> None:
    permit_truncation("journal")
    thaw("journal")
    op.drop_index("ix_journal_client_id_id", table_name="journal")
    op.drop_index("ix_journal_actor_id_id", table_name="journal")
    op.drop_table("journal")
