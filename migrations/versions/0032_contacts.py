"""Contacts with a person, inspections of a home, and group events."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0032"
down_revision: str | None = "0031"
branch_labels: Any = None
depends_on: Any = None

FROZEN = (
    "contacts",
    "contact_withdrawals",
    "inspections",
    "group_events",
    "group_event_cancellations",
    "group_participants",
    "group_attendances",
)


def upgrade() -> None:
    op.create_table(
        "group_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minute", sa.Integer(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("made_by_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minute BETWEEN 0 AND 1439", name="ck_group_events_minute_of_a_day"),
        sa.CheckConstraint("minutes > 0", name="ck_group_events_some_minutes"),
        sa.ForeignKeyConstraint(["made_by_id"], ["users.id"], name="fk_group_events_made_by_id_users"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name="fk_group_events_office_id_offices"),
        sa.PrimaryKeyConstraint("id", name="pk_group_events"),
    )
    op.create_index("ix_group_events_made_by_id_on", "group_events", ["made_by_id", "on"], unique=False)
    op.create_index("ix_group_events_office_id_on", "group_events", ["office_id", "on"], unique=False)
    op.create_table(
        "group_event_cancellations",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_group_event_cancellations_by_id_users"),
        sa.ForeignKeyConstraint(
            ["event_id"], ["group_events.id"], name="fk_group_event_cancellations_event_id_group_events"
        ),
        sa.PrimaryKeyConstraint("event_id", name="pk_group_event_cancellations"),
    )
    op.create_index("ix_group_event_cancellations_by_id", "group_event_cancellations", ["by_id"], unique=False)
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("whom", sa.String(40), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("about", sa.String(40), nullable=True),
        sa.Column("means", sa.String(40), nullable=True),
        sa.Column("place", sa.String(length=300), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("(kind = 'message') = (means IS NOT NULL)", name="ck_contacts_means_of_a_message"),
        sa.CheckConstraint("(kind = 'talk') = (about IS NOT NULL)", name="ck_contacts_about_of_a_talk"),
        sa.CheckConstraint("(kind = 'workplace') = (place IS NOT NULL)", name="ck_contacts_place_of_work"),
        sa.CheckConstraint("minutes > 0", name="ck_contacts_some_minutes"),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_contacts_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_contacts_case_id_cases"),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
    )
    op.create_index("ix_contacts_by_id", "contacts", ["by_id"], unique=False)
    op.create_index("ix_contacts_case_id_on", "contacts", ["case_id", "on"], unique=False)
    op.create_table(
        "group_participants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("client_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_group_participants_by_id_users"),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name="fk_group_participants_case_id_cases"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.id"], name="fk_group_participants_client_id_clients"),
        sa.ForeignKeyConstraint(["event_id"], ["group_events.id"], name="fk_group_participants_event_id_group_events"),
        sa.PrimaryKeyConstraint("id", name="pk_group_participants"),
        sa.UniqueConstraint("event_id", "client_id", name="uq_group_participants_event_id"),
    )
    op.create_index("ix_group_participants_by_id", "group_participants", ["by_id"], unique=False)
    op.create_index("ix_group_participants_case_id", "group_participants", ["case_id"], unique=False)
    op.create_index("ix_group_participants_client_id", "group_participants", ["client_id"], unique=False)
    op.create_table(
        "contact_withdrawals",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_contact_withdrawals_by_id_users"),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_contact_withdrawals_contact_id_contacts"),
        sa.PrimaryKeyConstraint("contact_id", name="pk_contact_withdrawals"),
    )
    op.create_index("ix_contact_withdrawals_by_id", "contact_withdrawals", ["by_id"], unique=False)
    op.create_table(
        "group_attendances",
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("words", sa.String(length=300), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_group_attendances_by_id_users"),
        sa.ForeignKeyConstraint(
            ["participant_id"], ["group_participants.id"], name="fk_group_attendances_participant_id_group_participants"
        ),
        sa.PrimaryKeyConstraint("participant_id", "ordinal", name="pk_group_attendances"),
    )
    op.create_index("ix_group_attendances_by_id", "group_attendances", ["by_id"], unique=False)
    op.create_table(
        "inspections",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(length=300), nullable=False),
        sa.Column("representative", sa.String(length=300), nullable=False),
        sa.Column("present", sa.String(length=300), nullable=True),
        sa.Column("condition", sa.String(40), nullable=False),
        sa.Column("own_place", sa.String(40), nullable=False),
        sa.Column("provided_for", sa.String(40), nullable=False),
        sa.Column("cared_for", sa.String(40), nullable=False),
        sa.Column("safe", sa.String(40), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("advised", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["contacts.id"], name="fk_inspections_contact_id_contacts"),
        sa.PrimaryKeyConstraint("contact_id", name="pk_inspections"),
    )
    for table in FROZEN:
        freeze(table)
        forbid_truncation(table)


def downgrade() -> None:
    for table in FROZEN:
        permit_truncation(table)
        thaw(table)
    op.drop_table("inspections")
    op.drop_index("ix_group_attendances_by_id", table_name="group_attendances")
    op.drop_table("group_attendances")
    op.drop_index("ix_contact_withdrawals_by_id", table_name="contact_withdrawals")
    op.drop_table("contact_withdrawals")
    op.drop_index("ix_group_participants_client_id", table_name="group_participants")
    op.drop_index("ix_group_participants_case_id", table_name="group_participants")
    op.drop_index("ix_group_participants_by_id", table_name="group_participants")
    op.drop_table("group_participants")
    op.drop_index("ix_contacts_case_id_on", table_name="contacts")
    op.drop_index("ix_contacts_by_id", table_name="contacts")
    op.drop_table("contacts")
    op.drop_index("ix_group_event_cancellations_by_id", table_name="group_event_cancellations")
    op.drop_table("group_event_cancellations")
    op.drop_index("ix_group_events_office_id_on", table_name="group_events")
    op.drop_index("ix_group_events_made_by_id_on", table_name="group_events")
    op.drop_table("group_events")
