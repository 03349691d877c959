from datetime import date
from hashlib import sha256
from math import ceil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.assessments.instrument import InstrumentFault, load_instrument
from app.assessments.vocabulary import Domain, Kind, Level, Stage
from tests.assessments.answering import ADULT, FOLDER

SMALL = (Path(__file__).parent / "small.yaml").read_text(encoding="utf-8")


def faults_of(text):
    with pytest.raises(InstrumentFault) as caught:
        load_instrument(text)
    return [(fault.place, fault.reason) for fault in caught.value.faults]


def changed(old, new, count=1):
    assert old in SMALL
    return SMALL.replace(old, new, count)


def test_a_text_becomes_an_instrument():
    small = load_instrument(SMALL)

    assert (small.code, small.version, small.valid_from, small.validated) == ("small", 2, date(2026, 1, 1), False)
    assert small.maximum == 7
    assert [(section.code, section.kind, section.maximum) for section in small.sections] == [
        ("criminal_history", Kind.STATIC, 3),
        ("free_time", Kind.DYNAMIC, 4),
        ("support", Kind.SUPPORT, 0),
        ("responsivity", Kind.RESPONSIVITY, 0),
    ]
    assert dict(small.valid_months) == {Level.LOW: 12, Level.MEDIUM: 6, Level.HIGH: 3}
    assert dict(small.title) == {"kk": "к", "ru": "р", "en": "Small"}
    assert small.section("free_time").threshold == 2


def test_the_digest_names_this_very_text():
    assert load_instrument(SMALL).digest == sha256(SMALL.encode()).hexdigest()
    assert load_instrument(SMALL + "\n").digest != load_instrument(SMALL).digest


def test_a_code_that_yaml_takes_for_a_truth_value_stays_a_word():
    assert [option.code for option in load_instrument(SMALL).item("idle").options] == ["no", "yes"]


@pytest.mark.parametrize(
    ("age", "stage", "applies"),
    [
        (17, Stage.SENTENCE, False),
        (18, Stage.SENTENCE, True),
        (60, Stage.SENTENCE, True),
        (61, Stage.SENTENCE, False),
        (30, Stage.PRE_TRIAL, False),
    ],
)
def test_an_instrument_applies_by_age_and_stage(age, stage, applies):
    assert load_instrument(SMALL).applies_to(age, stage) is applies


