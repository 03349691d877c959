"""The law as it was read: every category of persons and every violation, its value, its article and how it is known."""

from datetime import date
from fractions import Fraction as Part

import pytest

from app.clients.legal_bases import legal_bases
from app.clients.vocabulary import Stage
from app.supervision.norms import (
    Answers,
    Between,
    Facts,
    Foreseen,
    Fraction,
    Hours,
    Limit,
    MonthEnd,
    NoNorm,
    Per,
    Rhythm,
    Rule,
    SetByService,
    Since,
    Source,
    Term,
    Unit,
    norm,
    norms,
    norms_for,
)

pytestmark = pytest.mark.one_engine

ON = date(2026, 11, 20)
READ, TOLD, MEMORY, OWN = Source
RESTRICTION, CONDITIONAL, COMMUNITY = "restriction_of_liberty", "conditional_sentence", "community_service"
CORRECTIVE, DEFERRAL, BAN = "corrective_works", "deferral", "ban_on_office"
PAROLE, ADMINISTRATIVE = "parole", "administrative_supervision"


def days(count):
    return Term(count, Unit.DAYS)


def working(count):
    return Term(count, Unit.WORKING_DAYS)


def months(count, before_rest=False):
    return Term(count, Unit.MONTHS, before_rest)


def foreseen(*answers):
    return Foreseen(tuple(map(Answers, answers)))


# Terms of first appearance, reporting and other clocks, category by category.
CATEGORIES = [
    # anyone under probation control
    ("first-appearance", days(10), "21", READ),
    ("release-first-visit", working(5), "21", READ),
    ("change-notice", Rule(), "21", READ),
    # restriction of liberty
    ("reporting-restriction", SetByService(), "69(2)(2)", READ),
    ("restriction-start", Rule(), "64", READ),
    ("restriction-term", Between(months(12), months(84)), "44", TOLD),
    ("restriction-job-register", months(1), "44(2)", READ),
    ("restriction-labour", Hours(100, Per.YEAR), "44", MEMORY),
    # conditional sentence
    ("reporting-conditional", Rhythm(2, Per.MONTH), "174–176", READ),
    ("reporting-conditional-rural", Rhythm(1, Per.MONTH), "174–176", READ),
    ("conditional-no-show", foreseen("bring"), "174–176", READ),
    ("conditional-start", Rule(), "175", READ),
    ("conditional-control", Rule(), "63", READ),
    ("conditional-control-minor", Between(months(6), months(12)), "63(3)", READ),
    ("early-half", Fraction(Part(1, 2)), "64(1)", READ),
    # community service
    ("reporting-community", Rhythm(1, Per.MONTH), "57–62", READ),
    ("community-term", Rule(), "57–62", READ),
    ("community-start", days(10), "57–62", READ),
    ("community-order", working(5), "57–62", READ),
    ("work-hours-day", Hours(4, Per.DAY), "57–62", READ),
    ("work-hours-day-idle", Hours(8, Per.DAY), "57–62", READ),
    ("work-hours-week-idle", Hours(40, Per.WEEK), "57–62", READ),
    ("timesheet-due", MonthEnd(), "62(1)(3)", READ),
    ("introductory-talk", working(5), "57–62", READ),
    # corrective works
    ("reporting-corrective", Rhythm(1, Per.QUARTER), "53", READ),
    ("talks-corrective", Rhythm(1, Per.MONTH), "55", READ),
    ("corrective-start", days(15), "52–56", READ),
    ("corrective-evasion-report", working(3), "52–56", READ),
    ("corrective-payments", Rhythm(1, Per.QUARTER), "52–56", READ),
    ("corrective-no-job", months(3), "52–56", READ),
    # deferral
    ("first-appearance-deferral", working(5), "163–164", READ),
    ("deferral-registration", working(3), "163–164", READ),
    ("deferral-control", SetByService(), "163–164", READ),
    ("deferral-term", Between(None, months(60)), "163–164", READ),
    ("deferral-child", Between(None, months(168)), "163–164", READ),
    ("deferral-no-show", days(14), "163–164", READ),
    # ban on an office or activity
    ("first-appearance-ban", days(5), "50, 161, 165", READ),
    ("ban-copy", months(1), "50, 161, 165", READ),
    # parole, by the police
    ("first-appearance-parole", working(5), "169", READ),
    ("reporting-parole", Rhythm(1, Per.MONTH), "169", READ),
    ("parole-duties", Rule(), "169", READ),
    # administrative supervision, by the police
    ("reporting-administrative", Rhythm(1, Per.MONTH), "171–172", READ),
    ("administrative-term-medium", months(36), "171–172", READ),
    ("administrative-term-grave", months(72), "171–172", READ),
    ("administrative-term-most-grave", months(96), "171–172", READ),
    ("administrative-request", months(1), "171–172", READ),
    # clocks before a release
    ("release-program", months(12), "166(1)", READ),
    ("release-relatives", months(6), "167(4)", READ),
    ("release-documents", months(6), "165(4)", READ),
    ("release-treatment", months(1), "173", READ),
    ("release-travel", Rule(), "167", READ),
    ("job-quotas", Rule(), "18, 168", READ),
    ("term-in-months", Rule(), "165(2)", READ),
    # minors
    ("minor-registration", Rule(), "20", READ),
    ("inspection-minor", Rhythm(1, Per.QUARTER), "20", READ),
    ("minor-found", Rule(), "20", READ),
    # valid absence
    ("valid-absence", Rule(), "53(2)", READ),
]

