"""The instruments that the product brings itself: whom they fit, what they say of themselves, what they never ask."""

import re
from datetime import date
from itertools import pairwise, product
from math import ceil

import pytest

from app.assessments import library
from app.assessments.vocabulary import Domain, Kind, Level, Stage, Use
from app.clients.vocabulary import Stage as StageOfCase
from tests.factories.assessments import answer, make_assessment
from tests.factories.people import make_case

DAY = date(2026, 11, 22)
OWN = list(library.shelf(library.FOLDER).values())
ASSESSING = [one for one in OWN if one.use is Use.ASSESSMENT]
ACUTE = library.find("acute", 1, library.FOLDER)
CYRILLIC, KAZAKH = set("абвгдежзийклмнопрстуфхцчшщъыьэюя"), set("әғқңөұүһі")
LATIN = set("abcdefghijklmnopqrstuvwxyz")
ALIKE = {"алкоголь"}  # one word in Kazakh and Russian

# What no item may ask about, whatever its points: as a matter of law, and because it is nobody's risk.
FORBIDDEN = re.compile(
    r"nationalit|ethnic|\brace\b|religio|\bfaith|political|\borigin|descent|\bgender|\bsex\b"
    r"|национальност|этнич|\bрас[аы]\b|религи|вероисповед|политич|происхожден|\bпол[а]?\b"
    r"|ұлты\b|этник|нәсіл|\bдін|саяси|шыққан тегі|жынысы"
)
# Health and language may be asked about as a support need or for responsivity, but never for points.
NEVER_SCORED = re.compile(
    r"illness|disease|diagnos|disabilit|mental health|speak kazakh|speak russian"
    r"|болезн|диагноз|инвалидн|психическ|(знание|владение) язык"
    r"|ауру|диагноз|мүгедек|психикалық|тіл біл"
)

named = pytest.mark.parametrize("instrument", OWN, ids=lambda one: f"{one.code}-{one.version}")
assessing = pytest.mark.parametrize("instrument", ASSESSING, ids=lambda one: f"{one.code}-{one.version}")


def texts_of(instrument):
    yield from (instrument.title, instrument.purpose, instrument.notice)
    for section in instrument.sections:
        yield from filter(None, (section.name, section.explanation, section.strengths))
        for item in section.items:
            yield from filter(None, (item.name, item.question, item.guidance))
            yield from (option.text for option in item.options)


def asked(item):
    return " ".join(" ".join(text.values()) for text in (item.question, *(option.text for option in item.options)))


@pytest.mark.parametrize(("stage", "age"), list(product(Stage, (14, 17, 18, 30, 100))))
def test_everybody_from_14_on_has_one_instrument_at_every_stage(stage, age):
    assert len([one for one in library.offered(DAY, library.FOLDER) if one.applies_to(age, stage)]) == 1
    acute = library.offered(DAY, library.FOLDER, Use.ACUTE)
    assert [one.code for one in acute if one.applies_to(age, stage)] == ["acute"]


@pytest.mark.parametrize(
    ("age", "stage", "code"),
    [
        (17, Stage.PRE_TRIAL, "minors"),
        (17, Stage.PENITENTIARY, "minors"),
        (18, Stage.PRE_TRIAL, "pre-trial-screen"),
        (18, Stage.SENTENCE, "adult-community"),
        (18, Stage.PENITENTIARY, "pre-release"),
        (18, Stage.POST_PENITENTIARY, "adult-community"),
    ],
)
def test_age_and_stage_choose_the_instrument(age, stage, code):
    assert library.fitting(age, stage, DAY, library.FOLDER).code == code


@named
def test_it_says_that_it_is_not_validated_and_why(instrument):
    assert instrument.validated is False
    assert instrument.notice["kk"].startswith("Қазақстанда валидацияланбаған. Сұрақтар")
    assert instrument.notice["ru"].startswith("Не валидировано в Казахстане. Вопросы")
    assert instrument.notice["en"].startswith("Not validated in Kazakhstan. The questions")
    assert len(instrument.sources) >= 3


@named
def test_each_language_is_written_in_its_own_letters(instrument):
    for text in texts_of(instrument):
        assert not CYRILLIC & set(text["en"].lower()), text
        assert not KAZAKH & set(text["ru"].lower()), text
        assert not LATIN & set((text["kk"] + text["ru"]).lower()), text
        assert text["kk"] != text["ru"] or text["kk"].lower() in ALIKE, text


@named
def test_every_item_tells_what_to_look_for_in_every_language(instrument):
    for section, item in instrument.items():
        assert all(len(words) >= 40 for words in item.guidance.values()), item.code
        if section.kind.has_points:
            assert "Source: " in item.guidance["en"], item.code
            assert "Источник: " in item.guidance["ru"], item.code
            assert "Дереккөз: " in item.guidance["kk"], item.code


