"""One person's story: what happened in each of their cases, from the first registration on."""

from collections.abc import Callable
from secrets import token_hex

from app.access.models import User
from app.access.policy import Permission
from app.clients.cases import Assignment, Case, CaseStage, SupervisingBody, Transfer
from app.clients.legal_bases import legal_bases
from app.clients.models import Client
from app.clients.transfer import Receiver, accept, decline, offer
from app.clients.vocabulary import Body, Ground, Stage
from app.db import db
from app.offices.models import Office
from app.offices.reading import Entry
from app.seeds.demo.assessing import assess
from app.seeds.demo.helping import match
from app.seeds.demo.people import introduce
from app.seeds.demo.planning import plan
from app.seeds.demo.referring import refer
from app.seeds.demo.releasing import release, treat
from app.seeds.demo.staff import Staff
from app.seeds.demo.telling import Hours, maybe_text, part, parts, word
from app.seeds.demo.thread import Act, Thread
from app.seeds.demo.visiting import visit
from app.seeds.demo.warning import happen
from app.web.languages import speaking

# What happened in a case, by its key in the files, in the order in which one thing may name another.
CHAPTERS: dict[str, Callable[[Entry, Thread], object]] = {
    "assessments": assess,
    "programs": plan,
    "referrals": refer,
    "releases": release,
    "treatments": treat,
    "matches": match,
    "visits": visit,
    "events": happen,
}


def tell(entry: Entry, staff: Staff) -> None:
    """Live through the story with the rooms' own verbs, in the language that the person is served in."""
    hours = Hours(len(staff.people))
    officer = staff.users[entry.one_of("officer", tuple(staff.users))]
    client = introduce(entry, officer, hours)
    db.session.add(client)
    db.session.flush()
    staff.people.append(client)
    act = Act(officer, "clients.create", Permission.REGISTER_CLIENT, client)
    staff.acts.append(act.entry(client.id, client.registered_at))
    with speaking(client.language):
        for row in parts(entry, "cases"):
            tell_case(row, client, staff, hours, officer)


def tell_case(entry: Entry, client: Client, staff: Staff, hours: Hours, officer: User) -> None:
    case = open_case(entry, client, officer)
    thread = Thread(staff, hours, case, officer)
    staff.threads.append(thread)
    at = hours.on(case.registered_on)
    case.assignments.append(Assignment(officer_id=officer.id, office_id=officer.office_id, from_at=at))
    db.session.add(case)
    db.session.flush()
    case.number = f"{case.registered_on.year}-{case.id:06d}"
    db.session.flush()
    db.session.refresh(case, ["assignment"])
    thread.keep(officer, "clients.create_case", Permission.EDIT_CLIENT, case)
    for row in parts(entry, "transfers"):
        hand_over(row, thread)
    for row in parts(entry, "stages"):
        case.enter_stage(word(row, "stage", Stage), row.day("from"))
    for key, live in CHAPTERS.items():
        for row in parts(entry, key):
            live(row, thread)
    end_case(entry, thread)


def open_case(entry: Entry, client: Client, officer: User) -> Case:
    basis = legal_bases()[entry.one_of("basis", tuple(legal_bases()))]
    case = Case(
        client=client, number=token_hex(8), legal_basis=basis.code, court=entry.text("court"),
        judged_on=entry.day("judged_on"), in_force_on=entry.day_or_none("in_force_on"),
        act_number=maybe_text(entry, "act"), erdr=maybe_text(entry, "erdr"),
        articles=entry.text("articles"), term_from=entry.day("term_from"), term_to=entry.day_or_none("term_to"),
        registered_on=entry.day("registered_on"), registered_by_id=officer.id, transfers=[], deregistration=None,
    )  # fmt: skip
    case.stages.append(CaseStage(stage=Stage(basis.stages[0]), from_on=case.registered_on))
    case.bodies.append(SupervisingBody(body=Body(basis.body_on(case.registered_on)), from_on=case.registered_on))
    return case


def hand_over(entry: Entry, thread: Thread) -> None:
    """A transfer as it was offered and, perhaps, answered; who answers for the case changes with an acceptance."""
    day, staff = entry.day("day"), thread.staff
    by = thread.officer_on(day)
    receiver = staff.users[entry.one_of("to", tuple(staff.users))] if "to" in entry.rest else None
    office = db.session.get_one(Office, receiver.office_id) if receiver else staff.offices[entry.text("to_office")]
    offered = offer(thread.case, Receiver(office, receiver), entry.text("reason"), by, thread.hours.on(day))
    db.session.flush()
    thread.keep(by, "clients.offer_transfer", Permission.TRANSFER_CASE, offered)
    if answer := part(entry, "answer"):
        reply(answer, offered, thread)


def reply(entry: Entry, offered: Transfer, thread: Thread) -> None:
    day, staff = entry.day("day"), thread.staff
    at = thread.hours.on(day)
    by = offered.to_officer or staff.head_of(offered.to_office_id)
    if "officer" in entry.rest or offered.to_officer:
        named = offered.to_officer or staff.users[entry.one_of("officer", tuple(staff.users))]
        accept(offered, named, by, at)
        thread.held.append((day, named))
    else:
        decline(offered, entry.text("declined"), by, at)
    db.session.flush()
    thread.keep(by, "clients.answer_transfer", Permission.ANSWER_TRANSFER, offered)
    entry.end()


def end_case(entry: Entry, thread: Thread) -> None:
    if row := part(entry, "deregistered"):
        on = row.day("day")
        by, at = thread.officer_on(on), thread.hours.on(on)
        thread.case.deregister(word(row, "ground", Ground), on, by, maybe_text(row, "words"), at)
        thread.keep(by, "clients.deregister", Permission.DEREGISTER_CASE, thread.case)
        row.end()
    db.session.flush()
