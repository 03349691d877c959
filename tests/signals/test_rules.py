"""The file of rules: whole, in three languages, and refused with place, line and reason when it is not."""

import pytest

from app.assessments.reading import InstrumentFault
from app.signals.deciding import DECIDERS
from app.signals.rules import FILE, every_version, find, read_rules

ONE = """rules:
  - code: loss
    version: 1
    valid_from: 2026-01-01
    severity: soon
    tell: [officer]
    acknowledge_within_days: 3
    name: {kk: "А", ru: "Б", en: "C"}
    meaning: {kk: "{days}", ru: "{days}", en: "{days}"}
    reason: {kk: "{on}: {event}", ru: "{on}: {event}", en: "{on}: {event}"}
    parameters: {days: 90}
    source: {kk: "А", ru: "Б", en: "C"}
    checked: false
"""
ANOTHER = ONE.removeprefix("rules:\n")


def test_the_file_has_a_rule_for_every_decision():
    assert {rule.code for rule in every_version()} == DECIDERS.keys()
    assert all(find(rule.code, rule.version) is rule for rule in every_version())
    assert read_rules(FILE.read_text(encoding="utf-8")) == every_version()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("code: loss", "code: gain", "rules[0].code (line 2): no decision is known for gain"),
        ("severity: soon", "severity: dire", "rules[0].severity (line 5): is not one of watch, soon, today"),
        ("tell: [officer]", "tell: [mentor]", "rules[0].tell[0] (line 6): is not one of officer, head"),
        ("tell: [officer]", "tell: [head, head]", "rules[0].tell (line 6): names somebody twice"),
        ("{days: 90}", "{weeks: 9}", "rules[0].parameters (line 11): lacks the key: days"),
        ("{days: 90}", "{days: -1}", "rules[0].parameters.days (line 11): is less than 0"),
        ('en: "{on}: {event}"', 'en: "{on}: {who}"', "reason.en (line 10): names a value that is not there: who"),
        ('en: "{on}: {event}"', 'en: "{on}"', "rules[0].reason.en (line 10): names other values than kk"),
        ('ru: "Б", en: "C"}\n    meaning', 'ru: "Б"}\n    meaning', "rules[0].name (line 8): lacks the key: en"),
        ('en: "{days}"', 'en: "{weeks}"', "meaning.en (line 9): names a value that is not there: weeks"),
        ("valid_from: 2026-01-01", "valid_from: 2026-13-01", "rules[0].valid_from (line 4): is not a date"),
        ("checked: false", "checked: false\n    valid_to: 2026-01-01", "is not after valid_from"),
        ("checked: false", "checked: false\n    fine: 1", "has an unknown key: fine"),
    ],
)
def test_a_faulty_rule_is_refused_with_its_line(old, new, fault):
    with pytest.raises(InstrumentFault) as refusal:
        read_rules(ONE.replace(old, new))

    assert fault in str(refusal.value)


def test_two_versions_share_neither_a_number_nor_a_day():
    ended = ONE.replace("checked: false", "checked: false\n    valid_to: 2026-06-01")
    second = ANOTHER.replace("version: 1", "version: 2").replace("2026-01-01", "2026-06-01")

    assert [rule.version for rule in read_rules(ended + second)] == [1, 2]
    with pytest.raises(InstrumentFault, match="is version 1 of loss a second time"):
        read_rules(ended + second.replace("version: 2", "version: 1"))
    with pytest.raises(InstrumentFault, match="holds on the same days as another version of loss"):
        read_rules(ONE + second)
