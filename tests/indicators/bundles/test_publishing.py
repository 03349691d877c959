"""Giving out frozen figures: once, to the byte, to everybody; and taking them back with a reason."""

import csv
import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from app.access.models import Role
from app.db import db
from app.indicators import heavy
from app.indicators.bundles import publishing
from app.indicators.bundles.frozen import bundle_of
from app.indicators.bundles.models import Publication, PublishedFile
from app.indicators.bundles.publishing import release_snapshot, withdraw
from app.indicators.bundles.queries import publications, published_as, without_files
from app.indicators.bundles.tasks import write_files_soon, write_missing_files
from app.indicators.models import Snapshot
from app.indicators.tables import Dimension
from app.web.refusals import NotPossible
from tests.factories.people import make_user
from tests.indicators.bundles.frozen import freeze, protected

AT = datetime(2026, 7, 12, 9, 0, tzinfo=UTC)


@pytest.fixture
def analyst(app):
    return make_user(Role.ANALYST)


def order(snapshot, analyst):
    """Given out, and its files not written yet: for what needs none."""
    publication = release_snapshot(snapshot, analyst, AT)
    db.session.commit()
    return publication


def give_out(snapshot, analyst):
    publication = order(snapshot, analyst)
    write_files_soon(publication.id)
    return publication


def content(publication):
    return {file.path: file.content for file in publication.files}


def test_nobody_waits_for_the_database_while_files_are_written(analyst, monkeypatch):
    publication, seen = order(freeze(), analyst), []

    def looked_at(snapshot):
        seen.append(db.session.connection().get_execution_options().get("writes"))
        return bundle_of(snapshot)

    monkeypatch.setattr(publishing, "bundle_of", looked_at)
    write_files_soon(publication.id)

    assert seen == [False]
    assert content(publication)


def test_what_is_given_out_is_kept_to_the_byte(analyst):
    publication = give_out(freeze(), analyst)
    kept = content(publication)

    assert kept == bundle_of(publication.snapshot)
    assert {"datapackage.json", "README.md", "figures-kk.pdf", "figures-ru.pdf", "figures-en.xlsx"} <= kept.keys()
    assert publication.name == "2026H1"


def test_the_bundle_says_what_the_figures_are(analyst):
    package = json.loads(bundle_of(freeze())["datapackage.json"])
    known = package["qadam"]

    assert (package["name"], package["period"], package["revision"]) == ("qadam-2026h1", "2026H1", 0)
    assert package["created"] == "2026-07-11T00:00:00Z"
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert [(each["code"], each["version"]) for each in package["definitions"]] == [("I-04", 2)]
    assert set(package["titles"]) == {"kk", "ru", "en"}
    assert [each["code"] for each in known["quantities"]] == ["register", "I-04"]
    assert known["quantities"][1]["within"] == "register"
    assert all(set(each["name"]) == {"kk", "ru", "en"} for each in known["quantities"])


def test_hidden_figures_are_empty_and_small_ones_are_hidden(analyst):
    rows = list(csv.DictReader(bundle_of(freeze())["table-1-region-stage.csv"].decode().splitlines()))
    hidden = {(row["region"], row["stage"], row["indicator"]) for row in rows if row["obs_status"] == "Q"}

    assert ("75", "pre_trial", "register") in hidden
    assert ("75", "pre_trial", "I-04") in hidden
    assert all((row["value"] == "") == (row["obs_status"] == "Q") for row in rows)
    assert len(rows) == 2 * 9


def test_the_same_figures_are_given_out_once(analyst):
    snapshot = freeze()
    order(snapshot, analyst)

    with pytest.raises(NotPossible, match="2026H1"):
        release_snapshot(snapshot, analyst, AT)
    assert len(publications()) == 1


def test_two_analysts_at_once_make_one_release(analyst, monkeypatch):
    """Both have seen that there was none; the database lets one of them in."""
    snapshot = freeze()
    order(snapshot, analyst)
    monkeypatch.setattr(publishing, "published_as", lambda _snapshot: None)
    monkeypatch.setattr(publishing, "issues_of", lambda _snapshot: [])

    with pytest.raises(NotPossible, match="2026H1"):
        release_snapshot(snapshot, make_user(Role.ANALYST), AT)
    db.session.rollback()
    assert len(publications()) == 1


def test_a_withdrawn_release_stays_listed_and_can_be_given_out_anew(analyst):
    snapshot = freeze()
    first = give_out(snapshot, analyst)
    withdraw(first, " Two regions were exchanged. ", analyst, AT)
    db.session.commit()

    assert published_as(snapshot) is None
    assert [each.withdrawal.reason for each in publications()] == ["Two regions were exchanged."]
    again = give_out(snapshot, analyst)
    assert (again.issue, published_as(snapshot)) == (2, again)
    assert content(again) == content(first)


def test_a_withdrawal_needs_a_reason_and_happens_once(analyst):
    publication = order(freeze(), analyst)
    with pytest.raises(NotPossible):
        withdraw(publication, "  ", analyst, AT)
    withdraw(publication, "A mistake.", analyst, AT)
    db.session.commit()

    with pytest.raises(NotPossible):
        withdraw(publication, "Once more.", analyst, AT)


def test_offices_and_months_are_not_given_out(analyst):
    offices = freeze(
        release=protected((Dimension("office", ("10", "75")), Dimension("stage", ("pre_trial", "sentence"))))
    )
    month = freeze("2026M06")

    for snapshot in (offices, month):
        with pytest.raises(NotPossible):
            release_snapshot(snapshot, analyst, AT)
        with pytest.raises(NotPossible):
            bundle_of(snapshot)


