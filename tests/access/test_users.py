"""What an administrator does to users, and what nobody can do: leave the house without an administrator."""

from threading import Barrier, Thread

import pytest

from app.access.accounts import is_last_administrator
from app.access.models import Role, Suspension, User
from app.audit.models import Entry, Kind
from app.db import db
from tests.access.pages import hidden_fields
from tests.factories.people import PASSWORD, make_office, make_user

TYPED = {"full_name": "Қожахметова Әлия", "name": "Aliya.K", "role": "officer", "language": "kk"}


@pytest.fixture
def administrator(app):
    return make_user(Role.ADMINISTRATOR)


@pytest.fixture
def desk(administrator, sign_in):
    """The administrator's browser."""
    return sign_in(administrator)


def create(desk, **typed):
    return desk.post("/users/new", data=TYPED | {"office_id": str(make_office().id)} | typed)


def edit(desk, user_id, **typed):
    seen = hidden_fields(desk.get(f"/users/{user_id}").text)
    user = db.session.get(User, user_id)
    known = {"full_name": user.full_name, "role": user.role.value, "office_id": str(user.office_id)}
    return desk.post(f"/users/{user_id}", data=seen | known | typed)


def known(user_id):
    db.session.expire_all()
    return db.session.get(User, user_id)


def test_a_new_user_signs_in_with_the_password_shown_and_must_choose_another(app, desk):
    shown = desk.get(create(desk).location).text
    given = shown.split("<code>")[1].split("</code>")[0]
    browser = app.test_client()

    entered = browser.post("/sign-in", data={"name": "aliya.k", "password": given})
    led = [browser.get(path).location for path in ("/", "/people", "/users", "/policy")]
    language = browser.post("/language", data={"language": "en", "next": "/password"}).status_code
    new = {"new_password": "seven quiet horses", "repeated_password": "seven quiet horses"}
    changed = browser.post("/password", data={"current_password": given} | new)

    assert "өз құпиясөзіңізді таңдаңыз" in entered.text  # in the language chosen for the new user
    assert led == ["/password"] * 4
    assert language == 302
    assert changed.location == "/"
    assert browser.get("/people").status_code == 200


def test_the_password_is_shown_once_and_to_nobody_else(app, desk, sign_in):
    address = create(desk).location
    other = sign_in(make_user(Role.ADMINISTRATOR))

    assert "<code>" not in other.get(address).text
    assert "<code>" in desk.get(address).text
    assert "<code>" not in desk.get(address).text


def test_the_cookie_that_carries_the_password_does_not_tell_it(app, desk):
    address = create(desk).location
    with desk.session_transaction() as carried:
        sealed = carried["new_password"]

    assert desk.get(address).text.split("<code>")[1].split("</code>")[0] not in sealed


@pytest.mark.parametrize(
    ("field", "typed", "advice"),
    [
        ("name", "", "Enter a sign-in name"),
        ("name", "Әлия", "Use 3 to 40 Latin letters"),
        ("name", "a k", "Use 3 to 40 Latin letters"),
        ("name", "ab", "Use 3 to 40 Latin letters"),
        ("name", "a" * 41, "too long"),
        ("full_name", " ", "Enter the full name"),
        ("full_name", "Ә" * 10_000, "too long"),
        ("role", "king", "Choose a role"),
        ("role", "", "Choose a role"),
        ("office_id", "999999", "Choose one of the answers"),
        ("office_id", "1; DROP", "Choose an office"),
        ("office_id", "9" * 400, "Choose one of the answers"),
        ("language", "fr", "Choose one of the answers"),
    ],
)
def test_what_does_not_fit_is_a_sentence_and_keeps_the_rest(app, desk, field, typed, advice):
    answer = create(desk, **{field: typed})

    assert answer.status_code == 200
    assert advice in answer.text
    assert "Қожахметова" in answer.text or field == "full_name"
    assert db.session.query(User).filter_by(name="aliya.k").count() == 0


def test_two_users_never_share_a_name(app, desk):
    create(desk)

    answer = create(desk, name="ALIYA.K")

    assert "Somebody already signs in under this name" in answer.text


def test_a_change_of_role_or_office_signs_out_everywhere_and_a_change_of_name_does_not(app, desk, sign_in):
    user, other_office = make_user(), make_office("B-2").id
    browser, user_id = sign_in(user), user.id

    edit(desk, user_id, full_name="Асанова Айгүл Маратқызы")
    stays = browser.get("/password").status_code
    edit(desk, user_id, office_id=str(other_office))

    assert stays == 200
    assert browser.get("/password").status_code == 302
    assert (known(user_id).full_name, known(user_id).office_id) == ("Асанова Айгүл Маратқызы", other_office)
    browser.enter(known(user_id))
    edit(desk, user_id, role="supervisor")
    assert browser.get("/password").status_code == 302


def test_two_administrators_at_one_user_see_each_others_words(app, desk, sign_in):
    user_id, other = make_user().id, sign_in(make_user(Role.ADMINISTRATOR))
    seen = hidden_fields(desk.get(f"/users/{user_id}").text)
    edit(other, user_id, full_name="Saved by the other")

    place = {"role": "officer", "office_id": str(known(user_id).office_id)}
    answer = desk.post(f"/users/{user_id}", data=seen | place | {"full_name": "Typed by me"})

    assert "Saved by the other" in answer.text
    assert "Typed by me" in answer.text
    assert known(user_id).full_name == "Saved by the other"


