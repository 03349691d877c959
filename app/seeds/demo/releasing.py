"""The release of a story: the expected day, the checklist, the gate, the first visit; and treatment handed over."""

from datetime import date

from sqlalchemy import select

from app.access.policy import Permission
from app.assistance.release.items import items
from app.assistance.release.models import FirstVisit, ItemDecision, Released
from app.assistance.release.plan import plan_of
from app.assistance.release.planning import Arranged, Expected, arrange, decide, note_release, note_visit, set_day
from app.assistance.release.vocabulary import FirstNight, ItemState, Meets, ReleaseGround
from app.assistance.treatment.handing_over import answer, arrive, give_consent, hand_over
from app.assistance.treatment.models import Arrival, Handover, HandoverAnswer, TreatmentConsent
from app.db import db
from app.offices.partners import Organisation
from app.offices.reading import Entry
from app.seeds.demo.telling import flag, maybe_text, parts, word
from app.seeds.demo.thread import Thread


def release(entry: Entry, thread: Thread) -> None:
    for row in parts(entry, "expected"):
        expect(row, thread)
    for row in parts(entry, "decisions"):
        settle(row, thread)
    for row in parts(entry, "arranged"):
        arrange_gate(row, thread)
    for row in parts(entry, "released"):
        let_go(row, thread)
    for row in parts(entry, "visit"):
        receive(row, thread)


def expect(row: Entry, thread: Thread) -> None:
    """On which day the release was expected, as it was known on a day."""
    day = row.day("day")
    expected = Expected(
        on=row.day("release_on"), ground=word(row, "ground", ReleaseGround, ReleaseGround.END_OF_TERM),
        is_named=flag(row, "named"), words=maybe_text(row, "words"),
    )  # fmt: skip
    made = set_day(plan_of(thread.case), expected, thread.officer_on(day), day, thread.hours.on(day))
    keep(thread, day, "release.set_day", made)


def settle(row: Entry, thread: Thread) -> None:
    """What became of one item of the checklist, or of several on one day."""
    day, plan = row.day("day"), plan_of(thread.case)
    for code in row.text("items").split():
        decision = ItemDecision(item_code=code, state=word(row, "state", ItemState, ItemState.DONE), on=day)
        decision.words = maybe_text(row, "words")
        decision.by, decision.at = thread.officer_on(day), thread.hours.on(day)
        decide(plan, items()[code], decision, day)
        keep(thread, day, "release.decide", decision)


def arrange_gate(row: Entry, thread: Thread) -> None:
    """Who meets the person, where the first night is spent, and what is planned for the first ten days."""
    day = row.day("day")
    told = row.take("days", dict, {})
    arranged = Arranged(
        meets=word(row, "meets", Meets), meets_name=maybe_text(row, "name"), meets_phone=maybe_text(row, "phone"),
        first_night=word(row, "first_night", FirstNight), first_night_place=maybe_text(row, "place"),
        visit_on=row.day("visit_on"), days={int(number): str(text) for number, text in told.items()},
    )  # fmt: skip
    made = arrange(plan_of(thread.case), arranged, thread.officer_on(day), day, thread.hours.on(day))
    keep(thread, day, "release.arrange", made)


def let_go(row: Entry, thread: Thread) -> None:
    day, noted_on = row.day("day"), row.day("noted_on")
    released = Released(on=day, is_met=flag(row, "met"), words=maybe_text(row, "words"))
    released.by, released.at = thread.officer_on(noted_on), thread.hours.on(noted_on)
    note_release(plan_of(thread.case), released, noted_on)
    keep(thread, noted_on, "release.note_release", released)


def receive(row: Entry, thread: Thread) -> None:
    day = row.day("day")
    visit = FirstVisit(has_come=True, on=day, words=maybe_text(row, "words"))
    visit.by, visit.at = thread.officer_on(day), thread.hours.on(day)
    note_visit(plan_of(thread.case), visit, day)
    keep(thread, day, "release.note_visit", visit)


def keep(thread: Thread, day: date, what: str, made: object) -> None:
    db.session.flush()
    thread.keep(thread.officer_on(day), what, Permission.PLAN_RELEASE, made)


def treat(entry: Entry, thread: Thread) -> None:
    """The person's consent, what the clinic was told, and, perhaps, its answer."""
    given_on = entry.day("given_on")
    consent = TreatmentConsent(given_on=given_on, until_on=entry.day("until_on"), what=entry.text("what"))
    consent.organisation = db.session.scalars(
        select(Organisation).where(Organisation.code == entry.text("clinic"))
    ).one()
    consent.representative = maybe_text(entry, "representative")
    consent.by, consent.at = thread.officer_on(given_on), thread.hours.on(given_on)
    give_consent(thread.case, consent, given_on)
    keep_treatment(thread, given_on, "treatment.consent", consent)
    for row in parts(entry, "handed"):
        hand(row, consent, thread)


def hand(row: Entry, consent: TreatmentConsent, thread: Thread) -> None:
    day = row.day("day")
    handover = Handover(words=row.text("words"), supplied_until=row.day_or_none("supplied_until"), handed_on=day)
    handover.by, handover.at = thread.officer_on(day), thread.hours.on(day)
    hand_over(consent, handover, day)
    keep_treatment(thread, day, "treatment.hand_over", handover)
    if "accepted_on" in row.rest:
        accepted_on = row.day("accepted_on")
        said = HandoverAnswer(is_accepted=True, on=accepted_on)
        said.by, said.at = thread.officer_on(accepted_on), thread.hours.on(accepted_on)
        answer(handover, said, accepted_on)
        keep_treatment(thread, accepted_on, "treatment.answer", handover)
    if "came_on" in row.rest:
        came_on = row.day("came_on")
        arrival = Arrival(has_come=True, on=came_on, by=thread.officer_on(came_on), at=thread.hours.on(came_on))
        arrive(handover, arrival, came_on)
        keep_treatment(thread, came_on, "treatment.arrive", handover)


def keep_treatment(thread: Thread, day: date, what: str, made: object) -> None:
    db.session.flush()
    thread.keep(thread.officer_on(day), what, Permission.HAND_OVER_TREATMENT, made)
