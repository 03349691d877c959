"""The text with which a draft begins: the sample of its measure, filled in from the case in both languages."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _

from app.clients.cases import Case
from app.supervision.norms import Fraction, NoNorm, norm
from app.supervision.searches.models import Search
from app.supervision.violations.catalogue import AnswerRule
from app.supervision.violations.dossier import Dossier, situation_of
from app.supervision.violations.drafting import Text
from app.supervision.violations.models import Violation
from app.supervision.violations.proposing import REPEAT, half_on
from app.supervision.violations.situation import Reason, Why
from app.supervision.violations.texts import LANGUAGES, Texts, filled
from app.supervision.violations.vocabulary import AnswerKind
from app.supervision.violations.wording import (
    breach_in_words,
    breach_source,
    own_words,
    reason_in_words,
    source_in_words,
)
from app.web.formats import format_date
from app.web.languages import speaking, text_in


class Beginning:
    """What a draft about some violations of a case begins with."""

    def __init__(self, case: Case, known: Dossier, violations: Sequence[Violation], on: date) -> None:
        self.case, self.known, self.on = case, known, on
        self.violations = sorted(violations, key=lambda one: (one.on, one.id))

    def text(self, measure: str, rule: AnswerRule | None, samples: Texts) -> Text:
        """The sample of the measure, filled in; a line stands where nothing is known, {months} where they are typed."""
        said = {}
        for language in LANGUAGES:
            with speaking(language):
                said[language] = filled(samples[measure][language], self.words(rule))
        return Text(said["kk"], said["ru"])

    def words(self, rule: AnswerRule | None) -> Mapping[str, str]:
        """What the words in braces stand for, in the language now spoken."""
        return self.of_case() | self.of_violations() | self.of_search() | {
            "norm": self.source(rule),
            "months": "{months}",
            "half_on": self.half(),
            "clean": self.clean(),
        }  # fmt: skip

    def of_case(self) -> dict[str, str]:
        case = self.case
        return {
            "person": case.client.full_name,
            "born_on": format_date(case.client.born_on),
            "case": case.number,
            "office": text_in(case.assignment.office),
            "court": case.court,
            "judged_on": format_date(case.judged_on),
            "articles": case.articles,
            "registered_on": format_date(case.registered_on),
            "term_from": format_date(case.term_from),
            "term_to": format_date(case.term_to),
        }

    def of_violations(self) -> dict[str, str]:
        said = [one for violation in self.violations for one in violation.explanations]
        given = [one for one in self.known.given if one.case_id == self.case.id and one.kind is AnswerKind.WARNING]
        return {
            "violations": "\n".join(f"– {violation_in_words(one)}" for one in self.violations),
            "explanations": "\n".join(
                f"– {_('would not explain') if one.is_refused else one.words}" for one in said
            ),
            "warnings": ", ".join(
                f"№ {one.number} ({format_date(one.signature.on)})" for one in reversed(given) if one.signature
            ) or _("there were no warnings"),
        }  # fmt: skip

    def of_search(self) -> dict[str, str]:
        search = self.known.search_in(self.case)
        if search is None:
            return {}
        return {
            "missed_on": format_date(search.missed_on),
            "search_on": format_date(search.started_on),
            "steps": steps_in_words(search),
        }

    def source(self, rule: AnswerRule | None) -> str:
        try:
            facts = situation_of(self.case, self.known, self.on).facts
            return source_in_words(norm(rule.norm, self.on, facts)) if rule else ""
        except NoNorm:
            return ""

    def half(self) -> str:
        situation = situation_of(self.case, self.known, self.on)
        try:
            part = norm("early-half", self.on, situation.facts).value
        except NoNorm:
            return ""
        reached = half_on(part, situation) if isinstance(part, Fraction) else None
        return format_date(reached) if reached and reached <= self.on else ""

    def clean(self) -> str:
        """That the norm's days brought no violation; nothing where one did."""
        situation = situation_of(self.case, self.known, self.on)
        try:
            within = norm(REPEAT, self.on, situation.facts)
        except NoNorm:
            return ""
        if any(self.on <= within.after(one.on) for one in situation.violations):
            return ""
        return reason_in_words(Reason(Why.CLEAN, None, {"days": within.count}))


def violation_in_words(violation: Violation) -> str:
    """One line: the day, what was broken with its article, what happened, and what shows it."""
    source = breach_source(violation.code)
    what = breach_in_words(violation.code) + (f" ({source})" if source else "")
    rest = [one for one in (own_words(violation.code, violation.words), violation.evidence) if one]
    return ". ".join([f"{format_date(violation.on)}: {what}", *(one.rstrip(".") for one in rest)]) + "."


def steps_in_words(search: Search) -> str:
    return "\n".join(
        f"– {format_date(step.on)}: {step.kind.label}" + (f" – {step.words}" if step.words else "")
        for step in search.steps
    )
