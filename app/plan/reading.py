"""Reading a plan of measures from its file: every fault is named with its place, and a faulty file is refused whole."""

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

from app.offices.reading import Entry, Texts, ends_after_start, read_file, refuse_twice, settle
from app.plan.plan import Body, Every, Group, Measure, Obligation, Plan

CODE = re.compile(r"[A-Z][A-Z0-9-]{1,29}")
OF_PLAN = re.compile(r"[a-z][a-z0-9-]{2,39}")
LAST_REPORT_DAY = 28  # a day that every month has
MOST_MEASURES = 200


def read_plan(path: Path, indicators: Collection[str]) -> Plan:
    """One plan. ``indicators`` are the codes that a measure may name. Raises BadReference with every fault."""
    faults: list[str] = []
    file = read_file(path, faults)
    code = coded(file, "code", OF_PLAN)
    first, after = file.day("valid_from"), file.day("valid_to")
    ends_after_start(file, first, after)
    whole_half_years(file, first, after)
    bodies = read_bodies(file)
    groups = read_groups(file, bodies)
    measures = read_measures(file, bodies, groups, indicators)
    plan = Plan(
        code=code,
        short=file.texts("short"),
        name=file.texts("name"),
        act=file.texts("act"),
        valid_from=first,
        valid_to=after,
        receiver=file.one_of("receiver", tuple(bodies)),
        bodies=bodies,
        groups=groups,
        measures=measures,
        obligations=read_obligations(file),
        is_invented=file.flag("invented"),
        note=file.texts("note") if "note" in file.rest else None,
    )
    within_the_plan(plan, file)
    file.end()
    settle(faults)
    return plan


def coded(entry: Entry, key: str, form: re.Pattern[str]) -> str:
    code = entry.text(key)
    if code and not form.fullmatch(code):
        entry.note(f"is {code}, which is no code", key)
    return code


def whole_half_years(file: Entry, first: date, after: date) -> None:
    """Reports are on half-years, so a plan begins and ends with one."""
    for key, day in (("valid_from", first), ("valid_to", after)):
        if day > date.min and (day.day, day.month) not in {(1, 1), (1, 7)}:
            file.note("is not the first day of a half-year", key)


def named(entry: Entry) -> tuple[Texts, Texts]:
    """What something is called in short and in full; without a full name the short one does."""
    short = entry.texts("short")
    return short, entry.texts("name") if "name" in entry.rest else short


def read_bodies(file: Entry) -> dict[str, Body]:
    found: list[tuple[Entry, Body]] = []
    for entry in file.entries("bodies"):
        code = coded(entry, "code", CODE)
        short, name = named(entry)
        start, end = entry.day_or_none("valid_from"), entry.day_or_none("valid_to")
        if start:
            ends_after_start(entry, start, end)
        body = Body(
            code=code, short=short, name=name,
            reports="reports" not in entry.rest or entry.flag("reports"),
            by_agreement="by_agreement" in entry.rest and entry.flag("by_agreement"),
            valid_from=start, valid_to=end,
        )  # fmt: skip
        entry.end()
        found.append((entry, body))
    refuse_twice([(entry, body.code) for entry, body in found])
    return {body.code: body for _entry, body in found}


def read_groups(file: Entry, bodies: dict[str, Body]) -> dict[str, Group]:
    found: list[tuple[Entry, Group]] = []
    for entry in file.entries("groups") if "groups" in file.rest else []:
        code = coded(entry, "code", CODE)
        short, name = named(entry)
        if code in bodies:
            entry.note(f"is {code}, which is a body", "code")
        found.append((entry, Group(code, short, name, entry.some_of("bodies", tuple(bodies)))))
        entry.end()
    refuse_twice([(entry, group.code) for entry, group in found])
    return {group.code: group for _entry, group in found}


def read_measures(
    file: Entry, bodies: dict[str, Body], groups: dict[str, Group], indicators: Collection[str]
) -> tuple[Measure, ...]:
    entries = file.entries("measures")
    if len(entries) > MOST_MEASURES:
        file.note(f"are more than {MOST_MEASURES}", "measures")
    found = [read_measure(entry, bodies, groups, indicators) for entry in entries]
    numbers = [one.no for one in found]
    if numbers != list(range(1, len(numbers) + 1)):
        file.note("are not numbered 1, 2, 3 and so on", "measures")
    return tuple(found)


def read_measure(
    entry: Entry, bodies: dict[str, Body], groups: dict[str, Group], indicators: Collection[str]
) -> Measure:
    no, lead = entry.take("number", int, 0), entry.one_of("lead", tuple(bodies))
    partners = entry.some_of("with", (*bodies, *groups)) if "with" in entry.rest else ()
    start, due = entry.day_or_none("from"), entry.day("due")
    if start:
        ends_after_start(entry, start, due, "due")
    measure = Measure(
        no=no, lead=lead, partners=partners, bodies=one_by_one(entry, lead, partners, groups), due_on=due,
        form=entry.texts("form"), text=entry.texts("text"), starts_on=start,
        indicators=entry.some_of("indicators", tuple(indicators)) if "indicators" in entry.rest else (),
    )  # fmt: skip
    entry.end()
    return measure


def one_by_one(entry: Entry, lead: str, partners: tuple[str, ...], groups: dict[str, Group]) -> tuple[str, ...]:
    """The bodies that answer, the one that convenes first and groups taken apart; each once."""
    found = [lead]
    for code in partners:
        found.extend(groups[code].bodies if code in groups else (code,))
    for code in {code for code in found if found.count(code) > 1}:
        entry.note(f"names {code} more than once", "with")
    return tuple(dict.fromkeys(found))


def read_obligations(file: Entry) -> tuple[Obligation, ...]:
    found = []
    for entry in file.entries("obligations"):
        obligation = Obligation(entry.text("point"), entry.texts("text"))
        if "due" in entry.rest:
            found.append(replace(obligation, due_on=entry.day("due")))
        else:
            every = entry.one_of("every", tuple(Every))
            day = entry.take("day", int, 1) if "day" in entry.rest else None
            if day is not None and not 1 <= day <= LAST_REPORT_DAY:
                entry.note(f"is not a day from 1 to {LAST_REPORT_DAY}", "day")
            found.append(replace(obligation, every=Every(every) if every in tuple(Every) else None, day=day))
        entry.end()
    halves = [one for one in found if one.every == Every.HALF_YEAR]
    if len(halves) != 1 or halves[0].day is None:
        file.note("do not say once by which day bodies report on a half-year", "obligations")
    return tuple(found)


def within_the_plan(plan: Plan, file: Entry) -> None:
    for one in plan.measures:
        if one.due_on > date.min and not plan.valid_from <= one.due_on < plan.valid_to:
            file.note(f"falls due on {one.due_on}, outside the plan", f"measures: measure {one.no}")
        if one.starts_on and one.starts_on < plan.valid_from:
            file.note(f"begins on {one.starts_on}, before the plan", f"measures: measure {one.no}")
    idle = [code for code in plan.bodies if not plan.measures_of(code)]
    if idle:
        file.note(f"answer for no measure: {', '.join(idle)}", "bodies")
