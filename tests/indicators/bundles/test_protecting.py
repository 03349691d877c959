"""``flask indicators protect``: from any facts to a bundle that others can read and cannot undo, or to a sentence."""

import csv
import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.indicators import heavy
from app.indicators.bundles import writing
from app.indicators.bundles.findings import Audit
from tests.applications import application

pytestmark = pytest.mark.one_engine
ROOT = Path(__file__).parents[3]
TABLES = [["region", "sex"], ["region", "stage"], ["sex", "stage"]]


def facts(seed=1, regions=6):
    chance = random.Random(seed)  # noqa: S311 - facts, not secrets
    rows = [
        (f"r{region}", sex, stage, int(chance.paretovariate(0.7)))
        for region in range(regions)
        for sex in "FM"
        for stage in "abc"
    ]
    return "region,sex,stage,count\n" + "".join(f"{','.join(map(str, row))}\n" for row in rows)


@pytest.fixture
def protect(tmp_path):
    """The command, without a database: the application is nowhere."""

    def run(text=None, tables=TABLES, to=None, *options):
        (tmp_path / "facts.csv").write_text(facts() if text is None else text)
        (tmp_path / "tables.json").write_text(json.dumps(tables))
        where = ["facts.csv", "tables.json"]
        return (
            application()
            .test_cli_runner()
            .invoke(
                args=[
                    "indicators",
                    "protect",
                    *(str(tmp_path / name) for name in where),
                    "--to",
                    str(to or tmp_path / "out"),
                    *options,
                ]
            )  # fmt: skip
        )

    return run


def rows_of(folder, name):
    return list(csv.DictReader((folder / name).read_text().splitlines()))


def package_of(folder):
    return json.loads((folder / "datapackage.json").read_text())


def test_the_bundle_has_a_table_for_each_that_was_asked_for(protect, tmp_path):
    answer = protect(None, TABLES, None, "--no-papers")
    told, package = json.loads(answer.stdout), package_of(tmp_path / "out")

    assert (answer.exit_code, told["safe"], told["tables"]) == (0, True, 3)
    assert [[field["name"] for field in each["schema"]["fields"]] for each in package["resources"]] == [
        [*table, "indicator", "value", "obs_status"] for table in TABLES
    ]
    for resource, table in zip(package["resources"], TABLES, strict=True):
        rows = rows_of(tmp_path / "out", resource["path"])
        sizes = {"region": 7, "sex": 3, "stage": 4}
        assert len(rows) == sizes[table[0]] * sizes[table[1]]
        assert {(row["value"] == "", row["obs_status"]) for row in rows} <= {(True, "Q"), (False, "A")}
        assert {row["indicator"] for row in rows} == {"count"}


def test_what_is_shown_is_true_and_no_figure_has_two_faces(protect, tmp_path):
    protect(None, TABLES, None, "--no-papers")
    lines = list(csv.DictReader(facts().splitlines()))
    faces = {}
    for resource, table in zip(package_of(tmp_path / "out")["resources"], TABLES, strict=True):
        for row in rows_of(tmp_path / "out", resource["path"]):
            group = {name: row[name] for name in table if row[name] != "_T"}
            number = sum(int(line["count"]) for line in lines if group.items() <= line.items())
            assert row["value"] in ("", str(number))
            assert not (row["value"] and 0 < number < 5)
            assert faces.setdefault(tuple(sorted(group.items())), row["value"]) == row["value"]


def test_the_bundle_passes_the_audit_command(protect, tmp_path):
    protect(None, TABLES, None, "--no-papers")
    arguments = ["indicators", "audit", str(tmp_path / "out"), "--facts", str(tmp_path / "facts.csv")]
    answer = application().test_cli_runner().invoke(args=arguments)
    found = json.loads(answer.stdout)

    assert (answer.exit_code, found["safe"]) == (0, True)
    assert found["hidden"]
    assert all(each["low"] <= each["true"] <= (each["high"] or each["true"]) for each in found["hidden"])


