"""A person at a browser: goes, types, presses, and looks at every page with the eyes of axe."""

from collections.abc import Mapping
from re import sub
from subprocess import run
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Response

from app.seeds.demo import PASSWORD

# The kinds of element on a page, each with its classes: what axe looks at, whatever the words are.
MAKE_UP = "[...new Set([...document.querySelectorAll('*')].map(e => `${e.tagName}.${e.className}`))].sort().join()"
SEEN: set[tuple[str, str, object]] = set()


class Walker:
    """One signed-in person; every page that is reached is checked unless scripts are off."""

    def __init__(self, page: Page, *, looks: bool, dark: bool = False) -> None:
        self.page = page
        self.screen = (page.viewport_size or {}).get("width"), dark
        self.looks = looks
        self.faults: list[str] = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("response", self.note)

    def note(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status} at {response.url}")

    def sign_in(self, name: str) -> None:
        self.page.goto("/sign-in")
        self.look()
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(PASSWORD)
        self.page.locator("form[action$='/sign-in'] button").click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        self.speak("English")

    def speak(self, language: str) -> None:
        self.page.locator("details.menu:not(.menu--more) > summary").first.click()
        self.leave(self.page.locator("details.menu:not(.menu--more)").get_by_role("button", name=language))
        self.look()

    def go(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, name: str, *, exact: bool = False, nth: int = 0) -> None:
        """Press a button, a link or an opener by its words."""
        page = self.page
        targets = page.get_by_role("button", name=name, exact=exact).or_(
            page.get_by_role("link", name=name, exact=exact)
        )
        self.leave(targets.nth(nth))
        self.look()

    def leave(self, target: Locator) -> None:
        """Press what leads to another page, and be there: a form may wait for its autosave before it goes."""
        with self.page.expect_navigation():
            target.click()

    def confirm(self, name: str) -> None:
        """Press what asks first: open the question, then press the button within."""
        box = self.page.locator("details.confirm", has=self.page.locator("summary", has_text=name)).first
        box.locator("summary").click()
        self.leave(box.locator("button"))
        self.look()

    def fill(self, answers: Mapping[str, str]) -> None:
        """Answer fields by their names: text is typed, choices are chosen, boxes and circles are ticked."""
        for name, answer in answers.items():
            field = f"main [name='{name}']"
            if self.page.locator(f"main select[name='{name}']").count():
                self.page.select_option(f"main select[name='{name}']", answer)
            elif self.page.locator(f"{field}[type='radio'], {field}[type='checkbox']").count():
                self.page.check(f"{field}[value='{answer}']")
            else:
                self.page.fill(f"{field}:not([type='hidden'])", answer)

    def answer_all(self) -> None:
        """Choose the first answer to every question of the page."""
        names = self.page.locator("input[type='radio'][name^='answer_']").evaluate_all(
            "circles => [...new Set(circles.map(c => c.name))]"
        )
        for name in names:
            self.page.locator(f"input[name='{name}']").first.check()

    def read_pdf(self, link: str) -> str:
        """Fetch a sheet as the signed-in person, and read its text back with another program."""
        return self.read(self.page.get_by_role("link", name=link).first.get_attribute("href") or "")

    def read(self, address: str) -> str:
        answer = self.page.request.get(address)
        assert answer.ok
        assert answer.headers["content-type"] == "application/pdf"
        text = run(["pdftotext", "-", "-"], input=answer.body(), capture_output=True, check=True)  # noqa: S607
        return " ".join(text.stdout.decode().split())

    def sees(self, words: str) -> None:
        assert words in self.text(), f"{words!r} is not on {self.page.url}:\n{self.text()[:1500]}"

    def does_not_see(self, words: str) -> None:
        assert words not in self.text(), f"{words!r} is on {self.page.url}"

    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def look(self) -> None:
        """No fault of access on the page, nothing wider than the screen, nothing broken on the way."""
        assert self.faults == []
        if not self.looks:
            return
        make_up = (sub("[0-9]+", "#", urlsplit(self.page.url).path), self.page.evaluate(MAKE_UP), self.screen)
        if make_up not in SEEN:  # a page of the same make-up, with other words, was looked at before
            results = Axe().run(self.page)
            assert results.violations_count == 0, f"{self.page.url}\n{results.generate_report()}"
            SEEN.add(make_up)
        wider = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{self.page.url} is {wider} px wider than the screen"
