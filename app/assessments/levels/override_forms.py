"""The forms about an override: what the level should be and why, and the answer of another person."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import Length

from app.assessments.completing import LEAST_WORDS
from app.assessments.labels import STEP_LABELS
from app.assessments.levels.final import beside
from app.assessments.levels.overriding import Proposal
from app.assessments.models import OverrideReason
from app.assessments.models.overrides import REASON_LABELS
from app.assessments.vocabulary import Level
from app.web.forms import Form, OneOfField, ProseField, TextField, choices_of, required

ENOUGH = Length(min=LEAST_WORDS, message=_l("Write at least a sentence: %(min)d characters or more."))


class OverrideForm(Form):
    """A proposal; what can be chosen depends on the level that the points gave."""

    to_level = OneOfField(_l("The level should be"), [required(_l("Choose the level."))])
    reason = OneOfField(
        _l("Reason"), [required(_l("Choose the reason."))], choices=choices_of(OverrideReason, REASON_LABELS)
    )
    norm = TextField(
        _l("Act and article"), description=_l("Only where a law or an order sets the level: name it, with its article.")
    )
    words = ProseField(
        _l("In your words"),
        [required(_l("Write why the level should be another one.")), ENOUGH],
        description=_l("What you know that the points do not say, and from where. The one who approves reads it."),
    )

    def __init__(self, raw: Level, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to_level.choices = [(level.value, STEP_LABELS[raw, level]) for level in beside(raw)]

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.reason.data and self.is_policy != bool(self.norm.data):
            says = (
                _("Name the act and its article.")
                if self.is_policy
                else _("Leave this empty, or choose the reason that a law or an order sets the level.")
            )
            self.norm.errors = [*self.norm.errors, says]
            return False
        return valid

    @property
    def is_policy(self) -> bool:
        return self.reason.data == OverrideReason.STATUTORY_CATEGORY.value

    def proposal(self) -> Proposal:
        asked = self.data
        return Proposal(
            to_level=Level(asked["to_level"]),
            reason=OverrideReason(asked["reason"]),
            words=asked["words"],
            norm=asked["norm"],
        )


class OverrideAnswerForm(Form):
    """Approval or refusal; a refusal says why."""

    decision = OneOfField(
        _l("Your decision"),
        [required(_l("Choose your decision."))],
        choices=[("approve", _l("approve: the proposed level holds")), ("decline", _l("decline: the level stays"))],
    )
    words = ProseField(_l("In your words"), description=_l("Needed when you decline: the officer reads it."))

    def validate(self, extra_validators: Any = None) -> bool:
        valid = super().validate(extra_validators)
        if self.decision.data == "decline" and not self.words.data and not self.words.errors:
            self.words.errors = [_("Write why the proposal is declined.")]
            return False
        return valid

    @property
    def approves(self) -> bool:
        return self.decision.data == "approve"
