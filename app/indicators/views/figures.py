"""One's own figures: what each indicator counts among the cases within reach, and the people behind each number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access.guard import actor, permit
from app.audit.journal import record_reads
from app.clock import today
from app.indicators.definitions.book import REGION, Book, Counted, Definition
from app.indicators.definitions.reading import book
from app.indicators.figure_lists import (
    LIST,
    PAGE,
    Behind,
    InCase,
    cases_behind,
    is_about_people,
    number_behind,
    numbers_within,
    open_to,
    people_behind,
    seen_in_part,
)
from app.indicators.periods import FIRST_YEAR, Period, half_year_of, months_of, parse
from app.indicators.queries import regions_called, regions_of, snapshot_of
from app.indicators.views.blueprint import bp, period_or_404
from app.indicators.wording import Words
from app.offices.reading import Texts
from app.web.addresses import number_in_query


@bp.get("/figures")
@permit(LIST)
def own_figures() -> ResponseReturnValue:
    """Every indicator of a period, counted among the cases within reach as the records stand today."""
    span = begun_or_404(request.args.get("period") or half_year_of(today()).code)
    numbers = numbers_within(actor(), span)
    told = [(each, own_rows(each, span, numbers)) for each in book().valid_on(span.start).definitions]
    return render_template(
        "indicators/own_figures.html",
        period=span,
        periods=near(span),
        definitions=[(each, rows) for each, rows in told if rows],
        untold=seen_in_part(actor(), LIST, span),
        snapshot=snapshot_of(span),
    )


@bp.get("/figures/<period>/<code>")
@permit(LIST)
def figure(period: str, code: str) -> ResponseReturnValue:
    """The people behind a figure, group by group, as far as one's own cases go; each look is journalled."""
    span = begun_or_404(period)
    defined = book().valid_on(span.start)
    each = next((each for each in defined.all if each.code == code), None) or abort(404)
    quantity = quantity_or_404(each.quantities, request.args.get("of", each.quantities[-1].code))
    words = Words(defined, regions_called(regions_of(span), span))
    cell = cell_or_404(defined, quantity.code, words)
    asked = Behind(actor(), span, quantity.code, cell)
    found = cases_behind(asked, after_in_query())
    record_reads(actor().id, asked.permission, people_behind(found[:PAGE]))
    return render_template(
        "indicators/figure.html",
        period=span,
        defined=each,
        quantity=quantity,
        cell=cell,
        words=words,
        choices=choices(defined, quantity.code, words),
        rows=found[:PAGE],
        number=number_behind(asked),
        untold=asked.untold,
        snapshot=snapshot_of(span),
        older_url=older_url(span, code, quantity, cell, found),
    )


def begun_or_404(code: str) -> Period:
    """A period that has begun: there is nothing to count in a later one."""
    span = period_or_404(code)
    return span if span.start <= today() else abort(404)


def near(span: Period) -> list[Period]:
    """The months of the period's year so far, its half-years and the year itself, and the year before."""
    year = parse(str(span.year))
    before = [parse(str(span.year - 1))] if span.year > FIRST_YEAR else []
    return [each for each in (*before, year, *year.halves(), *months_of(year)) if each.start <= today()]


def quantity_or_404(quantities: tuple[Counted, ...], code: str) -> Counted:
    found = next((each for each in quantities if each.code == code and is_about_people(each)), None) or abort(404)
    return found if open_to(actor(), [found]) else abort(403)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of one's own figures, and where the people behind it are listed."""

    quantity: Counted
    name: Texts
    number: int
    url: str


def own_rows(defined: Definition, span: Period, numbers: Mapping[str, int]) -> list[OwnNumber]:
    """What an indicator counts, its whole first."""
    whole, at = defined.denominator, {dim.code: category.code for dim, category in defined.of_whom}
    told: list[tuple[Counted, Texts, dict[str, Any]]] = [(whole, defined.whole_name, at)] if whole else []
    told += [(each, each.name, {}) for each in defined.numerators]
    return [
        OwnNumber(
            each,
            name,
            number_behind(Behind(actor(), span, each.code, cell)) if cell else numbers[each.code],
            url_for("indicators.figure", period=span, code=defined.code, of=each.code, **cell),
        )
        for each, name, cell in told
        if open_to(actor(), [each])
    ]


def cell_or_404(defined: Book, quantity: str, words: Words) -> dict[str, str]:
    """The group that the address names, dimension by dimension."""
    told = {dim: request.args.get(dim, "") for dim in defined.dims_of(quantity)}
    known = choices(defined, quantity, words)
    if any(code and code not in known[dim] for dim, code in told.items()):
        abort(404)
    return {dim: code for dim, code in told.items() if code}


def choices(defined: Book, quantity: str, words: Words) -> dict[str, dict[str, str]]:
    """What a list can be narrowed to: the categories of each dimension that the quantity is counted by."""
    return {
        dim: {code: words.category(dim, code) for code in codes_of(defined, dim, words)}
        for dim in defined.dims_of(quantity)
    }


def codes_of(defined: Book, dim: str, words: Words) -> list[str]:
    return list(words.regions) if dim == REGION else [each.code for each in defined.dimensions[dim].categories]


def after_in_query() -> tuple[int, int] | None:
    """Where the page before ended: a person and a case."""
    client_id, case_id = number_in_query("client"), number_in_query("case")
    return (client_id, case_id) if client_id and case_id else None


def older_url(span: Period, code: str, quantity: Counted, cell: dict[str, str], found: Sequence[InCase]) -> str | None:
    if len(found) <= PAGE:
        return None
    last = found[PAGE - 1].case
    asked: dict[str, Any] = {"of": quantity.code, "client": last.client_id, "case": last.id, **cell}
    return url_for("indicators.figure", period=span, code=code, **asked)
