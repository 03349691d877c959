"""By when cases are to be assessed: the statements for lists, the reckoning for one case, and what pages say of it."""

from datetime import date, timedelta
from random import Random

from sqlalchemy import select

from app.access.models import Role
from app.assessments.due.norms import norms
from app.assessments.due.standings import dues
from app.assessments.due.statements import Now, first_due, never_assessed, now_on, reassessment_due
from app.assessments.models import Assessment, Completion, Override, OverrideAnswer, OverrideReason
from app.assessments.queries import overtaken
from app.assessments.vocabulary import Level
from app.clients.cases import Case, CaseStage, Transfer, TransferAnswer
from app.clients.events import EventKind, withdraw_event
from app.clients.models import Client
from app.clients.vocabulary import Stage
from app.clock import now
from app.db import db
from tests.assessments.answering import ADULT, answers_with
from tests.factories.assessments import make_completed, noon
from tests.factories.people import make_case, make_client, make_event, make_user
from tests.factories.saving import saved
from tests.factories.statements import statements

DAY = date(2026, 11, 20)
DONE = date(2026, 3, 31)


def due_of(case, day=DAY):
    found = dues([case.id], day)[case.id]
    return found and (found.on, found.norm.code if found.norm else None)


def noted(case, kind, on):
    return make_event(case, kind, on, recorded_at=noon(on) + timedelta(hours=3))


def accepted(case, on):
    offered = saved(Transfer(
        case=case, from_office_id=case.assignment.office_id, to_office_id=case.assignment.office_id, reason="-",
        offered_by_id=case.registered_by_id, offered_at=noon(on),
    ))  # fmt: skip
    return saved(TransferAnswer(transfer_id=offered.id, is_accepted=True, by_id=case.registered_by_id, at=noon(on)))


def released(case, on):
    case.stages[-1].to_on = on
    case.stages.append(CaseStage(stage=Stage.POST_PENITENTIARY, from_on=on))
    db.session.commit()


def raised(assessment):
    proposal = saved(Override(
        assessment_id=assessment.id, from_level=Level.LOW, to_level=Level.MEDIUM, reason=OverrideReason.HARM,
        words="-", by_id=assessment.started_by_id, at=now(),
    ))  # fmt: skip
    head = make_user(Role.SUPERVISOR)
    saved(OverrideAnswer(override_id=proposal.id, is_approved=True, words="-", by_id=head.id, at=now()))


def test_what_happened_since_the_assessment_brings_the_next_one_forward(app, officer):
    case = make_case(officer)
    make_completed(case, on=DONE)
    assert due_of(case) == (date(2027, 3, 31), "A-2")
    noted(case, EventKind.FOUND_WORK, date(2026, 10, 1))
    assert due_of(case) == (date(2027, 3, 31), "A-2")
    event = noted(case, EventKind.LOST_WORK, date(2026, 11, 3))
    assert due_of(case) == (date(2026, 11, 17), "A-6")

    withdraw_event(event, "Қате", by=officer, at=now())
    db.session.commit()
    assert due_of(case) == (date(2027, 3, 31), "A-2")


def test_what_the_last_assessment_could_know_counts_no_more(app, officer):
    case = make_case(officer)
    noted(case, EventKind.BREACH, DONE - timedelta(days=1))
    make_completed(case, on=DONE)

    assert due_of(case) == (date(2027, 3, 31), "A-2")
    make_event(case, EventKind.NEW_OFFENCE, DONE - timedelta(days=3), recorded_at=noon(DONE + timedelta(days=5)))
    assert due_of(case) == (DONE + timedelta(days=11), "A-4")


def test_a_raised_level_brings_the_next_one_forward(app, officer):
    case = make_case(officer)
    raised(make_completed(case, on=DONE))

    assert due_of(case) == (date(2026, 9, 30), "A-3")


def test_nobody_is_due_whom_no_instrument_fits(app, officer):
    assert due_of(make_case(officer, stage_from=DAY + timedelta(days=1))) is None


