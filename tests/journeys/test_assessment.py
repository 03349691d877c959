"""What becomes of an assessment: explained, overridden by two people, objected to, answered; and a visit afterwards."""

import pytest

pytestmark = pytest.mark.one_engine  # every step's own tests run on both

PERSON = "Козлов"
WHY = "Снова видится с прежней компанией, об этом сообщил участковый."
SAYS = "С компанией я не вижусь, встретились один раз случайно."
ANSWER = "Участковый подтвердил одну случайную встречу, уровень остаётся до следующей оценки."


def test_a_level_is_explained_overridden_objected_to_and_a_visit_follows(walker):
    officer, supervisor = walker("officer"), walker("supervisor")
    assessment = assess(officer)
    explain(officer)
    override(officer, supervisor, assessment)
    object_and_answer(officer, supervisor, assessment)

    visit(walker("officer", 360, 740))


def assess(officer) -> str:
    """The same way as in the main job, without a look at each page."""
    officer.page.goto(f"/people?q={PERSON}")
    officer.leave(officer.page.get_by_role("link", name=PERSON).first)
    officer.leave(officer.page.get_by_role("link", name="Assessments", exact=True))
    officer.leave(officer.page.get_by_role("link", name="Start an assessment"))
    officer.leave(officer.page.get_by_role("button", name="Start", exact=True))
    officer.page.wait_for_url("**/sections/**")
    while "/sections/" in officer.page.url:
        officer.answer_all()
        officer.fill({"source": "document"})
        officer.leave(officer.page.locator(".submit-bar button[name='next']"))
    officer.look()
    officer.fill({"conclusion": "Прошлое без судимостей, работа и семья есть. Достаточно обычных встреч."})
    officer.press("Complete the assessment")
    officer.sees("The assessment is complete.")
    return officer.page.url


def explain(officer) -> None:
    officer.press("Why this level")
    officer.sees("Each answer carries points; the points add up to 0 of")
    sheet = officer.read_pdf("English (PDF)")
    assert PERSON in sheet
    assert "object" in sheet


def override(officer, supervisor, assessment) -> None:
    officer.go(assessment)
    officer.press("Propose another level")
    officer.page.locator("input[name='to_level']").first.check()
    officer.fill({"reason": "recent_change", "words": WHY})
    officer.press("Propose", exact=True)
    officer.sees("waits for an answer")

    supervisor.go("/queue")
    supervisor.sees(PERSON)
    supervisor.go(assessment)
    supervisor.press("Approve or decline")
    supervisor.sees(WHY)
    supervisor.fill({"decision": "approve"})
    supervisor.press("Save the decision")
    supervisor.sees("approved")
    supervisor.sees("medium")


def object_and_answer(officer, supervisor, assessment) -> None:
    officer.go(assessment)
    officer.press("Record an objection")
    officer.fill({"on": "20.11.2026", "against": "level", "words": SAYS})
    officer.press("Record the objection")
    officer.sees("25 Nov 2026")

    supervisor.go(assessment)
    supervisor.press("Answer the objection")
    supervisor.sees(SAYS)
    supervisor.fill({"outcome": "not_upheld", "words": ANSWER})
    supervisor.press("Save the answer")
    officer.go(assessment)
    officer.sees(ANSWER)


def visit(phone) -> None:
    phone.page.goto("/people?q=Абдрахманов")
    phone.leave(phone.page.get_by_role("link", name="Абдрахманов").first)
    phone.leave(phone.page.locator("a[href$='/acute-reviews/new']"))
    phone.look()
    phone.sees("Last time: Threats, fights or loss of control")
    phone.press("Save the review")
    phone.sees("Something is missing or wrong")
    phone.answer_all()
    phone.page.locator("input[name='answer_anger']").first.press("1")  # its digit chooses, and leads on
    assert phone.page.locator("input[name='answer_anger']:checked").get_attribute("value") == "slight"
    phone.press("Save the review")
    phone.sees("better")
    phone.sees("Since the last review, 11 Nov 2026")
    phone.press("All reviews")
    phone.sees("last reviewed on 20 Nov 2026")