# Violations and answers, and how a case leaves the register.
ANSWERS = [
    ("answer-restriction", foreseen("warning"), "68(1)", READ),
    ("answer-restriction-malicious", foreseen("replace"), "68; 44", READ),
    ("answer-conditional", foreseen("extend", "warning"), "176; 64", READ),
    ("conditional-extension", months(12, before_rest=True), "64", READ),
    ("conditional-extension-minor", months(6, before_rest=True), "64", READ),
    ("answer-conditional-malicious", foreseen("cancel"), "176; 64", READ),
    ("answer-conditional-malicious-minor", foreseen("extend"), "176; 64", READ),
    ("conditional-extension-minor-repeat", months(12, before_rest=True), "64", READ),
    ("answer-community", foreseen("warning"), "57–62", READ),
    ("answer-community-malicious", foreseen("replace"), "57–62", READ),
    ("absences-limit", Limit(2, Per.MONTH), "57–62", READ),
    ("intoxicated-limit", Limit(1), "57–62", READ),
    ("answer-corrective", foreseen("warning"), "52–56", READ),
    ("answer-corrective-malicious", foreseen("replace"), "52–56", READ),
    ("answer-deferral", foreseen("warning"), "164", READ),
    ("answer-deferral-malicious", foreseen("cancel"), "164", READ),
    ("deferral-warnings", Limit(2), "164", READ),
    ("hiding-days", days(15), "60, 68, 176", READ),
    ("answer-hiding", foreseen("search"), "60, 68, 176", READ),
    ("repeat-days", days(365), "68", READ),
    ("practice-representation", Rule(), "", TOLD),
    ("off-term-ended", Rule(), "175(2)", READ),
    ("off-early", Rule(), "64(1)", READ),
    ("off-replaced", Rule(), "68, 176", READ),
    ("off-health", Rule(), "57(5), 162(7)", READ),
    ("off-annulled", Rule(), "161", READ),
    ("off-other", Rule(), "", MEMORY),
]
OWN_RULES = [
    ("silence", days(30), "", OWN),
    ("visit-ahead", days(45), "", OWN),
    ("visit-reminder", days(1), "", OWN),
    ("reminder-consent", months(12), "", OWN),
]


@pytest.mark.parametrize(("code", "value", "article", "source"), CATEGORIES + ANSWERS + OWN_RULES)
def test_a_norm_says_what_was_read(code, value, article, source):
    found = norm(code, ON)

    assert (found.value, found.article, found.source) == (value, article, source)
    assert not found.checked  # nobody has compared any of them with the official text yet
    assert all(found.text[language] for language in ("kk", "ru", "en"))


def test_no_norm_of_supervision_is_left_without_its_row():
    told = {code for code, *_rest in CATEGORIES + ANSWERS + OWN_RULES}
    programmes = ("program-", "referral-", "health-", "provider-", "objection-", "release-plan")

    assert {one.code for one in norms() if not one.code.startswith(programmes)} == told


