import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import CensoredData, logrank
from scipy.stats import logistic as logistic_noise

from app.assessments.validation.calibration import brier, calibration_table, expected, overlaps, recalibrate
from app.assessments.validation.cells import Cell, by_score, events, people, too_few
from app.assessments.validation.discrimination import discrimination
from app.assessments.validation.fairness import errors, gaps, implied_fpr
from app.assessments.validation.intervals import p_of_equal_shares, share
from app.assessments.validation.survival import by_time, kaplan_meier, log_rank, survival_at
from tests.assessments.validation.published import DECILES, LIMITS, MEDIUM, PEOPLE, RECIDIVISTS, at_limit, rossi

NEAR = 1e-9
ERRORS = {name: errors(by_score(at_limit(*counts)), MEDIUM) for name, counts in LIMITS.items()}

cells = st.lists(
    st.tuples(st.integers(-9, 9), st.integers(1, 6)).flatmap(
        lambda one: st.tuples(st.just(float(one[0])), st.just(one[1]), st.integers(0, one[1]))
    ),
    min_size=1,
    max_size=12,
).map(by_score)
lives = st.lists(st.tuples(st.integers(0, 20).map(float), st.booleans()), min_size=1, max_size=40)


def test_the_published_area_and_its_error_come_out():
    found = discrimination(DECILES)

    assert found.auc == pytest.approx(0.7021662544, abs=1e-10)
    assert found.se == pytest.approx(0.0060890794, abs=1e-10)
    assert (found.low, found.high) == pytest.approx((0.6902319, 0.7141006), abs=5e-8)


def test_three_levels_and_one_limit_say_less_than_ten_scores():
    levels = by_score(
        (1 if cell.score < MEDIUM else 2 if cell.score < 8 else 3, cell.n, cell.events) for cell in DECILES
    )
    limit = by_score((cell.score >= MEDIUM, cell.n, cell.events) for cell in DECILES)

    assert discrimination(levels).auc == pytest.approx(0.6692887, abs=5e-8)
    assert discrimination(limit).auc == pytest.approx(0.6512345, abs=5e-8)


def test_the_published_recalibration_comes_out():
    found = recalibrate(DECILES)

    assert (found.b0, found.b1) == pytest.approx((-1.4089580811, 0.2650817696), abs=1e-10)
    assert found.brier == pytest.approx(0.2172284922, abs=1e-10)
    assert found.log_loss == pytest.approx(0.6247223443, abs=1e-10)
    assert expected(DECILES, found.probability) == pytest.approx(sum(RECIDIVISTS), abs=1e-8)


def test_the_brier_score_of_given_probabilities_comes_out():
    base = sum(RECIDIVISTS) / sum(PEOPLE)

    assert brier(DECILES, lambda decile: decile / 10) == pytest.approx(0.2294649293, abs=1e-10)
    assert brier(DECILES, lambda _decile: base) == pytest.approx(0.2475647266, abs=1e-10)
    assert expected(DECILES, lambda decile: decile / 10) / sum(RECIDIVISTS) == pytest.approx(1.00067671, abs=5e-9)


def test_the_published_errors_of_the_groups_come_out():
    everybody = errors(DECILES, MEDIUM)

    assert (everybody.tn, everybody.fp, everybody.fn, everybody.tp) == (2681, 1282, 1216, 2035)
    assert (round(everybody.fpr.value, 4), round(everybody.fnr.value, 4)) == (0.3235, 0.3740)
    assert (round(everybody.ppv.value, 2), round(everybody.npv.value, 2)) == (0.61, 0.69)
    assert [round(100 * ERRORS[name].fpr.value, 2) for name in LIMITS] == [44.85, 23.45, 21.48, 32.42, 32.11]
    assert [round(100 * ERRORS[name].fnr.value, 2) for name in LIMITS] == [27.99, 47.72, 55.60, 37.09, 39.16]
    assert [round(ERRORS[name].ppv.value, 2) for name in ("Black", "White", "Hispanic")] == [0.63, 0.59, 0.54]