@pytest.mark.parametrize(
    "bad",
    [
        ("a,count\nx,-1\n", [["a"]], "not a whole number", ()),
        ("a,count\nx,7\n", [["b"]], "which the facts do not have", ()),
        ("a,count\nx,7\n", [["a"]], "A threshold of 1 hides nothing", ("--threshold", "1")),
        (
            "a,b,c,count\n" + "".join(f"{a},{b},{c},9\n" for a in range(50) for b in range(50) for c in range(40)),
            [["a", "b", "c"]],
            "100,000 cells",
            (),
        ),
    ],
)
def test_what_cannot_be_protected_is_refused_and_nothing_is_left(protect, tmp_path, bad):
    text, tables, says, options = bad
    answer = protect(text, tables, None, *options)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert says in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.csv", "tables.json"]


def test_the_size_that_works_is_named(protect):
    text = "a,b,count\n" + "".join(f"{a},{b},9\n" for a in range(100) for b in range(90))

    assert "5,000" in protect(text, [["a", "b"]]).stderr


def test_a_bundle_that_fails_its_audit_is_never_seen(protect, tmp_path, monkeypatch):
    narrow = {"indicator": "count", "key": {"region": "r1"}, "low": 3, "high": 3, "safe": False}
    monkeypatch.setattr(heavy, "audit", lambda *_what: Audit(5, hidden=[narrow]))
    answer = protect()

    assert answer.exit_code == 2
    assert "does not pass its own audit" in answer.stderr
    assert "region r1" in answer.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.csv", "tables.json"]