@pytest.mark.parametrize(
    ("kind", "facts", "code"),
    [
        ("first-appearance", Facts(RESTRICTION, "sentence"), "first-appearance"),
        ("first-appearance", Facts(CONDITIONAL, "sentence", is_minor=True), "first-appearance"),
        ("first-appearance", Facts("post_release", "post_penitentiary"), "release-first-visit"),
        ("first-appearance", Facts(DEFERRAL, "sentence"), "first-appearance-deferral"),
        ("first-appearance", Facts(BAN, "sentence"), "first-appearance-ban"),
        ("first-appearance", Facts(BAN, "post_penitentiary"), "release-first-visit"),
        ("first-appearance", Facts(PAROLE, "post_penitentiary"), "first-appearance-parole"),
        ("first-appearance", Facts(COMMUNITY, "sentence"), None),
        ("first-appearance", Facts(CORRECTIVE, "sentence"), None),
        ("reporting", Facts(RESTRICTION, "sentence"), "reporting-restriction"),
        ("reporting", Facts(CONDITIONAL, "sentence"), "reporting-conditional"),
        ("reporting", Facts(CONDITIONAL, "sentence", is_rural=True), "reporting-conditional-rural"),
        ("reporting", Facts(CONDITIONAL, "sentence", is_minor=True, is_rural=True), "reporting-conditional-rural"),
        ("reporting", Facts(COMMUNITY, "sentence", is_rural=True), "reporting-community"),
        ("reporting", Facts(CORRECTIVE, "sentence"), "reporting-corrective"),
        ("reporting", Facts(DEFERRAL, "sentence"), "deferral-control"),
        ("reporting", Facts(PAROLE, "post_penitentiary"), "reporting-parole"),
        ("reporting", Facts(ADMINISTRATIVE, "post_penitentiary"), "reporting-administrative"),
        ("reporting", Facts("pre_trial", "pre_trial"), None),
        ("conditional-extension", Facts(CONDITIONAL, "sentence"), "conditional-extension"),
        ("conditional-extension", Facts(CONDITIONAL, "sentence", is_minor=True), "conditional-extension-minor"),
        ("answer-malicious", Facts(CONDITIONAL, is_minor=True), "answer-conditional-malicious-minor"),
        ("answer-malicious", Facts(CONDITIONAL), "answer-conditional-malicious"),
        ("answer", Facts(DEFERRAL), "answer-deferral"),
        ("control", Facts(CONDITIONAL, is_minor=True), "conditional-control-minor"),
        ("inspection-minor", Facts(CONDITIONAL, is_minor=True), "inspection-minor"),
        ("inspection-minor", Facts(CONDITIONAL), None),
    ],
)
def test_of_a_kind_the_norm_for_the_case_is_found(kind, facts, code):
    found = norms_for(
        kind, facts.basis, ON, is_minor=facts.is_minor, is_rural=facts.is_rural, stage=facts.stage
    )  # fmt: skip

    assert [one.code for one in found] == ([code] if code else [])
    if code:
        assert norm(kind, ON, facts).code == code
    else:
        with pytest.raises(NoNorm):
            norm(kind, ON, facts)


ONE_OF_A_KIND = (
    "first-appearance",
    "reporting",
    "talks",
    "conditional-extension",
    "answer",
    "answer-malicious",
    "control",
)


@pytest.mark.parametrize("basis", sorted(legal_bases()))
def test_two_norms_of_a_kind_are_never_meant_for_one_case(basis):
    facts = [
        Facts(basis, stage, is_minor, is_rural)
        for stage in Stage for is_minor in (False, True) for is_rural in (False, True)
    ]  # fmt: skip
    for kind in ONE_OF_A_KIND:
        for one in facts:
            found = norms_for(kind, basis, ON, is_minor=one.is_minor, is_rural=one.is_rural, stage=one.stage)
            assert len({row.applies.narrowness for row in found}) == len(found), (kind, one)


def test_the_bases_and_stages_of_the_file_are_those_of_the_register():
    assert {basis for one in norms() for basis in one.applies.bases} <= set(legal_bases())
    assert {stage for one in norms() for stage in one.applies.stages} <= set(Stage)


def test_what_the_law_counts_from_an_event_says_from_which():
    told = {one.code: one.since for one in norms()}

    assert told["first-appearance"] is Since.IN_FORCE
    assert told["release-first-visit"] is Since.RELEASE
    assert told["hiding-days"] is Since.MISSED
    assert told["ban-copy"] is told["release-program"] is Since.BEFORE_RELEASE
    assert told["administrative-request"] is Since.BEFORE_END
    assert {one.code for one in norms() if one.stands_in_search} == {
        "conditional-start", "conditional-control", "conditional-control-minor", "early-half",
    }  # fmt: skip