def test_wilson_intervals_come_out():
    of = {(name, what): getattr(ERRORS[name], what) for name in ("Black", "White") for what in ("fpr", "fnr")}
    rounded = {key: (round(one.low, 4), round(one.high, 4)) for key, one in of.items()}

    assert rounded == {
        ("Black", "fpr"): (0.4256, 0.4716),
        ("White", "fpr"): (0.2137, 0.2567),
        ("Black", "fnr"): (0.2601, 0.3005),
        ("White", "fnr"): (0.4459, 0.5088),
    }
    assert share(0, 0) is None


def test_gaps_name_the_highest_and_the_lowest_group():
    found = {gap.measure: gap for gap in gaps({name: ERRORS[name] for name in ("Black", "White")})}

    # 1.9126 and 1.7049, which are often told, divide percentages that were rounded before.
    assert (found["fpr"].highest, found["fpr"].lowest, round(found["fpr"].ratio, 4)) == ("Black", "White", 1.9121)
    assert (found["fnr"].highest, found["fnr"].lowest, round(found["fnr"].ratio, 4)) == ("White", "Black", 1.7053)
    assert found["fpr"].difference == pytest.approx(805 / 1795 - 349 / 1488)
    assert gaps({"Black": ERRORS["Black"]}) == []


@given(counts=st.tuples(*[st.integers(1, 500)] * 4))
def test_false_alarms_follow_from_the_base_rate_and_the_other_two(counts):
    found = errors(by_score(at_limit(*counts)), MEDIUM)

    implied = implied_fpr(found.base_rate.value, found.ppv.value, found.fnr.value)
    assert implied == pytest.approx(found.fpr.value)


def test_nothing_follows_where_nobody_is_above_the_limit():
    assert implied_fpr(0.3, 0.0, 0.5) is None
    assert implied_fpr(1.0, 0.5, 0.5) is None


