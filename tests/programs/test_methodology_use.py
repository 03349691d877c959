"""Figures on the use of the methodology: counted by programmes, and never about too few of them."""

import csv
import re
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access.models import Role
from app.db import db
from app.programs.drafts import drafting
from app.programs.drafts.drafting import start_change
from app.programs.methodology import rules
from app.programs.models import Approval, GoalProgress
from app.programs.proposals import suggesting
from app.programs.proposals.counts import counted
from app.programs.proposals.use import Counted, Figure, is_few, shown
from app.programs.vocabulary import GoalState
from tests.factories.people import make_user
from tests.factories.programs import DRAFTED, make_approved
from tests.factories.saving import saved
from tests.factories.statements import statements


@pytest.mark.parametrize(
    ("counts", "expected"),
    [  # proposed, taken, changed, declined, achieved
        ((0, 0, 0, 0, 0), (0, None, None, None, None)),
        ((4, 4, 0, 0, 0), (None, None, None, None, None)),
        ((20, 10, 5, 5, 0), (20, 10, 5, 5, 0)),
        ((20, 16, 8, 0, 0), (20, None, None, 0, None)),  # 4 were not taken
        ((20, 3, 0, 17, 0), (20, None, None, None, None)),
        ((20, 10, 4, 10, 6), (20, 10, None, 10, None)),  # 4 of the 10 were not achieved
        ((20, 10, 0, 8, 10), (20, 10, 0, None, 10)),  # 2 gave no answer
        ((20, 0, 0, 20, 0), (20, 0, None, 20, None)),
    ],
)
def test_figures_about_too_few_are_not_shown(counts, expected):
    row = shown(Counted("W-1", *counts))

    found = [one.number if isinstance(one, Figure) else one for one in (row.taken, row.changed, row.declined)]
    achieved = row.achieved.number if row.achieved else None
    assert (row.proposed, *found, achieved) == expected


@given(st.integers(0, 40).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), st.data())
def test_whatever_is_shown_tells_of_no_group_under_five(pair, data):
    proposed, taken = pair
    among_taken = st.integers(0, taken)
    one = Counted("W-1", proposed, taken, data.draw(among_taken), data.draw(st.integers(0, proposed - taken)),
                  data.draw(among_taken))  # fmt: skip
    row = shown(one)

    for figure, among in ((row.taken, proposed), (row.declined, proposed), (row.changed, taken), (row.achieved, taken)):
        if figure:
            assert not is_few(figure.number)
            assert not is_few(among - figure.number)
            assert figure.share == figure.number / among
    if row.taken and row.declined:
        assert not is_few(proposed - row.taken.number - row.declined.number)


def test_the_page_and_its_file_say_the_same(sign_in, officer):
    head = make_user(Role.SUPERVISOR)
    for _number in range(6):
        make_approved(officer, head)
    browser = sign_in(make_user(Role.ANALYST))

    page = browser.get("/methodology/use").text
    file = list(csv.DictReader(StringIO(browser.get("/methodology/use.csv").text.removeprefix("\ufeff"))))
    used = {row["rule"]: row for row in file}

    assert set(used) == set(rules())
    assert (used["W-1"]["proposed"], used["W-1"]["taken"], used["W-1"]["obs_status"]) == ("6", "6", "A")
    assert (used["T-1"]["proposed"], used["T-1"]["taken"]) == ("6", "0")
    assert used["LH-1"]["proposed"] == "0"
    assert re.search(r"6 <span class=\"muted\">\(100\S* ?%\)", page)
    assert statements(lambda: browser.get("/methodology/use")) <= 6


def test_a_programme_counts_once_and_only_when_it_is_signed(officer):
    head = make_user(Role.SUPERVISOR)
    first = make_approved(officer, head)
    second = start_change(first.program, first.assessment, officer, DRAFTED, date(2026, 6, 1))
    suggesting.decline(second, "T-1", "He plays football already.")
    drafting.change_goal(second.goals[0], "Keep the work at the bakery", "education_work")
    before = counted()
    second.approval = Approval(on=date(2026, 6, 2), by=head, at=DRAFTED)
    db.session.commit()

    assert (before["W-1"], before["T-1"]) == (Counted("W-1", 1, 1, 0, 0, 0), Counted("T-1", 1, 0, 0, 0, 0))
    assert (counted()["W-1"], counted()["T-1"]) == (Counted("W-1", 1, 1, 1, 0, 0), Counted("T-1", 1, 0, 0, 1, 0))


def test_a_goal_that_was_achieved_counts_until_it_is_taken_up_again(officer):
    version = make_approved(officer, make_user(Role.SUPERVISOR))

    def say(state):
        facts = {"program_id": version.program_id, "thread": version.goals[0].thread, "by": officer, "at": DRAFTED}
        saved(GoalProgress(state=state, on=date(2026, 7, 1), **facts))
        return counted()["W-1"].achieved

    assert [say(GoalState.ACHIEVED), say(GoalState.TAKEN_UP_AGAIN), say(GoalState.ACHIEVED)] == [1, 0, 1]


def test_an_officer_may_read_the_methodology_but_not_its_figures(sign_in, officer):
    browser = sign_in(officer)

    assert browser.get("/methodology/use").status_code == 403
    assert "/methodology/use" not in browser.get("/methodology").text
