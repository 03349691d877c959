"""Facts and tables from outside: what is read from them, and the sentence for whatever is wrong."""

import json

import pytest

from app.indicators.bundles.facts_file import MOST, read_facts
from app.indicators.bundles.faults import BadFacts
from app.indicators.tables import Nesting, Table

pytestmark = pytest.mark.one_engine
FACTS = "region,sex,count\n10,F,7\n10,M,9\n20,F,8\n20,M,6\n"
TABLES = [["region", "sex"]]


@pytest.fixture
def read(tmp_path):
    def of(facts=FACTS, tables=TABLES):
        (tmp_path / "facts.csv").write_bytes(facts if isinstance(facts, bytes) else facts.encode())
        (tmp_path / "tables.json").write_text(tables if isinstance(tables, str) else json.dumps(tables))
        return read_facts(tmp_path / "facts.csv", tmp_path / "tables.json")[:2]

    return of


def counts(cells):
    return cells.values["count"]


def test_facts_are_counts_by_codes(read):
    cells, tables = read()

    assert [(each.code, each.categories) for each in cells.dimensions] == [
        ("region", ("10", "20")),
        ("sex", ("F", "M")),
    ]
    assert counts(cells) == {("10", "F"): 7, ("10", "M"): 9, ("20", "F"): 8, ("20", "M"): 6}
    assert tables == (Table(("region", "sex"), ("count",)),)


def test_rows_of_the_same_codes_add_up_and_their_order_is_no_matter(read):
    cells, _ = read("region,sex,count\n20,M,6\n20,F,8\n10,F,3\n10,M,9\n10,F,4\n")

    assert cells == read()[0]


@pytest.mark.parametrize(
    "facts",
    [
        b"\xef\xbb\xbf" + FACTS.encode(),
        FACTS.replace(",", ";"),
        FACTS.replace(",", "\t"),
        FACTS.replace("\n", "\r\n"),
        FACTS.replace("\n", "\n\n") + " , , \n",
        FACTS.replace(",", " , "),
        FACTS.replace("10", '"10"'),
        FACTS.replace("7", "7.0"),
        FACTS.replace("7", "0007"),
        "sex,count,region\n" + "".join(f"{sex},{count},{region}\n" for region, sex, count in [
            ("10", "F", 7), ("10", "M", 9), ("20", "F", 8), ("20", "M", 6)
        ]),
    ],
    ids=["mark", "semicolons", "tabs", "windows", "blank lines", "spaces", "quotes", "7.0", "0007", "columns"],
)  # fmt: skip
def test_a_spreadsheet_may_write_them_its_own_way(read, facts):
    cells, _ = read(facts)

    keys = [each.code for each in cells.dimensions]
    assert {tuple(dict(zip(keys, cell, strict=True))[name] for name in ("region", "sex")): number
            for cell, number in counts(cells).items()} == counts(read()[0])  # fmt: skip


def test_a_column_that_no_table_asks_for_is_summed_over(read):
    cells, _ = read(tables=[["sex"]])

    assert counts(cells) == {("F",): 15, ("M",): 15}


def test_a_table_without_dimensions_is_the_total(read):
    cells, tables = read(tables=[[]])

    assert (counts(cells), tables) == ({(): 30}, (Table((), ("count",)),))


def test_a_table_named_twice_is_one_table(read):
    assert [each.dims for each in read(tables=[["sex"], ["region", "sex"], ["sex"], ["sex", "region"]])[1]] == [
        ("sex",),
        ("region", "sex"),
    ]


def test_all_noughts_are_facts(read):
    assert set(counts(read("a,count\nx,0\ny,0\n", [["a"]])[0]).values()) == {0}


def test_offices_are_seen_to_lie_in_regions(read):
    lines = "".join(f"o{number},r{number % 3},{sex},{number + 5}\n" for number in range(9) for sex in "FM")
    cells, _ = read("office,region,sex,count\n" + lines, [["office", "sex"], ["region", "sex"]])

    assert cells.nestings == (
        Nesting("office", "region", tuple((f"o{number}", f"r{number % 3}") for number in range(9))),
    )


