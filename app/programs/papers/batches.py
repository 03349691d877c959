"""Which programmes' sheets to print at once: those in force in an office, narrowed by officer, review or approval."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from enum import auto

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from app.access.models import User
from app.access.policy import Permission, reach
from app.clients.cases import Assignment, Case
from app.clients.models import Client, NotPossible
from app.clients.reach import GONE, held_within, whose
from app.clients.vocabulary import LABELS, Worded
from app.db import db
from app.printing.batches.models import BatchItem, PrintBatch
from app.printing.issuing import LANGUAGES
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind
from app.programs.models import Approval, Program, Version
from app.programs.progress.review_terms import planned_review
from app.programs.waiting import in_force
from app.web.languages import language
from app.web.months import months_after

MOST = 1000  # sheets of a batch; a larger office prints officer by officer


class Which(Worded):
    IN_FORCE = auto()
    APPROVED_THIS_MONTH = auto()
    REVIEW_THIS_MONTH = auto()
    NEVER_PRINTED = auto()


LABELS[Which] = {
    Which.IN_FORCE: _l("all programmes in force"),
    Which.APPROVED_THIS_MONTH: _l("approved this month"),
    Which.REVIEW_THIS_MONTH: _l("to be reviewed this month"),
    Which.NEVER_PRINTED: _l("approved and not printed yet"),
}


def versions_to_print(actor: User, which: Which, officer_id: int | None, on: date) -> Sequence[Version]:
    """The versions in force within reach, by officer and name; one more than a batch holds."""
    statement = printable(actor)
    if officer_id is not None:
        statement = statement.where(Assignment.officer_id == officer_id)
    return db.session.scalars(narrowed(statement, which, on), whose(actor)).unique().all()


def chosen_versions(actor: User, version_ids: Collection[int]) -> Sequence[Version]:
    """Those of the named versions that are in force and within reach, in the same order."""
    return db.session.scalars(printable(actor).where(Version.id.in_(version_ids)), whose(actor)).unique().all()


def printable(actor: User) -> Select[Version]:
    extent = reach(actor, Permission.PRINT_BATCH)
    return (
        select(Version)
        .select_from(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .join(Client, Client.id == Case.client_id)
        .join(Program, Program.case_id == Case.id)
        .join(Version, Version.program_id == Program.id)
        .join(Approval, Approval.version_id == Version.id)
        .where(held_within(extent), in_force(), ~Program.closure.has(), ~GONE)
        .order_by(Assignment.officer_id, Client.sort_key, Version.id)
        .limit(MOST + 1)
        .options(
            contains_eager(Version.program).contains_eager(Program.case).contains_eager(Case.client),
            contains_eager(Version.approval),
        )
    )


def narrowed(statement: Select[Version], which: Which, on: date) -> Select[Version]:
    first, following = on.replace(day=1), months_after(on.replace(day=1), 1)
    if which is Which.APPROVED_THIS_MONTH:
        return statement.where(Approval.on >= first, Approval.on < following)
    if which is Which.REVIEW_THIS_MONTH:
        due = planned_review()
        return statement.where(due >= first, due < following)
    if which is Which.NEVER_PRINTED:
        printed = select(IssuedPaper.id).where(
            IssuedPaper.kind == PaperKind.PROGRAM, IssuedPaper.record_id == Version.id
        )
        return statement.where(~printed.correlate(Version).exists())
    return statement


def ask_for(versions: Sequence[Version], languages: Sequence[str], by: User, at: datetime) -> PrintBatch:
    """A batch with a sheet for each version in each language. Raises NotPossible when there is nothing to print."""
    if not versions or not set(languages) <= set(LANGUAGES) or not languages:
        raise NotPossible(_("Choose at least one programme and a language."))
    if len(versions) > MOST:
        raise NotPossible(_("A batch holds at most %(most)s programmes. Choose one officer at a time.", most=MOST))
    batch = PrintBatch(kind=PaperKind.PROGRAM, office_id=by.office_id, asked_by=by, asked_at=at, spoken=language())
    db.session.add(batch)
    wanted = [(version, one) for version in versions for one in languages]
    db.session.add_all(
        BatchItem(
            batch=batch,
            position=position,
            record_id=version.id,
            client_id=version.about_client_id,
            label=version.number,
            language=one,
        )
        for position, (version, one) in enumerate(wanted, start=1)
    )
    return batch
