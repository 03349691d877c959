"""What an issued paper bears on each page: its code, where to check it, and both as a square code for a camera."""

from dataclasses import dataclass
from datetime import datetime

import segno

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
    def square(self) -> str:
        """The address as a QR code with its quiet zone: a picture in the page itself, black and white.

        A picture is placed once for all pages; as SVG its path is read anew for each, a fifth of a sheet's time.
        """
        return segno.make(self.address, error="m", micro=False).png_data_uri(scale=6, border=4)
