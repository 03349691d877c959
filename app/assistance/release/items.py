"""The checklist of a release as data, read from items.yaml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from app.assistance.release.vocabulary import ItemState, Who
from app.offices.reading import Entry, Texts, read_entries, refuse_twice, settle

FILE = Path(__file__).with_name("items.yaml")


@dataclass(frozen=True, slots=True)
class ItemStep:
    """What is done about an item that could not be closed before the release."""

    who: Who
    text: Texts


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that has to be in place before a release."""

    code: str
    text: Texts
    clock: str  # the code of the norm by which it is due
    who: Who
    article: str  # of the Penal Execution Code; empty where the item is the service's own
    checked: bool
    for_named: bool  # only for those whom article 167(4) names
    is_arranged: bool  # told by the arrangements for the day of release
    only_done: bool  # any other answer would disclose health
    goal: Texts | None
    steps: tuple[ItemStep, ...]

    @property
    def states(self) -> tuple[ItemState, ...]:
        """How it may be decided by hand; the arrangements decide what they tell."""
        if self.is_arranged:
            return ()
        return (ItemState.DONE,) if self.only_done else tuple(ItemState)


@cache
def items(path: Path = FILE) -> dict[str, Item]:
    """The items by code, in their order. Raises BadReference with every fault and its place."""
    faults: list[str] = []
    entries = read_entries(path, "items", faults)
    found = [read_item(entry) for entry in entries]
    refuse_twice([(entry, item.code) for entry, item in zip(entries, found, strict=True)])
    settle(faults)
    return {item.code: item for item in found}


def read_item(entry: Entry) -> Item:
    has_goal = "goal" in entry.rest
    item = Item(
        code=entry.text("code"),
        text=entry.texts("text"),
        clock=entry.text("clock"),
        who=read_who(entry),
        article=entry.text("article") if "article" in entry.rest else "",
        checked=entry.flag("checked"),
        for_named="for_named" in entry.rest and entry.flag("for_named"),
        is_arranged="arranged" in entry.rest and entry.flag("arranged"),
        only_done="only_done" in entry.rest and entry.flag("only_done"),
        goal=entry.texts("goal") if has_goal else None,
        steps=tuple(map(read_step, entry.entries("steps"))) if has_goal else (),
    )
    entry.end()
    return item


def read_step(entry: Entry) -> ItemStep:
    step = ItemStep(read_who(entry), entry.texts("text"))
    entry.end()
    return step


def read_who(entry: Entry) -> Who:
    who = entry.one_of("who", tuple(Who))
    return Who(who) if who in tuple(Who) else Who.OFFICER
