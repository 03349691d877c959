"""The latest reviews at visits of people whose level is not low: mostly steady, now and then a turn for the worse."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from app.assessments import library
from app.assessments.acute.due import LEVELS
from app.assessments.acute.sums import points_of, weigh
from app.assessments.instrument import Instrument
from app.assessments.vocabulary import Kind
from app.seeds.population.answering import Answered
from app.seeds.population.people import Life
from app.seeds.population.rows import Rows

# Assumed shares and spans.
SETS, UNKNOWN = 200, 0.15
REVIEWED, TURNED = 0.9, 0.06  # of the people at all; of the reviews
MOST, BETWEEN, SINCE = 3, (24, 38), 40  # reviews kept, days between two, and most days since the last
FORM = ("acute", 1)


@dataclass(frozen=True, slots=True)
class Looked:
    """A full set of answers, scored once and given to many people."""

    answers: tuple[tuple[str, str | None, int | None], ...]  # item, option, points
    acute: int
    protective: int
    acute_unknown: int
    protective_unknown: int


class Visitor:
    """Reviews people; the sets are in the order of their burden, so that neighbours are alike."""

    def __init__(self, rows: Rows, chance: Random) -> None:
        self.rows, self.form = rows, library.find(*FORM)
        self.sets = tuple(looked(self.form, chance, number / (SETS - 1)) for number in range(SETS))

    def visit(self, life: Life, assessments: list[tuple[int, date, Answered, dict[str, int]]]) -> None:
        if not assessments or assessments[-1][2].level not in LEVELS or life.chance.random() > REVIEWED:
            return
        days = [life.end - timedelta(days=1 + life.chance.randrange(SINCE))]
        while len(days) < life.chance.randint(1, MOST):
            days.append(days[-1] - timedelta(days=life.chance.randint(*BETWEEN)))
        burden = life.chance.randrange(SETS)
        for on in reversed(days):
            if on > assessments[0][1]:
                turned = life.chance.random() < TURNED
                burden += life.chance.randint(40, 90) if turned else life.chance.randint(-12, 12)
                burden = max(0, min(burden, SETS - 1))
                self.review(life, on, self.sets[burden])

    def review(self, life: Life, on: date, given: Looked) -> None:
        number = self.rows.add(
            "acute_reviews", case_id=life.case_id, on=on, at=life.at(on), by_id=life.officer_id,
            instrument_code=self.form.code, instrument_version=str(self.form.version),
            instrument_digest=self.form.digest, items=len(given.answers), acute_sum=given.acute,
            protective_sum=given.protective, acute_unknown=given.acute_unknown,
            protective_unknown=given.protective_unknown,
        )  # fmt: skip
        self.rows.add_plain("acute_answers", [(number, *answer) for answer in given.answers])


def looked(form: Instrument, chance: Random, burden: float) -> Looked:
    """Answers around a burden from 0 to 1, which protection runs against."""
    chosen: dict[str, str | None] = {}
    for section, item in form.items():
        weight = burden if section.kind is Kind.ACUTE else 1 - burden
        place = round(chance.gauss(weight * 0.8, 0.22) * item.maximum)
        points = max(0, min(place, item.maximum))
        chosen[item.code] = next(option.code for option in item.options if option.points == points)
    if chance.random() < UNKNOWN:
        chosen[chance.choice(tuple(chosen))] = None
    sums = weigh(form, chosen)
    return Looked(
        answers=tuple((item.code, chosen[item.code], points_of(item, chosen[item.code])) for _, item in form.items()),
        acute=sums.acute.points,
        protective=sums.protective.points,
        acute_unknown=sums.acute.unknown,
        protective_unknown=sums.protective.unknown,
    )
