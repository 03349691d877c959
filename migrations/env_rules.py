"""What the migrations look after, and what they leave to others."""

from typing import Any


def ours(_thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Leave alone what others keep in the database: the task queue's tables and the search's own index."""
    return not (kind in {"table", "index"} and (name or "").startswith(("huey_", "client_search")))
