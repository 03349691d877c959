"""What the pages about acute reviews show: one beside those before it, and a person's reviews over time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from app.access.models import User
from app.access.policy import Permission, allows
from app.assessments import library
from app.assessments.acute.chart import Look, Picture, picture
from app.assessments.acute.reviewing import acute_form_for
from app.assessments.acute.reviews import PAGE, last_days, reviews_of, standing_reviews
from app.assessments.acute.sums import Moved, Standing, Sum, Turn, due_on, items_of, moved, standing, usual
from app.assessments.instrument import Instrument, Item, Section
from app.assessments.models import AcuteReview
from app.assessments.vocabulary import Kind, Text
from app.clients.cases import Case
from app.clients.models import Client, NotPossible


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a review: what was answered now and the last time; no text where it was not known."""

    item: Item
    now: Text | None
    before: Text | None
    moved: Moved | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two sums: now, the last time, and the person's mean of the three before."""

    section: Section
    now: Sum
    before: Sum | None
    mean: Fraction | None
    asked: tuple[Asked, ...]


def review_page(review: AcuteReview) -> dict[str, Any]:
    """A review beside the ones before it in its case."""
    instrument, earlier = library.of(review), standing_reviews(review.case, before=review)
    last = earlier[0] if earlier else None
    moves = moved(instrument, points(last), points(review)) if last else ()
    return {
        "review": review,
        "instrument": instrument,
        "last": last,
        "turns": {turn: [name(instrument, move) for move in moves if move.turn is turn] for turn in Turn},
        "compared": tuple(
            compared(section, review, earlier, moves) for section in instrument.sections
        ),
        "next_on": due_on(review.on, instrument.valid_days),
    }  # fmt: skip


def compared(section: Section, review: AcuteReview, earlier: Sequence[AcuteReview], moves: Sequence[Moved]) -> Compared:
    now, before = chosen(review), chosen(earlier[0]) if earlier else {}
    by_item = {move.item_code: move for move in moves}
    return Compared(
        section,
        sum_of(review, section.kind),
        sum_of(earlier[0], section.kind) if earlier else None,
        usual(sum_of(one, section.kind) for one in reversed(earlier)),
        tuple(
            Asked(
                item,
                text_of(item, now.get(item.code)),
                text_of(item, before.get(item.code)),
                by_item.get(item.code),
            )
            for item in section.items
        ),
    )  # fmt: skip


def points(review: AcuteReview) -> dict[str, int | None]:
    return {row.item_code: row.points for row in review.answers}


def chosen(review: AcuteReview) -> dict[str, str | None]:
    return {row.item_code: row.option_code for row in review.answers}


def sum_of(review: AcuteReview, kind: Kind) -> Sum:
    """A sum as it was kept."""
    maximum = sum(item.maximum for item in items_of(library.of(review), kind))
    if kind is Kind.ACUTE:
        return Sum(review.acute_sum, maximum, review.acute_unknown)
    return Sum(review.protective_sum, maximum, review.protective_unknown)


def name(instrument: Instrument, move: Moved) -> Text:
    item = instrument.item(move.item_code)
    if item is None:
        raise KeyError(move.item_code)
    return item.name or item.question


def text_of(item: Item, code: str | None) -> Text | None:
    option = item.option(code) if code else None
    return option.text if option else None


@dataclass(frozen=True, slots=True)
class OfCase:
    """How an open case stands: its last review, until when that one speaks of the present, and who may add one."""

    case: Case
    last_on: date | None
    due_on: date | None
    standing: Standing
    may_review: bool


@dataclass(frozen=True, slots=True)
class OfPerson:
    """A person's reviews, newest first, with a picture of those that stand."""

    cases: tuple[OfCase, ...]
    reviews: tuple[tuple[AcuteReview, Sum, Sum], ...]
    picture: Picture | None
    older: int | None  # the review from which the next page goes on
    is_first_page: bool


def person_page(by: User, client: Client, today: date, before: int | None = None) -> OfPerson:
    found = reviews_of(by, client, before)
    page = found[:PAGE]
    shown = tuple((one, sum_of(one, Kind.ACUTE), sum_of(one, Kind.PROTECTIVE)) for one in page)
    standing_ones = [row for row in reversed(shown) if row[0].withdrawal is None]
    open_cases = [case for case in client.cases if case.is_open and allows(by, Permission.VIEW_ASSESSMENT, case)]
    last = last_days(open_cases)
    looks = [Look(one.on, acute.points, protective.points) for one, acute, protective in standing_ones]
    return OfPerson(
        cases=tuple(of_case(by, case, last.get(case.id), today) for case in open_cases),
        reviews=shown,
        picture=picture(looks, max((row.maximum for _one, *sums in standing_ones for row in sums), default=0)),
        older=page[-1].id if len(found) > PAGE else None,
        is_first_page=before is None,
    )


def of_case(by: User, case: Case, last: date | None, today: date) -> OfCase:
    days = valid_days(case, today)
    return OfCase(
        case,
        last,
        due_on(last, days) if last and days else None,
        standing(last, days, today),
        days > 0 and allows(by, Permission.ASSESS_CLIENT, case),
    )


def valid_days(case: Case, today: date) -> int:
    """For how long a review of the case speaks of the present; 0 when no form applies to it."""
    try:
        return acute_form_for(case, today).valid_days
    except NotPossible:
        return 0
