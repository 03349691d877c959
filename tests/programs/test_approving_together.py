"""Several programmes approved with one press: each opened before, each an act, and two heads at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select

from app.access.models import Role, User
from app.audit.models import Entry, Kind
from app.clients.models import NotPossible
from app.clock import now
from app.db import db
from app.programs.decisions import deciding
from app.programs.decisions.approving_many import picked
from app.programs.decisions.deciding import approve
from app.programs.models import Approval, Opening, Version
from app.programs.vocabulary import Consenting
from app.web.languages import speaking
from tests.databases import on_postgresql
from tests.factories.people import make_case, make_client, make_office, make_user
from tests.factories.programs import APPROVED, SUBMITTED, make_draft, make_submitted, record_agreement
from tests.factories.statements import statements


@pytest.fixture
def head(app):
    return make_user(Role.SUPERVISOR)


def named(officer, surname, answer=Consenting.AGREED, words=None) -> Version:
    """A submitted programme of a person of this surname."""
    case = make_case(officer, make_client(surname=surname, registered_by_id=officer.id))
    version = make_draft(officer, case)
    record_agreement(version, officer, answer, words)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()
    return version


def approvals() -> set[int]:
    return set(db.session.scalars(select(Approval.version_id)))


def test_only_what_was_opened_since_its_submission_is_approved(sign_in, officer, head):
    first, second = named(officer, "Ахметов"), named(officer, "Бекова")
    browser = sign_in(head)

    browser.get(f"/program-versions/{first.id}/decision")
    chosen = [("version", str(first.id)), ("version", str(second.id))]
    before = browser.get("/submissions/approval", query_string=chosen).text
    after = browser.post("/submissions/approval", data={"version": [first.id, second.id]}, follow_redirects=True).text

    assert "Approve 1 programme" in before
    assert "You have not opened this programme since it was submitted." in before
    assert "1 programme approved" in after
    assert "You have not opened this programme since it was submitted." in after
    assert approvals() == {first.id}


def test_what_was_returned_and_submitted_again_has_to_be_opened_again(sign_in, officer, head):
    version = named(officer, "Ахметов")
    browser = sign_in(head)
    browser.get(f"/program-versions/{version.id}/decision")
    deciding.send_back(version, "Name the day.", head, SUBMITTED)
    deciding.submit(version, officer, SUBMITTED)
    db.session.commit()

    page = browser.post("/submissions/approval", data={"version": version.id}, follow_redirects=True).text

    assert "You have not opened this programme since it was submitted." in page
    assert approvals() == set()


def test_each_approval_is_an_act_of_its_own_beside_that_of_the_batch(sign_in, officer, head):
    versions = [named(officer, surname) for surname in ("Ахметов", "Бекова")]
    browser = sign_in(head)
    for version in versions:
        browser.get(f"/program-versions/{version.id}/decision")

    browser.post("/submissions/approval", data={"version": [version.id for version in versions]})

    acts = db.session.scalars(select(Entry).where(Entry.kind == Kind.ACT, Entry.what == "programs.approve")).all()
    assert [(entry.subject, entry.subject_id, entry.client_id) for entry in acts] == [
        ("version", version.id, version.client.id) for version in versions
    ]
    batches = db.session.scalars(select(Entry).where(Entry.what == "programs.approve_several")).all()
    assert len(batches) == 1


def test_the_list_says_what_each_holds_and_a_refusal_stands_out(sign_in, officer, head):
    version = named(officer, "Ахметов", Consenting.REFUSED, "Уақытым жоқ.")
    browser = sign_in(head)
    queue = browser.get("/queue").text
    unread = browser.get("/submissions").text
    browser.get(f"/program-versions/{version.id}/decision")
    read = browser.get("/submissions").text
    line = browser.get(f"/submissions/approval?version={version.id}").text

    assert "the person refuses" in queue
    assert "not opened yet" in unread
    assert f'value="{version.id}"' not in unread
    assert f'value="{version.id}"' in read
    assert "The person refuses the programme." in line
    assert "Уақытым жоқ." in line
    assert "1 active goal" in line


def test_a_batch_takes_nothing_from_beyond_reach_nor_what_is_no_number(sign_in, officer, head):
    elsewhere = make_submitted(make_user(office=make_office("B-1")))
    browser = sign_in(head)

    page = browser.get(f"/submissions/approval?version={elsewhere.id}&version=x&version=-1&version=9999999999")
    answer = browser.post("/submissions/approval", data={"version": [elsewhere.id, "x"]}, follow_redirects=True)

    far = browser.get("/submissions?after=99999999999999999999")

    assert "Nothing is picked." in page.text
    assert (answer.status_code, far.status_code) == (200, 200)
    assert approvals() == set()


def test_opening_is_noted_once_and_only_of_who_may_decide(sign_in, officer, head):
    version = named(officer, "Ахметов")
    for _turn in range(2):
        sign_in(head).get(f"/program-versions/{version.id}/decision")

    rows = db.session.scalars(select(Opening)).all()
    assert [(row.submission_id, row.by_id) for row in rows] == [(version.open_submission.id, head.id)]


def test_as_many_statements_for_a_page_of_submissions_as_for_one(app, officer, head):
    one = [named(officer, "Ахметов").id]
    many = one + [named(officer, surname).id for surname in ("Бекова", "Сериков")]

    with app.test_request_context(), speaking("en"):
        db.session.expunge_all()
        for_one = statements(lambda: picked(head, one, APPROVED.date()))
        db.session.expunge_all()
        assert statements(lambda: picked(head, many, APPROVED.date())) <= for_one


def test_what_cannot_be_approved_does_not_stop_the_others(sign_in, officer, head):
    versions = [named(officer, surname) for surname in ("Ахметов", "Бекова")]
    browser = sign_in(head)
    for version in versions:
        browser.get(f"/program-versions/{version.id}/decision")
    deciding.send_back(versions[0], "Name the day.", head, SUBMITTED)
    db.session.commit()

    data = {"version": [version.id for version in versions]}
    page = browser.post("/submissions/approval", data=data, follow_redirects=True).text

    assert "It may have been returned meanwhile." in page
    assert approvals() == {versions[1].id}


@pytest.mark.skipif(not on_postgresql(), reason="SQLite has one writer at a time")
def test_of_two_heads_who_approve_at_once_one_does(app, officer):
    version_id = named(officer, "Ахметов").id
    heads = [make_user(Role.SUPERVISOR).id for _each in range(2)]
    both = Barrier(2)

    def press(head_id: int) -> bool:
        with app.app_context():
            version, head = db.session.get_one(Version, version_id), db.session.get_one(User, head_id)
            approve(version, head, APPROVED.date(), now())
            both.wait()
            try:
                db.session.commit()
            except Exception:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(press, heads))

    assert sorted(outcomes) == [False, True]
    assert len(db.session.scalars(select(Approval)).all()) == 1


def test_a_version_older_than_the_approved_one_is_never_approved(app, officer, head):
    version = named(officer, "Ахметов")
    later = Version(
        program=version.program, ordinal=2, assessment=version.assessment, drafted_by=officer, drafted_at=SUBMITTED,
        starts_on=version.starts_on, review_on=version.review_on,
    )  # fmt: skip
    db.session.add(later)
    db.session.commit()
    db.session.add(Approval(version_id=later.id, on=APPROVED.date(), by_id=head.id, at=APPROVED))
    db.session.commit()
    db.session.expire_all()

    with speaking("en"), pytest.raises(NotPossible, match="A later version of this programme is already approved"):
        approve(version, head, APPROVED.date(), APPROVED)
