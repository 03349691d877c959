"""The shape of what a chronicle tells: rows of one kind after another, with the same columns."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Date,
    Integer,
    Select,
    String,
    Text,
    bindparam,
    cast,
    literal_column,
    null,
    select,
    type_coerce,
)

from app.db.columns import UtcMoment

CASES: BindParameter[Any] = bindparam("cases", expanding=True)
# What a row may hold: when, the number its address needs, an ordinal, a code, a name or a short text, words, an author.
COLUMNS: dict[str, Any] = {
    "at": UtcMoment(), "on": Date(), "reference": Integer(), "ordinal": Integer(), "code": String(), "text": String(),
    "rule": String(), "words": Text(), "who": String(),
}  # fmt: skip


def entries(kind: str, **given: Any) -> Select[Any]:
    """The columns of one kind of entry; what it does not have is empty."""
    shown: list[Any] = [
        (type_coerce(given[name], type_) if name in given else cast(null(), type_)).label(name)
        for name, type_ in COLUMNS.items()
    ]
    return select(literal_column(f"'{kind}'", String()).label("kind"), *shown)
