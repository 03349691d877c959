"""The demonstration office."""


def load() -> None:
    """Fill an empty database with the demonstration office."""
