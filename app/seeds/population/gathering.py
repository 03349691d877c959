"""Group events of synthetic offices, one or more a month, and who came: most of the minors, and a few of the others.

The shares are assumptions.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from app.clients.models import ADULT
from app.clock import COUNTRY
from app.seeds.population.people import Life
from app.seeds.population.places import Place
from app.seeds.population.rows import Rows
from app.supervision.contacts.vocabulary import Attended, GroupKind
from app.web.dates import age_on

MONTHS, MONTH = 24, timedelta(days=30)
OFFICERS = 10  # for each event of a month
MINORS, OTHERS = 0.25, 0.01  # of those on the register, at each event
CAME = {Attended.CAME: 80, Attended.VALID_REASON: 5, Attended.DID_NOT_COME: 13, Attended.NOT_EXPECTED: 2}
CANCELLED = 0.05


@dataclass(frozen=True, slots=True)
class Held:
    """An event as people are put on its list."""

    id: int
    on: date
    made_by_id: int
    at: datetime
    is_cancelled: bool


class Gatherer:
    """Puts people on the lists of their office's events."""

    def __init__(self, rows: Rows, places: Sequence[Place], chance: Random, day: date) -> None:
        self.rows = rows
        self.held: dict[int, list[Held]] = defaultdict(list)
        for place in places:
            for month in range(1, MONTHS + 1):
                for _number in range(max(1, len(place.officers) // OFFICERS)):
                    self.hold(place, day - month * MONTH + timedelta(days=chance.randrange(28)), chance)

    def hold(self, place: Place, on: date, chance: Random) -> None:
        made_by_id, at = chance.choice(place.officers), datetime.combine(on, time(10), COUNTRY)
        number = self.rows.add(
            "group_events", office_id=place.id, kind=chance.choice(tuple(GroupKind)), title="Синтетическое мероприятие",
            on=on, minutes=60, made_by_id=made_by_id, made_at=at,
        )  # fmt: skip
        cancelled = chance.random() < CANCELLED
        if cancelled:
            self.rows.add(
                "group_event_cancellations", event_id=number, reason="Синтетическая причина.", by_id=made_by_id, at=at
            )
        self.held[place.id].append(Held(number, on, made_by_id, at, cancelled))

    def gather(self, life: Life) -> None:
        rows, chance = self.rows, life.chance
        may_be_minor = age_on(life.born_on, life.registered_on) < ADULT
        for event in self.held[life.place.id]:
            if not life.registered_on <= event.on < life.end:
                continue
            minor = may_be_minor and age_on(life.born_on, event.on) < ADULT
            if chance.random() > (MINORS if minor else OTHERS):
                continue
            number = rows.add(
                "group_participants", event_id=event.id, client_id=life.client_id, case_id=life.case_id,
                by_id=event.made_by_id, at=event.at,
            )  # fmt: skip
            if not event.is_cancelled:
                rows.add(
                    "group_attendances", participant_id=number, ordinal=1, by_id=event.made_by_id, at=event.at,
                    kind=chance.choices(tuple(CAME), tuple(CAME.values()))[0],
                )  # fmt: skip
