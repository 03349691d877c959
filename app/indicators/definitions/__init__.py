"""What each indicator counts: data with versions, never a query hidden in a view."""

from app.indicators.definitions.earlier import (
    FILE,
    LANGUAGES,
    Amount,
    BadDefinition,
    Definition,
    Denominator,
    Terms,
    every_version,
    read,
    valid_on,
)

__all__ = [
    "FILE", "LANGUAGES", "Amount", "BadDefinition", "Definition", "Denominator", "Terms", "every_version", "read",
    "valid_on",
]  # fmt: skip
