"""Assessments over time: pictures and rows, breaks between wordings, and what changed answer by answer."""

import re
from dataclasses import replace
from datetime import date

import pytest

from app.assessments.history.comparison import Answers, Change, compare_items
from app.assessments.history.pictures import HEIGHT, NEAREST, SIDE, WIDTH, Taken, across, history
from app.assessments.scoring import score
from app.assessments.vocabulary import Level
from tests.assessments.answering import ADULT, answers_with
from tests.factories.assessments import make_completed
from tests.factories.people import make_case

LOWEST, HIGHEST = answers_with(ADULT, min), answers_with(ADULT, max)
SECOND = replace(ADULT, version=2, digest="2" * 64)
LATER = (replace(ADULT.bands[0], last=30), replace(ADULT.bands[1], first=31), ADULT.bands[2])
NEW_CUTOFFS = replace(SECOND, bands=LATER)
pure = pytest.mark.one_engine


def taken(number, on, answers=LOWEST, instrument=ADULT, final=None):
    result = score(instrument, answers)
    raw = Level(result.level)
    return Taken(number, on, instrument, result, raw, final or raw, frozenset({"family"}), support=1)


DAYS = [date(2025, 1, 10), date(2025, 7, 10), date(2026, 1, 10), date(2026, 1, 11)]


@pure
def test_lines_join_what_is_comparable_and_nothing_else():
    wordings = [ADULT, ADULT, SECOND, NEW_CUTOFFS]
    past = history([taken(at, day, instrument=one) for at, (day, one) in enumerate(zip(DAYS, wordings, strict=True))])

    for panel in past.panels:
        assert [len(stretch.marks) for stretch in panel.stretches] == [2, 1, 1]
        assert ["H" in stretch.path for stretch in panel.stretches] == [True, False, False]
        assert len(panel.breaks) == 2
    assert [len(group) for _instrument, group in past.groups] == [2, 1, 1]


@pure
def test_places_follow_time_stay_inside_and_apart():
    places = across([*DAYS, *[DAYS[-1]] * 3])

    assert places == sorted(places)
    assert places[0] == SIDE
    assert max(places) <= WIDTH - SIDE
    assert min(after - before for before, after in zip(places, places[1:], strict=False)) >= NEAREST - 0.1
    assert across([DAYS[0]] * 40)[-1] <= WIDTH - SIDE


@pure
def test_a_picture_shows_the_level_that_holds_and_where_it_came_from():
    past = history([taken(1, DAYS[0]), taken(2, DAYS[1], HIGHEST, final=Level.MEDIUM)])
    whole, history_of_offences = past.panels[0], past.panels[1]

    assert whole.section is None
    assert [mark.level for mark in whole.marks] == [Level.LOW, Level.MEDIUM]
    assert [mark.raw_y is not None for mark in whole.marks] == [False, True]
    assert whole.marks[1].raw_y < whole.marks[1].y < whole.marks[0].y < HEIGHT
    assert not any(mark.has_strengths for mark in history_of_offences.marks)
    assert [mark.level for mark in history_of_offences.marks] == [Level.LOW, Level.HIGH]
    assert len(past.panels) == 1 + len(ADULT.scored)


@pure
def test_what_is_not_clear_leaves_a_gap():
    items = ADULT.section("free_time").items
    result = score(ADULT, {code: option for code, option in LOWEST.items() if code not in {one.code for one in items}})
    unclear = replace(taken(2, DAYS[1]), result=result)
    past = history([taken(1, DAYS[0]), unclear, taken(3, DAYS[2])])
    panel = next(panel for panel in past.panels if panel.section and panel.section.code == "free_time")

    assert len(panel.marks) == 2
    assert panel.stretches[0].path.count("M") == 2


@pure
def test_one_assessment_makes_rows_and_no_picture():
    past = history([taken(1, DAYS[0], HIGHEST)])

    assert past.panels == ()
    assert past.taken[0].needs == 7
    assert history([]).groups == ()


@pure
def test_answers_are_compared_where_they_were_asked_alike():
    before = Answers(ADULT, LOWEST, ())
    chosen = {**LOWEST, "anger": HIGHEST["anger"], "housing": HIGHEST["housing"]}
    chosen.pop("drugs_now")
    found = compare_items(before, Answers(ADULT, chosen, {"drugs_now"}))

    assert {one.item.code: one.change for one in found.changed if one.section.kind.scored} == {
        "anger": Change.HIGHER,
        "drugs_now": Change.UNCLEAR,
    }
    assert len(found.changed) + len(found.same) == 48
    assert found.new == ()
    assert compare_items(before, Answers(replace(ADULT, code="another"), LOWEST, ())) is None


@pure
def test_a_question_in_other_words_is_not_compared():
    first = ADULT.sections[0]
    other = replace(first.items[0], question=replace(first.items[0].question, en="Otherwise?"))
    section = replace(first, items=(other, *first.items[1:]))
    second = replace(SECOND, sections=(section, *ADULT.sections[1:]))

    found = compare_items(Answers(ADULT, LOWEST, ()), Answers(second, HIGHEST, ()))

    assert [item.code for _section, item in found.new] == [first.items[0].code]


@pytest.fixture
def case(officer):
    return make_case(officer, stage_from=date(2023, 1, 1))


def words_on(page):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", page.text))


def test_a_persons_page_shows_levels_and_needs_over_time(sign_in, officer, case):
    first = make_completed(case, on=date(2026, 1, 10))
    second = make_completed(case, on=date(2026, 7, 10), **HIGHEST)

    page = sign_in(officer).get(f"/people/{case.client_id}/assessments")

    assert page.text.count('class="over-time"') == 9
    assert 'aria-label="Level. 10 Jan 2026: low; 10 Jul 2026: high"' in page.text
    assert "Needs above low 0 7" in words_on(page)
    assert f"/assessments/{second.id}/changes" in page.text
    assert f"/assessments/{first.id}/changes" not in page.text
    assert "style=" not in page.text


def test_the_page_of_changes_puts_the_changed_answers_first(sign_in, officer, case):
    make_completed(case, on=date(2026, 1, 10))
    second = make_completed(
        case, on=date(2026, 7, 10), unknown=("company",), conflict_at_home="constant", debts="urgent"
    )

    page = words_on(sign_in(officer).get(f"/assessments/{second.id}/changes"))

    assert "47 answers are the same" not in page
    assert "45 answers are the same" in page
    changed = page[page.index("Answer by answer") : page.index("45 answers")]
    assert "2 points higher" in changed
    assert "not known not known any more" in changed
    assert "are blocked another answer" in changed


def test_a_first_assessment_has_nothing_to_be_compared_with(sign_in, officer, case):
    only = make_completed(case, on=date(2026, 1, 10))

    reply = sign_in(officer).get(f"/assessments/{only.id}/changes")

    assert reply.location == f"/assessments/{only.id}"
