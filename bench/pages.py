"""The pages to measure, as an officer with a full caseload opens them."""

from collections.abc import Callable

from flask import Flask, session
from flask_login import login_user
from sqlalchemy import func, select

from app.access.models import User
from app.access.sign_in import touch
from app.clients.cases import Assignment, Case
from app.clients.models import Client
from app.db import db

PART_OF_A_NAME = "серик"  # typed in Russian letters; Серікбаев and Серік are found by it


class Reader:
    """The officer with the most people, signed in; the requests are the same as a browser's."""

    def __init__(self, app: Flask) -> None:
        self.app, self.browser = app, app.test_client()
        with app.app_context():
            self.officer = busiest_officer()
            self.client_id = somebody_of(self.officer)
            with app.test_request_context():
                login_user(self.officer)
                session.permanent = True
                touch()
                kept = dict(session)
        with self.browser.session_transaction() as stored:
            stored.update(kept)

    def open(self, address: str) -> bytes:
        response = self.browser.get(address)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answers {response.status_code}.")
        return response.data


def busiest_officer() -> User:
    held = select(Assignment.officer_id).where(Assignment.to_at.is_(None)).group_by(Assignment.officer_id)
    return db.session.get_one(
        User, db.session.scalar(held.order_by(func.count().desc(), Assignment.officer_id).limit(1))
    )


def somebody_of(officer: User) -> int:
    """The one in the middle of those the officer answers for."""
    held = select(Client.id).join(Client.cases).join(Case.assignments)
    mine = held.where(Assignment.to_at.is_(None), Assignment.officer_id == officer.id).order_by(Client.id)
    people = db.session.scalars(mine).all()
    return people[len(people) // 2]


PAGES: dict[str, Callable[[Reader], str]] = {
    "caseload": lambda _reader: "/caseload",
    "people": lambda _reader: "/people",
    "search": lambda _reader: f"/people?q={PART_OF_A_NAME}",
    "client": lambda reader: f"/people/{reader.client_id}",
    "my-day": lambda _reader: "/",
}