def test_files_that_fail_their_audit_take_the_release_back(analyst, monkeypatch):
    def fail(*_what):
        raise ValueError

    monkeypatch.setattr(heavy, "audit", fail)
    publication = give_out(freeze(), analyst)

    assert publication.files == []
    assert publication.withdrawal.reason
    assert without_files() == []


def test_what_a_dead_process_left_is_taken_up(analyst):
    publication = release_snapshot(freeze(), analyst, AT)
    db.session.commit()
    assert without_files() == [publication.id]
    write_missing_files()

    assert without_files() == []
    assert "datapackage.json" in content(publication)


def test_a_revision_names_what_was_frozen_before_it(analyst):
    freeze()
    package = json.loads(bundle_of(freeze(revision=1))["datapackage.json"])

    assert package["name"] == "qadam-2026h1-r1"
    assert package["qadam"]["earlier"] == [{"name": "2026H1", "path": "../2026H1", "period": "2026H1", "revision": 0}]


@pytest.mark.parametrize("table", ["publications", "publication_files", "publication_withdrawals"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id + 1000", "DELETE FROM {}"])
def test_what_was_given_out_never_changes(analyst, table, change):
    publication = release_snapshot(freeze(), analyst, AT)
    publication.files = [PublishedFile(path="datapackage.json", content=b"{}", size=2, sha256="0" * 64)]
    withdraw(publication, "A mistake.", analyst, AT)
    db.session.commit()

    with pytest.raises(DatabaseError):
        db.session.execute(text(change.format(table)))
    db.session.rollback()


def test_the_command_writes_the_bundle_of_a_frozen_period(app, analyst, tmp_path):
    freeze()
    command = ["indicators", "release", "2026H1", "--to", str(tmp_path / "out")]
    answer = app.test_cli_runner().invoke(args=command)
    written = {str(path.relative_to(tmp_path / "out")): path.read_bytes() for path in (tmp_path / "out").rglob("*.*")}

    assert answer.exit_code == 0, answer.stderr
    assert json.loads(answer.stdout)["period"] == "2026H1"
    assert written == bundle_of(db.session.query(Snapshot).one())
    assert app.test_cli_runner().invoke(args=["indicators", "audit", str(tmp_path / "out")]).exit_code == 0
    assert "is not empty" in app.test_cli_runner().invoke(args=command).stderr
    later = app.test_cli_runner().invoke(args=[*command[:3], "--to", str(tmp_path / "later"), "--revision", "7"])
    assert later.stderr == "2026H1 has no revision 7; the latest is 0.\n"


@pytest.mark.parametrize(
    ("period", "says"),
    [
        ("2025H1", "Freeze it first"),
        ("2090H1", "is not over yet"),
        ("soon", "is no period"),
        ("2026H3", "is no period"),
        ("2026M06", "A month is too short"),
    ],
)
def test_the_command_refuses_what_is_not_there(app, tmp_path, period, says):
    answer = app.test_cli_runner().invoke(args=["indicators", "release", period, "--to", str(tmp_path / "out")])

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert says in answer.stderr
    assert not (tmp_path / "out").exists()


def test_everybody_reads_a_file_without_a_cookie(app, analyst, stopped_clock):
    give_out(freeze(), analyst)
    visitor = app.test_client()
    answer = visitor.get("/open-data/2026H1/table-1-region-stage.csv")

    assert answer.status_code == 200
    assert answer.data == bundle_of(db.session.query(Snapshot).one())["table-1-region-stage.csv"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"].startswith("public, max-age=")
    assert visitor.get("/open-data/2026H1/codes/1-region.csv").status_code == 200
    again = visitor.get("/open-data/2026H1/table-1-region-stage.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "address", ["2026H1/datapackage.json", "2026H1-r1/datapackage.json", "2026H1/../../etc/passwd", "x/y", "2026H1/%00"]
)
def test_nothing_that_was_not_released_can_be_read(app, analyst, address):
    freeze()
    freeze(revision=1)

    assert app.test_client().get(f"/open-data/{address}").status_code in {400, 404}


def test_a_withdrawn_file_is_gone(app, analyst):
    withdraw(give_out(freeze(), analyst), "A mistake.", analyst, AT)
    db.session.commit()

    assert app.test_client().get("/open-data/2026H1/datapackage.json").status_code == 410
    assert db.session.query(Publication).one().files  # kept, for the record


def test_the_page_lists_what_is_given_out_and_what_is_not_any_longer(app, analyst):
    taken_back = order(freeze("2025H2"), analyst)
    withdraw(taken_back, "Two regions were exchanged.", analyst, AT)
    db.session.commit()
    give_out(freeze(), analyst)
    visitor = app.test_client()
    answer = visitor.get("/open-data/en")

    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"].startswith("public")
    assert "/open-data/2026H1/table-1-region-stage.csv" in answer.text
    assert "/open-data/2025H2/" not in answer.text
    assert "Two regions were exchanged." in answer.text
    assert visitor.get("/open-data", headers={"Accept-Language": "ru"}).headers["Vary"] == "Accept-Language"
    assert 'lang="kk"' in visitor.get("/open-data/kk").text


def test_all_files_come_as_one(app, analyst):
    visitor = app.test_client()
    assert visitor.get("/open-data/2026H1.zip").status_code == 404
    publication = give_out(freeze(), analyst)
    answer = visitor.get("/open-data/2026H1.zip")
    with ZipFile(BytesIO(answer.data)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == content(publication)
    assert visitor.get("/open-data/2026H1.zip").data == answer.data


@pytest.mark.one_engine
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", ["/open-data/2026H1", "/open-data/", "/open-data/en/", "/resocialisation/"])
def test_who_mistypes_a_public_address_gets_no_cookie(app, method, address):
    answer = getattr(app.test_client(), method)(address)

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
