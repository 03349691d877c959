"""The main job, end to end: from the registration to the printed sheet, the logged session and the figure."""

from re import search

import pytest

from app.clients.iin import for_demonstration

PERSON = {
    "surname": "Төлегенов",
    "given_name": "Әділет",
    "patronymic": "Қанатұлы",
    "born_on": "12.3.85",
    "sex": "male",
    "iin": for_demonstration("85031230077"),
    "citizenship": "KZ",
    "language": "kk",
    "phone": "8 701 000 00 77",
    "region_code": "710000000",
    "text": "Ойдан шығарылған көшесі, 7",
    "registration": "temporary",
    "lives_from": "1/9/2026",
    "education": "secondary",
    "employment": "seeking",
    "family": "married",
    "dependants": "2",
    "legal_basis": "conditional_sentence",
    "court": "Ойдан шығарылған аудандық сот",
    "judged_on": "2026-10-01",
    "articles": "188 ч. 2",
    "term_from": "12.10.2026",
    "term_to": "12.10.2028",
    "registered_on": "14.10.2026",
}


@pytest.mark.parametrize(
    "scripts",
    [
        pytest.param(True, id="with scripts"),
        pytest.param(False, id="without scripts", marks=pytest.mark.one_engine),
    ],
)
@pytest.mark.usefixtures("worker")
def test_an_office_does_its_work_from_registration_to_figure(walker, scripts):
    officer = walker("officer", scripts=scripts)
    register(officer)
    assess(officer)
    draw_up(officer)
    version = officer.page.url.removesuffix("/draft")

    supervisor = walker("supervisor", scripts=scripts)
    send_back(supervisor)
    mend_and_submit(officer, version)
    approve_and_print(supervisor, version)
    print_many(supervisor, scripts=scripts)

    match(officer)
    mentor = walker("mentor", 360, 740, scripts=scripts)
    log_a_session(mentor)

    officer.go("/")
    officer.sees("Төлегенов")
    officer.leave(officer.page.locator(".line", has_text="Төлегенов").get_by_role("link", name="Look at it"))
    officer.look()
    officer.press("Confirm")
    officer.sees("confirmed")


def register(officer) -> None:
    officer.go("/")
    officer.press("Register a person")
    officer.fill(PERSON | {"iin": "850312300012"[:11] + "9"})
    officer.press("Register a person", exact=True)
    officer.sees("Something is missing or wrong")
    assert officer.page.input_value("[name='surname']") == PERSON["surname"]
    officer.fill(PERSON)
    officer.press("Register a person", exact=True)
    officer.sees("Төлегенов Әділет Қанатұлы")


def assess(officer) -> None:
    officer.press("Assessments", exact=True)
    officer.leave(officer.page.locator("a[href*='/assessments/new']").first)
    officer.look()
    officer.sees("Not validated in Kazakhstan")
    officer.press("Start", exact=True)
    assessment = officer.page.url.split("/sections/")[0]
    for _section in range(20):
        if "/sections/" not in officer.page.url:
            break
        officer.answer_all()
        officer.fill({"source": "person"})
        officer.leave(officer.page.locator(".submit-bar button[name='next']"))
    officer.go(f"{assessment}/conclusion")
    officer.fill({"conclusion": "Жұмыс іздеп жүр, отбасы қолдайды. Бағдарлама жұмысқа орналасудан басталады."})
    officer.press("Complete the assessment")
    officer.sees("Жұмыс іздеп жүр")


def draw_up(officer) -> None:
    officer.press("Programmes", exact=True)
    officer.leave(officer.page.locator("a[href*='/programs/new']").first)
    officer.look()
    officer.leave(officer.page.locator("main form button").last)
    officer.look()
    officer.press("Add a goal of your own")
    officer.fill({"text": "Тұрақты жұмысқа орналасу"})
    officer.leave(officer.page.locator("main form button").last)
    officer.press("Add a step")
    officer.fill({"text": "Мансап орталығына тіркелу", "doer": "person", "due_on": "15.12.26"})
    officer.leave(officer.page.locator("main form button").last)
    officer.look()
    for _declined in range(20):
        offered = officer.page.get_by_role("link", name="Decline with a reason")
        if not offered.count():
            break
        officer.leave(offered.first)
        officer.fill({"reason": "Келесі бағдарламаға қалдырылды."})
        officer.leave(officer.page.locator("main form button").last)
    say_and_submit(officer, "Келісемін.")


