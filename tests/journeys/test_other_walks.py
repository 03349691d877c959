"""Shorter walks: an analyst who reaches nobody, a dark phone in Kazakh, a page that was left open for too long."""

import pytest

from app.seeds.demo import PASSWORD

# What these walks show is the browser's side: the engine makes no difference, and a browser takes its time.
pytestmark = pytest.mark.one_engine

PEOPLE = ("Серікбаев", "Козлов", "Байжанов", "Иванова")


def test_an_analyst_reads_an_indicator_and_can_reach_no_person(walker):
    analyst = walker("analyst")
    analyst.sees("Indicators")
    analyst.leave(analyst.page.locator("main a[href*='/indicators/2026H1']").first)
    analyst.look()
    analyst.sees("hidden")

    addresses = analyst.page.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")

    assert not [address for address in addresses if any(room in address for room in ("/people", "/cases", "/helping"))]
    for name in PEOPLE:
        analyst.does_not_see(name)
    for closed in ("/people", "/people/1", "/cases/1", "/queue", "/assessments/1", "/programs/1", "/helping/1"):
        answer = analyst.page.goto(closed)
        assert answer is not None
        assert answer.status == 403
        analyst.look()


def test_the_days_pages_fit_a_dark_phone_in_kazakh(walker):
    officer = walker("officer", 360, 740, dark=True)
    officer.speak("Қазақша")

    for address in ("/", "/people", "/people/1", "/people/1/record", "/people/1/assessments", "/people/1/programs"):
        officer.go(address)
    officer.sees("Серікбаев")


def test_text_typed_into_a_page_left_open_is_saved_after_signing_in_again(walker, stopped_clock):
    officer = walker("officer")
    officer.go("/people/1/circumstances/new")
    officer.fill(
        {"employment": "employed", "workplace": "Ойдан шығарылған құрылыс компаниясы", "from_on": "19.11.2026"}
    )
    stopped_clock.move(minutes=45)
    officer.leave(officer.page.locator("main form .submit-bar button").first)
    officer.look()
    officer.sees("Sign in again")

    officer.page.locator("#name").fill("officer")
    officer.page.locator("#password").fill(PASSWORD)
    officer.leave(officer.page.locator("form[action$='/sign-in'] button"))
    officer.look()
    officer.leave(officer.page.locator("main form button").first)

    officer.go("/people/1/record")
    officer.sees("Ойдан шығарылған құрылыс компаниясы")
