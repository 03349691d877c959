"""Random facts through the command, and an attack on what it wrote: by the columns of the CSV files, and nothing else.

Neither the block ``qadam`` nor a line of the audit is used: unknown are the whole numbers behind the full product of
all dimensions, known is what the tables show. The audit has to come to the same ends.
"""

import csv
import json
import random
from itertools import product

import pytest

from tests.applications import application
from tests.indicators.stranger import ALL, ranges

pytestmark = pytest.mark.one_engine
SIZES = [(3, 2), (2, 2, 2), (4, 3), (2, 3, 2), (5,), (6, 2), (3, 3), (2, 2, 3, 2)]
TABLES = {
    1: [["a"]],
    2: [["a", "b"], ["b"]],
    3: [["a", "b"], ["c", "a"], ["b", "c"]],
    4: [["a", "b", "c"], ["d", "a"]],
}
KINDS = [(0, 0, 0, 0, 1, 2, 9), tuple(range(12)), (0, 0, 4, 5, 6, 30), (0, 1, 2, 400, 9000)]


@pytest.mark.parametrize("number", range(8))
def test_nothing_that_the_command_wrote_can_be_undone(tmp_path, number):
    chance, sizes = random.Random(number), SIZES[number]  # noqa: S311 - facts, not secrets
    names = "abcd"[: len(sizes)]
    codes = {name: [f"{name}{code}" for code in range(size)] for name, size in zip(names, sizes, strict=True)}
    facts = {cell: chance.choice(KINDS[number % 4]) for cell in product(*codes.values())}
    threshold = chance.choice([2, 5, 5, 10])
    out = protected(tmp_path, names, facts, threshold)

    shown = read(out, names)
    true = {key: sum(count for cell, count in facts.items() if lies_in(cell, key)) for key in shown}
    ends = {
        key: found for (_, key, _), found in ranges(codes, COUNT, {("count", key): shown[key] for key in shown}).items()
    }

    assert set(shown) == {key for table in TABLES[len(names)] for key in keys_of(table, codes)}
    assert all(value in (None, true[key]) for key, value in shown.items())
    assert not [key for key, value in shown.items() if value and value < threshold]
    assert not [key for key in shown if all_of_a_group(key, shown, codes)]
    assert not [key for key, (low, high) in ends.items() if high is not None and high - low < threshold]
    assert all(low <= true[key] <= (true[key] if high is None else high) for key, (low, high) in ends.items())
    assert audited(tmp_path, out, names) == {key: (*found, true[key]) for key, found in ends.items()}


COUNT = {"count": (None, None, None, {})}


def protected(tmp_path, names, facts, threshold):
    lines = "".join(f"{','.join(cell)},{count}\n" for cell, count in facts.items())
    (tmp_path / "facts.csv").write_text(",".join([*names, "count"]) + "\n" + lines)
    (tmp_path / "tables.json").write_text(json.dumps(TABLES[len(names)]))
    where = [str(tmp_path / name) for name in ("facts.csv", "tables.json")]
    done = run("protect", *where, "--threshold", str(threshold), "--to", str(tmp_path / "out"), "--no-papers")
    assert done.exit_code == 0, done.stderr
    return tmp_path / "out"


def audited(tmp_path, out, names):
    done = run("audit", str(out), "--facts", str(tmp_path / "facts.csv"))
    answer = json.loads(done.stdout)
    assert (done.exit_code, answer["safe"], answer["exact"]) == (0, True, True)
    return {
        tuple(each["key"].get(name, ALL) for name in names): (each["low"], each["high"], each["true"])
        for each in answer["hidden"]
    }


def run(*words):
    return application().test_cli_runner().invoke(args=["indicators", *words])


def read(out, names):
    """``{key: value}``; one figure has one value in all tables."""
    shown = {}
    for path in out.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                key = tuple(row.get(name, ALL) for name in names)
                value = int(row["value"]) if row["obs_status"] == "A" else None
                assert row["obs_status"] == "A" or not row["value"]
                assert shown.setdefault(key, value) == value
    return shown


def keys_of(table, codes):
    return product(*([*own, ALL] if name in table else [ALL] for name, own in codes.items()))


def lies_in(cell, key):
    return all(want in (ALL, code) for want, code in zip(key, cell, strict=True))


def all_of_a_group(key, shown, codes):
    """Whether the figure tells that everybody of a group is in one category."""
    groups = [(*key[:place], ALL, *key[place + 1 :]) for place, code in enumerate(key) if code != ALL]
    return bool(shown[key]) and any(shown.get(group) == shown[key] for group in groups)
