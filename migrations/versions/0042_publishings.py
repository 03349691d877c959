"""The work of publishing a report of a plan, and the figures that a published one rests on."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0042"
down_revision: str | None = "0041"
branch_labels: Any = None
depends_on: Any = None

OPEN = sa.text("settled_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "plan_report_sources",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("snapshot_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["plan_published_reports.id"],
            name="fk_plan_report_sources_publication_id_plan_published_reports",
        ),
        sa.ForeignKeyConstraint(
            ["snapshot_id"], ["indicator_snapshots.id"], name="fk_plan_report_sources_snapshot_id_indicator_snapshots"
        ),
        sa.PrimaryKeyConstraint("publication_id", "snapshot_id", name="pk_plan_report_sources"),
    )
    op.create_index("ix_plan_report_sources_snapshot_id", "plan_report_sources", ["snapshot_id"], unique=False)
    op.create_table(
        "plan_publishings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("because_kk", sa.Text(), nullable=True),
        sa.Column("because_ru", sa.Text(), nullable=True),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("spoken", sa.String(length=2), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("publication_id", sa.Integer(), nullable=True),
        sa.Column("refusal", sa.String(length=300), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["users.id"], name="fk_plan_publishings_asked_by_id_users"),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["plan_published_reports.id"],
            name="fk_plan_publishings_publication_id_plan_published_reports",
        ),
        sa.ForeignKeyConstraint(["report_id"], ["plan_reports.id"], name="fk_plan_publishings_report_id_plan_reports"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_publishings"),
    )
    op.create_index("ix_plan_publishings_asked_by_id", "plan_publishings", ["asked_by_id"], unique=False)
    op.create_index("ix_plan_publishings_report_id_id", "plan_publishings", ["report_id", "id"], unique=False)
    op.create_index(
        "uq_plan_publishings_open",
        "plan_publishings",
        ["report_id"],
        unique=True,
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )
    tell_what_known_reports_rest_on()
    freeze("plan_report_sources")
    freeze("plan_publishings", "{row}.settled_at IS NOT NULL")
    for table in ("plan_report_sources", "plan_publishings"):
        forbid_truncation(table)


def tell_what_known_reports_rest_on() -> None:
    """From what each publication says of itself, for those that were published before there was a table of it."""
    database = op.get_bind()
    frozen = {
        (row.period, row.revision): row.id
        for row in database.execute(sa.text("SELECT id, period, revision FROM indicator_snapshots"))
    }
    insert = sa.text("INSERT INTO plan_report_sources (publication_id, snapshot_id) VALUES (:publication, :snapshot)")
    for row in database.execute(sa.text("SELECT id, content FROM plan_published_reports")).all():
        for source in json.loads(row.content)["sources"]:
            if snapshot := frozen.get((source["period"], source["revision"])):
                database.execute(insert, {"publication": row.id, "snapshot": snapshot})


def downgrade() -> None:
    for table in ("plan_publishings", "plan_report_sources"):
        permit_truncation(table)
        thaw(table)
    op.drop_table("plan_publishings")
    op.drop_table("plan_report_sources")
