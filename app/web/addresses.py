"""What may stand in an address: record numbers that a database can hold."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from flask import Flask, request
from werkzeug.routing import IntegerConverter

LARGEST = 2**31 - 1


class RecordNumber(IntegerConverter):
    """``<int:…>`` in every route: a number beyond the databases' integers names no record."""

    regex = "[0-9]+"  # the digits of other scripts are letters here

    def __init__(self, map, fixed_digits=0, min=None, max=None, signed=False):  # type: ignore[no-untyped-def]
        super().__init__(map, fixed_digits, min, LARGEST if max is None else max, signed)


def number_in_query(name: str) -> int | None:
    """A record number from the query string; None when it is missing or is none."""
    return record_number(request.args.get(name, ""))


def record_numbers(typed: Iterable[str]) -> list[int]:
    """The record numbers among what was ticked, each once, as they came; what is none is left out."""
    numbers = (record_number(text) for text in typed)
    return list(dict.fromkeys(number for number in numbers if number))


def record_number(text: str) -> int | None:
    """The number that a database can hold; None for anything else, as the digits of other scripts."""
    if text.isascii() and text.isdecimal() and len(text) <= 10 and 0 < int(text) <= LARGEST:  # noqa: PLR2004 - digits
        return int(text)
    return None


def words_in_query(name: str, longest: int = 100) -> str:
    """A text from the query string, without what cannot be seen."""
    return " ".join("".join(sign for sign in request.args.get(name, "") if sign.isprintable()).split())[:longest]


def within(address: str | None) -> str | None:
    """The address if it lies within this application: a path of its own, and nothing that a browser reads as a host."""
    if not address or not address.startswith("/") or address.startswith("//"):
        return None
    if not address.isprintable() or "\\" in address or " " in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return None if parts.scheme or parts.netloc or parts.path.startswith("//") else address


def here() -> str:
    """The address of this page, for a form that leads back to it; the first page when it cannot be written down."""
    return within(request.full_path) or "/"


def register_addresses(app: Flask) -> None:
    app.jinja_env.globals["here"] = here
    app.url_map.converters["int"] = RecordNumber
