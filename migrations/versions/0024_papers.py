"""Papers that were issued: their bytes, their check, and what took their place.

The sheets of programmes move here with codes of their own, which those printed before do not bear; on the way back
only they remain.
"""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0024"
down_revision: str | None = "0023"
branch_labels: Any = None
depends_on: Any = None

SIGNS = "23456789ABCDEFGHJKLMNPQRTVWXY"
DRAWN = 11
MOVE = """
INSERT INTO issued_papers (kind, record_id, series, number, ordinal, language, code, "on", client_id, office_id,
                           content, size, sha256, is_sealed, issued_by_id, issued_at)
SELECT 'program', v.id, p.number, p.number || '/' || v.ordinal, v.ordinal, s.language, :code, a."on", c.client_id,
       COALESCE((SELECT h.office_id FROM case_assignments h
                  WHERE h.case_id = c.id AND h.from_at <= s.issued_at AND (h.to_at IS NULL OR h.to_at > s.issued_at)
                  ORDER BY h.id DESC LIMIT 1),
                (SELECT h.office_id FROM case_assignments h WHERE h.case_id = c.id ORDER BY h.id DESC LIMIT 1)),
       s.content, length(s.content), s.sha256, false, s.issued_by_id, s.issued_at
  FROM program_sheets s JOIN program_versions v ON v.id = s.version_id JOIN programs p ON p.id = v.program_id
  JOIN program_approvals a ON a.version_id = v.id JOIN cases c ON c.id = p.case_id
 WHERE s.version_id = :version_id AND s.language = :language
"""
MOVE_BACK = """
INSERT INTO program_sheets (version_id, language, content, sha256, issued_by_id, issued_at)
SELECT record_id, language, content, sha256, issued_by_id, issued_at FROM issued_papers WHERE kind = 'program'
"""


def new_code() -> str:
    """As app.printing.codes draws them."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(DRAWN))
    return drawn + SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(drawn, start=1)) % len(SIGNS)]


def upgrade() -> None:
    create_papers()
    sheets = op.get_bind().execute(sa.text("SELECT version_id, language FROM program_sheets ORDER BY 1, 2")).all()
    for version_id, language in sheets:
        values = {"version_id": version_id, "language": language, "code": new_code()}
        op.get_bind().execute(sa.text(MOVE), values)
    thaw("program_sheets")
    op.drop_table("program_sheets")
    freeze("issued_papers")
    forbid_truncation("issued_papers")


def create_papers() -> None:
    op.create_table(
        "issued_papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("is_sealed", sa.Boolean(), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_issued_papers_client_id_clients"),
        sa.ForeignKeyConstraint(["issued_by_id"], ["users.id"], name="fk_issued_papers_issued_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_issued_papers_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_issued_papers"),
        sa.UniqueConstraint("code", name="uq_issued_papers_code"),
    )
    op.create_index("ix_issued_papers_client_id", "issued_papers", ["client_id"], unique=False)
    op.create_index("ix_issued_papers_issued_by_id", "issued_papers", ["issued_by_id"], unique=False)
    op.create_index("ix_issued_papers_kind_record_id", "issued_papers", ["kind", "record_id"], unique=False)
    op.create_index("ix_issued_papers_office_id", "issued_papers", ["office_id"], unique=False)
    op.create_index("uq_issued_papers_series", "issued_papers", ["kind", "series", "ordinal", "language"], unique=True)


def downgrade() -> None:
    op.create_table(
        "program_sheets",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("issued_by_id", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["issued_by_id"], ["users.id"], name="fk_program_sheets_issued_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_sheets_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name="pk_program_sheets"),
    )
    op.execute(MOVE_BACK)
    freeze("program_sheets")
    permit_truncation("issued_papers")
    thaw("issued_papers")
    op.drop_index("uq_issued_papers_series", table_name="issued_papers")
    op.drop_index("ix_issued_papers_office_id", table_name="issued_papers")
    op.drop_index("ix_issued_papers_kind_record_id", table_name="issued_papers")
    op.drop_index("ix_issued_papers_issued_by_id", table_name="issued_papers")
    op.drop_index("ix_issued_papers_client_id", table_name="issued_papers")
    op.drop_table("issued_papers")
