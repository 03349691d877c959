"""What an issued paper bears on each page: its code, where to check it, and both as a square code for a camera."""

from dataclasses import dataclass
from datetime import datetime

import segno
from markupsafe import Markup

from app.printing import codes

PATH = "/verify"


@dataclass(frozen=True, slots=True)
class Stamp:
    """The code of a paper and the moment of its issue; ``base`` is the address of Qadam, empty when none is set."""

    code: str
    at: datetime
    base: str = ""

    @property
    def grouped(self) -> str:
        return codes.grouped(self.code)

    @property
    def address(self) -> str:
        """Where this paper is checked; it names no person. Without a base it is the path alone."""
        return f"{self.base}{PATH}/{self.grouped}"

    @property
    def place(self) -> str:
        """Where any paper is checked, short enough to be typed; empty when no base is set."""
        return f"{self.base}{PATH}".partition("://")[2] if self.base else ""

    @property
    def square(self) -> Markup:
        """The address as a QR code: SVG in the page itself, black on white, with its quiet zone."""
        code = segno.make(self.address, error="m", micro=False)
        return Markup(code.svg_inline(border=4, omitsize=True, title=self.grouped, light="#fff"))  # noqa: S704 - of segno