FAULTY = {
    "an unknown key": (changed("version: 2", "version: 2\nweight: 3"), "", "has an unknown key: weight"),
    "a missing key": (changed("version: 2\n", ""), "", "lacks the key: version"),
    "a key twice": (changed("version: 2", "version: 2\nversion: 3"), "", "has the key twice: version"),
    "a missing language": (changed("en: Small", ""), "title", "lacks the key: en"),
    "an empty language": (changed("en: Small", "en: ''"), "title.en", "is empty"),
    "a foreign language": (changed("en: Small", "en: Small, de: d"), "title", "has an unknown key: de"),
    "points in part": (
        changed("code: some, points: 1", "code: some, points: 0.5"),
        "sections[0].items[0].options[1].points",
        "is not a whole number",
    ),
    "points in quotes": (
        changed("code: some, points: 1", "code: some, points: '1'"),
        "sections[0].items[0].options[1].points",
        "is not a whole number",
    ),
    "points below nought": (
        changed("code: some, points: 1", "code: some, points: -1"),
        "sections[0].items[0].options[1].points",
        "is less than 0",
    ),
    "points in a support section": (
        changed("{code: none, text", "{code: none, points: 1, text"),
        "sections[2].items[0].options[0]",
        "has an unknown key: points",
    ),
    "a need in a scored section": (
        changed("code: some, points: 1", "code: some, need: high, points: 1"),
        "sections[0].items[0].options[1]",
        "has an unknown key: need",
    ),
    "no zero": (
        changed("{code: no, points: 0", "{code: no, points: 1"),
        "sections[0].items[0].options",
        "has no option of 0 points",
    ),
    "an unknown stage": (
        changed("stages: [sentence]", "stages: [prison]"),
        "applies_to.stages[0]",
        "is not one of pre_trial, sentence, penitentiary, post_penitentiary",
    ),
    "a section twice": (
        changed("code: responsivity\n", "code: support\n"),
        "sections[3].code",
        "repeats the code support of sections[2]",
    ),
    "an item twice": (
        changed("code: housing", "code: past"),
        "sections[2].items[0].code",
        "repeats the code past of sections[0].items[0]",
    ),
    "an option twice": (
        changed("code: some", "code: no"),
        "sections[0].items[0].options[1].code",
        "repeats the code no of sections[0].items[0].options[0]",
    ),
    "a code with capitals": (
        changed("code: places", "code: Places"),
        "sections[1].items[1].code",
        "is not a code of small Latin letters, digits, _ and -",
    ),
    "a gap in a domain": (
        changed("{level: medium, first: 2, last: 3}", "{level: medium, first: 3, last: 3}"),
        "sections[1].bands[1]",
        "leaves a gap: starts at 3, not at 2",
    ),
    "an overlap in the total": (
        changed("{level: medium, first: 3, last: 4}", "{level: medium, first: 2, last: 4}"),
        "bands[1]",
        "overlaps: starts at 2, not at 3",
    ),
    "bands short of the maximum": (
        changed("last: 7}", "last: 6}"),
        "bands",
        "ends at 6, but the most points possible are 7",
    ),
    "bands in disorder": (
        changed("level: low, first: 0, last: 2", "level: high, first: 0, last: 2"),
        "bands",
        "must be low, medium, high in this order",
    ),
    "a band backwards": (
        changed("first: 3, last: 4", "first: 3, last: 2"),
        "bands[1]",
        "ends at 2 before it starts at 3",
    ),
    "a scored section without bands": (
        changed("    bands: [{level: low, first: 0, last: 1}", "    strengths: [{level: low, first: 0, last: 1}"),
        "sections[1]",
        "lacks the key: bands",
    ),
    "ages backwards": (
        changed("age_to: 60", "age_to: 17"),
        "applies_to",
        "ends before it starts: age_to is less than age_from",
    ),
    "a day that never was": (changed("2026-01-01", "2026-02-30"), "valid_from", "is not a date like 2026-01-31"),
    "neither true nor false": (changed("validated: false", "validated: no"), "validated", "is neither true nor false"),
    "no sources": (changed("sources: [Somebody (2020)]", "sources: []"), "sources", "is empty"),
    "no level for its term": (changed(", high: 3}", "}"), "valid_months", "lacks the key: high"),
    "a list for a mapping": (
        changed("{kk: к, ru: р, en: Small}", "[к, р]"),
        "title",
        "is not a mapping of keys to values",
    ),
    "a text for a list": (changed("sources: [Somebody (2020)]", "sources: Somebody"), "sources", "is not a list"),
}


@pytest.mark.parametrize(("text", "place", "reason"), FAULTY.values(), ids=FAULTY)
def test_a_fault_is_told_with_its_place_and_reason(text, place, reason):
    assert (place, reason) in faults_of(text)


def test_every_fault_is_told_at_once():
    text = changed("version: 2", "version: two").replace("en: Small", "").replace("code: some, points: 1", "code: some")

    assert faults_of(text) == [
        ("version", "is not a whole number"),
        ("title", "lacks the key: en"),
        ("sections[0].items[0].options[1]", "lacks the key: points"),
    ]


def test_a_fault_names_its_line():
    with pytest.raises(InstrumentFault) as caught:
        load_instrument(changed("validated: false", "validated: perhaps"))

    assert [fault.line for fault in caught.value.faults] == [5]
    assert str(caught.value) == "validated (line 5): is neither true nor false"