def test_a_grid_with_noughts_is_seen_through(read):
    lines = "".join(f"o{one},r{two},{40 * (one % 3 == two)}\n" for one in range(9) for two in range(3))

    assert len(read("office,region,count\n" + lines, [["office"], ["region"]])[0].nestings) == 1


@pytest.mark.parametrize("tables", [[["region", "level"]], [["region"], ["level"]]], ids=["together", "apart"])
def test_people_who_are_all_alike_in_their_region_are_protected_as_people(read, tables):
    """They may lie in their level as offices lie in regions; only who made the tables can say that everybody knows."""
    facts = "region,level,count\na,high,20\nb,low,15\nc,high,9\nd,low,33\n"
    cells, _ = read(facts, tables)

    assert all(each.attribute for each in cells.dimensions)
    assert len(cells.nestings) == (0 if len(tables) == 1 else 1)
    assert not any(
        each.attribute for each in read(facts, {"tables": tables, "nested": {"region": "level"}})[0].dimensions
    )


@pytest.mark.parametrize(
    "lines",
    ["a,F,1\nb,M,2\nc,F,1\n", "a,F,30\nb,M,30\n", "a,F,30\na,M,1\nb,M,30\nc,M,30\n"],
    ids=["so few that it may be chance", "two and two", "one person elsewhere"],
)
def test_people_who_happen_to_be_alike_are_no_nesting(read, lines):
    assert read("region,sex,count\n" + lines)[0].nestings == ()


