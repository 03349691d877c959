"""Rating an assessment a second time: blind answers, their completion, both side by side, and how far they agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import Select, func, select

from app.access.models import User
from app.assessments import library
from app.assessments.instrument import Instrument, Item
from app.assessments.models import Assessment, Completion, ItemAnswer, SecondAnswer, SecondCompletion, SecondRating
from app.assessments.rating.agreement import Agreement, on_answers, on_order, on_points
from app.assessments.scoring import Result, score
from app.assessments.section import Section
from app.assessments.vocabulary import Level
from app.clients.cases import Assignment
from app.clients.models import NotPossible
from app.db import db


def record_second(rating: SecondRating, section: Section, given: Mapping[str, str | None]) -> None:
    """Have the section hold exactly these answers: option code by item code, None for what cannot be found out.

    Raises NotPossible when the rating is complete, and Refused when an answer does not fit the instrument.
    """
    require_open(rating)
    kept = {row.item_code: row for row in rating.answers}
    for item in section.items:
        row = kept.get(item.code)
        if item.code not in given:
            if row:
                rating.answers.remove(row)
            continue
        if row is None:
            row = SecondAnswer(item_code=item.code)
            rating.answers.append(row)
        row.option_code = given[item.code]
    standing(rating)  # refuses what does not fit


def require_open(rating: SecondRating) -> None:
    """Raises NotPossible when the rating is complete, or when its rater has come to know the answers."""
    if rating.completion:
        raise NotPossible(_("This rating is complete. It stays as it is."))
    if rating.assessment.case.assignment.officer_id == rating.assigned_to_id:
        raise NotPossible(_("You answer for this case by now, so you may see its answers. A colleague will rate it."))


def standing(rating: SecondRating) -> Result:
    """The result of the second answers. What the instrument does not allow to be unknown counts as not answered:
    a file may hold less than a conversation, and then there are points but no level."""
    instrument = library.of(rating.assessment)
    return score(instrument, rating.chosen, may_be_unknown(instrument, rating.unknown))


def may_be_unknown(instrument: Instrument, codes: Iterable[str]) -> set[str]:
    allowed = {item.code for _section, item in instrument.items() if item.may_be_unknown}
    return allowed.intersection(codes)


def left(rating: SecondRating) -> int:
    """How many questions still have no answer, not even that it cannot be found out."""
    return sum(1 for _item in library.of(rating.assessment).items()) - len(rating.answers)


def complete_second(rating: SecondRating, by: User, at: datetime) -> SecondCompletion:
    """Close the rating. The assessment itself is never changed by it.

    Raises NotPossible while a question has no answer, and when it is complete already.
    """
    require_open(rating)
    if number := left(rating):
        raise NotPossible(
            ngettext("%(num)d question has no answer yet.", "%(num)d questions have no answer yet.", number)
        )
    result = standing(rating)
    db.session.flush()  # the database takes no answer once the completion is there
    rating.completion = SecondCompletion(by=by, at=at, points=result.points, level=result.level)
    return rating.completion


@dataclass(frozen=True, slots=True)
class BothAnswers:
    """One item as the two raters answered it. No option: it could not be found out."""

    item: Item
    first: str | None
    second: str | None

    @property
    def is_same(self) -> bool:
        return self.first == self.second


def both(rating: SecondRating) -> list[tuple[Section, list[BothAnswers]]]:
    """Every section with its items side by side, in the order of the instrument; for a complete rating."""
    first, second = rating.assessment.chosen, rating.chosen
    return [
        (section, [BothAnswers(item, first.get(item.code), second.get(item.code)) for item in section.items])
        for section in library.of(rating.assessment).sections
    ]


@dataclass(frozen=True, slots=True)
class InstrumentAgreement:
    """One instrument: how many assessments were rated twice, and agreement on the points, the level, and every item."""

    instrument: Instrument
    ratings: int
    points: Agreement
    level: Agreement
    items: tuple[tuple[Item, Agreement], ...]

    @property
    def is_too_few(self) -> bool:
        """Nothing at all can be said: neither of the whole nor of any item."""
        return all(one.too_few for one in (self.points, self.level, *(one for _item, one in self.items)))


Key = tuple[str, int]  # of an instrument: code and version


def agreement_figures(office_id: int | None = None) -> list[InstrumentAgreement]:
    """How far second raters agree with the first, by instrument, newest version first; in one office, or in all.

    It speaks of nobody. A pair in which either could not find an answer out is not counted for that item.
    Two statements, whatever the number of ratings.
    """
    answers: dict[tuple[Key, str], list[tuple[str, str]]] = {}
    for code, version, item, first, second, number in db.session.execute(answers_paired(office_id)):
        answers.setdefault(((code, int(version)), item), []).extend([(first, second)] * number)
    totals: dict[Key, list[Any]] = {}
    for code, version, *pairs in db.session.execute(totals_paired(office_id)):
        totals.setdefault((code, int(version)), []).append(pairs)
    newest_first = sorted(totals, key=lambda key: (key[0], -key[1]))
    return [figures_of(key, totals[key], answers) for key in newest_first]


def figures_of(
    key: Key, totals: Sequence[Any], answers: Mapping[tuple[Key, str], Sequence[tuple[str, str]]]
) -> InstrumentAgreement:
    """totals: points and levels of each assessment, the first rater's and the second's; no second level: too little
    could be found out, and then the points are no total either."""
    instrument = library.find(*key)
    whole = [pairs for pairs in totals if pairs[-1]]
    return InstrumentAgreement(
        instrument,
        ratings=len(totals),
        points=on_points([(first, second) for first, second, *_levels in whole]),
        level=on_order([(first, second) for *_points, first, second in whole], tuple(Level)),
        items=tuple(
            (item, on_answers(answers.get((key, item.code), ()), worth(item), section.kind.scored))
            for section, item in instrument.items()
        ),
    )


def worth(item: Item) -> dict[str, int]:
    return {option.code: option.points for option in item.options}


def rated_twice(office_id: int | None, *columns: Any) -> Select[Any]:
    """Columns of complete second ratings, after the instrument of the assessment."""
    statement = (
        select(Assessment.instrument_code, Assessment.instrument_version, *columns)
        .select_from(SecondCompletion)
        .join(SecondRating, SecondRating.id == SecondCompletion.rating_id)
        .join(Assessment, Assessment.id == SecondRating.assessment_id)
    )
    if office_id is None:
        return statement
    held = select(Assignment.case_id).where(Assignment.office_id == office_id, Assignment.to_at.is_(None))
    return statement.where(Assessment.case_id.in_(held))


def totals_paired(office_id: int | None) -> Select[Any]:
    first, second = Completion, SecondCompletion
    statement = rated_twice(office_id, first.points, second.points, first.level, second.level)
    return statement.join(first, first.assessment_id == Assessment.id)


def answers_paired(office_id: int | None) -> Select[Any]:
    """How often each pair of answers was given to each item."""
    item, first, second = ItemAnswer.item_code, ItemAnswer.option_code, SecondAnswer.option_code
    of_both = (SecondAnswer.rating_id == SecondRating.id) & (SecondAnswer.item_code == item)
    return (
        rated_twice(office_id, item, first, second, func.count())
        .join(ItemAnswer, ItemAnswer.assessment_id == Assessment.id)
        .join(SecondAnswer, of_both)
        .where(first.is_not(None), second.is_not(None))
        .group_by(Assessment.instrument_code, Assessment.instrument_version, item, first, second)
    )
