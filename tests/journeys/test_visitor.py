"""A visitor reads the public page on a telephone and downloads a report; nobody asks who they are."""

import pytest

from tests.factories.reports import make_published
from tests.journeys.walker import Walker

pytestmark = pytest.mark.one_engine  # what the pages read is read on both by the tests of the plan
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def visitor(served, address, chromium):
    """Somebody with a telephone in the dark, who never signed in."""
    with served.app_context():
        make_published()
    context = chromium.new_context(
        viewport=PHONE, color_scheme="dark", locale="ru", base_url=address, accept_downloads=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    yield Walker(page, looks=True, dark=True), context, asked
    context.close()


def test_a_visitor_reads_and_downloads(visitor, address):
    walker, context, asked = visitor
    walker.go("/resocialisation")
    assert walker.page.locator("html").get_attribute("lang") == "ru"
    walker.press("English")
    walker.page.locator(".figures a").first.click()
    walker.look()
    walker.sees("How it is counted")
    walker.press("All figures")
    walker.page.locator(".reports h3 a").first.click()
    walker.look()
    walker.sees("What the figures show")
    with walker.page.expect_download() as waiting:
        walker.page.get_by_role("link", name="PDF, Русский").first.click()

    assert waiting.value.suggested_filename.endswith("-2026H1-ru.pdf")
    assert context.cookies() == []
    assert [url for url in asked if not url.startswith(address)] == []