@named
def test_forbidden_traits_are_never_asked_about(instrument):
    for section, item in instrument.items():
        assert not FORBIDDEN.search(asked(item).lower()), item.code
        if section.kind.has_points:
            assert not NEVER_SCORED.search(asked(item).lower()), item.code


@named
def test_nobody_is_called_by_an_offence(instrument):
    for text in texts_of(instrument):
        words = " ".join(text.values()).lower()
        assert not [one for one in ("преступник", "қылмыскер", "offender", "criminal ") if one in words], text


@named
def test_points_rise_from_answer_to_answer_and_begin_at_nought(instrument):
    for section, item in instrument.items():
        if section.kind.has_points:
            points = [option.points for option in item.options]
            assert points[0] == 0, item.code
            assert all(before < after for before, after in pairwise(points)), item.code


@named
def test_support_and_responsivity_carry_no_points(instrument):
    for section, item in instrument.items():
        if not section.kind.has_points:
            assert item.maximum == 0, item.code


@assessing
def test_cut_offs_are_thirds_of_the_maximum(instrument):
    for part in (instrument, *instrument.scored):
        assert [band.first for band in part.bands] == [0, ceil(part.maximum / 3), ceil(part.maximum * 2 / 3)]


@assessing
def test_only_history_is_static_and_every_form_asks_about_support_and_responsivity(instrument):
    kinds = {section.kind for section in instrument.sections}

    assert {Kind.STATIC, Kind.DYNAMIC, Kind.SUPPORT, Kind.RESPONSIVITY} == kinds
    assert [one.code for one in instrument.scored if one.kind is Kind.STATIC] == [Domain.CRIMINAL_HISTORY]
    assert all(section.strengths for section in instrument.scored)


@assessing
def test_a_support_need_grows_from_answer_to_answer(instrument):
    for section, item in instrument.items():
        if section.kind is Kind.SUPPORT:
            assert [option.need for option in item.options] == [None, Level.MEDIUM, Level.HIGH], item.code


def test_the_forms_for_sentence_release_and_minors_cover_the_central_eight():
    for instrument in ASSESSING:
        if instrument.code != "pre-trial-screen":
            assert [section.code for section in instrument.scored] == list(Domain), instrument.code


def test_before_a_judgment_the_form_is_short_and_presumes_innocence():
    screen = library.find("pre-trial-screen", 1, library.FOLDER)

    assert 12 <= len(list(screen.items())) <= 16
    assert "presumed innocent" in screen.notice["en"]
    for _, item in screen.items():
        assert "offence" not in item.question["en"], item.code
        assert "sentence" not in item.question["en"], item.code


def test_a_minors_result_holds_for_a_shorter_time_and_needs_no_sealed_file():
    minors = library.find("minors", 1, library.FOLDER)
    history = minors.section(Domain.CRIMINAL_HISTORY)

    assert dict(minors.valid_months) == {Level.LOW: 6, Level.MEDIUM: 4, Level.HIGH: 3}
    assert all(item.may_be_unknown for item in history.items)
    assert len(history.items) <= minors.allow_unknown
    assert minors.item("guardianship")


def test_the_acute_form_is_a_matter_of_a_visit():
    codes = {section.kind: [item.code for item in section.items] for section in ACUTE.sections}

    assert codes == {
        Kind.ACUTE: ["substance", "anger", "victim_access", "mood", "work", "relationships", "housing"],
        Kind.PROTECTIVE: ["accepts_help", "plans", "support", "routine"],
    }
    assert ACUTE.valid_days == 30
    for section, item in ACUTE.items():
        assert [option.points for option in item.options] == [0, 1, 2], item.code
        words = ["no", "slight", "definite"] if section.kind is Kind.ACUTE else ["absent", "partly", "asset"]
        assert [option.code for option in item.options] == words, item.code


def test_before_a_judgment_no_page_speaks_of_risk_or_of_a_link_with_an_offence(app, sign_in, officer):
    case = make_case(officer, stage=StageOfCase.PRE_TRIAL)
    assessment = make_assessment(case, officer)
    browser = sign_in(officer)
    section = next(one for one in library.of(assessment).sections if one.kind is Kind.DYNAMIC)
    asked = browser.get(f"/assessments/{assessment.id}/sections/{section.code}").text
    answer(assessment)
    shown = browser.get(f"/assessments/{assessment.id}/conclusion").text

    assert section.name["en"] in asked
    assert "linked with" not in asked
    assert "Level of attention and support" in shown
    assert "Level of risk" not in shown
