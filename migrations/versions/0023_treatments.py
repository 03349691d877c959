"""Treatment handed over on release: consents, what was handed over, answers and arrivals."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0023"
down_revision: str | None = "0022"
branch_labels: Any = None
depends_on: Any = None

TABLES = (
    "treatment_consents", "treatment_consent_withdrawals", "treatment_handovers", "treatment_handover_answers",
    "treatment_arrivals",
)  # fmt: skip
# What no path around the application may write either.
WITHOUT_CONSENT = (
    "NOT EXISTS (SELECT 1 FROM treatment_consents c WHERE c.id = {row}.consent_id"
    " AND c.given_on <= {row}.handed_on AND {row}.handed_on < c.until_on"
    " AND NOT EXISTS (SELECT 1 FROM treatment_consent_withdrawals w WHERE w.consent_id = c.id))"
)
TAKEN_BACK = (
    "EXISTS (SELECT 1 FROM treatment_handovers h JOIN treatment_consent_withdrawals w ON w.consent_id = h.consent_id"
    " WHERE h.id = {row}.handover_id)"
)
ABOUT_A_HANDOVER = ("treatment_handover_answers", "treatment_arrivals")


def upgrade() -> None:
    op.create_table(
        "treatment_consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("representative", sa.String(length=300), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("given_on < until_on", name="ck_treatment_consents_span"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_treatment_consents_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_treatment_consents_case_id_cases"),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name="fk_treatment_consents_organisation_id_organisations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_treatment_consents"),
    )
    op.create_index("ix_treatment_consents_case_id", "treatment_consents", ["case_id"], unique=False)
    op.create_table(
        "treatment_consent_withdrawals",
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_treatment_consent_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["consent_id"],
            ["treatment_consents.id"],
            name="fk_treatment_consent_withdrawals_consent_id_treatment_consents",
        ),
        sa.PrimaryKeyConstraint("consent_id", name="pk_treatment_consent_withdrawals"),
    )
    op.create_table(
        "treatment_handovers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("supplied_until", sa.Date(), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_treatment_handovers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["treatment_consents.id"], name="fk_treatment_handovers_consent_id_treatment_consents"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_treatment_handovers"),
    )
    op.create_index("ix_treatment_handovers_consent_id", "treatment_handovers", ["consent_id"], unique=False)
    op.create_table(
        "treatment_arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("has_come", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_treatment_arrivals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["handover_id"], ["treatment_handovers.id"], name="fk_treatment_arrivals_handover_id_treatment_handovers"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_treatment_arrivals"),
    )
    op.create_index("ix_treatment_arrivals_handover_id", "treatment_arrivals", ["handover_id"], unique=False)
    op.create_table(
        "treatment_handover_answers",
        sa.Column("handover_id", sa.Integer(), nullable=False),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_treatment_handover_answers_by_id_users"),
        sa.ForeignKeyConstraint(
            ["handover_id"],
            ["treatment_handovers.id"],
            name="fk_treatment_handover_answers_handover_id_treatment_handovers",
        ),
        sa.PrimaryKeyConstraint("handover_id", name="pk_treatment_handover_answers"),
    )
    for table in TABLES:
        freeze(table)
        forbid_truncation(table)
    freeze("treatment_handovers", WITHOUT_CONSENT, ("INSERT",), "nothing is handed over without a standing consent")
    for table in ABOUT_A_HANDOVER:
        freeze(table, TAKEN_BACK, ("INSERT",), "the consent was taken back")


def downgrade() -> None:
    for table in ("treatment_handovers", *ABOUT_A_HANDOVER):
        thaw(table, ("INSERT",))
    for table in TABLES:
        permit_truncation(table)
        thaw(table)
    op.drop_table("treatment_handover_answers")
    op.drop_index("ix_treatment_arrivals_handover_id", table_name="treatment_arrivals")
    op.drop_table("treatment_arrivals")
    op.drop_index("ix_treatment_handovers_consent_id", table_name="treatment_handovers")
    op.drop_table("treatment_handovers")
    op.drop_table("treatment_consent_withdrawals")
    op.drop_index("ix_treatment_consents_case_id", table_name="treatment_consents")
    op.drop_table("treatment_consents")
