"""Giving many cases to other officers of an office: what it would come to, and doing it case by case."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.access.models import User
from app.access.policy import Permission
from app.audit.journal import record_act
from app.clients.cases import Assignment, Case
from app.clients.queries import hold
from app.clients.reach import cases_within
from app.db import db
from app.desk.workload.models import ReassignedCase, Reassignment, Skipped
from app.desk.workload.points import Weight, points
from app.desk.workload.queries import NOBODY, Held, Load
from app.desk.workload.sharing import share

GIVE = "workload.give"  # what the journal calls each of the acts


@dataclass(frozen=True, slots=True)
class Wish:
    """One case to be given: as it was held when the head looked at it, and to whom."""

    case_id: int
    assignment_id: int
    officer_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One case of a preview: who has it, who gets it, and what it weighs."""

    held: Held
    points: int
    to_officer_id: int


@dataclass(frozen=True, slots=True)
class Balance:
    """What an officer has before and after."""

    officer: User | None
    cases: tuple[int, int]
    points: tuple[int, int]


def previewed(chosen: Sequence[Held], to: Collection[int], weights: Sequence[Weight], loads: Mapping[int | None, Load],
              asked: Mapping[int, int]) -> list[Line]:  # fmt: skip
    """Who would get which case: as the head asked for it, and of the others by an equal share of points."""
    weigh = {one.case.id: points(one.features, weights) for one in chosen}
    settled = {one.case.id: asked[one.case.id] for one in chosen if asked.get(one.case.id) in to}
    left = {number: weight for number, weight in weigh.items() if number not in settled}
    have = {number: loads[number].points if number in loads else 0 for number in to}
    for number, officer_id in settled.items():
        have[officer_id] += weigh[number]
    given = settled | share(left, have)
    return [Line(one, weigh[one.case.id], given[one.case.id]) for one in chosen if one.case.id in given]


def balances(lines: Iterable[Line], officers: Mapping[int, User], loads: Mapping[int | None, Load]) -> list[Balance]:
    """Cases and points of everybody who gives or gets, before and after; by name, cases without an officer last."""
    change: dict[int | None, list[int]] = {}
    for line in lines:
        if line.to_officer_id != line.held.officer_id:
            for number, sign in ((line.held.officer_id, -1), (line.to_officer_id, 1)):
                had = change.setdefault(number, [0, 0])
                had[0] += sign
                had[1] += sign * line.points
    found = []
    for number, (cases, weight) in change.items():
        now = loads.get(number, Load())
        officer = officers.get(number or NOBODY)
        found.append(Balance(officer, (now.cases, now.cases + cases), (now.points, now.points + weight)))
    return sorted(found, key=lambda one: (one.officer is None, one.officer.full_name if one.officer else ""))


def give(batch: Reassignment, wish: Wish, working: Collection[int], by: User, at: datetime) -> None:
    """Give one case with a line of the journal of its own, or leave it where it is and say why."""
    seen = db.session.get(Assignment, wish.assignment_id)
    known = seen is not None and (seen.case_id, seen.office_id) == (wish.case_id, batch.office_id)
    if seen is None or not known or db.session.get(User, wish.officer_id) is None:
        return  # nothing that this office ever held: no page of ours has asked for it
    mine = select(Case).where(Case.id == wish.case_id, cases_within(by, Permission.REASSIGN_CASES))
    case = db.session.scalars(mine).unique().one_or_none()
    reason = why_not(case, wish, working)
    if case is None or reason:
        leave_out(batch, wish, seen.officer_id, reason or Skipped.MOVED)
        return
    following = case.hand_over(batch.office_id, wish.officer_id, at)
    db.session.flush()
    db.session.add(following)
    db.session.expire(case, ["assignment", "assignments"])
    db.session.add(line_of(batch, wish, seen.officer_id))
    record_act(by.id, Permission.REASSIGN_CASES, case, GIVE)


def why_not(case: Case | None, wish: Wish, working: Collection[int]) -> Skipped | None:
    """Why a case stays where it is, as things are at this moment."""
    if case is None:
        return Skipped.MOVED
    hold(case)
    if not case.is_open:
        return Skipped.CLOSED
    if case.assignment.id != wish.assignment_id:
        return Skipped.MOVED
    if case.open_transfer:
        return Skipped.OFFERED
    if case.assignment.officer_id == wish.officer_id:
        return Skipped.THERE
    return None if wish.officer_id in working else Skipped.OFFICER_GONE


def leave_out(batch: Reassignment, wish: Wish, from_officer_id: int | None, why: Skipped) -> None:
    line = line_of(batch, wish, from_officer_id)
    line.skipped = why
    db.session.add(line)


def line_of(batch: Reassignment, wish: Wish, from_officer_id: int | None) -> ReassignedCase:
    return ReassignedCase(
        reassignment_id=batch.id, case_id=wish.case_id, from_officer_id=from_officer_id, to_officer_id=wish.officer_id
    )
