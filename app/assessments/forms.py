"""The forms of this room: the answers to one section, and the conclusion."""

from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from types import MappingProxyType, SimpleNamespace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from app.assessments.completing import LEAST_WORDS
from app.assessments.instrument import Item, Section
from app.assessments.labels import LINK_LABELS
from app.assessments.models import SOURCE_LABELS, Assessment, Source
from app.assessments.needs import Linkage
from app.assessments.prefill import Offer
from app.assessments.recording import Given, Noted
from app.assessments.vocabulary import Kind
from app.web.forms import CarriedField, ChoiceField, Form, OneOfField, ProseField, choices_of, required
from app.web.languages import text_in

NOTHING: Mapping[str, Offer] = MappingProxyType({})
UNKNOWN = "?"  # no option is called that: codes are small letters
LINKS = {"": Linkage(), "r": Linkage(reoffending=True), "h": Linkage(harm=True), "hr": Linkage(True, True)}


class SectionForm(Form):
    """One section. ``section_form`` adds ``answer_…`` and ``source_…`` for each of its items."""

    source = ChoiceField(
        _l("Most answers on this page come from"), choices=choices_of(Source, SOURCE_LABELS), blank=_l("choose")
    )

    def edits(self, record: Any) -> bool:
        """As in Form; what two people entered alike is no clash."""
        return super().edits(record) or (self.is_submitted() and not self.errors and not self.clashes)

    def given(
        self, section: Section, offers: Mapping[str, Offer] = NOTHING, same: str | None = None
    ) -> dict[str, Given]:
        """The answers by item code; one without a source of its own has the page's.

        offers: what was answered last time. ``same`` names an item that is confirmed as it was. An answer counts as
        carried over while it is the one offered, and keeps the source of last time where the page names none.
        """
        page, found = self.source.data, {}
        for item in section.items:
            offer, option = offers.get(item.code), self[answer_to(item)].data
            is_confirmed = item.code == same or bool(self[carried_of(item)].data)
            if offer and item.code == same:
                option = offer.option.code
            is_carried = bool(offer and is_confirmed and option == offer.option.code)
            source = self[source_of(item)].data or page or (offer.source if offer and is_carried else None)
            if option:
                chosen = None if option == UNKNOWN else option
                found[item.code] = Given(chosen, Source(source) if source else None, is_carried)
        return found

    def preselect(self, section: Section, offers: Mapping[str, Offer]) -> None:
        """Put the facts of the past into the form where nothing is answered yet; nothing is saved by that."""
        for item in section.items:
            offer, answer = offers.get(item.code), self[answer_to(item)]
            if offer and offer.is_preselected and not answer.data:
                answer.data, self[source_of(item)].data = offer.option.code, offer.source
                self[carried_of(item)].data = "1"

    def noted(self) -> Noted:
        strengths = self["strengths"].data if "strengths" in self else None
        return Noted(strengths, LINKS[(self["link"].data if "link" in self else None) or ""])


def answer_to(item: Item) -> str:
    return f"answer_{item.code}"


def source_of(item: Item) -> str:
    return f"source_{item.code}"


def carried_of(item: Item) -> str:
    return f"carried_{item.code}"


def section_form(section: Section, links: bool) -> type[SectionForm]:
    """The form of a section, worded in the language spoken; whether it asks what the difficulties are linked with."""
    fields: dict[str, Any] = {}
    for item in section.items:
        question = text_in(item.question)
        choices = [(option.code, text_in(option.text)) for option in item.options]
        if item.may_be_unknown:
            choices.append((UNKNOWN, _("Not known")))
        fields[answer_to(item)] = OneOfField(question, choices=choices)
        fields[source_of(item)] = ChoiceField(
            _("Source: %(question)s", question=question),
            choices=choices_of(Source, SOURCE_LABELS),
            blank=_l("as most on this page"),
        )
        fields[carried_of(item)] = CarriedField()
    if section.strengths:
        fields["strengths"] = ProseField(text_in(section.strengths))
    if links and section.kind is Kind.DYNAMIC:
        words = [(code, LINK_LABELS[link]) for code, link in LINKS.items() if code]
        fields["link"] = ChoiceField(_l("In this case it is linked with"), choices=words, blank=LINK_LABELS[Linkage()])
    return type("FormOfSection", (SectionForm,), fields)


def filled(assessment: Assessment, section: Section) -> SimpleNamespace:
    """What is saved of a section, as its form shows it; the version changes with the content and nothing else."""
    rows = {row.item_code: row for row in assessment.answers}
    note = next((row for row in assessment.notes if row.domain_code == section.code), None)
    sources = [rows[item.code].source for item in section.items if item.code in rows and rows[item.code].source]
    page = Counter(sources).most_common(1)[0][0] if sources else None
    shown: dict[str, Any] = {"source": page, "strengths": note.text if note else None, "link": link_code(note) or None}
    for item in section.items:
        row = rows.get(item.code)
        own = row.source if row and row.source != page else None
        shown[answer_to(item)] = (row.option_code or UNKNOWN) if row else None
        shown[source_of(item)] = own
    carried = {f"carried_{code}": "1" if row.carried_over else "" for code, row in rows.items()}
    return SimpleNamespace(**shown, **carried, version=digest(shown))


def link_code(note: Any) -> str:
    link = Linkage(note.linked_to_harm, note.linked_to_reoffending) if note else Linkage()
    return next(code for code, known in LINKS.items() if known == link)


def digest(content: Mapping[str, Any]) -> str:
    words = sorted((name, str(value or "")) for name, value in content.items())
    return sha256(repr(words).encode()).hexdigest()[:16]


def version_of(assessment: Assessment) -> str:
    """Names the answers and notes as they are: a conclusion is about these and no others."""
    answers = {row.item_code: f"{row.option_code} {row.source}" for row in assessment.answers}
    notes = {f"note {row.domain_code}": f"{row.text} {link_code(row)}" for row in assessment.notes}
    return digest(answers | notes)


class ConclusionForm(Form):
    conclusion = ProseField(
        _l("Your conclusion"),
        [
            required(_l("Write your conclusion.")),
            Length(min=LEAST_WORDS, message=_l("Write at least a sentence: %(min)d characters or more.")),
        ],
        description=_l("What the answers mean for the work ahead, and whether the level fits what you know."),
    )