def test_a_suspended_user_is_out_until_let_in_again(app, desk, sign_in):
    user = make_user()
    browser, user_id, name = sign_in(user), user.id, user.name

    desk.post(f"/users/{user_id}/suspension")
    out = browser.get("/password").status_code
    refused = app.test_client().post("/sign-in", data={"name": name, "password": PASSWORD}).status_code
    desk.post(f"/users/{user_id}/restoration")
    entered = app.test_client().post("/sign-in", data={"name": name, "password": PASSWORD}).location

    assert (out, refused, entered) == (302, 401, "/")
    row = db.session.query(Suspension).one()
    assert row.by_id and row.lifted_by_id and row.at <= row.lifted_at


def test_suspending_twice_is_one_suspension(app, desk):
    user_id = make_user().id

    for _press in range(2):
        desk.post(f"/users/{user_id}/suspension")
    desk.post(f"/users/{user_id}/restoration")

    assert db.session.query(Suspension).count() == 1
    assert known(user_id).suspension is None


def test_a_new_password_takes_the_old_one_away(app, desk, sign_in):
    user = make_user()
    browser, user_id, name = sign_in(user), user.id, user.name

    given = desk.get(desk.post(f"/users/{user_id}/password").location).text.split("<code>")[1].split("</code>")[0]

    assert browser.get("/password").status_code == 302
    assert app.test_client().post("/sign-in", data={"name": name, "password": PASSWORD}).status_code == 401
    assert (
        "chose your first password" in app.test_client().post("/sign-in", data={"name": name, "password": given}).text
    )


def test_nobody_suspends_or_resets_themselves(app, desk, administrator):
    make_user(Role.ADMINISTRATOR)
    own_id = administrator.id

    desk.post(f"/users/{own_id}/suspension")
    desk.post(f"/users/{own_id}/password")

    assert known(own_id).suspension is None
    assert known(own_id).password_changed_at is not None


def test_the_last_administrator_stays_one(app, desk, administrator, stopped_clock):
    own_id, gone = administrator.id, make_user(Role.ADMINISTRATOR)
    gone.suspend(administrator, stopped_clock())
    db.session.commit()
    desk.enter(administrator)

    answer = edit(desk, own_id, role="officer")

    assert "This is the last administrator" in answer.text
    assert known(own_id).role == Role.ADMINISTRATOR


def test_with_another_administrator_one_may_go(app, desk, administrator):
    own_id = administrator.id
    make_user(Role.ADMINISTRATOR)

    edit(desk, own_id, role="officer")

    assert known(own_id).role == Role.OFFICER


def test_two_administrators_who_suspend_each_other_at_once_leave_one(app, sign_in):
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    pairs = [(sign_in(first), second.id), (sign_in(second), first.id)]
    start = Barrier(2)

    def suspend(browser, user_id):
        start.wait()
        with app.app_context():
            browser.post(f"/users/{user_id}/suspension")

    db.session.commit()
    threads = [Thread(target=suspend, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    db.session.expire_all()
    working = [user for user in db.session.scalars(db.select(User)) if user.suspension is None]
    assert len(working) == 1
    assert is_last_administrator(working[0])


def test_the_list_is_found_by_name_role_office_and_access(app, desk, stopped_clock):
    make_user(full_name="Қожахметова Әлия", name="aliya")
    make_user(Role.MENTOR, make_office("B-2"), full_name="Серікбаев Дәулет")
    gone = make_user(Role.ANALYST, full_name="Пак Мария")
    gone.suspend(gone, stopped_clock())
    db.session.commit()
    office_id = make_office("B-2").id

    def found(query):
        page = desk.get(f"/users?{query}").text
        return [name for name in ("Қожахметова", "Серікбаев", "Пак") if name in page]

    assert found("") == ["Қожахметова", "Серікбаев", "Пак"]
    assert found("q=қожахм") == found("q=әлия") == found("q=ALIYA") == ["Қожахметова"]
    assert found("role=mentor") == found(f"office={office_id}") == ["Серікбаев"]
    assert found("state=suspended") == ["Пак"]
    assert found("state=working") == ["Қожахметова", "Серікбаев"]
    assert found("q=%25") == found("q=_") == []
    assert found("role=king&state=x&office=-1") == ["Қожахметова", "Серікбаев", "Пак"]


def test_the_pages_of_a_long_list_hold_everybody_once_and_turn_back(app, desk):
    for number in range(60):
        make_user(full_name=f"Тест {number % 7}")
    seen, address, pages = [], "/users", []
    while address:
        page = desk.get(address).text
        rows = [int(part.split('"')[0]) for part in page.split('<th scope="row"><a href="/users/')[1:]]
        seen += rows
        pages.append(rows)
        address = (
            page.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&") if 'rel="next"' in page else None
        )

    back = desk.get(page.split('rel="prev" href="')[1].split('"')[0].replace("&amp;", "&")).text
    assert sorted(seen) == sorted(db.session.scalars(db.select(User.id)))
    assert [len(rows) for rows in pages] == [25, 25, 11]
    assert [int(part.split('"')[0]) for part in back.split('<th scope="row"><a href="/users/')[1:]] == pages[1]


def test_each_act_on_a_user_is_one_line_of_the_journal(app, desk, administrator):
    user_id, own_id = make_user().id, administrator.id

    desk.post(f"/users/{user_id}/suspension")

    line = db.session.query(Entry).filter_by(kind=Kind.ACT).one()
    assert (line.actor_id, line.what, line.subject, line.subject_id) == (own_id, "users.suspend", "user", user_id)
