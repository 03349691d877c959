"""Finding programmes and their parts, never beyond the actor's reach, with everything that their pages show."""

from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Case
from app.clients.queries import AROUND_CASE
from app.clients.reach import cases_within
from app.db import one_or_404
from app.programs.models import Program, Version

AROUND_PROGRAM = (
    joinedload(Program.case).options(*AROUND_CASE),
    joinedload(Program.closure),
    selectinload(Program.versions).joinedload(Version.approval),
)


def programs_within(actor: User, permission: Permission) -> Select[Any]:
    return select(Program).join(Program.case).where(cases_within(actor, permission))


def get_program(actor: User, permission: Permission, program_id: int) -> Program:
    """A programme within reach, with its versions; otherwise 404."""
    return one_or_404(programs_within(actor, permission).where(Program.id == program_id).options(*AROUND_PROGRAM))


def get_version(actor: User, permission: Permission, version_id: int, language: str = "") -> Version:
    """A version within reach, with goals, steps and history; otherwise 404."""
    return one_or_404(
        select(Version)
        .join(Version.program)
        .join(Program.case)
        .where(Version.id == version_id, cases_within(actor, permission))
        .options(joinedload(Version.program).options(*AROUND_PROGRAM))
    )