def test_a_directory_in_use_is_left_as_it_is(protect, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    (tmp_path / "empty").mkdir()

    assert "is not empty" in protect(to=tmp_path / "mine").stderr
    assert "is a file" in protect(to=tmp_path / "facts.csv").stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    assert protect(None, TABLES, tmp_path / "empty", "--no-papers").exit_code == 0
    assert protect(None, TABLES, tmp_path / "new" / "deep", "--no-papers").exit_code == 0


def test_a_write_that_breaks_off_leaves_nothing(tmp_path):
    def full(_folder):
        raise OSError(28, "No space left on device")

    with pytest.raises(writing.CannotWrite, match="No space left"):
        writing.write_whole({"a.csv": b"1", "codes/b.csv": b"2"}, tmp_path / "out", full)
    assert list(tmp_path.iterdir()) == []


def test_codes_in_a_script_without_a_font_cost_the_papers_only(protect, tmp_path):
    answer = protect("a,count\n日本,7\nx,9\n", [["a"]])

    assert answer.exit_code == 0
    assert "The PDFs were left out" in answer.stderr
    assert not list((tmp_path / "out").glob("*.pdf"))
    assert {row["a"] for row in rows_of(tmp_path / "out", "table-1-a.csv")} == {"日本", "x", "_T"}


def test_the_spreadsheet_says_the_same_in_words(protect, tmp_path):
    protect()
    book = load_workbook(tmp_path / "out" / "figures-en.xlsx")
    shown = {(region, sex): value for region, sex, value in list(book["1-region-sex"].values)[1:]}
    for row in rows_of(tmp_path / "out", "table-1-region-sex.csv"):
        group = tuple("Total" if row[name] == "_T" else row[name] for name in ("region", "sex"))
        assert shown[group] == (int(row["value"]) if row["value"] else "hidden")
    assert not [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def test_a_sign_that_begins_a_formula_is_made_harmless(protect, tmp_path):
    protect("a,count\n-1,7\n+7,9\n", [["a"]], None, "--no-papers")
    book = load_workbook(tmp_path / "out" / "figures-kk.xlsx")

    assert [line[0] for line in book["1-a"].values][1:3] == ["'+7", "'-1"]
    assert {row["a"] for row in rows_of(tmp_path / "out", "table-1-a.csv")} == {"-1", "+7", "_T"}


def test_the_data_package_is_valid(protect, tmp_path):
    """Read by the library of the standard, in a process of its own: it warns when it is imported."""
    protect(None, [*TABLES, []], None, "--no-papers")
    read = (
        "import sys; from frictionless import Package, system; p = Package(sys.argv[1]); r = p.validate(); "
        "print(r.valid, [t.stats['rows'] for t in r.tasks], [t.errors for t in r.tasks if t.errors])"
    )
    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", read, str(tmp_path / "out" / "datapackage.json")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert answer.stdout == "True [21, 28, 12, 1] []\n", answer.stderr


def test_the_same_facts_are_the_same_bytes_in_every_process(protect, tmp_path):
    """In another order, at another time, with another seed of Python's own disorder."""
    head, *lines = facts(regions=2).splitlines()
    protect("\n".join([head, *lines]) + "\n", TABLES[:1], tmp_path / "first")
    (tmp_path / "turned.csv").write_text("\n".join([head, *reversed(lines)]) + "\n")
    run = "from wsgi import app; import sys; app.test_cli_runner().invoke(args=sys.argv[1:])"
    where = [str(tmp_path / "turned.csv"), str(tmp_path / "tables.json"), "--to", str(tmp_path / "second")]
    subprocess.run(
        [sys.executable, "-c", run, "indicators", "protect", *where],
        env={**os.environ, "PYTHONHASHSEED": "7", "QADAM_HOME": str(tmp_path / "home")}, cwd=ROOT, check=True,
    )  # fmt: skip
    first, second = (
        {path.relative_to(tmp_path / each): path.read_bytes() for path in (tmp_path / each).rglob("*.*")}
        for each in ("first", "second")
    )

    assert first.keys() == second.keys()
    assert len([path for path in first if path.suffix == ".pdf"]) == 2
    assert [str(path) for path in first if first[path] != second[path]] == []


def test_nothing_in_the_bundle_tells_what_was_hidden_first(protect, tmp_path):
    """Beside the figures stands what is known of them all: the same for two bundles that hide for different reasons."""
    protect("a,b,count\n1,x,3\n1,y,20\n2,x,20\n2,y,30\n", [["a", "b"]], tmp_path / "one", "--no-papers")
    protect("a,b,count\n1,x,20\n1,y,30\n2,x,3\n2,y,20\n", [["a", "b"]], tmp_path / "two", "--no-papers")
    one, two = (
        [(row["a"], row["b"], row["obs_status"]) for row in rows_of(tmp_path / each, "table-1-a-b.csv")]
        for each in ("one", "two")
    )
    known = [package_of(tmp_path / each)["qadam"] | {"files": []} for each in ("one", "two")]

    assert one == two
    assert known[0] == known[1]


def test_offices_in_regions_are_protected_as_such(protect, tmp_path):
    """Who knows in which region an office lies adds the offices of a region up."""
    lines = "".join(
        f"o{office},r{office % 3},{sex},{3 if (office, sex) == (4, 'F') else 20 + office}\n"
        for office in range(9)
        for sex in "FM"
    )
    tables = [["office", "sex"], ["region", "sex"]]
    answer = protect("office,region,sex,count\n" + lines, tables, None, "--no-papers")
    hidden = [
        row["office"]
        for row in rows_of(tmp_path / "out", "table-1-office-sex.csv")
        if row["obs_status"] == "Q" and row["sex"] == "F"
    ]

    assert json.loads(answer.stdout)["nested"] == [{"dimension": "office", "in": "region"}]
    assert "o4" in hidden
    assert {"o1", "o7"} & set(hidden)  # the others of region 1
    assert package_of(tmp_path / "out")["qadam"]["nested"] == []  # where the people of the facts are is not given away

    stated = {"tables": tables, "nested": {"office": "region"}}
    protect("office,region,sex,count\n" + lines, stated, tmp_path / "stated", "--no-papers")
    assert package_of(tmp_path / "stated")["qadam"]["nested"][0]["parents"]["o4"] == "r1"


def test_a_table_in_which_each_region_is_of_one_level_hides_it(protect, tmp_path):
    facts = "region,level,count\na,high,20\na,low,0\nb,low,15\nc,high,9\nd,low,33\n"
    answer = protect(facts, [["region", "level"]], None, "--no-papers")
    status = {
        (row["region"], row["level"]): row["obs_status"]
        for row in rows_of(tmp_path / "out", "table-1-region-level.csv")
    }

    assert {status["a", "high"], status["b", "low"], status["c", "high"], status["d", "low"]} == {"Q"}
    assert answer.stderr.startswith("Each “region” lies in one “level”.")
    assert '"nested": {"region": "level"}' in answer.stderr
