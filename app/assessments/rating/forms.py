"""The form of a second rating: one section, each question with its answers and "cannot be found out"."""

from types import SimpleNamespace
from typing import Any

from flask_babel import gettext as _

from app.assessments.forms import UNKNOWN, answer_to, digest
from app.assessments.models import SecondRating
from app.assessments.section import Section
from app.web.forms import Form, OneOfField
from app.web.languages import text_in


class RatingForm(Form):
    """One section. ``rating_form`` adds ``answer_…`` for each of its items."""

    def given(self, section: Section) -> dict[str, str | None]:
        """Option code by item code; None for what cannot be found out; an item without an answer is left out."""
        answers = {item.code: self[answer_to(item)].data for item in section.items}
        return {code: None if answer == UNKNOWN else answer for code, answer in answers.items() if answer}


def rating_form(section: Section) -> type[RatingForm]:
    fields: dict[str, Any] = {}
    for item in section.items:
        choices = [(option.code, text_in(option.text)) for option in item.options]
        fields[answer_to(item)] = OneOfField(
            text_in(item.question), choices=[*choices, (UNKNOWN, _("Cannot be found out"))]
        )
    return type("FormOfRating", (RatingForm,), fields)


def rated(rating: SecondRating, section: Section) -> SimpleNamespace:
    """What is saved of a section, as its form shows it; the version changes with the content and nothing else."""
    rows = {row.item_code: row.option_code or UNKNOWN for row in rating.answers}
    shown = {answer_to(item): rows.get(item.code) for item in section.items}
    return SimpleNamespace(**shown, version=digest(shown))
