"""The commands that check an instrument's file and score answers with it, outside the database."""

import json
from pathlib import Path

import click

from app.assessments.calculation.evaluation import AnswersRefused
from app.assessments.commands.group import bp
from app.assessments.instrument import Instrument, InstrumentFault, load_instrument
from app.assessments.outcome import outcome
from app.assessments.reading import MOST_CHARACTERS
from app.web.commands import refuse

MOST_BYTES = 4 * MOST_CHARACTERS  # a character of UTF-8 has at most four


@bp.cli.command("score")
@click.argument("instrument", type=click.Path(path_type=Path))
@click.argument("answers", type=click.Path(path_type=Path))
def score_answers(instrument: Path, answers: Path) -> None:
    """Score ANSWERS.json (answers by code) with INSTRUMENT.yaml and print the scores with every step."""
    loaded = instrument_in(instrument)
    given = answers_in(answers)
    try:
        shown = outcome(loaded, given).to_json()
    except AnswersRefused as refused:
        refuse(*refused.reasons)
    click.echo(json.dumps(shown, ensure_ascii=False))


@bp.cli.command("check")
@click.argument("instrument", type=click.Path(path_type=Path))
def check_instrument(instrument: Path) -> None:
    """Say everything that is wrong with INSTRUMENT.yaml, with place, line and reason."""
    loaded = instrument_in(instrument)
    found = {"instrument": loaded.code, "version": loaded.version, "items": len(list(loaded.items()))}
    click.echo(json.dumps(found | {"sha256": loaded.digest}))


def instrument_in(path: Path) -> Instrument:
    try:
        return load_instrument(text_in(path, "utf-8"))
    except InstrumentFault as fault:
        refuse(*fault.faults)


def answers_in(path: Path) -> dict[str, object]:
    try:
        answers = json.loads(text_in(path, "utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        refuse(f"{path.name} is not JSON: {error}")
    if not isinstance(answers, dict):
        refuse(f"{path.name} is not an object of answers by code")
    return answers


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A code that is answered twice is a slip that must not be decided silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a code is answered twice")
    return found


def text_in(path: Path, encoding: str) -> str:
    """The text of a file or a pipe, of which no more is read than an instrument may have."""
    try:
        with path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except OSError as error:
        refuse(f"{path.name} cannot be read: {error.strerror}")
    if len(content) > MOST_BYTES:
        refuse(f"{path.name} is longer than {MOST_BYTES} bytes")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        refuse(f"{path.name} is not UTF-8 text: byte {error.start + 1} is not")
