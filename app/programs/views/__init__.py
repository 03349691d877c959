"""The pages of this room."""

from app.programs.views import (
    achieving,
    approving,
    arranging,
    batches,
    carrying,
    comparing,
    creating,
    deciding,
    drafting,
    letters,
    methodology,
    paper,
    parts,
    reading,
    releasing,
    suggesting,
)
from app.programs.views.blueprint import bp

__all__ = [
    "achieving",
    "approving",
    "arranging",
    "batches",
    "bp",
    "carrying",
    "comparing",
    "creating",
    "deciding",
    "drafting",
    "letters",
    "methodology",
    "paper",
    "parts",
    "reading",
    "releasing",
    "suggesting",
]
