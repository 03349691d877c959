"""``python -m bench [NAME] [--clients N] [--to N] [--cases N] [--scorings N] [--sheets N] [--seed S] [--repeats R]``.

One JSON line for each benchmark. NAME is a page (caseload, people, search, client, my-day), signals, indicators, print,
an engine (sqlite, postgresql), one of them with an engine as they stand in a line's name, scoring, protect (a release
of 640 base cells protected and audited, beside one linear program for each hidden figure), or day. The day
measures an officer's day and caseload on PostgreSQL, then the same with the register grown to so many people (a
million), and how many times slower that is; it takes long, so it is measured only when it is named. The indicators are
all the facts of a half-year; named as indicators-postgresql, they are measured again in the register grown to so many.
The signals are those of so many open cases, copied from the register; printing is a batch of so many sheets against a
plain loop over WeasyPrint.
PostgreSQL takes part when TEST_DATABASE_URL names a server that may be given a database and lose it again.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from bench.country import spread
from bench.databases import databases
from bench.indicators import compare_indicators
from bench.measuring import compare
from bench.pages import PAGES, Reader
from bench.printing import compare_printing
from bench.protecting import compare_protecting
from bench.scoring import measure
from bench.setting import setting
from bench.signals import compare_signals

SIGNALS, SCORING, PRINT, DAY, INDICATORS = "signals", "scoring", "print", "day", "indicators"
PROTECT = "protect"
OF_THE_DAY = ("my-day", "caseload")
UNITS = {PRINT: "sheets/s"}
FEW = 2000  # people, where their cases are copied anyway


def main(words: list[str]) -> int:
    arguments = parsed(words)
    if arguments.name == DAY:
        return measure_day(arguments)
    wanted = [
        (engine, name)
        for engine in ("sqlite", "postgresql")
        for name in (*PAGES, INDICATORS, SIGNALS, PRINT)
        if asked(arguments.name, name, engine)
    ]
    if not wanted and arguments.name not in (SCORING, PROTECT):
        known = ", ".join((*PAGES, SIGNALS, INDICATORS, PRINT, SCORING, PROTECT, DAY))
        print(f"There is no benchmark {arguments.name}. Known: {known}.", file=sys.stderr)
        return 2
    for line in measure(arguments.scorings, arguments.seed) if arguments.name in ("", SCORING) else ():
        print(json.dumps(line), flush=True)
    for line in compare_protecting(arguments.seed) if arguments.name in ("", PROTECT) else ():
        print(json.dumps(line), flush=True)
    with TemporaryDirectory(prefix="qadam-bench-") as folder:
        for engine, url in databases(Path(folder), {engine for engine, _name in wanted}):
            names = [name for known, name in wanted if known == engine]
            clients = min(arguments.clients, FEW) if set(names) <= {SIGNALS, PRINT} else arguments.clients
            with setting(url, Path(folder), clients, arguments.seed) as app:
                for name, n, value, floor in measured(app, names, arguments):
                    line = {"name": f"{name}-{engine}", "n": n, "value": round(value, 3), "unit": UNITS.get(name, "ms")}
                    line |= {"floor": round(floor, 3), "ratio": round(value / floor, 2)}
                    print(json.dumps(line), flush=True)
    return 0


def measure_day(arguments: argparse.Namespace) -> int:
    """An officer's day and caseload in a small register and in a large one."""
    with TemporaryDirectory(prefix="qadam-bench-") as folder:
        for _engine, url in databases(Path(folder), {"postgresql"}):
            with setting(url, Path(folder), arguments.clients, arguments.seed) as app:
                before = dict(days_lines(app, arguments.clients, arguments.repeats, {}))
                times = arguments.to // arguments.clients
                if times > 1:
                    with app.app_context():
                        spread(times)
                    dict(days_lines(app, arguments.clients * times, arguments.repeats, before))
    return 0


def days_lines(app: Flask, n: int, repeats: int, before: dict[str, float]) -> Iterator[tuple[str, float]]:
    """Name and milliseconds of each page, each told as a line as soon as it is known."""
    reader = Reader(app)
    for page in OF_THE_DAY:
        value, floor = compare(reader, PAGES[page](reader), repeats)
        line = {"name": f"{page}-postgresql", "n": n, "value": round(value, 3), "unit": "ms"}
        line |= {"floor": round(floor, 3), "ratio": round(value / floor, 2)}
        if page in before:
            line["growth"] = round(value / before[page], 2)
        print(json.dumps(line), flush=True)
        yield page, value


def measured(app: Flask, names: list[str], arguments: argparse.Namespace) -> Iterator[tuple[str, int, float, float]]:
    """Name, size, milliseconds and floor of each benchmark; the signals come last, for they copy the register."""
    reader = Reader(app)
    for page in (name for name in names if name in PAGES):
        yield page, arguments.clients, *compare(reader, PAGES[page](reader), arguments.repeats)
    if PRINT in names:
        yield PRINT, *compare_printing(app, arguments.sheets)
    if INDICATORS in names:
        for name, value, floor in compare_indicators(app, arguments.repeats):
            yield name, arguments.clients, value, floor
        if arguments.name == f"{INDICATORS}-postgresql" and arguments.to > arguments.clients:
            yield from grown(app, arguments)
    if SIGNALS in names:
        yield SIGNALS, *compare_signals(app, arguments.cases, arguments.repeats)


def grown(app: Flask, arguments: argparse.Namespace) -> Iterator[tuple[str, int, float, float]]:
    """The indicators once more, in a register so many times as large."""
    times = arguments.to // arguments.clients
    with app.app_context():
        spread(times)
    for name, value, floor in compare_indicators(app, arguments.repeats):
        yield name, arguments.clients * times, value, floor


def parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("name", nargs="?", default="")
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--to", type=int, default=1_000_000)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--scorings", type=int, default=10_000)
    parser.add_argument("--sheets", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=40)
    return parser.parse_args(words)


def asked(name: str, page: str, engine: str) -> bool:
    return name in ("", page, engine, f"{page}-{engine}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
