"""From the answers of the database to the facts that the rules decide by."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from app.assessments import library
from app.assessments.due.falling import Assessed, Occasion, Standing, falls_due
from app.assessments.due.norms import Trigger, norms
from app.assessments.vocabulary import Level, Use
from app.assessments.vocabulary import Stage as StageOfInstrument
from app.clients.vocabulary import Stage
from app.clock import COUNTRY
from app.db import db
from app.signals import facts as known
from app.signals.asking import Asked, Horizon
from app.signals.facts import Facts
from app.signals.rules import Rule, in_force
from app.signals.statements import Statements
from app.web.dates import age_on

# Who is to be reviewed at visits: those whose level asks for frequent contact (contacts by level, rnr.md 5.1).
LEVELS_REVIEWED = {Level.MEDIUM, Level.HIGH}


@lru_cache(maxsize=8)
def gathering(on: date) -> "Gathering":
    """The statements for a day; building them takes longer than asking about one case."""
    return Gathering(on, in_force(on).rules)


class Gathering:
    """Fetches the facts of spans of cases as of a day."""

    def __init__(self, on: date, rules: Iterable[Rule]) -> None:
        ask = Statements(on, Horizon.of(rules))
        self.on, self.cases = on, ask.open_cases()
        self.forms: dict[tuple[int, Stage], tuple[int | None, bool]] = {}
        self.dues: dict[tuple[Any, ...], date | None] = {}
        self.parts: tuple[tuple[Asked, Callable[[Span, Iterable[Any]], None]], ...] = (
            (ask.latest_assessments(), Span.assessed),
            (ask.transfers_since(), Span.transferred),
            (ask.recent_events(), Span.happened),
            (ask.latest_reviews(), Span.reviewed),
            (ask.risen_items(), Span.risen),
            (ask.missed_sessions(), Span.missed),
            (ask.missed_visits(), Span.did_not_come),
            (ask.open_steps(), Span.stepped),
            (ask.matches_going_on(), Span.helped),
        )

    def gather(self, after: int, up_to: int, most: int) -> dict[int, Facts]:
        """Facts of the open cases by number, at most so many, in the order of their numbers."""
        db.session.flush()
        connection = db.session.connection()  # plain rows: nothing here is a record
        rows = connection.execute(self.cases, {"after": after, "up_to": up_to, "most": most}).all()
        if not rows:
            return {}
        span, between = Span(rows), {"after": after, "up_to": rows[-1][0]}
        for statement, enter in self.parts:
            enter(span, connection.execute(statement, between).all())
        for row in rows:
            self.reckon(span, row[0], age_on(row[5], self.on))
        return span.facts

    def reckon(self, span: "Span", case_id: int, age: int) -> None:
        """What follows from the forms that fit: whether to review at visits, and by when to assess."""
        facts, latest = span.facts[case_id], span.latest.get(case_id)
        days, has_acute_form = self.forms_for(age, facts.stage)
        if latest is None:
            facts.first_due_on = self.due(facts, days, None, ())
            return
        assessment_id, completed_on, level, reassess_by, facts.first_assessed_on = latest
        since = span.since.get(case_id, ())
        if facts.stage is Stage.POST_PENITENTIARY and facts.stage_from and facts.stage_from > completed_on:
            since = (*since, Occasion(Trigger.RELEASE, facts.stage_from))
        due_on = self.due(facts, days, (completed_on, Level(level), reassess_by), since)
        facts.completed = known.Completed(assessment_id, due_on) if due_on else None
        facts.is_to_be_reviewed = has_acute_form and level in LEVELS_REVIEWED

    def forms_for(self, age: int, stage: Stage | None) -> tuple[int | None, bool]:
        """Within how many days the first assessment is due, if an instrument fits; whether an acute form does."""
        if stage is None:
            return None, False
        if (age, stage) not in self.forms:
            there = StageOfInstrument(stage.value)
            instrument = library.fitting(age, there, self.on)
            acute = library.fitting(age, there, self.on, use=Use.ACUTE)
            self.forms[age, stage] = instrument.initial_within_days if instrument else None, acute is not None
        return self.forms[age, stage]

    def due(
        self, facts: Facts, days: int | None, assessed: tuple[date, Level, date] | None, since: tuple[Occasion, ...]
    ) -> date | None:
        """By when the norms want the case assessed. Many cases are alike in what decides it, so it is kept."""
        if facts.stage is None or days is None:
            return None
        alike = (facts.stage, days, assessed or facts.registered_on, since)
        if alike not in self.dues:
            standing = Standing(facts.registered_on, StageOfInstrument(facts.stage.value), days,
                                Assessed(*assessed) if assessed else None, since)  # fmt: skip
            due = falls_due(norms(), standing)
            self.dues[alike] = due.on if due else None
        return self.dues[alike]


class Span:
    """The facts of some cases while they are put together. Rows of other cases in between are passed over."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self.facts = {row[0]: Facts(*(tuple(row)[:5])) for row in rows}
        for row in rows:
            self.facts[row[0]].has_program = bool(row[6])
        self.latest: dict[int, tuple[Any, ...]] = {}
        self.since: dict[int, tuple[Occasion, ...]] = {}

    def assessed(self, rows: Iterable[Any]) -> None:
        self.latest = {row[0]: row[1:] for row in rows}

    def transferred(self, rows: Iterable[Any]) -> None:
        for case_id, at in rows:
            self.add(case_id, Occasion(Trigger.TRANSFER, at.astimezone(COUNTRY).date()))

    def add(self, case_id: int, occasion: Occasion) -> None:
        self.since[case_id] = (*self.since.get(case_id, ()), occasion)

    def happened(self, rows: Iterable[Any]) -> None:
        for case_id, number, kind, on, is_news in rows:
            if facts := self.facts.get(case_id):
                facts.events += (known.Event(number, kind, on),)
                if is_news:
                    self.add(case_id, Occasion(Trigger.EVENT, on, kind))

    def reviewed(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.review = known.Review(*row[1:])

    def risen(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.items += (known.Item(*row[1:]),)

    def missed(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.absences += (known.Absence(*row[1:]),)

    def did_not_come(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.visits += (known.Missed(*row[1:]),)

    def stepped(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.steps += (known.Step(*row[1:]),)

    def helped(self, rows: Iterable[Any]) -> None:
        for row in rows:
            if facts := self.facts.get(row[0]):
                facts.helps += (known.Help(*row[1:]),)
