"""I-09 and I-10, worked out by hand: who was released and met, and whose treatment was handed over in five days."""

from datetime import UTC, date, datetime

import pytest

from tests.indicators.happenings import AFTER, DAY, EARLIER, LAST, START, Happenings, behind_it, check

OUT = date(2026, 4, 10)


@pytest.fixture
def register(app):
    return Happenings()


def test_who_was_released_in_the_period_and_who_met_them(register):
    released, met = {}, {}

    def out(name, on, is_released=1, is_met=True, left_on=None):
        case = register.release(register.case(EARLIER, left_on), on, is_met)
        released[name], met[name] = (case, is_released), (case, int(is_met and is_released))

    out("met", OUT)
    out("not met", OUT, is_met=False)
    out("on the first day", START)
    out("on the last day", LAST)
    out("the day before", START - DAY, 0)
    out("the day after", AFTER, 0)
    out("off the register later", OUT, left_on=OUT + DAY)
    out("off the register that very day", OUT, left_on=OUT)
    out("off it on the first day after the period", AFTER, left_on=AFTER)
    out("off it on the first day of the period", START, 0, left_on=START)
    released["never"] = met["never"] = register.case(EARLIER), 0

    check("I-09.released", released)
    check("I-09", met)


def test_who_leaves_on_the_day_of_release_counts_in_exactly_one_period(register):
    for day in (START, AFTER, OUT):
        case = register.release(register.case(EARLIER, day), day)
        counted = [period for period in ("2025H2", "2026H1", "2026H2") if case.client_id in behind_it("I-09", period)]
        assert counted == [{START: "2025H2"}.get(day, "2026H1")]


def test_a_correction_takes_the_place_of_what_was_noted_first(register):
    mended, moved, moved_in = (register.case(EARLIER) for _case in range(3))
    register.release(register.release(mended, OUT, is_met=True), OUT, is_met=False)
    register.release(register.release(moved, OUT), AFTER)
    register.release(register.release(moved_in, AFTER), OUT)
    people = {"mended": (mended, 1), "moved out": (moved, 0), "moved in": (moved_in, 1)}

    check("I-09.released", people)
    check("I-09", people | {"mended": (mended, 0)})


def test_several_cases_and_releases_are_one_person_by_the_last_release(register):
    first = register.case(EARLIER, date(2026, 3, 3))
    second = register.case(date(2026, 1, 5), of=first)
    register.release(first, date(2026, 2, 2), is_met=True)
    register.release(second, OUT, is_met=False)
    register.hand_over(second, datetime(2026, 5, 5, tzinfo=UTC))

    assert behind_it("I-09.released", region=register.elsewhere.region_code) == {first.client_id: 1}
    assert behind_it("I-09") == {}


def test_whose_treatment_has_to_go_on_and_was_handed_over_in_time(register):
    needing, handed = {}, {}

    def treated(name, given_on, handed_on, needs, in_time, *, taken_back_on=None, on=OUT):
        case = register.release(register.case(EARLIER), on)
        register.treat(case, given_on, handed_on, taken_back_on)
        needing[name], handed[name] = (case, needs), (case, in_time)

    given = date(2026, 4, 1)
    treated("told before the release", given, date(2026, 4, 5), 1, 1)
    treated("on the day itself", OUT, OUT, 1, 1)
    treated("on the fifth day", given, date(2026, 4, 15), 1, 1)
    treated("on the sixth day", given, date(2026, 4, 16), 1, 0)
    treated("nobody told", given, None, 1, 0)
    treated("agreed only afterwards", OUT + DAY, OUT + DAY, 0, 0)
    treated("taken back before the release", given, None, 0, 0, taken_back_on=date(2026, 4, 8))
    treated("taken back on the fifth day", given, None, 0, 0, taken_back_on=date(2026, 4, 15))
    treated("taken back later", given, None, 1, 0, taken_back_on=date(2026, 4, 16))
    treated("told after the period ended", given, date(2026, 7, 4), 1, 1, on=LAST)
    worn_out = register.release(register.case(EARLIER), OUT)
    register.consent(worn_out, given, until_on=OUT)
    needing["the consent had ended"] = handed["the consent had ended"] = worn_out, 0
    not_out = register.treat(register.case(EARLIER), given, given)
    needing["not released"] = handed["not released"] = not_out, 0

    check("I-10.needing", needing)
    check("I-10", handed)


def test_two_consents_are_one_person_and_one_clinic_in_time_is_enough(register):
    case = register.release(register.case(EARLIER), OUT)
    register.treat(case, date(2026, 3, 3), date(2026, 5, 5))
    register.treat(case, date(2026, 3, 4), OUT)

    assert behind_it("I-10.needing") == behind_it("I-10") == {case.client_id: 1}
