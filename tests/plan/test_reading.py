"""Plans as data: the decree's own measures and terms, and every fault of a file named with its place."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from app.indicators.definitions.reading import book
from app.indicators.periods import parse
from app.offices.reading import BadReference
from app.plan.library import OWN, plan_on, plans, plans_at_work
from app.plan.reading import read_plan

pytestmark = pytest.mark.one_engine
DECREE = plans()["decree-912"]


def faults_of(tmp_path: Path, change) -> list[str]:
    """What is said of the invented plan once something in it is changed."""
    data = yaml.safe_load((OWN / "sample-2026.yaml").read_text())
    change(data)
    file = tmp_path / "plan.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True))
    with pytest.raises(BadReference) as refusal:
        read_plan(file, {f"I-{number:02}" for number in range(1, 15)})
    return list(refusal.value.faults)


def test_the_decree_has_its_thirty_measures_in_three_languages():
    assert [one.no for one in DECREE.measures] == list(range(1, 31))
    for one in DECREE.measures:
        assert all(text.strip() for text in (*one.text.values(), *one.form.values()))
    assert len({one.text["kk"] for one in DECREE.measures}) == 30


@pytest.mark.parametrize(
    ("number", "due_on", "lead"),
    [(1, date(2017, 3, 31), "MVD"), (9, date(2017, 6, 30), "GP"), (11, date(2017, 9, 30), "MTSZN"),
     (14, date(2017, 12, 31), "MVD"), (17, date(2018, 3, 31), "MVD"), (19, date(2018, 6, 30), "MVD"),
     (20, date(2019, 3, 31), "MVD"), (21, date(2019, 12, 31), "MVD")],
)  # fmt: skip
def test_a_term_is_the_last_day_of_the_decrees_quarter(number, due_on, lead):
    measure = DECREE.measure(number)

    assert (measure.due_on, measure.lead) == (due_on, lead)


def test_measures_of_a_span_of_years_are_the_last_ten():
    assert [one.no for one in DECREE.measures if one.is_continuous] == list(range(21, 31))


def test_the_reports_fall_due_on_the_tenth_of_july_and_january():
    due = [DECREE.due_on(period) for period in DECREE.periods]

    assert due == [date(2017, 7, 10), date(2018, 1, 10), date(2018, 7, 10), date(2019, 1, 10), date(2019, 7, 10),
                   date(2020, 1, 10)]  # fmt: skip
    assert [one.point for one in DECREE.obligations] == ["2.2", "3.1", "3.2"]
    assert DECREE.obligations[2].due_on == date(2020, 2, 25)


def test_akimats_report_one_by_one_and_those_that_were_not_there_do_not():
    first, last = ({one.code for one in DECREE.reporters(parse(code))} for code in ("2017H1", "2019H2"))

    assert first - last == {"AKIMAT-UKO"}
    assert last - first == {"AKIMAT-TUR", "AKIMAT-SHY"}
    assert "NGO" not in first  # by agreement, and no state body


def test_a_plan_counts_from_its_first_day():
    assert plan_on(date(2016, 5, 1)).code == "decree-912"
    assert plan_on(date(2025, 12, 31)).code == "decree-912"
    assert plan_on(date(2026, 1, 1)).code == "sample-2026"
    assert plans()["sample-2026"].is_invented


def test_measures_and_indicators_name_each_other():
    """The definition of an indicator says of which measures it tells; the decree's measures name it in return."""
    named = {one.no: set(one.indicators) for one in DECREE.measures}
    told = {no: {one.code for one in book().definitions if no in one.plan_measures} for no in named}

    assert named == told


def test_a_plan_that_has_just_ended_is_still_reported_on():
    assert [one.code for one in plans_at_work(date(2020, 1, 5))] == ["decree-912"]
    assert [one.code for one in plans_at_work(date(2026, 11, 20))] == ["sample-2026"]


FAULTS = {
    "a body that nobody knows": (lambda plan: plan["measures"][0].update(lead="XYZ"), "measures[0].lead is XYZ"),
    "a number left out": (lambda plan: plan["measures"].pop(3), "measures are not numbered 1, 2, 3"),
    "a term outside the plan": (lambda plan: plan["measures"][0].update(due=date(2031, 1, 1)), "measure 1 falls due"),
    "a term before its beginning": (lambda plan: plan["measures"][1].update(due=date(2025, 1, 1)), "measures[1].due"),
    "a missing language": (lambda plan: plan["measures"][2]["text"].pop("kk"), "measures[2].text.kk is missing"),
    "an unknown indicator": (lambda plan: plan["measures"][0].update(indicators=["I-99"]), "indicators is I-99"),
    "an unknown key": (lambda plan: plan["measures"][0].update(cost=5), "measures[0].cost is not known"),
    "a body twice": (lambda plan: plan["measures"][3].update({"with": ["MVD", "MVD"]}), "names MVD more than once"),
    "a code twice": (lambda plan: plan["bodies"][1].update(code="MVD"), "is MVD a second time"),
    "no day for the reports": (lambda plan: plan["obligations"].pop(0), "by which day bodies report"),
    "a day that no February has": (lambda plan: plan["obligations"][0].update(day=31), "is not a day from 1 to 28"),
    "half a half-year": (lambda plan: plan.update(valid_to=date(2028, 11, 1)), "valid_to is not the first day"),
    "no whole code": (lambda plan: plan.update(code="Plan 1"), "code is Plan 1, which is no code"),
    "an idle body": (lambda plan: plan["measures"][10].update(lead="MVD", **{"with": ["MZ"]})
                     or plan["measures"][0].update({"with": ["MZ"]}), "answer for no measure: GP"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_every_fault_is_named_with_its_place(tmp_path, fault):
    change, says = FAULTS[fault]

    assert [one for one in faults_of(tmp_path, change) if says in one]


def test_all_faults_are_told_at_once(tmp_path):
    def change(plan):
        plan["measures"][0].update(lead="XYZ", cost=5)
        plan["obligations"][0].update(day=31)

    assert len(faults_of(tmp_path, change)) == 3


def test_what_is_no_yaml_is_refused(tmp_path):
    file = tmp_path / "plan.yaml"
    file.write_text("code: [")

    with pytest.raises(BadReference, match="cannot be read"):
        read_plan(file, ())