def test_a_nesting_can_be_stated_or_denied(read):
    facts = "office,region,count\no1,r1,9\no2,r1,9\no3,r2,9\n"
    tables = [["office", "region"]]

    assert read(facts, {"tables": tables, "nested": {}})[0].nestings == ()
    assert read(facts, {"tables": tables, "nested": {"office": "region"}})[0].nestings == (
        Nesting("office", "region", (("o1", "r1"), ("o2", "r1"), ("o3", "r2"))),
    )


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ("", "The file of facts is empty"),
        ("\n\n", "The file of facts is empty"),
        ("region,sex,count\n", "holds no facts"),
        ("region,sex\n10,F\n", "no column “count”"),
        ("region,sex,count\n10,F,-1\n", "Line 2: the count “-1” is not a whole number"),
        ("region,sex,count\n10,F,1.5\n", "Line 2: the count “1.5”"),
        ("region,sex,count\n10,F,\n", "Line 2: the count “”"),
        ("region,sex,count\n10,F,many\n", "Line 2: the count “many”"),
        ("region,sex,count\n10,F,NaN\n", "Line 2: the count “NaN”"),
        ("region,sex,count\n10,F,1e3\n", "Line 2: the count “1e3”"),
        ("region,sex,count\n10,F,٣\n", "Line 2: the count “٣”"),
        (f"region,sex,count\n10,F,{MOST + 1}\n", "Count in thousands"),
        (f"region,sex,count\n10,F,{'9' * 5000}\n", "Count in thousands"),
        (f"region,sex,count\n10,F,{MOST}\n20,F,{MOST}\n", "add up to"),
        ("region,sex,count\n10,F\n", "Line 2 has 2 fields where the first line has 3"),
        ("region,sex,count\n10,F,3,4\n", "Line 2 has 4 fields"),
        ("region,sex,count\n_T,F,3\n", "Line 2: _T stands for a total"),
        ("region,sex,count\n10,,3\n", "Line 2: no code for “sex”"),
        ("region,sex,count\n10,=1+1,3\n", "begins as a formula does"),
        ("region,sex,count\n10,@SUM(A1),3\n", "begins as a formula does"),
        ("region,sex,count\n10,+cmd|' /C calc'!A0,3\n", "begins as a formula does"),
        (f"region,sex,count\n10,{'x' * 101},3\n", "longer than 100 signs"),
        ("region,sex,count\n10,a\u202eb,3\n", "unseen"),
        ("region,sex,sex,count\n10,F,F,3\n", "two columns “sex”"),
        ("region,sex,count,count\n10,F,3,3\n", "two columns “count”"),
        ("region,sex,count\n10,F,3\n10,M,3\n10,F+M,6\n", "reads as a sum of other codes"),
        ("region,value,count\n10,F,3\n", "cannot be called “value”"),
        ("region,indicator,count\n10,F,3\n", "cannot be called “indicator”"),
        ("region,,count\n10,F,3\n", "Line 1: a column has no name."),
        ("region,sex,count\n10,a\u00a0b,3\n", "Line 2: the code for “sex” holds an unseen sign, U+00A0."),
        ("region,sex,count\n10,a\u2028b,3\n", "Line 2: the code for “sex” holds an unseen sign, U+2028."),
        ("region,sex,count\n10,F,-1\n10\n_T,,x\n", "Line 2: the count “-1” is not a whole number of nought or more.\n"
         "Line 3 has 1 fields where the first line has 3. Complete it.\n"
         "Line 4: _T stands for a total. The facts hold no totals: leave such lines out.\n"
         "Line 4: no code for “sex”. Write one for what is not known too, such as _U.\nLine 4: the count “x”"),
        ("region,sex,count\n" + "10,F,-1\n" * 11, "\nThere may be more like these."),
        ('region,sex,count\n10,"F,3\n', "line 2"),
        ("region,sex,count\n10,\0,3\n", "is no text"),
        ("region,sex,count\n10,Ж,3\n".encode("cp1251"), "not written in UTF-8"),
        (FACTS.encode("utf-16"), "not written in UTF-8"),
        ("a;b;count\n1;2;3\n", "The tables name “region”, “sex”, which the facts do not have. They have: a, b."),
    ],
)  # fmt: skip
def test_bad_facts_are_answered_with_a_sentence(read, facts, says):
    with pytest.raises(BadFacts, match=".") as refusal:
        read(facts)

    assert says in str(refusal.value)


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        ("", "is not JSON"),
        ("[[", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "names no table"),
        ("{}", "names no table"),
        ('"region"', "names no table"),
        ('["region", "sex"]', "each table is a list"),
        ("[[1]]", "each table is a list"),
        ('[["region", "region"]]', "names “region” twice"),
        ('[["region", "age"]]', "The tables name “age”"),
        ('[["region", "age"], ["stage"]]', "The tables name “age”, “stage”, which the facts do not have."),
        ('[["region"], 5]', "tables.json, table 2: each table is a list of names"),
        ('[["sex", "sex"], ["region", "region"]]', "“sex” twice. Name each dimension once.\ntables.json, table 2: "),
        ('[["region", "count"]]', "The tables name “count”"),
        ('{"tables": [["region"]], "nested": ["sex"]}', "write \"nested\" as"),
        ('{"tables": [["region"]], "nested": {"sex": "region"}}', "name two dimensions of the tables"),
        ('{"tables": [["region", "sex"]], "nested": {"sex": "region"}}', "“F” stands in “10” and in “20”"),
    ],
)  # fmt: skip
def test_bad_tables_are_answered_with_a_sentence(read, tables, says):
    with pytest.raises(BadFacts, match=".") as refusal:
        read(tables=tables)

    assert says in str(refusal.value)


def test_a_file_that_is_not_there_is_answered_with_a_sentence(tmp_path):
    with pytest.raises(BadFacts, match=r"nothing.json cannot be read"):
        read_facts(tmp_path / "facts.csv", tmp_path / "nothing.json")
    with pytest.raises(BadFacts, match=r"cannot be read"):
        read_facts(tmp_path, tmp_path)
