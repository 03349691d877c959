"""The plan of measures: a body mends its report, the ministry returns and accepts it; each in their own browser."""

import pytest

# What this walk shows is the browser's side: the engine makes no difference, and a browser takes its time.
pytestmark = pytest.mark.one_engine


def test_a_report_is_submitted_returned_mended_and_accepted(walker):
    body, ministry = walker("body2"), walker("ministry", dark=True)

    body.sees("The ministry returned this report")
    body.press("Mend the report")
    body.press("Write of measure 4")
    body.fill({"ru": "Согласование завершено, приказ будет подписан в сентябре."})
    body.page.locator("[data-saved]", has_text="Saved at").wait_for()
    body.press("Save", exact=True)
    body.confirm("Submit to the ministry")
    body.sees("The report lies before the ministry.")

    ministry.sees("Progress reports: First half of 2026")
    ministry.press("Ministry of Health", exact=True)
    ministry.sees("приказ будет подписан в сентябре")
    ministry.press("Return to the body")
    ministry.press("Return", exact=True)
    ministry.sees("Say what is to be mended.")
    ministry.fill({"words": "Назовите номер проекта приказа.", "measures": "4"})
    ministry.press("Return", exact=True)
    ministry.sees("The report is returned to the body.")

    body.go("/")
    body.sees("Назовите номер проекта приказа.")
    body.press("Mend the report")
    body.sees("to be mended")
    body.press("Write of measure 4")
    body.fill({"evidence": "Проект совместного приказа № 4 от 3 августа 2026 года"})
    body.press("Save", exact=True)
    body.confirm("Submit to the ministry")

    ministry.go(ministry.page.url)
    ministry.sees("As submitted: version 3")
    ministry.confirm("Accept")
    ministry.sees("The report is accepted.")
    ministry.press("Measures", exact=True)
    ministry.press("Approve how the treatment")
    ministry.sees("Accepted: Ministry of Health")
    ministry.sees("Returned: Ministry of Health")


def test_the_plan_is_read_on_a_phone_without_scripts(walker):
    body = walker("body6", width=360, scripts=False)

    body.press("Go on writing")
    body.press("Write of measure 7")
    body.fill({"kk": "Іс-шаралар өтті."})
    body.press("Save", exact=True)
    body.sees("Saved. You can go on at any time")
    body.go("/plans/decree-912/measures/14")
    body.sees("Bring modern methods of studying the person")
    body.go("/plans/sample-2026/progress/2026H1")
    body.sees("(ours)")
