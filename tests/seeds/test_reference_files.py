from datetime import date
from pathlib import Path

import pytest
import yaml

from app.clients.legal_bases import ACTS, BODIES, STAGES, legal_bases, read_legal_bases
from app.clients.vocabulary import Body, Stage
from app.offices.reading import BadReference
from app.seeds.reference_files import HERE, existed, read_offices, read_regions
from app.seeds.reference_services import read_organisations


@pytest.fixture
def altered(tmp_path):
    """A reference file with one thing changed in its list of entries."""

    def alter(name, change):
        values = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
        change(next(iter(values.values())))
        path = tmp_path / name
        path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
        return path

    return alter


def regions_on(day):
    return {region.code[:2] for region in read_regions() if existed(region, day)}


def test_the_regions_of_today():
    today = regions_on(date(2026, 11, 22))

    assert len(today) == 20
    assert {"10", "33", "61", "62", "79"} <= today
    assert "51" not in today


def test_the_regions_of_the_plans_first_report():
    then = regions_on(date(2017, 7, 10))

    assert len(then) == 16
    assert "51" in then
    assert not {"10", "33", "61", "62", "79"} & then


def test_south_kazakhstan_handed_over_without_a_gap():
    south = next(region for region in read_regions() if region.code == "510000000")

    assert south.successors == ("610000000", "790000000")
    assert {region.valid_from for region in read_regions() if region.code in south.successors} == {south.valid_to}


@pytest.mark.parametrize(
    ("old", "new"), [("190000000", "330000000"), ("350000000", "620000000"), ("630000000", "100000000")]
)
def test_a_region_that_gave_land_away_goes_on(old, new):
    region = next(region for region in read_regions() if region.code == old)

    assert region.successors == (new,)
    assert region.valid_to is None


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 3, 22), "Astana"),
        (date(2019, 3, 23), "Nur-Sultan"),
        (date(2022, 9, 16), "Nur-Sultan"),
        (date(2022, 9, 17), "Astana"),
    ],
)
def test_the_capital_has_had_its_names(day, name):
    capital = next(region for region in read_regions() if region.code == "710000000")
    assert [borne.texts["en"] for borne in capital.names if borne.valid_from <= day][-1] == name


def test_what_is_not_sure_says_what_to_check():
    unsure = [entry for entry in (*read_regions(), *read_legal_bases()) if not entry.sure]
    assert unsure
    assert all(entry.doubt for entry in unsure)


def test_the_demonstration_has_two_urban_offices_and_a_rural_one_in_three_regions():
    offices = read_offices()

    assert sorted(office.is_rural for office in offices) == [False, False, True]
    assert len({office.region_code for office in offices}) == 3
    assert all("демонстрация" in office.names["ru"] for office in offices)


def test_every_row_of_the_categories_has_its_legal_basis():
    assert set(legal_bases()) == {
        "restriction_of_liberty",
        "conditional_sentence",
        "community_service",
        "corrective_works",
        "deferral",
        "ban_on_office",
        "parole",
        "administrative_supervision",
        "pre_trial",
        "release_preparation",
        "post_release",
    }


def test_the_file_speaks_the_words_of_the_register():
    assert set(STAGES) == set(Stage)
    assert set(BODIES) == set(Body)
    assert {stage for basis in read_legal_bases() for stage in basis.stages} == set(STAGES)
    assert {source.act for basis in read_legal_bases() for source in basis.sources} == set(ACTS)


@pytest.mark.parametrize("code", ["parole", "administrative_supervision"])
def test_supervision_after_prison_passed_to_the_police(code):
    basis = legal_bases()[code]

    assert basis.body_on(date(2018, 5, 1)) == "probation"
    assert basis.body_on(date(2026, 5, 1)) == "police"


