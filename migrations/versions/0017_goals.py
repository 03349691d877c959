"""Goals: their phase, areas, days and strengths, how they fare, and the programme that one grew out of."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from migrations.triggers import forbid_truncation, freeze, permit_truncation, thaw

revision = "0017"
down_revision: str | None = "0016"
branch_labels: Any = None
depends_on: Any = None

OF_GOAL = ("program_goal_areas", "program_goal_strengths")
SIGNED = "EXISTS (SELECT 1 FROM program_approvals a WHERE a.version_id IN (ROWS))"
SIGNED_WITH_GOAL = (
    "EXISTS (SELECT 1 FROM program_goals g JOIN program_approvals a ON a.version_id = g.version_id "
    "WHERE g.id IN (ROWS))"
)
SIGNED_WITH_REMOVAL = (
    "EXISTS (SELECT 1 FROM program_goal_removals r JOIN program_approvals a ON a.version_id = r.version_id "
    "WHERE r.id IN (ROWS))"
)
# What belongs to a version, and by which column: it stays as it is once the version is approved.
OF_VERSION = (
    ("program_goal_removals", SIGNED, "version_id"),
    *((table, SIGNED_WITH_GOAL, "goal_id") for table in OF_GOAL),
    ("program_goal_takings_back", SIGNED_WITH_REMOVAL, "removal_id"),
)


def upgrade() -> None:
    op.add_column("program_goals", sa.Column("phase", sa.String(40), server_default="active", nullable=False))
    op.add_column("program_goals", sa.Column("target_on", sa.Date(), nullable=True))
    op.add_column("program_goals", sa.Column("own_strengths", sa.String(300), nullable=True))
    op.add_column("program_steps", sa.Column("direction", sa.String(40), nullable=True))
    # The check is written with its column: SQLite would rebuild the table for it, and lose its triggers.
    op.execute("ALTER TABLE program_steps ADD COLUMN hours INTEGER CONSTRAINT ck_program_steps_hours CHECK (hours > 0)")
    with op.batch_alter_table("programs") as programs:
        programs.add_column(sa.Column("grew_from_id", sa.Integer(), nullable=True))
        programs.create_foreign_key("fk_programs_grew_from_id_programs", "programs", ["grew_from_id"], ["id"])
        programs.create_unique_constraint("uq_programs_grew_from_id", ["grew_from_id"])
    op.create_table(
        "program_goal_progress",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_goal_progress_by_id_users"),
        sa.ForeignKeyConstraint(["program_id"], ["programs.id"], name="fk_program_goal_progress_program_id_programs"),
        sa.PrimaryKeyConstraint("id", name="pk_program_goal_progress"),
    )
    op.create_index("ix_program_goal_progress_program_id", "program_goal_progress", ["program_id"], unique=False)
    op.create_index("ix_program_goal_progress_thread_id", "program_goal_progress", ["thread", "id"], unique=False)
    op.create_table(
        "program_goal_removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("thread", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("kept", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_goal_removals_by_id_users"),
        sa.ForeignKeyConstraint(
            ["version_id"], ["program_versions.id"], name="fk_program_goal_removals_version_id_program_versions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_program_goal_removals"),
    )
    op.create_index("ix_program_goal_removals_version_id", "program_goal_removals", ["version_id"], unique=False)
    op.create_table(
        "program_goal_areas",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["program_goals.id"], name="fk_program_goal_areas_goal_id_program_goals"),
        sa.PrimaryKeyConstraint("goal_id", "code", name="pk_program_goal_areas"),
    )
    op.create_table(
        "program_goal_strengths",
        sa.Column("goal_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["goal_id"], ["program_goals.id"], name="fk_program_goal_strengths_goal_id_program_goals"
        ),
        sa.PrimaryKeyConstraint("goal_id", "code", name="pk_program_goal_strengths"),
    )
    op.create_table(
        "program_goal_takings_back",
        sa.Column("removal_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["users.id"], name="fk_program_goal_takings_back_by_id_users"),
        sa.ForeignKeyConstraint(
            ["removal_id"],
            ["program_goal_removals.id"],
            name="fk_program_goal_takings_back_removal_id_program_goal_removals",
        ),
        sa.PrimaryKeyConstraint("removal_id", name="pk_program_goal_takings_back"),
    )
    freeze("program_goal_progress")
    forbid_truncation("program_goal_progress")
    for table, condition, above in OF_VERSION:
        freeze(table, condition.replace("ROWS", f"{{row}}.{above}"), ("INSERT", "DELETE"))
        freeze(table, condition.replace("ROWS", f"OLD.{above}, NEW.{above}"), ("UPDATE",))


def downgrade() -> None:
    for table, _condition, _above in OF_VERSION:
        thaw(table, ("INSERT", "UPDATE", "DELETE"))
    permit_truncation("program_goal_progress")
    thaw("program_goal_progress")
    op.drop_table("program_goal_takings_back")
    op.drop_table("program_goal_strengths")
    op.drop_table("program_goal_areas")
    op.drop_index("ix_program_goal_removals_version_id", table_name="program_goal_removals")
    op.drop_table("program_goal_removals")
    op.drop_index("ix_program_goal_progress_thread_id", table_name="program_goal_progress")
    op.drop_index("ix_program_goal_progress_program_id", table_name="program_goal_progress")
    op.drop_table("program_goal_progress")
    with op.batch_alter_table("programs") as programs:
        programs.drop_constraint("uq_programs_grew_from_id", type_="unique")
        programs.drop_constraint("fk_programs_grew_from_id_programs", type_="foreignkey")
        programs.drop_column("grew_from_id")
    op.drop_column("program_steps", "hours")
    op.drop_column("program_steps", "direction")
    op.drop_column("program_goals", "own_strengths")
    op.drop_column("program_goals", "target_on")
    op.drop_column("program_goals", "phase")
