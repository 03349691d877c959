"""Norms: terms by code and day, counted as acts count them, and a file that is refused with every fault at once."""

import re
from datetime import date
from pathlib import Path

import pytest
from markupsafe import escape

from app.offices.reading import BadReference
from app.supervision.norms import NoNorm, Norm, norm, norms

pytestmark = pytest.mark.one_engine

BETWEEN_TAGS = re.compile(r"<[^>]*>")
SPOKEN = 'kk: "а", ru: "б", en: "c"'


@pytest.mark.parametrize(
    ("code", "from_day", "last_day"),
    [
        ("program-answer", date(2026, 11, 20), date(2026, 11, 25)),  # a Friday: Monday, Tuesday, Wednesday
        ("program-answer", date(2026, 12, 14), date(2026, 12, 18)),  # the 16th is Independence Day
        ("program-review", date(2026, 8, 31), date(2027, 2, 28)),  # February has no 31st
    ],
)
def test_a_term_runs_from_the_day_after(code, from_day, last_day):
    assert norm(code, from_day).after(from_day) == last_day


def test_a_term_before_release_is_counted_back_in_calendar_months():
    assert norm("release-program", date(2026, 1, 1)).before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert norm("release-treatment", date(2026, 1, 1)).before(date(2027, 3, 31)) == date(2027, 2, 28)


def test_working_days_are_never_counted_backwards():
    with pytest.raises(ValueError, match="no act counts backwards"):
        norm("program-answer", date(2026, 1, 1)).before(date(2026, 3, 1))


def test_a_day_before_the_first_norm_takes_the_first_one_and_an_unknown_code_none():
    assert norm("program-answer", date(2001, 1, 1)).count == 3
    with pytest.raises(NoNorm):
        norm("no-such-term", date(2026, 1, 1))


def test_a_norm_says_whether_anybody_compared_it_with_the_act():
    assert [one.code for one in norms() if one.checked] == []


def text_of(one: Norm, language: str) -> str:
    """As it stands on a page."""
    return str(escape(one.text[language]))


def entry(code: str = "x", term: str = "{days: 3}", span: str = "valid_from: 2020-01-01") -> str:
    told = f"text: {{{SPOKEN}}}, act: a, source: read, checked: false"
    return f"  - {{code: {code}, part: p, term: {term}, {told}, {span}}}\n"


ACTS = f"""acts:
  - {{code: a, name: {{{SPOKEN}}}, short: {{{SPOKEN}}}}}
parts:
  - {{code: p, name: {{{SPOKEN}}}}}
"""


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        (entry(term="{fortnights: 2}"), "term says no term: one of days, working_days, months"),
        (entry(term="{days: 0}"), "days is not a number from 1 to"),
        (entry(span="valid_from: 2020-01-01, valid_to: 2020-01-01"), "valid_to is not after the first day"),
        (entry() + entry(span="valid_from: 2021-01-01"), "holds on a day on which an earlier x still does"),
        (entry(span="valid_from: soon"), "valid_from is not a date"),
        (entry().replace("act: a", "act: b"), "act is b, not one of a"),
        (entry().replace("part: p", "part: q"), "part is q, not one of p"),
        (entry().replace("source: read", "source: heard"), "source is heard, not one of read, told, memory, own"),
        (entry().replace("source: read, checked: false", "source: memory, checked: true"), "nobody read"),
        (entry().replace("term: {days: 3}", "term: {days: 3}, month_end: true"), "a norm sets one thing"),
        (entry().replace("term: {days: 3}", "fraction: {part: 2, whole: 2}"), "part is not less than the whole"),
        (entry().replace("term: {days: 3}", "between: {least: 7, most: 6, unit: months}"), "most is not more than"),
        (entry().replace("term: {days: 3}", "rhythm: {times: 2, per: fortnight}"), "per is fortnight, not one of"),
        (entry().replace("term: {days: 3}", "foresees: {answers: [scolding]}"), "answers is scolding, not one of"),
        (entry().replace("term: {days: 3}", "month_end: true, opens: true"), "opens is true for a norm that sets no"),
        (entry().replace("code: x", "code: x, applies: {bases: [fine]}"), "bases is fine, not one of"),
        (entry().replace("code: x", "code: x, kind: 7"), "kind is not a str"),
    ],
)
def test_a_faulty_file_is_refused_with_the_place_and_the_reason(tmp_path: Path, entries, fault):
    file = tmp_path / "norms.yaml"
    file.write_text(ACTS + "norms:\n" + entries)
    with pytest.raises(BadReference, match=fault):
        norms(file)


def test_what_changes_on_a_day_is_two_entries_that_meet_there(tmp_path: Path):
    file = tmp_path / "norms.yaml"
    spans = ("valid_from: 2020-01-01, valid_to: 2021-01-01", "valid_from: 2021-01-01")
    file.write_text(ACTS + "norms:\n" + "".join(entry(span=span) for span in spans))
    assert len(norms(file)) == 2


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_page_speaks_in_words_and_shows_no_code(sign_in, officer, language):
    browser = sign_in(officer)
    browser.post("/language", data={"language": language})
    shown = BETWEEN_TAGS.sub(" ", browser.get("/norms").text)

    for one in norms():
        assert text_of(one, language) in shown
        assert one.code not in shown or one.code in text_of(one, language)
    assert "Term(" not in shown and "conditional_sentence" not in shown


def test_the_page_can_be_narrowed_to_a_legal_basis(sign_in, officer):
    shown = sign_in(officer).get("/norms?basis=deferral").text

    assert 'id="deferral-no-show"' in shown and 'id="inspection-minor"' in shown
    assert 'id="timesheet-due"' not in shown
    assert 'id="timesheet-due"' in sign_in(officer).get("/norms?basis=nonsense").text


def test_the_page_of_working_days_says_what_is_in_doubt(sign_in, officer, stopped_clock):
    shown = sign_in(officer).get("/working-days").text

    assert shown.count("not certain") == 2  # of 2025, 2026 and 2027 the first is sure
    assert "15 Mar 2027" in shown and "5 Jan 2025" in shown
