"""Refusing an act with a sentence, at the answer that it speaks of."""

from typing import Any

from app.clients.models import NotPossible


class Refused(NotPossible):
    """The act cannot be done; ``field`` names the answer to mend, if there is one."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def refuse_at(form: Any, refusal: NotPossible) -> None:
    """Show the sentence at its field, or above the form; what was typed stays."""
    name = getattr(refusal, "field", "")
    (form[name].errors if name in form else form.form_errors).append(str(refusal))
