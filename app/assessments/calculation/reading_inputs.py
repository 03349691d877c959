"""Reads the inputs of a calculation, and says what an answer to one may be."""

from collections.abc import Mapping
from decimal import Decimal

import yaml

from app.assessments.calculation.expressions import Sort
from app.assessments.calculation.model import Form, Input
from app.assessments.calculation.reading_formulas import read_formula, read_number
from app.assessments.reading import Reader


def read_inputs(read: Reader, fields: Mapping[str, yaml.Node]) -> tuple[Input, ...]:
    members = read.sequence(fields["inputs"], "inputs") if "inputs" in fields else []
    return tuple(_input(read, *member) for member in members)


def _input(read: Reader, node: yaml.Node, place: str) -> Input:
    optional = ("least", "most", "words", "best", "worst", "optional")
    fields = read.mapping(node, place, ("code", "type", "name"), optional)
    form = read.choice(fields.get("type"), f"{place}.type", Form)
    if form is Form.WORD and "words" not in fields:
        read.note(place, "lacks the key: words", node)
    words = tuple(read.words(*member) for member in read.sequence(fields.get("words"), f"{place}.words"))
    one = Input(
        code=read.code(fields.get("code"), f"{place}.code"),
        form=form,
        name=read.text(fields.get("name"), f"{place}.name"),
        least=read_number(read, fields["least"], f"{place}.least") if "least" in fields else None,
        most=read_number(read, fields["most"], f"{place}.most") if "most" in fields else None,
        words=words,
        best=read_formula(read, fields["best"], f"{place}.best").setting if "best" in fields else None,
        worst=read_formula(read, fields["worst"], f"{place}.worst").setting if "worst" in fields else None,
        optional=read.truth(fields["optional"], f"{place}.optional") if "optional" in fields else False,
    )
    if one.least is not None and one.most is not None and one.most < one.least:
        read.note(place, "ends before it starts: most is less than least", node)
    if one.words and form is not Form.WORD:
        read.note(place, f"has words but is {form.sort}", node)
    if len(set(words)) < len(words):
        read.note(f"{place}.words", "has a word twice", fields["words"])
    if fields.keys() & {"least", "most"} and form.sort is not Sort.NUMBER:
        read.note(place, f"has a least or a most but is {form.sort}", node)
    for key in ("best", "worst"):
        if key in fields and not fits(getattr(one, key), one):
            read.note(f"{place}.{key}", "is no answer to this input", fields[key])
    return one


def fits(value: object, one: Input) -> bool:
    """Whether a value, already of the right sort, is among the answers of an input."""
    if isinstance(value, Decimal):
        inside = (one.least is None or value >= one.least) and (one.most is None or value <= one.most)
        whole = one.form is not Form.WHOLE or value == value.to_integral_value()
        return one.form in (Form.WHOLE, Form.NUMBER) and inside and whole
    if isinstance(value, bool):
        return one.form is Form.TRUTH
    return one.form is Form.WORD and value in one.words