def test_empty_options_are_a_fault():
    start, end = SMALL.index("        options:\n"), SMALL.index("  - code: free_time")

    faults = faults_of(SMALL[:start] + "        options: []\n" + SMALL[end:])

    assert faults == [("sections[0].items[0].options", "is empty")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is empty"),
        ("a: [", "is not YAML: did not find expected node content"),
        ("a: &b 1\nc: *b", "uses an alias"),
        ("[" * 5000, "is nested too deep"),
        ("a" * 500_001, "is longer than 500000 characters"),
        ("a: \x00", "is not YAML"),
        ("just words", "is not a mapping of keys to values"),
        ("a: 1\n---\nb: 2", "is not YAML: but found another document"),
    ],
    ids=["empty", "broken", "alias", "deep", "large", "control", "words", "two"],
)
def test_what_is_no_instrument_at_all_is_refused_in_words(text, reason):
    assert any(told.startswith(reason) for _, told in faults_of(text))


@given(st.data())
def test_a_damaged_text_never_fails_in_another_way(data):
    start = data.draw(st.integers(0, len(SMALL)))
    end = data.draw(st.integers(start, min(len(SMALL), start + 40)))
    insert = data.draw(st.text(alphabet="abc019 -:,[]{}'\"&*!|>#%\n\t", max_size=8))
    try:
        load_instrument(SMALL[:start] + insert + SMALL[end:])
    except InstrumentFault as refused:
        assert refused.faults


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_instrument_loads_and_is_named_for_its_version(path):
    instrument = load_instrument(path.read_text(encoding="utf-8"))

    assert path.stem == f"{instrument.code}-{instrument.version}"


def test_the_adult_instrument_covers_the_central_eight_and_calls_only_history_static():
    assert [section.code for section in ADULT.scored] == list(Domain)
    assert [section.code for section in ADULT.scored if section.kind is Kind.STATIC] == [Domain.CRIMINAL_HISTORY]
    assert all(3 <= len(section.items) <= 5 for section in ADULT.scored)
    assert 32 <= sum(len(section.items) for section in ADULT.scored) <= 36


def test_the_adult_cut_offs_are_thirds_of_the_maximum():
    for part in (ADULT, *ADULT.scored):
        assert [band.first for band in part.bands] == [0, ceil(part.maximum / 3), ceil(part.maximum * 2 / 3)]


def test_the_adult_instrument_says_that_it_is_not_validated_here():
    assert ADULT.validated is False
    assert "Not validated in Kazakhstan" in ADULT.notice["en"]
    assert "Не валидировано в Казахстане" in ADULT.notice["ru"]
    assert "Қазақстанда валидацияланбаған" in ADULT.notice["kk"]


def texts_of(instrument):
    for section in instrument.sections:
        yield from (section.name, section.explanation)
        if section.strengths:
            yield section.strengths
        for item in section.items:
            yield from (item.question, item.guidance)
            yield from (option.text for option in item.options)


def test_each_language_is_written_in_its_own_letters():
    cyrillic, kazakh = set("абвгдежзийклмнопрстуфхцчшщъыьэюя"), set("әғқңөұүһі")
    for text in texts_of(ADULT):
        assert not cyrillic & set(text["en"].lower()), text
        assert not kazakh & set(text["ru"].lower()), text
        assert not set("abcdefghijklmnopqrstuvwxyz") & set((text["kk"] + text["ru"]).lower()), text
        assert text["kk"] != text["ru"] or text["kk"].lower() in {"алкоголь"}, text


def test_no_text_calls_a_person_by_the_offence():
    for text in texts_of(ADULT):
        assert not [word for word in ("преступник", "қылмыскер", "offender", "criminal ") if word in str(text).lower()]


def test_traits_that_the_law_forbids_never_carry_points():
    forbidden = ("nationality", "ethnic", "race", "religio", "sex", "gender", "belief", "origin", "residence")
    for item in (item for section in ADULT.scored for item in section.items):
        assert not [word for word in forbidden if word in f"{item.code} {item.question['en']}".lower()]
