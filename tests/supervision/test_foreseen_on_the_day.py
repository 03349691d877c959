"""On the officer's day: violations that nobody has answered, and terms half of which is served."""

from datetime import date, timedelta

import pytest

from app.clock import today
from app.supervision.violations.dossier import dossier_of, proposals_for
from tests.factories.people import make_case, make_user
from tests.factories.violations import make_answer, make_search, make_violation

pytestmark = pytest.mark.usefixtures("stopped_clock")
HALF = {"term_from": date(2025, 11, 20), "term_to": date(2027, 11, 20), "registered_on": date(2025, 11, 20),
        "judged_on": date(2025, 11, 1)}  # fmt: skip


def test_the_day_shows_what_waits_for_a_person_and_nothing_of_a_colleague(officer, sign_in):
    half = make_case(officer, **HALF)
    sought = make_case(officer, **HALF)
    make_search(sought)
    broken = make_case(officer, **HALF)
    make_violation(broken, "conditional-moved", today() - timedelta(days=1))
    later = make_case(officer, **HALF | {"term_to": date(2027, 11, 21)})
    make_answer(make_violation(make_case(officer)))
    make_violation(make_case(make_user()))
    browser = sign_in(officer)

    page = browser.get("/").text

    assert page.count("Half of the term was served on") == 1
    assert f"/cases/{half.id}/answers/new?measure=early-cancellation" in page
    assert "Violations that nobody has answered" in page
    assert page.count("Moved without telling the service") == 1
    proposed = {case.id for case in (half, sought, broken, later) if is_proposed(case)}
    assert proposed == {half.id}  # the page of the person and the day agree


def is_proposed(case) -> bool:
    return any(one.rule.code == "early-half" for one in proposals_for(case, dossier_of([case]), today()))
