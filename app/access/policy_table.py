"""The policy as people read it: the same table on the administrator's page and in README."""

from flask_babel import force_locale

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY


def heads() -> list[str]:
    """The roles, in the order of the columns, in the language spoken."""
    return [str(Role(role).label) for role in COLUMNS]


def rows() -> list[tuple[str, list[str]]]:
    """Each permission with how far every role's reach goes; an empty text where it is not granted."""
    return [
        (str(permission.label), [str(reach.label) if reach else "" for reach in reaches])
        for permission, reaches in POLICY.items()
    ]


def as_markdown() -> str:
    """The table in English, as Markdown."""
    with force_locale("en"):
        lines = [["", *heads()], ["---"] * (len(COLUMNS) + 1)]
        lines += [[label, *(cell or "–" for cell in cells)] for label, cells in rows()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
