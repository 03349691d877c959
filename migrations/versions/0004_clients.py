"""People on the register, their circumstances, their cases."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import freeze, thaw

revision = "0004"
down_revision: str | None = "0003"
branch_labels: Any = None
depends_on: Any = None


def upgrade() -> None:
    op.create_table(
        "clients",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("surname", sa.String(length=100), nullable=False),
        sa.Column("given_name", sa.String(length=100), nullable=False),
        sa.Column("patronymic", sa.String(length=100), nullable=True),
        sa.Column("sort_key", sa.String(length=120), nullable=False),
        sa.Column("iin", sa.Text(), nullable=True),
        sa.Column("iin_digest", sa.String(length=64), nullable=True),
        sa.Column("iin_unknown", sa.String(40), nullable=True),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("sex", sa.String(40), nullable=False),
        sa.Column("citizenship", sa.String(40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(iin IS NULL) <> (iin_unknown IS NULL)", name="ck_clients_iin_or_reason"),
        sa.CheckConstraint("(iin_digest IS NULL) = (iin IS NULL)", name="ck_clients_iin_with_digest"),
        sa.ForeignKeyConstraint(["registered_by_id"], ["users.id"], name="fk_clients_registered_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_clients"),
        sa.UniqueConstraint("iin_digest", name="uq_clients_iin_digest"),
    )
    op.create_index("ix_clients_born_on", "clients", ["born_on"], unique=False)
    op.create_index("ix_clients_registered_by_id", "clients", ["registered_by_id"], unique=False)
    op.create_index("ix_clients_sort_key_id", "clients", ["sort_key", "id"], unique=False)
    op.create_table(
        "cases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("legal_basis", sa.String(length=40), nullable=False),
        sa.Column("court", sa.String(length=300), nullable=False),
        sa.Column("judged_on", sa.Date(), nullable=False),
        sa.Column("act_number", sa.String(length=40), nullable=True),
        sa.Column("erdr", sa.String(length=15), nullable=True),
        sa.Column("articles", sa.String(length=300), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=False),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("registered_by_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("judged_on <= registered_on", name="ck_cases_judged_before_registered"),
        sa.CheckConstraint("term_to IS NULL OR term_from < term_to", name="ck_cases_term_span"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_cases_client_id_clients"),
        sa.ForeignKeyConstraint(["registered_by_id"], ["users.id"], name="fk_cases_registered_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
        sa.UniqueConstraint("number", name="uq_cases_number"),
    )
    op.create_index("ix_cases_client_id", "cases", ["client_id"], unique=False)
    op.create_index("ix_cases_legal_basis", "cases", ["legal_basis"], unique=False)
    op.create_index("ix_cases_registered_by_id", "cases", ["registered_by_id"], unique=False)
    op.create_index("ix_cases_registered_on", "cases", ["registered_on"], unique=False)
    op.create_table(
        "client_addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("region_code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("registration", sa.String(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="ck_client_addresses_span"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_addresses_client_id_clients"),
        sa.ForeignKeyConstraint(["region_code"], ["regions.code"], name="fk_client_addresses_region_code_regions"),
        sa.PrimaryKeyConstraint("id", name="pk_client_addresses"),
    )
    op.create_index("ix_client_addresses_client_id", "client_addresses", ["client_id"], unique=False)
    op.create_table(
        "client_circumstances",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("education", sa.String(40), nullable=False),
        sa.Column("employment", sa.String(40), nullable=False),
        sa.Column("workplace", sa.String(length=300), nullable=True),
        sa.Column("family", sa.String(40), nullable=False),
        sa.Column("dependants", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="ck_client_circumstances_span"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_circumstances_client_id_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_client_circumstances"),
    )
    op.create_index("ix_client_circumstances_client_id", "client_circumstances", ["client_id"], unique=False)
    op.create_table(
        "client_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_documents_client_id_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_client_documents"),
    )
    op.create_index("uq_client_documents_client_id_kind", "client_documents", ["client_id", "kind"], unique=True)
    op.create_table(
        "client_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("written", sa.String(length=310), nullable=False),
        sa.Column("folded", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_names_client_id_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_client_names"),
    )
    op.create_index("ix_client_names_client_id", "client_names", ["client_id"], unique=False)
    op.create_index("ix_client_names_folded", "client_names", ["folded"], unique=False)
    op.create_table(
        "client_representatives",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("full_name", sa.String(length=300), nullable=False),
        sa.Column("relation", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on <= to_on", name="ck_client_representatives_span"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_client_representatives_client_id_clients"),
        sa.PrimaryKeyConstraint("id", name="pk_client_representatives"),
    )
    op.create_index("ix_client_representatives_client_id", "client_representatives", ["client_id"], unique=False)
    op.create_table(
        "case_assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_assignments_case_id_cases"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_case_assignments_office_id_offices"),
        sa.ForeignKeyConstraint(["officer_id"], ["users.id"], name="fk_case_assignments_officer_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_case_assignments"),
    )
    op.create_index("ix_case_assignments_case_id", "case_assignments", ["case_id"], unique=False)
    op.create_index(
        "ix_case_assignments_office_open",
        "case_assignments",
        ["office_id", "case_id"],
        unique=False,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.create_index(
        "ix_case_assignments_officer_open",
        "case_assignments",
        ["officer_id", "case_id"],
        unique=False,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.create_index(
        "uq_case_assignments_open",
        "case_assignments",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.create_table(
        "case_bodies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on < to_on", name="ck_case_bodies_span"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_bodies_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_case_bodies"),
    )
    op.create_index("ix_case_bodies_case_id", "case_bodies", ["case_id"], unique=False)
    op.create_table(
        "case_deregistrations",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("ground", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_case_deregistrations_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_deregistrations_case_id_cases"),
        sa.PrimaryKeyConstraint("case_id", name="pk_case_deregistrations"),
    )
    op.create_table(
        "case_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.CheckConstraint("to_on IS NULL OR from_on < to_on", name="ck_case_stages_span"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_stages_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_case_stages"),
    )
    op.create_index("ix_case_stages_case_id", "case_stages", ["case_id"], unique=False)
    op.create_table(
        "case_transfers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_office_id", sa.Integer(), nullable=False),
        sa.Column("to_office_id", sa.Integer(), nullable=False),
        sa.Column("to_officer_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("offered_by_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_case_transfers_case_id_cases"),
        sa.ForeignKeyConstraint(["from_office_id"], ["offices.id"], name="fk_case_transfers_from_office_id_offices"),
        sa.ForeignKeyConstraint(["offered_by_id"], ["users.id"], name="fk_case_transfers_offered_by_id_users"),
        sa.ForeignKeyConstraint(["to_office_id"], ["offices.id"], name="fk_case_transfers_to_office_id_offices"),
        sa.ForeignKeyConstraint(["to_officer_id"], ["users.id"], name="fk_case_transfers_to_officer_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_case_transfers"),
    )
    op.create_index("ix_case_transfers_case_id", "case_transfers", ["case_id"], unique=False)
    op.create_index("ix_case_transfers_to_office_id", "case_transfers", ["to_office_id"], unique=False)
    op.create_index("ix_case_transfers_to_officer_id", "case_transfers", ["to_officer_id"], unique=False)
    op.create_table(
        "case_transfer_answers",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_case_transfer_answers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["case_transfers.id"], name="fk_case_transfer_answers_transfer_id_case_transfers"
        ),
        sa.PrimaryKeyConstraint("transfer_id", name="pk_case_transfer_answers"),
    )
    freeze("case_transfer_answers")
    freeze("case_deregistrations")


def downgrade() -> None:
    thaw("case_deregistrations")
    thaw("case_transfer_answers")
    op.drop_table("case_transfer_answers")
    op.drop_index("ix_case_transfers_to_officer_id", table_name="case_transfers")
    op.drop_index("ix_case_transfers_to_office_id", table_name="case_transfers")
    op.drop_index("ix_case_transfers_case_id", table_name="case_transfers")
    op.drop_table("case_transfers")
    op.drop_index("ix_case_stages_case_id", table_name="case_stages")
    op.drop_table("case_stages")
    op.drop_table("case_deregistrations")
    op.drop_index("ix_case_bodies_case_id", table_name="case_bodies")
    op.drop_table("case_bodies")
    op.drop_index(
        "uq_case_assignments_open",
        table_name="case_assignments",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_index(
        "ix_case_assignments_officer_open",
        table_name="case_assignments",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_index(
        "ix_case_assignments_office_open",
        table_name="case_assignments",
        sqlite_where=sa.text("to_at IS NULL"),
        postgresql_where=sa.text("to_at IS NULL"),
    )
    op.drop_index("ix_case_assignments_case_id", table_name="case_assignments")
    op.drop_table("case_assignments")
    op.drop_index("ix_client_representatives_client_id", table_name="client_representatives")
    op.drop_table("client_representatives")
    op.drop_index("ix_client_names_folded", table_name="client_names")
    op.drop_index("ix_client_names_client_id", table_name="client_names")
    op.drop_table("client_names")
    op.drop_index("uq_client_documents_client_id_kind", table_name="client_documents")
    op.drop_table("client_documents")
    op.drop_index("ix_client_circumstances_client_id", table_name="client_circumstances")
    op.drop_table("client_circumstances")
    op.drop_index("ix_client_addresses_client_id", table_name="client_addresses")
    op.drop_table("client_addresses")
    op.drop_index("ix_cases_registered_on", table_name="cases")
    op.drop_index("ix_cases_registered_by_id", table_name="cases")
    op.drop_index("ix_cases_legal_basis", table_name="cases")
    op.drop_index("ix_cases_client_id", table_name="cases")
    op.drop_table("cases")
    op.drop_index("ix_clients_sort_key_id", table_name="clients")
    op.drop_index("ix_clients_registered_by_id", table_name="clients")
    op.drop_index("ix_clients_born_on", table_name="clients")
    op.drop_table("clients")
