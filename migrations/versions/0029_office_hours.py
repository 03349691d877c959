"""The hours in which offices receive people."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0029"
down_revision: str | None = "0028"
branch_labels: Any = None
depends_on: Any = None

WRITTEN = ("office_timetables", "office_hours")


def upgrade() -> None:
    op.create_table(
        "office_timetables",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("slot_minutes", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("set_by_id", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("slot_minutes > 0 AND capacity > 0", name="ck_office_timetables_slots"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_office_timetables_office_id_offices"),
        sa.ForeignKeyConstraint(["set_by_id"], ["users.id"], name="fk_office_timetables_set_by_id_users"),
        sa.PrimaryKeyConstraint("id", name="pk_office_timetables"),
    )
    op.create_index(
        "ix_office_timetables_office_id_from_on", "office_timetables", ["office_id", "from_on"], unique=False
    )
    op.create_table(
        "office_hours",
        sa.Column("timetable_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.CheckConstraint("0 <= opens AND opens < closes AND closes <= 1440", name="ck_office_hours_span"),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name="ck_office_hours_weekday"),
        sa.ForeignKeyConstraint(
            ["timetable_id"], ["office_timetables.id"], name="fk_office_hours_timetable_id_office_timetables"
        ),
        sa.PrimaryKeyConstraint("timetable_id", "weekday", "opens", name="pk_office_hours"),
    )
    for table in WRITTEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in WRITTEN:
        permit_truncation(table)
        thaw(table)
    op.drop_table("office_hours")
    op.drop_index("ix_office_timetables_office_id_from_on", table_name="office_timetables")
    op.drop_table("office_timetables")