def faults_of(read, path):
    with pytest.raises(BadReference) as bad:
        read(path)
    return bad.value.faults


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda all: all[3].pop("names"), "regions.yaml.regions[3].names is missing"),
        (lambda all: all[0]["names"][0].pop("kk"), "regions.yaml.regions[0].names[0].kk is missing"),
        (lambda all: all[0]["names"][0].update(kk=7), "regions.yaml.regions[0].names[0].kk is not a str"),
        (lambda all: all[1].update(code="100000000"), "regions.yaml.regions[1].code is 100000000 a second time"),
        (lambda all: all[1].update(code="11"), "regions.yaml.regions[1].code is not nine digits in quotes"),
        (lambda all: all[1].update(code=110000000), "regions.yaml.regions[1].code is not a str"),
        (
            lambda all: all[1].update(valid_to=date(1998, 1, 1)),
            "regions.yaml.regions[1].valid_to is not after the first day",
        ),
        (lambda all: all[1].update(valid_from="soon"), "regions.yaml.regions[1].valid_from is not a date"),
        (lambda all: all[1].update(population=7), "regions.yaml.regions[1].population is not known"),
        (lambda all: all[1].update(sure=False), "regions.yaml.regions[1].doubt is missing"),
        (lambda all: all[1].update(doubt="all"), "regions.yaml.regions[1].doubt is not known"),
        (
            lambda all: all[1].update(successors=["999999999"]),
            "regions.yaml.regions[1].successors names 999999999, which is no other region",
        ),
        (lambda all: all[18]["names"].reverse(), "regions.yaml.regions[18].names are not in the order of their days"),
        (
            lambda all: all[1]["names"][0].update(valid_from=date(2000, 1, 1)),
            "regions.yaml.regions[1].names do not begin with the region",
        ),
        (lambda all: all.append("x"), "regions.yaml.regions[21] is not a list of keys and values"),
    ],
)
def test_a_fault_among_the_regions_is_named_with_its_place(altered, change, fault):
    assert fault in faults_of(read_regions, altered("regions.yaml", change))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda all: all[0].update(time_zone="Asia/Qadam"),
            "offices.yaml.offices[0].time_zone is no zone of the IANA database",
        ),
        (lambda all: all[0].update(region="990000000"), "offices.yaml.offices[0].region is no region of that day"),
        (
            lambda all: all[2].update(valid_from=date(2022, 6, 7)),
            "offices.yaml.offices[2].region is no region of that day",
        ),
        (lambda all: all[0].update(rural="no"), "offices.yaml.offices[0].rural is not a bool"),
        (lambda all: all[1].update(code="DEMO-1"), "offices.yaml.offices[1].code is DEMO-1 a second time"),
    ],
)
def test_a_fault_among_the_offices_is_named_with_its_place(altered, change, fault):
    assert fault in faults_of(read_offices, altered("offices.yaml", change))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda all: all[0].update(stages=["later"]),
            f"legal-bases.yaml.legal_bases[0].stages is later, not one of {', '.join(STAGES)}",
        ),
        (
            lambda all: all[0]["bodies"][0].update(body="army"),
            "legal-bases.yaml.legal_bases[0].bodies[0].body is army, not one of probation, police, institution",
        ),
        (
            lambda all: all[6]["bodies"][1].update(valid_from=date(2021, 1, 1)),
            "legal-bases.yaml.legal_bases[6].bodies do not follow one another",
        ),
        (lambda all: all[6]["bodies"].pop(), "legal-bases.yaml.legal_bases[6].bodies do not cover all days"),
    ],
)
def test_a_fault_among_the_legal_bases_is_named_with_its_place(altered, change, fault):
    assert fault in faults_of(read_legal_bases, altered("legal-bases.yaml", change))


def test_all_faults_are_named_at_once(altered):
    def break_twice(regions):
        regions[0].pop("sure")
        regions[5].pop("code")

    assert len(faults_of(read_regions, altered("regions.yaml", break_twice))) >= 2


@pytest.mark.parametrize(
    "content", [b"", b"- 1", b"regions: 7", b"regions: [", b"\xff\xfe\xff", b"regions: []\nmore: 1"]
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content):
    path = tmp_path / "regions.yaml"
    path.write_bytes(content)

    assert faults_of(read_regions, path)


def test_a_missing_file_is_refused(tmp_path: Path):
    assert "cannot be read" in faults_of(read_regions, tmp_path / "regions.yaml")[0]


def test_every_fault_in_the_services_is_named_with_its_place(altered):
    def spoil(organisations):
        first, second = organisations[:2]
        first["region"] = "999999999"
        first["services"][0]["direction"] = "magic"
        first["services"][1]["answer_working_days"] = 0
        second["services"][0]["code"] = first["services"][0]["code"]
        second["valid_to"] = second["valid_from"]

    with pytest.raises(BadReference) as fault:
        read_organisations(altered("services.yaml", spoil))

    said = str(fault.value)
    for part in (
        "magic",
        "answer_working_days",
        "a second time",
        "closed_because",
        "is no region",
        "not after the first",
    ):
        assert part in said
