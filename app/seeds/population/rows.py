"""Writing rows in bulk on either engine: numbers given here, values bound as the models say, tables in their order."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import JSON, Connection, Table, func, select, text

from app.db import Base

Value = Callable[[Any], Any] | None


class Rows:
    """Rows by table until they are written. A row's number is known before it is written, so that others refer to it.

    Tables are written in the order of ``tables``: a signed thing is written after its parts, which the database
    would refuse once it is signed.
    """

    def __init__(self, connection: Connection, tables: Iterable[str]) -> None:
        self.connection = connection
        self.dialect = connection.dialect
        known = Base.metadata.tables
        self.waiting: dict[str, list[tuple[Any, ...]]] = {name: [] for name in tables}
        self.columns = {name: [column.name for column in known[name].columns] for name in self.waiting}
        self.values = {name: [self.bound(column.type) for column in known[name].columns] for name in self.waiting}
        self.last = {name: self.highest(known[name]) for name in self.waiting if "id" in known[name].columns}

    def bound(self, type_: Any) -> Value:
        if isinstance(type_, JSON):  # is given as it is stored
            return None
        found: Value = type_.dialect_impl(self.dialect).bind_processor(self.dialect)
        return found

    def highest(self, table: Table) -> int:
        return self.connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0

    def add(self, table: str, /, **facts: Any) -> int:
        """Keep a row; what is not said stays empty. The row's number, nought in a table without numbers."""
        number = 0
        if table in self.last:
            number = self.last[table] = self.last[table] + 1
            facts["id"] = number
        values = (facts.pop(column, None) for column in self.columns[table])
        self.waiting[table].append(
            tuple(value if value is None or bound is None else bound(value)
                  for bound, value in zip(self.values[table], values, strict=True))
        )  # fmt: skip
        if facts:
            raise KeyError(f"{table} has no {', '.join(facts)}")
        return number

    def add_plain(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Keep many rows whose values need no binding, in the order of the model's columns without the number."""
        if table not in self.last:
            self.waiting[table].extend(rows)
            return
        for row in rows:
            self.last[table] += 1
            self.waiting[table].append((self.last[table], *row))

    def correct(self, name: str, column: str, value: Any) -> None:
        """Change the row that was kept last, which could not know its own number."""
        row = list(self.waiting[name][-1])
        row[self.columns[name].index(column)] = value
        self.waiting[name][-1] = tuple(row)

    def write(self) -> int:
        """Write what waits, in one go for each table; how many rows that was."""
        count = 0
        for name, rows in self.waiting.items():
            if rows:
                copy = self.copy if self.dialect.name == "postgresql" else self.insert
                copy(name, rows)
                count += len(rows)
                rows.clear()
        return count

    def insert(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        marks = ", ".join("?" * len(self.columns[name]))
        self.connection.exec_driver_sql(f"INSERT INTO {name} ({self.named(name)}) VALUES ({marks})", rows)  # noqa: S608

    def copy(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        driver: Any = self.connection.connection.driver_connection
        with driver.cursor() as cursor, cursor.copy(f"COPY {name} ({self.named(name)}) FROM STDIN") as stream:
            for row in rows:
                stream.write_row(row)

    def named(self, name: str) -> str:
        return ", ".join(f'"{column}"' for column in self.columns[name])

    def finish(self) -> None:
        """Have the engine go on counting after the numbers given here, and look at what is there now."""
        if self.dialect.name == "postgresql":
            for name, last in self.last.items():
                if last:
                    self.connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), {last})"))
        self.connection.execute(text("ANALYZE"))