def random_history(case, draw: Random) -> None:
    """Anything that may set a term, in any order, up to the day."""
    start = case.registered_on
    span = (DAY - start).days

    def day():
        return start + timedelta(days=draw.randint(1, span))

    completed = sorted({day() for _time in range(draw.randint(0, 2))})
    for on in completed:
        assessment = make_completed(case, on=on, **(answers_with(ADULT, max) if draw.random() < 0.3 else {}))
        if assessment.completion.level == Level.LOW and draw.random() < 0.4:
            raised(assessment)
    for kind in draw.sample(list(EventKind), draw.randint(0, 3)):
        event = noted(case, kind, day())
        if draw.random() < 0.2:
            withdraw_event(event, "-", by=event.recorded_by, at=now())
    if draw.random() < 0.3:
        accepted(case, day())
    if draw.random() < 0.3:
        released(case, day())


def test_the_statements_say_of_every_case_what_the_rule_says(app, officer):
    draw = Random(7)  # noqa: S311 - a history, not a key
    cases = [make_case(officer, registered_on=date(2026, 1, 5) + timedelta(days=number)) for number in range(16)]
    for case in cases:
        random_history(case, draw)

    never = select(Case.id, first_due(DAY)).join(Client).join(Now, now_on(DAY)).where(never_assessed())
    again = (
        select(Case.id, reassessment_due(DAY))
        .join(Assessment, Assessment.case_id == Case.id)
        .join(Completion)
        .join(Now, now_on(DAY))
        .where(~overtaken())
    )
    by_statement = {number: on for query in (never, again) for number, on in db.session.execute(query)}

    found = dues([case.id for case in cases], DAY)
    by_rule = {number: due.on for number, due in found.items()}
    assert by_statement == by_rule
    assert {due.norm.code for due in found.values()} >= {"A-1", "A-2", "A-3", "A-9"}


def test_the_pages_say_when_and_why(sign_in, officer, stopped_clock):
    case = make_case(officer)
    make_completed(case, on=DONE)
    noted(case, EventKind.LOST_HOME, date(2026, 11, 3))
    browser = sign_in(officer)

    why = "14 days after “home lost” on 3 Nov 2026: norm A-7"
    for address in ("/", f"/people/{case.client_id}", f"/people/{case.client_id}/assessments"):
        page = browser.get(address).text
        assert why in page, address
        assert "17 Nov 2026" in page, address
    assert why in sign_in(make_user(Role.SUPERVISOR)).get(f"/people/{case.client_id}/assessments").text


def test_as_many_statements_for_many_events_as_for_one(app, officer):
    few, many = make_case(officer), make_case(officer)
    for case in (few, many):
        make_completed(case, on=DONE)
    for kind in EventKind:
        noted(many, kind, date(2026, 11, 3))

    assert dues([few.id], DAY).keys() == {few.id}
    assert statements(lambda: dues([few.id], DAY)) == statements(lambda: dues([few.id, many.id], DAY)) == 2


def test_the_day_announces_what_will_be_due_in_two_weeks(sign_in, officer, stopped_clock):
    fresh = make_case(officer, make_client(surname="Аханов"), registered_on=DAY - timedelta(days=16))
    make_case(officer, make_client(surname="Сейітов"), registered_on=DAY - timedelta(days=15))
    again = make_case(officer, make_client(surname="Болатов"))
    make_completed(again, on=DAY - timedelta(days=40))
    noted(again, EventKind.BREACH, DAY - timedelta(days=3))

    _before, _title, page = sign_in(officer).get("/").text.partition("To be assessed in the next two weeks · 2")

    assert page.index("Болатов") < page.index("Аханов")
    assert "14 days after “breach of the duties” on 17 Nov 2026: norm A-5" in page
    assert f'href="/cases/{fresh.id}/assessments/new"' in page
    assert "Сейітов" not in page


def test_the_norms_can_be_read_with_their_sources(sign_in, officer):
    page = sign_in(officer).get("/assessment-norms").text

    assert "Assessed again within 14 days after the loss of work." in page
    assert page.count("not checked") == len(norms())
    assert "no act of Kazakhstan found" in page
