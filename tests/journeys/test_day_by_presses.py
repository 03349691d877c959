"""A morning by presses: what is done leaves the day without another page, with scripts, without, on a bad line."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.one_engine

SEEN = "#new form[action*=acknowledgement] button"


def number_of_news(officer):
    return int(officer.page.locator(".tally-new strong").inner_text())


def test_presses_take_their_lines_away_and_the_page_stays(walker):
    officer = walker("officer")
    officer.go("/")
    page, before, lines = officer.page, number_of_news(officer), officer.page.locator(SEEN).count()
    assert lines >= 3
    page.evaluate("window.stayed = true")

    page.context.set_offline(True)
    page.locator(SEEN).first.click()
    expect(page.locator(".line-unsaved")).to_be_visible()
    page.context.set_offline(False)
    assert number_of_news(officer) == before

    page.locator(SEEN).first.click()
    expect(page.locator(SEEN)).to_have_count(lines - 1)
    expect(page.locator("[data-told]")).to_contain_text("You have seen it.")
    assert number_of_news(officer) == before - 1
    assert page.evaluate("document.activeElement.closest('#new .line') !== null"), "the work goes on at the next line"
    officer.look()

    page.evaluate(f"document.querySelectorAll('{SEEN}').forEach((button) => button.click())")
    expect(page.locator(SEEN)).to_have_count(0)
    assert number_of_news(officer) == before - lines
    assert page.evaluate("window.stayed") is True
    for address in ("/day/late", "/caseload?late=anything&order=contact"):
        officer.go(address)


def test_without_scripts_a_press_leads_back_to_the_day(walker):
    officer = walker("officer", scripts=False)
    officer.go("/")
    day, before = officer.page.url, number_of_news(officer)

    officer.leave(officer.page.locator(SEEN).first)

    assert officer.page.url == day
    assert number_of_news(officer) == before - 1
