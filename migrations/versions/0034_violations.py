"""Violations and what was answered to them, incentives."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0034"
down_revision: str | None = "0033"
branch_labels: Any = None
depends_on: Any = None

NUMBERED = "substr({row}.number, 2, 1) = '-'"  # it gets its number, which tells its row, right after it is written
WRITTEN = (
    "violations", "violation_withdrawals", "explanations", "excuses", "answer_violations", "answer_drafts",
    "answer_submissions", "answer_returns", "answer_signatures", "answer_withdrawals", "answer_deliveries",
    "court_decisions", "dismissals",
)  # fmt: skip
OFF_THE_REGISTER = (
    "EXISTS (SELECT 1 FROM case_deregistrations WHERE case_deregistrations.case_id = {row}.case_id) "
    'OR {row}."on" < (SELECT registered_on FROM cases WHERE cases.id = {row}.case_id)'
)
SIGNED = "EXISTS (SELECT 1 FROM answer_signatures signed WHERE signed.answer_id = {row}.answer_id)"
TAKEN_BACK = "EXISTS (SELECT 1 FROM answer_withdrawals back WHERE back.answer_id = {row}.answer_id)"
NOT_THE_LAST = "{row}.draft_id <> (SELECT max(id) FROM answer_drafts WHERE answer_drafts.answer_id = {row}.answer_id)"
RETURNED = "EXISTS (SELECT 1 FROM answer_returns back WHERE back.draft_id = {row}.draft_id)"
AT_COURT = "EXISTS (SELECT 1 FROM answer_deliveries had WHERE had.answer_id = {row}.answer_id AND had.\"to\" = 'court')"
# What may be written only while the answer stands so; the rules of app/supervision/violations say the same.
GUARDED = {
    "violations": (OFF_THE_REGISTER, "the case is not on the register on that day"),
    "answer_drafts": (f"{SIGNED} OR {TAKEN_BACK}", "the answer is signed or taken back"),
    "answer_signatures": (
        " OR ".join((TAKEN_BACK, NOT_THE_LAST, RETURNED)),
        "only the last draft is signed, while the head has it",
    ),
    "answer_deliveries": (f"{TAKEN_BACK} OR NOT {SIGNED}", "only what is signed is handed over"),
    "court_decisions": (f"{TAKEN_BACK} OR NOT {AT_COURT}", "the court has no such representation"),
}


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("measure", sa.String(length=40), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_answers_case_id_cases"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_answers_made_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
        sa.UniqueConstraint("number", name="uq_answers_number"),
    )
    op.create_index("ix_answers_case_id", "answers", ["case_id"], unique=False)
    op.create_table(
        "answer_deliveries",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("to", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("means", sa.String(40), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_deliveries_answer_id_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_deliveries_by_id_users"),
        sa.PrimaryKeyConstraint("answer_id", "to", name="pk_answer_deliveries"),
    )
    op.create_table(
        "answer_drafts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kk", sa.Text(), nullable=False),
        sa.Column("ru", sa.Text(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("months > 0", name="ck_answer_drafts_months"),
        sa.CheckConstraint("ordinal > 0", name="ck_answer_drafts_ordinal"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_drafts_answer_id_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_drafts_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_answer_drafts"),
    )
    op.create_index("uq_answer_drafts_answer_id_ordinal", "answer_drafts", ["answer_id", "ordinal"], unique=True)
    op.create_table(
        "answer_withdrawals",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_withdrawals_answer_id_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_withdrawals_by_id_users"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_withdrawals"),
    )
    op.create_table(
        "court_decisions",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.Column("act", sa.String(length=300), nullable=False),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("months > 0", name="ck_court_decisions_months"),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_court_decisions_answer_id_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_court_decisions_by_id_users"),
        sa.PrimaryKeyConstraint("answer_id", name="pk_court_decisions"),
    )
    op.create_table(
        "answer_submissions",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_submissions_by_id_users"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["answer_drafts.id"], name="fk_answer_submissions_draft_id_answer_drafts"
        ),
        sa.PrimaryKeyConstraint("draft_id", name="pk_answer_submissions"),
    )
    op.create_table(
        "violations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("evidence", sa.String(length=300), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_violations_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_violations_case_id_cases"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_violations_visit_id_visits"),
        sa.PrimaryKeyConstraint("id", name="pk_violations"),
    )
    op.create_index("ix_violations_case_id_on", "violations", ["case_id", "on"], unique=False)
    op.create_index("ix_violations_visit_id", "violations", ["visit_id"], unique=False)
    op.create_table(
        "answer_returns",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_returns_by_id_users"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["answer_submissions.draft_id"], name="fk_answer_returns_draft_id_answer_submissions"
        ),
        sa.PrimaryKeyConstraint("draft_id", name="pk_answer_returns"),
    )
    op.create_table(
        "answer_signatures",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_signatures_answer_id_answers"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_answer_signatures_by_id_users"),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["answer_submissions.draft_id"], name="fk_answer_signatures_draft_id_answer_submissions"
        ),
        sa.PrimaryKeyConstraint("answer_id", name="pk_answer_signatures"),
        sa.UniqueConstraint("draft_id", name="uq_answer_signatures_draft_id"),
    )
    op.create_table(
        "answer_violations",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["answer_id"], ["answers.id"], name="fk_answer_violations_answer_id_answers"),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name="fk_answer_violations_violation_id_violations"
        ),
        sa.PrimaryKeyConstraint("answer_id", "violation_id", name="pk_answer_violations"),
    )
    op.create_index("ix_answer_violations_violation_id", "answer_violations", ["violation_id"], unique=False)
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_dismissals_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_dismissals_case_id_cases"),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name="fk_dismissals_violation_id_violations"),
        sa.PrimaryKeyConstraint("id", name="pk_dismissals"),
    )
    op.create_index("ix_dismissals_case_id", "dismissals", ["case_id"], unique=False)
    op.create_index("ix_dismissals_violation_id", "dismissals", ["violation_id"], unique=False)
    op.create_table(
        "excuses",
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.Column("proof", sa.String(length=300), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_excuses_by_id_users"),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name="fk_excuses_violation_id_violations"),
        sa.PrimaryKeyConstraint("violation_id", name="pk_excuses"),
    )
    op.create_table(
        "explanations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("is_refused", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("paper", sa.String(length=300), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("is_refused OR words IS NOT NULL", name="ck_explanations_says_something"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_explanations_by_id_users"),
        sa.ForeignKeyConstraint(["violation_id"], ["violations.id"], name="fk_explanations_violation_id_violations"),
        sa.PrimaryKeyConstraint("id", name="pk_explanations"),
    )
    op.create_index("ix_explanations_violation_id", "explanations", ["violation_id"], unique=False)
    op.create_table(
        "violation_withdrawals",
        sa.Column("violation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_violation_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["violation_id"], ["violations.id"], name="fk_violation_withdrawals_violation_id_violations"
        ),
        sa.PrimaryKeyConstraint("violation_id", name="pk_violation_withdrawals"),
    )
    freeze("answers", NUMBERED)
    forbid_truncation("answers")
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)
    for table, (condition, says) in GUARDED.items():
        freeze(table, condition, ("INSERT",), says)


def downgrade() -> None:
    for table in GUARDED:
        thaw(table, ("INSERT",))
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    permit_truncation("answers")
    thaw("answers")
    op.drop_table("violation_withdrawals")
    op.drop_index("ix_explanations_violation_id", table_name="explanations")
    op.drop_table("explanations")
    op.drop_table("excuses")
    op.drop_index("ix_dismissals_violation_id", table_name="dismissals")
    op.drop_index("ix_dismissals_case_id", table_name="dismissals")
    op.drop_table("dismissals")
    op.drop_index("ix_answer_violations_violation_id", table_name="answer_violations")
    op.drop_table("answer_violations")
    op.drop_table("answer_signatures")
    op.drop_table("answer_returns")
    op.drop_index("ix_violations_visit_id", table_name="violations")
    op.drop_index("ix_violations_case_id_on", table_name="violations")
    op.drop_table("violations")
    op.drop_table("answer_submissions")
    op.drop_table("court_decisions")
    op.drop_table("answer_withdrawals")
    op.drop_index("uq_answer_drafts_answer_id_ordinal", table_name="answer_drafts")
    op.drop_table("answer_drafts")
    op.drop_table("answer_deliveries")
    op.drop_index("ix_answers_case_id", table_name="answers")
    op.drop_table("answers")
