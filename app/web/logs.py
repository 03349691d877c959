"""The application's log: one JSON line an event, numbers instead of names."""

import logging
import sys
from collections.abc import MutableMapping
from traceback import extract_tb
from typing import Any

import structlog
from flask import Flask, request

log = structlog.get_logger()


def set_up_logs() -> None:
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            name_the_fault,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(),
    )


def log_requests_of(app: Flask) -> None:
    """Have what breaks in a request logged the same way: Flask's own line would quote the message."""

    def log_fault(fault: Any) -> None:
        log.error("request failed", endpoint=request.endpoint, method=request.method, exc_info=fault[1])

    app.log_exception = log_fault  # type: ignore[method-assign, assignment]


def name_the_fault(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an exception only its kind and places: its message and its variables may hold a name, a key, a diagnosis."""
    given = event.pop("exc_info", None)
    fault = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if fault is not None:
        event["fault"] = type(fault).__name__
        event["places"] = [f"{place.filename}:{place.lineno} {place.name}" for place in extract_tb(fault.__traceback__)]
    return event
