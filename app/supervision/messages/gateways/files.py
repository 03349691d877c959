"""A gateway that puts each message down as a file, for a program of the office's own to fetch and carry on."""

import json
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

import structlog

from app.supervision.messages.gateways.promise import Answer, Parcel, Report
from app.supervision.messages.vocabulary import Result, Why

log = structlog.get_logger()
OWN = 0o700  # folders; the files in them hold addresses and texts
REFERENCE = re.compile(r"[0-9a-f]{16,64}")


class FileGateway:
    """``outbox/REFERENCE.json`` out, ``reports/REFERENCE.json`` (``{"arrived": true}``) back."""

    name = "file"

    def __init__(self, folder: Path) -> None:
        self.outbox, self.told = folder / "outbox", folder / "reports"

    def send(self, parcel: Parcel) -> Answer:
        """The file appears whole or not at all: it is written aside and then given its name, which is free."""
        content = {
            "reference": parcel.reference, "channel": parcel.channel.value, "to": parcel.address,
            "subject": parcel.subject, "text": parcel.text,
        }  # fmt: skip
        aside = self.outbox / f".{parcel.reference}"
        try:
            self.outbox.mkdir(mode=OWN, parents=True, exist_ok=True)
            with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                json.dump(content, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            os.link(aside, self.outbox / f"{parcel.reference}.json")
        except OSError:
            return Answer(Result.FAILED, Why.NO_ROOM)
        finally:
            with suppress(OSError):
                aside.unlink()
        return Answer(Result.TAKEN)

    def reports(self, most: int) -> Iterable[Report]:
        if not self.told.is_dir():
            return
        for path in islice(sorted(self.told.glob("*.json")), most):
            try:
                told = json.loads(path.read_text())
                arrived = told["arrived"]
            except (OSError, ValueError, KeyError, TypeError):
                arrived = None
            if type(arrived) is not bool or not REFERENCE.fullmatch(path.stem):
                log.warning("unreadable report of a message")
                self.set_aside(path)
                continue
            yield Report(path.stem, arrived)

    def forget(self, report: Report) -> None:
        (self.told / f"{report.reference}.json").unlink(missing_ok=True)

    @staticmethod
    def set_aside(path: Path) -> None:
        """What cannot be read is kept under another name, and not looked at again."""
        with suppress(OSError):
            path.rename(path.with_suffix(".unreadable"))