def test_recidivism_by_level_comes_out():
    levels = by_score((min(int(cell.score) // 5 + (cell.score >= 8), 2), cell.n, cell.events) for cell in DECILES)
    rows = [(row.happened.of, round(row.happened.value, 4)) for row in calibration_table(levels)]

    assert rows == [(3897, 0.3120), (1914, 0.5402), (1403, 0.7135)]


def test_two_shares_differ_by_chance_or_not():
    low, medium, high = (by_score([(0.0, n, events)]) for n, events in ((3897, 1216), (1914, 1034), (1403, 1001)))

    assert p_of_equal_shares(low, medium) < 1e-60
    assert p_of_equal_shares(medium, high) < 1e-20
    assert p_of_equal_shares(low, low) == 1
    assert p_of_equal_shares(by_score([(0.0, 40, 40)]), by_score([(0.0, 30, 30)])) is None


def test_many_scores_are_shown_as_bands_and_small_rows_are_joined():
    many = by_score((float(score), 10, score % 3) for score in range(100))
    rows = calibration_table(many, least=30, least_events=10)

    assert len(rows) <= 10
    assert sum(row.happened.of for row in rows) == 1000
    assert [row.low for row in rows[1:]] == [row.high + 1 for row in rows[:-1]]
    assert calibration_table(by_score([(1.0, 29, 12)]), least=30, least_events=10) == []


@given(cells, st.integers(1, 30), st.integers(0, 10))
def test_a_row_never_holds_fewer_than_asked_and_nobody_is_lost(cells, least, least_events):
    rows = calibration_table(cells, least, least_events)

    assert all(row.happened.of >= least and row.happened.count >= least_events for row in rows)
    assert not rows or sum(row.happened.of for row in rows) == people(cells)


@given(cells)
def test_the_area_is_the_share_of_pairs_in_the_right_order(cells):
    bad = [cell.score for cell in cells for _ in range(cell.events)]
    good = [cell.score for cell in cells for _ in range(cell.n - cell.events)]
    found = discrimination(cells)

    if not bad or not good:
        assert found is None
        return
    pairs = [(one > other) + (one == other) / 2 for one in bad for other in good]
    assert found.auc == pytest.approx(sum(pairs) / len(pairs))
    turned = discrimination([Cell(cell.score, cell.n, cell.n - cell.events) for cell in cells])
    assert turned.auc == pytest.approx(1 - found.auc)
    assert turned.se == (None if found.se is None else pytest.approx(found.se))


def test_the_error_of_the_area_agrees_with_drawing_again_and_again():
    random = np.random.default_rng(7)
    scores = np.repeat([cell.score for cell in DECILES], 2)
    counts = np.array([(cell.n - cell.events, cell.events) for cell in DECILES]).ravel()
    drawn = random.multinomial(counts.sum(), counts / counts.sum(), size=500)
    areas = [
        discrimination(by_score(
            (score, int(n), int(n) * (place % 2)) for place, (score, n) in enumerate(zip(scores, sample, strict=True))
        )).auc
        for sample in drawn
    ]  # fmt: skip
    assert np.quantile(areas, [0.025, 0.975]) == pytest.approx((0.6902, 0.7141), abs=0.002)


@given(cells)
def test_a_recalibration_promises_as_many_events_as_there_were(cells):
    found = recalibrate(cells)

    if not overlaps(cells):
        assert found is None
        return
    assert expected(cells, found.probability) == pytest.approx(events(cells), abs=1e-6)
    promised = sum(cell.n * cell.score * found.probability(cell.score) for cell in cells)
    assert promised == pytest.approx(sum(cell.events * cell.score for cell in cells), abs=1e-5)


def test_a_known_curve_is_found_again():
    random = np.random.default_rng(1)
    score = random.integers(0, 40, 200_000)
    happened = logistic_noise.rvs(size=score.size, random_state=random) < -3 + 0.1 * score
    found = recalibrate(
        by_score((int(at), int((score == at).sum()), int(happened[score == at].sum())) for at in range(40))
    )

    assert (found.b0, found.b1) == pytest.approx((-3, 0.1), abs=0.05)


def test_survival_in_the_rossi_data_comes_out():
    steps = kaplan_meier(rossi("0", "1"))
    at = {week: survival_at(steps, week) for week in (10, 20, 26, 39, 52)}

    assert [round(at[week].survival, 6) for week in at] == [0.965278, 0.907407, 0.875, 0.8125, 0.736111]
    assert (round(at[20].se, 6), round(at[52].se, 6)) == (0.013946, 0.021205)
    assert survival_at(steps, 0) is None


def test_the_log_rank_of_the_rossi_data_comes_out():
    groups = rossi("0"), rossi("1")
    found = log_rank(groups)

    assert found.chi2 == pytest.approx(3.8375695765, abs=1e-9)
    assert found.df == 1
    assert [round(survival_at(kaplan_meier(group), 52).survival, 6) for group in groups] == [0.694444, 0.777778]


@given(lives)
def test_without_censoring_survival_is_the_share_still_there(lives):
    steps = kaplan_meier(by_time((time, 1, 1) for time, _event in lives))

    for step in steps:
        still = sum(time > step.time for time, _event in lives) / len(lives)
        assert step.survival == pytest.approx(still)
        assert step.se == pytest.approx((still * (1 - still) / len(lives)) ** 0.5)


@given(lives, lives)
def test_for_two_groups_the_log_rank_is_scipys(first, second):
    found = log_rank([by_time((time, 1, int(event)) for time, event in group) for group in (first, second)])

    if found is None:
        return
    parted = [[[time for time, event in group if event is kind] for kind in (True, False)] for group in (first, second)]
    theirs = logrank(*(CensoredData(uncensored=happened, right=unknown) for happened, unknown in parted))
    assert found.chi2 == pytest.approx(theirs.statistic**2)
    assert found.p == pytest.approx(theirs.pvalue)


def test_one_group_is_compared_with_nothing():
    assert log_rank([rossi("0"), ()]) is None
    assert log_rank([by_time([(3.0, 5, 0)]), by_time([(4.0, 5, 0)])]) is None


@pytest.mark.parametrize(("n", "events", "few"), [(30, 10, False), (29, 29, True), (30, 9, True), (0, 0, True)])
def test_too_few_is_under_thirty_people_or_ten_events(n, events, few):
    assert too_few(n, events) is few


def test_more_events_than_people_cannot_be():
    with pytest.raises(ValueError, match="6 events among 5 people"):
        by_score([(1.0, 5, 6)])
