"""Reading a file of scores and outcomes, a person a line, with the line and the reason of everything wrong in it."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path

NEEDED, TIMED = ("score", "outcome", "group"), ("time", "event")
MOST_BYTES = 128 * 1024 * 1024  # some five million people
MOST_REASONS = 1000  # said one by one
FARTHEST = 1e12  # from nought; beyond it sums of squares would be no numbers
LONGEST = 40  # characters of a wrong value that are said again
NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)
TRUTHS = {"0": False, "1": True, "false": False, "true": True}


class WrongFile(ValueError):
    """The file cannot be used; ``reasons`` says everything that is wrong with it."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("; ".join(self.reasons))


class Tally:
    """People and events by group, and in it by score or by time."""

    def __init__(self) -> None:
        self.sums: dict[str, dict[float, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))

    def add(self, group: str, value: float, happened: bool) -> None:
        both = self.sums[group][value]
        both[0] += 1
        both[1] += happened

    def groups(self) -> dict[str, list[tuple[float, int, int]]]:
        """By group (score or time, people, events), the groups in the order of their names."""
        return {
            name: [(value, people, events) for value, (people, events) in sums.items()]
            for name, sums in sorted(self.sums.items())
        }


class Scores:
    """A file as counts, however long it is: by score, and by time where it has times."""

    def __init__(self) -> None:
        self.scored, self.watched = Tally(), Tally()

    def take(self, row: Mapping[str, str]) -> list[str]:
        """Count one line, or tell everything that is wrong with it."""
        reasons: list[str] = []
        score, outcome, group = number(row, "score", reasons), truth(row, "outcome", reasons), row["group"].strip()
        if not group:
            reasons.append("group is empty")
        time, event = (number(row, "time", reasons), truth(row, "event", reasons)) if "time" in row else (None, False)
        if time is not None and time < 0:
            reasons.append(f"time is negative: {said(row['time'])}")
        if score is not None and not reasons:
            self.scored.add(group, score, outcome)
            if time is not None:
                self.watched.add(group, time, event)
        return reasons


def read_scores(path: Path) -> Scores:
    """The counts of a CSV file. Raises WrongFile with every reason, each with its line.

    UTF-8 with or without a byte order mark, values parted by commas; the first line names the columns score, outcome,
    group, and time and event if there are any. Other columns are not looked at. The file is read line by line.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise WrongFile([f"{path.name}: is larger than {MOST_BYTES // 1024**2} MB"])
        with path.open("rb") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            return counted(text)
    except UnicodeDecodeError:
        raise WrongFile([f"{path.name}: is not UTF-8"]) from None
    except OSError as fault:
        raise WrongFile([f"{path.name}: cannot be read: {fault.strerror}"]) from None


def counted(text: Iterable[str]) -> Scores:
    scores, lines = Scores(), csv.reader(text, strict=True)
    reasons: list[str] = []
    more = people = 0
    try:
        columns = columns_in(next(lines, []))
        for values in lines:
            if values:
                people += 1
                wrong = taken(scores, columns, values)
                room = max(0, MOST_REASONS - len(reasons))
                reasons += [f"line {lines.line_num}: {reason}" for reason in wrong[:room]]
                more += len(wrong[room:])
    except csv.Error as fault:
        reasons.append(f"line {lines.line_num}: is not CSV: {fault}")
    if not people and not reasons:
        reasons.append("there is nobody in the file: a line of column names is all it has")
    if more:
        reasons.append(f"and {more} more")
    if reasons:
        raise WrongFile(reasons)
    return scores


def columns_in(names: Sequence[str]) -> list[str]:
    columns = [name.strip().lower() for name in names]
    reasons = [f"line 1: column {name} is missing" for name in NEEDED if name not in columns]
    given = [name for name in TIMED if name in columns]
    if len(given) == 1:
        reasons.append(f"line 1: column {given[0]} needs {'event' if given == ['time'] else 'time'} beside it")
    reasons += [f"line 1: column {name} stands twice" for name in (*NEEDED, *TIMED) if columns.count(name) > 1]
    if not any(columns):
        reasons = ["the file is empty"]
    if reasons:
        raise WrongFile(reasons)
    return columns


def taken(scores: Scores, columns: Sequence[str], values: Sequence[str]) -> list[str]:
    if len(values) != len(columns):
        return [f"{len(values)} values under {len(columns)} columns"]
    return scores.take(dict(zip(columns, values, strict=True)))


def number(row: Mapping[str, str], column: str, reasons: list[str]) -> float | None:
    text = row[column].strip()
    value = float(text) if NUMBER.fullmatch(text) else None
    if value is not None and abs(value) <= FARTHEST:
        return value
    reasons.append(f"{column} is {'not a number' if value is None else f'beyond ±{FARTHEST:.0e}'}: {said(text)}")
    return None


def truth(row: Mapping[str, str], column: str, reasons: list[str]) -> bool:
    text = row[column].strip().lower()
    if text not in TRUTHS:
        reasons.append(f"{column} is none of 0, 1, true, false: {said(text)}")
    return TRUTHS.get(text, False)


def said(text: str) -> str:
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")
