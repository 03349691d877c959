"""An officer's morning from the day's page to a drafted warning, and a head who gives cases to another officer."""

import pytest

# What these walks show is the browser's side: the engine makes no difference, and a browser takes its time.
pytestmark = pytest.mark.one_engine
CAME, MISSED = "Серікбаев Данияр", "Әлімқұлова Айнұр"
screens = pytest.mark.parametrize(
    ("width", "scripts"),
    [
        pytest.param(1280, True, id="with scripts"),
        pytest.param(1280, False, id="without scripts"),
        pytest.param(360, True, id="on a phone"),
    ],
)


@screens
def test_an_officers_whole_morning(walker, width, scripts):
    officer = walker("officer", width, scripts=scripts)
    one_press(officer, scripts=scripts)
    note_a_missed_visit(officer)
    record_and_draft(officer)

    supervisor = walker("supervisor", width, scripts=scripts)
    sign(supervisor, officer.page.url)


def one_press(officer, *, scripts):
    officer.sees("Due today")
    officer.page.evaluate("document.body.dataset.same = 'yes'")
    line = officer.page.locator("#today li.line", has_text=CAME)
    line.get_by_role("button", name="Came").click()
    line.wait_for(state="detached")
    if scripts:  # the page was not loaded again
        assert officer.page.locator("body").get_attribute("data-same") == "yes"
        officer.look()
    officer.go("/people/1/supervision")
    assert officer.page.locator("main").get_by_text("came", exact=True).count()


def note_a_missed_visit(officer):
    officer.go("/")
    officer.leave(officer.page.locator("#today li.line", has_text=MISSED).get_by_role("link", name="Another outcome"))
    officer.look()
    officer.fill({"outcome": "did_not_come", "words": "Телефонға жауап бермеді.", "next_on": "24.11.26"})
    officer.press("Note it")
    officer.sees("It is noted what came of the visit.")
    officer.does_not_see("Expected today · 2")

    officer.go("/people/2/supervision")
    officer.sees("24 Nov 2026")
    officer.sees("Телефонға жауап бермеді.")


def record_and_draft(officer):
    officer.press("Record the violation")
    officer.sees("What the norms foresee")
    officer.leave(officer.page.get_by_role("link", name="Draft it").filter(has_text="Written warning").first)
    officer.look()
    officer.sees("The texts are samples")
    officer.press("Save and hand to the head")
    officer.sees("The draft is saved and lies before the head.")


def sign(supervisor, address):
    supervisor.go(address)
    supervisor.sees("Written warning")
    supervisor.confirm("Sign")
    sheet = supervisor.read_pdf("Kazakh (PDF)")
    assert "үлгі" in sheet.lower()
    assert MISSED.split()[0] in sheet


@screens
def test_a_head_gives_cases_to_another_officer(walker, width, scripts):
    supervisor = walker("supervisor", width, scripts=scripts)
    supervisor.go("/workload")
    row = supervisor.page.locator("main tr", has_text="Ахметова")
    supervisor.leave(row.get_by_role("link", name="Give away"))
    supervisor.look()
    boxes, people = supervisor.page.locator("main input[name='case']"), supervisor.page.locator("main th label")
    given = people.all_inner_texts()[:2]
    for nth in range(2):
        boxes.nth(nth).check()
    supervisor.page.locator("main input[name='to']").first.check()
    supervisor.press("Look at what it comes to")
    supervisor.sees("Nothing is saved yet.")

    supervisor.press("Give 2 cases")
    supervisor.sees("Before and after")  # no reason was given: the preview is there again, and nothing is given
    supervisor.fill({"reason": "Ахметова Г. М. демалыста"})
    supervisor.press("Give 2 cases")
    for name in given:
        supervisor.sees(name)
    supervisor.go("/reassignments")
    supervisor.sees("Ахметова Г. М. демалыста")
