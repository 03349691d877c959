"""The words of the pages of validation: what each table and each figure means, in the language spoken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.assessments.validation.practice import AMBER, EARLIER, RED
from app.assessments.validation.question import Cut, Event
from app.assessments.validation.tables import ALL, UNKNOWN, Figure, Line, Table, Unit
from app.web.formats import format_number

EVENT_LABELS = {
    Event.NEW_OFFENCE: _l("a new offence"),
    Event.BREACH: _l("a breach of the duties"),
    Event.CUSTODY: _l("replacement by custody"),
}
CUT_LABELS = {Cut.SEX: _l("sex"), Cut.AGE: _l("age"), Cut.REGION: _l("region")}
AGE_LABELS = {
    "0": _l("under 18"),
    "1": _l("18 to 24"),
    "2": _l("25 to 34"),
    "3": _l("35 to 49"),
    "4": _l("50 and over"),
}
TITLES = {
    "discrimination": _l("Does a higher score mean more events?"),
    "levels": _l("Events by level"),
    "calibration": _l("Events by points"),
    "fairness": _l("The same measures for every group"),
    "gaps": _l("How far apart the groups lie"),
    "impossibility": _l("What cannot be equal at once"),
    "survival_by_level": _l("Without the event, by level"),
    "survival": _l("Without the event, by group"),
    "drift": _l("Year by year"),
    "overrides": _l("Overrides of the level, last twelve months"),
    "answers": _l("Answers left open, last twelve months"),
}
ABOUT = {
    "discrimination": _l(
        "Of two people, one with the event and one without: how often the one with it has the higher score. 0.5 is"
        " chance, 1 is perfect order; about 0.56, 0.64 and 0.71 are called small, medium and large. If overrides"
        " helped, the final level would stand above the raw one."
    ),
    "levels": _l("The share must rise from level to level, or the levels mean nothing."),
    "calibration": _l(
        "Neighbouring points are put together until a row has enough people and events. The promised share is that"
        " of the logistic curve that fits these people best."
    ),
    "fairness": _l(
        "Flagged are people whose raw level is the chosen one or higher. Expected by observed is the number of events"
        " that the curve of everybody promises for the group, divided by those that happened: above 1 the"
        " instrument makes the group look worse than it is."
    ),
    "gaps": _l("The groups with the highest and the lowest value of each measure, among those that are shown."),
    "survival_by_level": _l(
        "The share of people without the event so many days after the assessment (Kaplan–Meier). Here everybody"
        " counts for as long as they were watched."
    ),
    "survival": _l("As above, for the groups of the cut. The log-rank test asks whether they differ at all."),
    "drift": _l("Each row holds twelve months of first assessments. The area needs a year of follow-up."),
    "overrides": _l(
        "Approved overrides. A level set by a norm is counted apart and is not part of the share. Overriding is worth a"
        " question above 10 % and an explanation above 15 %: downward should be as usual as upward."
    ),
    "answers": _l("The share of all answers that could not be found out, or were confirmed as they were last time."),
}
COLUMNS = {
    "n": _l("People"),
    "events": _l("Events"),
    "auc": _l("Area under the curve"),
    "rate": _l("Share with the event"),
    "p_below": _l("Difference from the level below (p)"),
    "promised": _l("Promised"),
    "base_rate": _l("Base rate"),
    "selection_rate": _l("Flagged"),
    "fpr": _l("False alarms (FPR)"),
    "fnr": _l("Missed (FNR)"),
    "ppv": _l("Right when flagged (PPV)"),
    "npv": _l("Right when not flagged (NPV)"),
    "expected_by_observed": _l("Expected by observed"),
    "highest": _l("Highest"),
    "lowest": _l("Lowest"),
    "difference": _l("Difference, points of per cent"),
    "ratio": _l("Ratio"),
    "implied_fpr": _l("False alarms, were PPV and misses equal"),
    "implied_ppv": _l("PPV, were both kinds of error equal"),
    "after_180": _l("After 180 days"),
    "after_365": _l("After 1 year"),
    "after_730": _l("After 2 years"),
    "mean_points": _l("Mean points"),
    "low": _l("Low"),
    "medium": _l("Medium"),
    "high": _l("High"),
    "up": _l("Upward"),
    "down": _l("Downward"),
    "policy": _l("Set by a norm"),
    "override_rate": _l("Overridden"),
    "unknown": _l("Unknown"),
    "carried_over": _l("Carried over"),
    "b0": _l("Curve: constant"),
    "b1": _l("Curve: for each point"),
    "brier": _l("Brier score of the curve (0 is perfect)"),
    "brier_of_base_rate": _l("Brier score of the base rate alone"),
    "scaled_brier": _l("Scaled Brier score (1 is perfect, 0 no better than the base rate)"),
    "chi2": _l("Log-rank χ²"),
    "df": _l("Degrees of freedom"),
    "p": _l("p"),
}
LEAST_P = 0.001  # a smaller p-value is not told to the digit
OF_ASSESSMENTS = {"overrides", "answers"}  # count assessments, not people
LINES: dict[str, LazyString] = {
    ALL: _l("everybody"),
    UNKNOWN: _l("not known"),
    EARLIER: _l("everybody, the twelve months before"),
    "points": _l("points"),
    "raw_level": _l("raw level"),
    "final_level": _l("final level"),
}


@dataclass(frozen=True, slots=True)
class ShownFigure:
    text: str
    interval: str
    tone: str | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    label: str
    is_total: bool
    figures: tuple[ShownFigure, ...] | None  # None: too few


@dataclass(frozen=True, slots=True)
class ShownTable:
    code: str
    title: str
    about: str
    columns: tuple[str, ...]
    lines: tuple[ShownLine, ...]
    notes: tuple[tuple[str, str], ...]
    hides: bool


def shown(table: Table, name_of: Callable[[str], str]) -> ShownTable:
    """A table in words; ``name_of`` gives those of its lines and of the groups that its figures name."""
    return ShownTable(
        code=table.code,
        title=str(TITLES[table.code]),
        about=str(ABOUT.get(table.code, "")),
        columns=tuple(column_label(table, column) for column in table.columns),
        lines=tuple(shown_line(table, line, name_of) for line in table.lines),
        notes=tuple((str(COLUMNS[code]), words_of(figure, name_of)) for code, figure in table.notes),
        hides=table.hides,
    )


def column_label(table: Table, column: str) -> str:
    return _("Assessments") if column == "n" and table.code in OF_ASSESSMENTS else str(COLUMNS[column])


def shown_line(table: Table, line: Line, name_of: Callable[[str], str]) -> ShownLine:
    figures = None
    if line.figures is not None:
        figures = tuple(
            ShownFigure(words_of(figure, name_of), interval_of(figure), tone_of(column, figure))
            for column, figure in zip(table.columns, line.figures, strict=True)
        )
    return ShownLine(name_of(line.key), line.key in (ALL, EARLIER), figures)


def words_of(figure: Figure, name_of: Callable[[str], str]) -> str:
    """A figure as people read it; nothing for none."""
    if figure.value is None:
        return ""
    return name_of(figure.value) if isinstance(figure.value, str) else WRITTEN[figure.unit](figure.value)


def interval_of(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    scale, decimals = (100, 1) if figure.unit is Unit.SHARE else (1, 3)
    low, high = (format_number(scale * end, decimals) for end in (figure.low, figure.high))
    return f"{low}–{high}"


def percent(share: float) -> str:
    return _("%(rate)s %%", rate=format_number(100 * share, 1))


def p_value(p: float) -> str:
    return _("below %(least)s", least=format_number(LEAST_P)) if p < LEAST_P else format_number(p, 3)


WRITTEN: dict[Unit, Callable[[float], str]] = {
    Unit.COUNT: lambda number: format_number(number, 0),
    Unit.SHARE: percent,
    Unit.NUMBER: lambda number: format_number(number, 3),
    Unit.MEAN: lambda number: format_number(number, 1),
    Unit.POINTS: lambda share: format_number(100 * share, 1),
    Unit.P_VALUE: p_value,
}


def tone_of(column: str, figure: Figure) -> str | None:
    if column != "override_rate" or not isinstance(figure.value, float):
        return None
    return "serious" if figure.value > RED else "caution" if figure.value > AMBER else None


def not_equal_at_once(table: Table, name_of: Callable[[str], str]) -> str | None:
    """What the base rates of the groups shown make impossible, with the figures; None without two groups."""
    rows: dict[str, Mapping[str, Figure]] = {
        line.key: dict(zip(table.columns, line.figures, strict=True)) for line in table.lines if line.figures
    }
    if not rows:
        return None
    ordered = sorted(rows, key=lambda key: float(rows[key]["base_rate"].value or 0))
    low, high = ordered[0], ordered[-1]

    def of(key: str, column: str) -> str:
        return words_of(rows[key][column], name_of)

    return _(
        "Here the base rate runs from %(low_rate)s (%(low)s) to %(high_rate)s (%(high)s). If a flag meant the same in"
        " every group and as many were missed, %(low_alarms)s of the first and %(high_alarms)s of the second would be"
        " flagged by mistake. If errors were equally usual in every group, a flag would be right for %(low_right)s of"
        " the first and %(high_right)s of the second.",
        low=name_of(low), high=name_of(high), low_rate=of(low, "base_rate"), high_rate=of(high, "base_rate"),
        low_alarms=of(low, "implied_fpr"), high_alarms=of(high, "implied_fpr"),
        low_right=of(low, "implied_ppv"), high_right=of(high, "implied_ppv"),
    )  # fmt: skip
