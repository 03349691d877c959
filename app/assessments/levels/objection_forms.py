"""The forms about an objection: what the person says, and the service's answer."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from app.assessments.completing import LEAST_WORDS
from app.assessments.instrument import Instrument
from app.assessments.levels.objecting import Reply, Said
from app.assessments.models import Against, ObjectionOutcome
from app.assessments.models.objections import AGAINST_LABELS, OUTCOME_LABELS
from app.web.forms import ChoiceField, DateField, Form, OneOfField, ProseField, choices_of, required
from app.web.languages import text_in


class ObjectionForm(Form):
    """What the person says, written down as they say it."""

    on = DateField(_l("The person objected on"), [required(_l("Enter the day on which the person objected."))])
    against = OneOfField(
        _l("The person objects to"),
        [required(_l("Choose what the person objects to."))],
        choices=choices_of(Against, AGAINST_LABELS),
    )
    item_code = ChoiceField(_l("Which question"), blank=_l("no single one"), description=_l("Only for an answer."))
    words = ProseField(
        _l("The person's own words"),
        [required(_l("Write down what the person says."))],
        description=_l("In the person's language, from a letter or as they say it; nothing added, nothing left out."),
    )

    def __init__(self, instrument: Instrument, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.item_code.choices = [(item.code, text_in(item.question)) for _section, item in instrument.items()]

    def said(self) -> Said:
        asked = self.data
        return Said(asked["on"], Against(asked["against"]), asked["words"], asked["item_code"])


class ObjectionAnswerForm(Form):
    outcome = OneOfField(
        _l("Your answer"),
        [required(_l("Choose your answer."))],
        choices=choices_of(ObjectionOutcome, OUTCOME_LABELS),
    )
    words = ProseField(
        _l("Why"),
        [
            required(_l("Write the reasons for your answer.")),
            Length(min=LEAST_WORDS, message=_l("Write at least a sentence: %(min)d characters or more.")),
        ],
        description=_l("In words that the person understands: this is the answer that they are told."),
    )

    def reply(self) -> Reply:
        asked = self.data
        return Reply(ObjectionOutcome(asked["outcome"]), asked["words"])