def say_and_submit(officer, words: str) -> None:
    officer.press("Record what the person says")
    officer.fill({"answer": "agreed", "words": words, "on": "20.11.2026"})
    officer.leave(officer.page.locator("main form button").last)
    officer.look()
    officer.press("Submit to the head of service")
    officer.sees("Submitted to the head of service")


def send_back(supervisor) -> None:
    supervisor.go("/queue")
    supervisor.leave(supervisor.page.locator(".line", has_text="Төлегенов").get_by_role("link", name="Read and decide"))
    supervisor.fill({"words": "Жұмысқа орналасу мақсатына мерзім қойыңыз."})
    supervisor.press("Return with words")
    supervisor.sees("Returned.")


def mend_and_submit(officer, version: str) -> None:
    officer.go("/")
    officer.sees("Төлегенов")
    officer.leave(officer.page.locator(".line", has_text="Жұмысқа орналасу мақсатына").get_by_role("link").last)
    officer.sees("Жұмысқа орналасу мақсатына мерзім қойыңыз.")
    officer.go(f"{version}/draft")
    officer.leave(officer.page.get_by_role("link", name="Тұрақты жұмысқа орналасу").first)
    officer.fill({"target_on": "1.3.2027"})
    officer.leave(officer.page.locator("main form button").last)
    say_and_submit(officer, "Иә, наурызға дейін үлгеремін.")


def approve_and_print(supervisor, version: str) -> None:
    supervisor.go("/queue")
    supervisor.leave(supervisor.page.locator(".line", has_text="Төлегенов").get_by_role("link", name="Read and decide"))
    supervisor.look()
    supervisor.press("Approve", exact=True)
    kazakh, russian = supervisor.read_pdf("Sheet in Kazakh"), supervisor.read_pdf("Sheet in Russian")
    for sheet in (kazakh, russian):
        assert "Төлегенов Әділет Қанатұлы" in sheet
        assert "Тұрақты жұмысқа орналасу" in sheet
        assert "Иә, наурызға дейін үлгеремін." in sheet
    assert "жеке бағдарлама" in kazakh.lower()
    assert "индивидуальная программа" in russian.lower()
    numbers = [search(r"P-2026-\d{6}/1", sheet).group() for sheet in (kazakh, russian)]
    assert numbers[0] == numbers[1]


def print_many(supervisor, *, scripts: bool) -> None:
    """A batch, while it comes: with scripts the page moves by itself, without them by a link."""
    supervisor.go("/print-batches/new?which=approved_this_month")
    supervisor.sees("Төлегенов Әділет Қанатұлы")
    supervisor.press("Print what is ticked")
    for _look in range(240):  # half a second each; a busy machine takes its time
        if "All sheets are printed." in supervisor.text():
            break
        if scripts:
            supervisor.page.wait_for_timeout(500)
        else:
            supervisor.leave(supervisor.page.get_by_role("link", name="Look again"))
    supervisor.sees("All sheets are printed.")
    supervisor.look()
    address = supervisor.page.get_by_role("link", name="All in one PDF").get_attribute("href")
    assert "Төлегенов Әділет Қанатұлы" in supervisor.read(address)


def match(officer) -> None:
    officer.go("/people?q=Tolegenov")
    officer.press("Төлегенов Әділет Қанатұлы")
    officer.press("Sessions", exact=True)
    officer.leave(officer.page.locator("a[href*='/matches/new']").first)
    officer.look()
    helper = officer.page.locator("select[name='helper_id'] option", has_text="Нұрпейісов").get_attribute("value")
    officer.fill({"helper_id": helper, "starts_on": "20.11.2026", "given_on": "20.11.2026", "until_on": "20.5.2027"})
    officer.page.locator("input[name='goals']").first.check()
    officer.leave(officer.page.locator("main form button").last)
    officer.look()
    officer.sees("Нұрпейісов")


def log_a_session(mentor) -> None:
    mentor.go("/")
    mentor.sees("Әділет")
    mentor.does_not_see("Төлегенов")
    mentor.leave(mentor.page.locator(".panel", has_text="Әділет").get_by_role("link", name="Log a session"))
    mentor.look()
    mentor.fill({"on": "20.11.26", "starts_at": "9.30", "length": "60", "done": "Түйіндеме жаздық."})
    mentor.leave(mentor.page.locator("main form button").first)
    mentor.look()
    mentor.does_not_see("Төлегенов")
    mentor.does_not_see("188")
