"""Sets of answers, scored once by the real rules and given to many people: scoring each anew would only be slow."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from app.assessments import library
from app.assessments.completing import needs_found
from app.assessments.instrument import Instrument
from app.assessments.models import Need, Source
from app.assessments.scoring import score
from app.assessments.stored import to_json
from app.assessments.vocabulary import Stage
from app.clients.models import ADULT
from app.clients.vocabulary import Stage as ClientStage
from app.programs.methodology import methodology_for
from app.programs.proposals.proposing import Line, draw_up, found_needs

SETS, FEWER = 200, 40  # for most people, who are adults serving a sentence, and for each of the others
UNKNOWN = 0.15  # of the sets have an answer that could not be found out


@dataclass(frozen=True, slots=True)
class Answered:
    """A full set of answers to an instrument and all that follows from it."""

    instrument: Instrument
    answers: tuple[tuple[str, str | None, str | None, bool], ...]  # item, option, source, whether carried over
    points: int
    share: float  # of all the points that there can be
    level: str
    months: int  # until the next assessment
    result: str  # as JSON
    needs: tuple[tuple[str, bool, str | None, int | None, int], ...]  # code, is_support, level, points, position
    proposed: Mapping[Stage, tuple[Line, ...]]  # for the needs, at every stage of the instrument


def answer_sets(chance: Random, day: date) -> Mapping[str, tuple[Answered, ...]]:
    """The sets of every instrument on offer on a day, by its code."""
    sets = {}
    for one in library.offered(day):
        count = SETS if one.applies_to(ADULT, Stage.SENTENCE) else FEWER
        sets[one.code] = tuple(answered(one, chance) for _number in range(count))
    return sets


def answered(instrument: Instrument, chance: Random) -> Answered:
    """Answers around a burden of the person's own, so that low, medium and high all occur."""
    burden = chance.betavariate(1.6, 2.6)
    chosen = {}
    for _section, item in instrument.items():
        place = round(chance.gauss(burden, 0.25) * (len(item.options) - 1))
        chosen[item.code] = item.options[max(0, min(place, len(item.options) - 1))].code
    may_be = [item.code for _section, item in instrument.items() if item.may_be_unknown]
    unknown = {chance.choice(may_be)} if chance.random() < UNKNOWN else set()
    result = score(instrument, {item: option for item, option in chosen.items() if item not in unknown}, unknown)
    if result.level is None:
        raise ValueError("A full set of answers has a level.")
    needs = needs_found(instrument, result, {})
    sources = (Source.PERSON, Source.PERSON, Source.DOCUMENT, Source.RELATIVE, Source.OBSERVATION)
    return Answered(
        instrument=instrument,
        answers=tuple(
            (item, None, None, False) if item in unknown else (item, option, chance.choice(sources).value, False)
            for item, option in chosen.items()
        ),
        points=result.points,
        share=result.points / instrument.maximum,
        level=result.level.value,
        months=instrument.valid_months[result.level],
        result=json.dumps(to_json(result)),
        needs=tuple((need.code, need.is_support, need.level, need.points, need.position) for need in needs),
        proposed={stage: lines_at(stage, needs, instrument) for stage in instrument.stages},
    )


def lines_at(stage: Stage, needs: Sequence[Need], instrument: Instrument) -> tuple[Line, ...]:
    methodology = methodology_for(ClientStage(stage))
    known = found_needs(needs, [need.code for need in needs if need.is_support])
    return draw_up(methodology.rules, known, methodology.limits.active_goals, instrument.code)
