"""Finds words in formulas that no answer can be: a slip of spelling there would never be seen in a score."""

from collections.abc import Collection, Mapping

from app.assessments.calculation.expressions import Expression
from app.assessments.reading import Reader

COMPARING = ("equal", "one_of")


def check_words(read: Reader, formula: Expression, words: Mapping[str, Collection[str]]) -> None:
    """Note each word that is compared with an answer but is none of its words, and each answer without a case.

    words: the allowed ones by name of an input or an item; of other names nothing is known.
    """
    for part in formula.parts:
        check_words(read, part, words)
    asked = [part.setting for part in formula.parts if part.operator == "name" and part.setting in words]
    if not asked:
        return
    if formula.operator in COMPARING:
        constants = [part.setting for part in formula.parts if part.operator == "constant"]
        _note_strange(read, formula, asked[0], {*constants, *(formula.setting or ())} - {*words[asked[0]]})
    if formula.operator == "match" and formula.parts[0].setting == asked[0]:
        _note_strange(read, formula, asked[0], {*formula.setting} - {*words[asked[0]]})
        left = {*words[asked[0]]} - {*formula.setting}
        if left and len(formula.parts) == len(formula.setting) + 1:
            reason = f"has no case for {', '.join(sorted(left))}, and nothing otherwise"
            read.note_at(formula.place, reason, formula.line)


def _note_strange(read: Reader, formula: Expression, name: str, strange: Collection[object]) -> None:
    for word in sorted(one for one in strange if isinstance(one, str) and one):
        read.note_at(formula.place, f"has a word that {name} cannot be: {word}", formula.line)
