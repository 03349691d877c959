"""A house that many tests walk through: somebody of each role, and records of every kind, made when first needed."""

from flask import Flask

from app.access.models import Role
from app.access.policy import Reach
from tests.access.records import Door, Place, Records
from tests.browser import Browser
from tests.factories.people import make_user

DONE = 302
KNOWN = {DONE: "open, and done", 403: "not permitted", 404: "not there"}


class House:
    """What lies with a colleague or elsewhere lies there for every role; what is one's own is of one role."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.browsers: dict[Role, Browser] = {}
        self.kept: dict[tuple[Role | None, Reach], Records] = {}

    def browser(self, role: Role) -> Browser:
        if role not in self.browsers:
            browser: Browser = self.app.test_client()
            browser.enter(self.records(role, Reach.OWN).place.actor)
            browser.looks = False
            self.browsers[role] = browser
        return self.browsers[role]

    def records(self, role: Role, distance: Reach) -> Records:
        whose = role if distance == Reach.OWN else None, distance
        if whose not in self.kept:
            self.kept[whose] = Records(Place(make_user(role), distance))
        return self.kept[whose]

    def address(self, door: Door, role: Role, distance: Reach) -> str:
        return door.address(self.app, self.records(role, distance))

    def knock(self, door: Door, role: Role, distance: Reach, address: str) -> str:
        """What the answer says about access; whatever else is wrong with the request is another matter."""
        try:
            status = self.browser(role).open(address, method=door.method).status_code
        except Exception as fault:  # told with the others, and with its address
            return f"broken by {fault!r}"
        if status == DONE and door.method == "POST":
            self.forget(door, role, distance)
        return KNOWN.get(status, "broken" if status >= 500 else "open")

    def forget(self, door: Door, role: Role, distance: Reach) -> None:
        """An act may have changed the record of this address: the next one gets another."""
        if door.kind:
            self.records(role, distance).numbers.pop(door.kind)
