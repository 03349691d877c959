"""Which answer the norms foresee: every row of violations and answers, worked out by hand."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.offices.reading import BadReference
from app.supervision.norms import Facts, Foreseen, Span, norm, norms
from app.supervision.violations.catalogue import (
    ANSWERS,
    SEARCH,
    VIOLATIONS,
    answering,
    breaches,
    breaches_of,
    missed_visit_of,
    read_answering,
    read_breaches,
)
from app.supervision.violations.proposing import propose
from app.supervision.violations.situation import Committed, Situation, Why

pytestmark = pytest.mark.one_engine

TODAY = date(2026, 11, 20)
RESTRICTION, CONDITIONAL, COMMUNITY = "restriction_of_liberty", "conditional_sentence", "community_service"
CORRECTIVE, DEFERRAL = "corrective_works", "deferral"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def situation(basis: str, *violations: tuple[str, date], is_minor: bool = False, **facts: object) -> Situation:
    committed = tuple(Committed(number, code, on) for number, (code, on) in enumerate(violations, 1))
    return Situation(facts=Facts(basis, "sentence", is_minor), violations=committed, **facts)


def said(case: Situation, on: date = TODAY) -> list[tuple[str, tuple[int, ...], int | None]]:
    """What is proposed: the measure, the numbers of the violations, the most months."""
    return [(one.rule.measure, one.violations, one.months) for one in propose(case, on)]


def one(basis: str, code: str, **facts: object) -> Situation:
    return situation(basis, (code, ago(1)), **facts)


@dataclass(frozen=True)
class Row:
    """One line of the table of violations and answers: who, what, and what the norms foresee."""

    says: str
    case: Situation
    answers: list[tuple[str, tuple[int, ...], int | None]]

    def __str__(self) -> str:
        return self.says


WARNED, REPLACED, CANCELLED = ("warning", (1,), None), ("replace", (1,), None), ("cancel", (1,), None)
GONE = ((ago(17), TODAY),)
YEAR, HALF_YEAR = ("extend", (1,), 12), ("extend", (1,), 6)

TABLE = [
    # Restriction of liberty: UIK 68(1), a written warning …
    Row("liberty: a duty of article 66", one(RESTRICTION, "liberty-duties"), [WARNED]),
    Row("liberty: a missed registration", one(RESTRICTION, "liberty-no-show"), [WARNED]),
    Row("liberty: the tracker damaged", one(RESTRICTION, "liberty-tracker"), [WARNED]),
    Row("liberty: an administrative offence", one(RESTRICTION, "liberty-offence"), [WARNED]),
    # … and malicious: to the court, replacement by imprisonment.
    Row("liberty: left the country", one(RESTRICTION, "left-country"), [REPLACED]),
    Row("liberty: non-exonerating grounds", one(RESTRICTION, "liberty-criminal"), [REPLACED]),
    Row("liberty: lawful demands refused", one(RESTRICTION, "liberty-demands"), [REPLACED]),
    Row("liberty: hiding", one(RESTRICTION, "hiding", gone=GONE), [REPLACED]),
    Row("liberty: hiding on day 15 is none yet", one(RESTRICTION, "hiding", gone=((ago(15), TODAY),)), []),
    Row("liberty: hiding on day 16", one(RESTRICTION, "hiding", gone=((ago(16), TODAY),)), [REPLACED]),
    Row("liberty: hiding, when everybody knew where", one(RESTRICTION, "hiding", gone=((ago(90), ago(60)),)), []),
    Row("liberty: hiding by word alone", one(RESTRICTION, "hiding"), []),
    Row("liberty: forced labour evaded", one(RESTRICTION, "liberty-labour"), [REPLACED]),
    Row(
        "liberty: a repeat on day 300",
        situation(RESTRICTION, ("liberty-duties", ago(301)), ("liberty-tracker", ago(1))),
        [WARNED, ("replace", (1, 2), None)],
    ),
    Row(
        "liberty: the last day of a repeat, 365",
        situation(RESTRICTION, ("liberty-duties", ago(366)), ("liberty-duties", ago(1))),
        [WARNED, ("replace", (1, 2), None)],
    ),
    Row(
        "liberty: day 366 is no repeat",
        situation(RESTRICTION, ("liberty-duties", ago(367)), ("liberty-duties", ago(1))),
        [("warning", (1, 2), None)],
    ),
    Row(
        "liberty: day 370 is no repeat",
        situation(RESTRICTION, ("liberty-duties", ago(371)), ("liberty-duties", ago(1))),
        [("warning", (1, 2), None)],
    ),
    # Conditional sentence: extend by a year at most (a minor: six months) and warn …
    Row("conditional: an administrative offence", one(CONDITIONAL, "conditional-offence"), [YEAR, WARNED]),
    Row("conditional: the tracker damaged", one(CONDITIONAL, "conditional-tracker"), [YEAR, WARNED]),
    Row("conditional: a missed registration", one(CONDITIONAL, "conditional-no-show"), [YEAR, WARNED]),
    Row("conditional: moved without a word", one(CONDITIONAL, "conditional-moved"), [YEAR, WARNED]),
    Row("conditional: genomic registration", one(CONDITIONAL, "conditional-genomic"), [YEAR, WARNED]),
    Row("conditional: a misdemeanour", one(CONDITIONAL, "conditional-misdemeanour"), [YEAR, WARNED]),
    Row("conditional, minor", one(CONDITIONAL, "conditional-no-show", is_minor=True), [HALF_YEAR, WARNED]),
    # … or cancel; for a minor, extend by a year at most.
    Row("conditional: the court's duties", one(CONDITIONAL, "conditional-duties"), [CANCELLED]),
    Row("conditional: hiding", one(CONDITIONAL, "hiding", gone=GONE), [CANCELLED]),
    Row(
        "conditional: a repeat on day 300",
        situation(CONDITIONAL, ("conditional-no-show", ago(301)), ("conditional-moved", ago(1))),
        [YEAR, WARNED, ("cancel", (1, 2), None)],
    ),
    Row(
        "conditional: day 370 is no repeat",
        situation(CONDITIONAL, ("conditional-no-show", ago(371)), ("conditional-no-show", ago(1))),
        [("extend", (1, 2), 12), ("warning", (1, 2), None)],
    ),
    Row("conditional, minor: the court's duties", one(CONDITIONAL, "conditional-duties", is_minor=True), [YEAR]),
    Row("conditional, minor: hiding", one(CONDITIONAL, "hiding", is_minor=True, gone=GONE), [YEAR]),
    Row(
        "conditional, minor: a repeat",
        situation(CONDITIONAL, ("conditional-moved", ago(40)), ("conditional-moved", ago(1)), is_minor=True),
        [HALF_YEAR, WARNED, ("extend", (1, 2), 12)],
    ),
    # Community service: first a warning; evasion is replaced.
    Row("community: one absence", one(COMMUNITY, "community-absence"), [WARNED]),
    Row(
        "community: two absences in a month",
        situation(COMMUNITY, ("community-absence", date(2026, 10, 5)), ("community-absence", date(2026, 10, 6))),
        [("warning", (1, 2), None)],
    ),
    Row(
        "community: three absences in a month",
        situation(COMMUNITY, *[("community-absence", date(2026, 10, day)) for day in (5, 6, 30)]),
        [("replace", (1, 2, 3), None)],
    ),
    Row(
        "community: three absences in two months",
        situation(
            COMMUNITY,
            ("community-absence", date(2026, 9, 30)),
            ("community-absence", date(2026, 10, 1)),
            ("community-absence", date(2026, 10, 2)),
        ),
        [("warning", (1, 2, 3), None)],
    ),
    Row("community: intoxicated once", one(COMMUNITY, "community-intoxicated"), [WARNED]),
    Row(
        "community: intoxicated twice",
        situation(COMMUNITY, ("community-intoxicated", ago(90)), ("community-intoxicated", ago(1))),
        [("replace", (1, 2), None)],
    ),
    Row("community: refused", one(COMMUNITY, "community-refusal"), [REPLACED]),
    Row("community: hiding", one(COMMUNITY, "hiding", gone=GONE), [REPLACED]),
    Row("community: left the country", one(COMMUNITY, "left-country"), [REPLACED]),
    Row("community: a missed registration", one(COMMUNITY, "community-no-show"), [WARNED]),
    # Corrective works: the same pattern.
    Row("corrective: the first", one(CORRECTIVE, "corrective-breach"), [WARNED]),
    Row(
        "corrective: a repeat within a year",
        situation(CORRECTIVE, ("corrective-breach", ago(301)), ("corrective-no-show", ago(1))),
        [WARNED, ("replace", (1, 2), None)],
    ),
    Row("corrective: hiding", one(CORRECTIVE, "hiding", gone=GONE), [REPLACED]),
    Row("corrective: left the country", one(CORRECTIVE, "left-country"), [REPLACED]),
    # Deferral: a warning, and after two of them cancellation.
    Row("deferral: public order", one(DEFERRAL, "deferral-order"), [WARNED]),
    Row("deferral: care of the child", one(DEFERRAL, "deferral-care"), [WARNED]),
    Row("deferral: after one warning", one(DEFERRAL, "deferral-care", warnings=(ago(90),)), [WARNED]),
    Row("deferral: after two warnings", one(DEFERRAL, "deferral-care", warnings=(ago(90), ago(30))), [CANCELLED]),
    Row("deferral: the second warning came later", one(DEFERRAL, "deferral-care", warnings=(ago(90), TODAY)), [WARNED]),
    # All: hiding is more than fifteen days from the missed registration.
    Row("day 15 is not yet hiding", situation(CONDITIONAL, missing_since=ago(15)), []),
    Row("day 16 is: first steps of a search", situation(CONDITIONAL, missing_since=ago(16)), [("search", (), None)]),
    Row(
        "then the court is asked to declare the person wanted",
        situation(CONDITIONAL, missing_since=ago(30), searched_since=ago(14)),
        [("wanted", (), None)],
    ),
    Row(
        "and not again",
        situation(CONDITIONAL, missing_since=ago(30), searched_since=ago(14), is_declared=True),
        [],
    ),
    Row("the same in a deferral", situation(DEFERRAL, missing_since=ago(16)), [("search", (), None)]),
    # … in the table of violations: who asks for help, or is bound to nothing but a ban, is not searched for.
    Row("not before the trial", situation("pre_trial", missing_since=ago(16)), []),
    Row("nor after the release", situation("post_release", missing_since=ago(16)), []),
    Row("nor under a ban", situation("ban_on_office", missing_since=ago(16), searched_since=ago(2)), []),
    # What no norm foresees is proposed by nobody.
    Row("another breach", one(RESTRICTION, "other"), []),
]


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_the_norms_foresee(row):
    assert said(row.case) == row.answers


@pytest.mark.parametrize("row", [row for row in TABLE if row.answers], ids=str)
def test_every_proposal_says_why_and_that_a_person_must_check(row):
    for proposal in propose(row.case, TODAY):
        assert proposal.reasons[0].why is Why.FORESEEN
        assert proposal.reasons[0].norm is proposal.norm
        assert Why.UNCHECKED in [note.why for note in proposal.notes]


def test_a_repeat_tells_the_days_between_and_the_other_rule_tells_why_it_is_none():
    near = situation(RESTRICTION, ("liberty-duties", date(2026, 1, 10)), ("liberty-duties", date(2026, 11, 6)))
    far = situation(RESTRICTION, ("liberty-duties", date(2025, 11, 1)), ("liberty-duties", date(2026, 11, 6)))

    repeat = next(reason for reason in propose(near, TODAY)[1].reasons if reason.why is Why.REPEAT)
    none = next(note for note in propose(far, TODAY)[0].notes if note.why is Why.NOT_REPEAT)

    assert repeat.values == {"on": date(2026, 11, 6), "earlier": date(2026, 1, 10), "gap": 300, "days": 365}
    assert none.values == {"earlier": date(2025, 11, 1), "gap": 370, "days": 365}


def test_it_is_not_said_that_no_other_violation_came_before_when_one_of_another_kind_did():
    alone = one(CONDITIONAL, "conditional-no-show")
    after = situation(CONDITIONAL, ("conditional-duties", ago(30)), ("conditional-no-show", ago(1)))
    long_after = situation(CONDITIONAL, ("conditional-duties", ago(370)), ("conditional-no-show", ago(1)))

    def reasons(case: Situation) -> list[Why]:
        return [reason.why for reason in propose(case, TODAY)[0].reasons]

    assert Why.FIRST in reasons(alone)
    assert Why.FIRST not in reasons(after)
    assert Why.FIRST in reasons(long_after)


def test_who_is_still_gone_is_told_of_by_days_and_who_was_found_is_not():
    gone, found = (
        one(RESTRICTION, "hiding", gone=GONE, missing_since=GONE[0][0], searched_since=ago(3), is_declared=True),
        one(RESTRICTION, "hiding", gone=((ago(30), ago(1)),)),
    )

    assert {reason.why for reason in propose(gone, TODAY)[0].reasons} == {Why.FORESEEN, Why.MISSING}
    assert {reason.why for reason in propose(found, TODAY)[0].reasons} == {Why.FORESEEN}


def test_a_court_is_not_asked_without_a_word_that_nobody_warned_before():
    repeat = situation(RESTRICTION, ("liberty-duties", ago(301)), ("liberty-duties", ago(1)))
    warned = situation(RESTRICTION, ("liberty-duties", ago(301)), ("liberty-duties", ago(1)), warnings=(ago(299),))

    assert Why.UNWARNED in [note.why for note in propose(repeat, TODAY)[1].notes]
    assert Why.UNWARNED not in [note.why for note in propose(warned, TODAY)[1].notes]


def test_what_is_answered_is_not_proposed_again_but_what_stands_beside_it_is():
    def answered(code: str, measure: str) -> Situation:
        basis = breaches()[code].bases[0]
        return Situation(facts=Facts(basis), violations=(Committed(1, code, ago(1), frozenset({measure})),))

    assert said(answered("liberty-duties", "warning")) == []
    assert said(answered("conditional-no-show", "warning")) == [YEAR]
    assert said(answered("conditional-no-show", "extend")) == [WARNED]
    assert said(answered("conditional-duties", "warning")) == []


def test_an_answered_violation_still_makes_the_next_one_a_repeat():
    earlier = Committed(1, "liberty-duties", ago(301), frozenset({"warning"}))
    case = Situation(facts=Facts(RESTRICTION), violations=(earlier, Committed(2, "liberty-duties", ago(1))))

    assert said(case) == [("replace", (1, 2), None)]


def test_what_an_officer_set_aside_is_not_proposed_again():
    case = one(CONDITIONAL, "conditional-no-show", dismissed=frozenset({("conditional-extend", 1)}))
    gone = situation(CONDITIONAL, missing_since=ago(16), dismissed=frozenset({("missing-search", None)}))

    assert said(case) == [WARNED]
    assert said(gone) == []


ANSWERED = frozenset({"extend", "warning"})
TERM = (date(2025, 11, 20), date(2027, 11, 20))  # 730 days: half of it is 365 days, on 20 November 2026


@pytest.mark.parametrize(
    ("facts", "answers"),
    [
        ({"term": TERM}, [("early-cancellation", (), None)]),
        ({"term": (TERM[0], date(2027, 11, 21))}, []),  # 731 days: 366 are half, begun halves count whole
        ({"term": TERM, "suspended": (Span(date(2026, 1, 1), date(2026, 1, 2)),)}, []),  # one day of search
        ({"term": (date(2025, 11, 19), date(2027, 11, 19)), "suspended": (Span(date(2026, 1, 1), date(2026, 1, 2)),)},
         [("early-cancellation", (), None)]),
        ({"term": TERM, "suspended": (Span(date(2026, 1, 1)),), "searched_since": date(2026, 1, 1)}, []),
        ({"term": TERM, "asked": frozenset({"early-cancellation"})}, []),
        ({"term": TERM, "violations": (Committed(1, "conditional-no-show", ago(365), ANSWERED),)}, []),
        ({"term": TERM, "violations": (Committed(1, "conditional-no-show", ago(366), ANSWERED),)},
         [("early-cancellation", (), None)]),
        ({}, []),
    ],
)  # fmt: skip
def test_half_of_the_term_without_violations_makes_early_cancellation_possible(facts, answers):
    assert said(Situation(facts=Facts(CONDITIONAL), **facts)) == answers


def test_early_cancellation_is_for_conditional_sentences_only():
    assert said(Situation(facts=Facts(RESTRICTION), term=TERM)) == []


# The files themselves.


def test_every_rule_rests_on_a_norm_that_foresees_its_answer():
    known = {one.code: one for one in norms()}

    unlike = [
        rule.code
        for rule in answering().rules
        if isinstance(value := known[rule.norm].value, Foreseen)
        and {"wanted": SEARCH}.get(rule.measure, rule.measure) not in value.answers
    ]

    assert unlike == []


def test_no_answer_that_a_norm_foresees_is_forgotten():
    """What a person is brought to the office for is another matter: nobody answers a violation by it."""
    foreseen = {
        (one.code, str(answer)) for one in norms() if isinstance(one.value, Foreseen) for answer in one.value.answers
    }
    ruled = {(rule.norm, rule.measure) for rule in answering().rules}

    assert {pair for pair in foreseen - ruled if pair[1] != "bring"} == set()


@pytest.mark.parametrize("basis", [RESTRICTION, CONDITIONAL, COMMUNITY, CORRECTIVE, DEFERRAL, "ban_on_office"])
def test_a_missed_registration_has_a_name_for_every_basis(basis):
    assert missed_visit_of(basis) in breaches_of(basis)


@pytest.mark.parametrize("basis", ["pre_trial", "release_preparation"])
def test_who_asks_for_help_breaks_nothing_by_not_coming(basis):
    assert missed_visit_of(basis) is None
    assert [one.code for one in breaches_of(basis)] == ["other"]


def test_each_kind_of_violation_has_its_article_or_is_the_services_own():
    assert [one.code for one in breaches().values() if bool(one.act) != bool(one.article)] == []
    assert [one.code for one in breaches().values() if not one.act] == ["no-show", "other"]
    assert not any(one.checked for one in breaches().values())


def test_each_kind_of_violation_is_looked_at_by_a_rule_or_foreseen_by_nobody():
    ruled = {code for rule in answering().rules for code in rule.violations}

    assert set(breaches()) - ruled == {"deferral-no-show", "no-show", "other"}


@pytest.mark.parametrize(
    ("file", "reader", "replaced", "fault"),
    [
        (VIOLATIONS, read_breaches, ("act: penal_code", "act: koran"), "act is koran"),
        (VIOLATIONS, read_breaches, ("code: liberty-duties", "code: liberty-no-show"), "a second time"),
        (VIOLATIONS, read_breaches, ("bases: [deferral]", "bases: [defferal]"), "is defferal, not one of"),
        (ANSWERS, read_answering, ("when: repeat", "when: often"), "when is often"),
        (ANSWERS, read_answering, ("norm: answer-restriction\n", "norm: answer-restrictions\n"), "norm is ans"),
        (ANSWERS, read_answering, ("measure: warning\n    bases: [def", "measure: scorn\n    bases: [def"), "is scorn"),
        (ANSWERS, read_answering, ("    limit: absences-limit\n", ""), "limit does not fit"),
        (ANSWERS, read_answering, ("liberty-tracker", "liberty-trackers"), "is liberty-trackers"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_the_place(tmp_path, file, reader, replaced, fault):
    wrong = tmp_path / file.name
    old, new = replaced
    assert old in (text := file.read_text(encoding="utf-8"))
    wrong.write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadReference, match=fault):
        reader(wrong)


# Whatever happened.

codes = st.sampled_from([one.code for one in breaches_of(RESTRICTION)])
days = st.dates(date(2025, 1, 1), TODAY)
histories = st.lists(st.tuples(codes, days), max_size=6)


@given(histories, st.randoms())
def test_the_order_in_which_violations_are_told_makes_no_difference(history, random):
    case = situation(RESTRICTION, *history)
    shuffled = list(case.violations)
    random.shuffle(shuffled)

    assert propose(Situation(facts=case.facts, violations=tuple(shuffled)), TODAY) == propose(case, TODAY)


PLAIN = {"liberty-no-show", "liberty-duties", "liberty-tracker", "liberty-offence"}


@given(histories)
def test_a_repeat_is_proposed_when_and_only_when_two_days_are_a_year_apart_or_less(history):
    days_of_plain = [on for code, on in history if code in PLAIN]
    is_repeat = any(0 < (later - earlier).days <= 365 for earlier in days_of_plain for later in days_of_plain)

    proposed = {one.rule.code for one in propose(situation(RESTRICTION, *history), TODAY)}

    assert ("liberty-repeat" in proposed) == is_repeat


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(1, 60))
def test_hiding_begins_on_the_day_after_the_norms_days_and_goes_on(missed, day):
    proposed = said(situation(CONDITIONAL, missing_since=missed), missed + timedelta(days=day))

    assert bool(proposed) == (day > norm("hiding-days", TODAY).count)
