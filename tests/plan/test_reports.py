"""Reports are begun, written, published and withdrawn; what is published never changes."""

import json
from hashlib import sha256
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError

from app.access.models import Role
from app.clock import today
from app.db import db
from app.plan.reports.gathering import draft_of
from app.plan.reports.models import PublishedReport, Publishing, Report, ReportFile, ReportText
from app.plan.reports.vocabulary import FileForm, ReportKind, Section
from app.plan.reports.working import work
from app.plan.vocabulary import Progress
from app.tasks.claims import left_behind
from tests.factories.people import make_user
from tests.factories.reports import (
    PLAN,
    make_accepted,
    make_published,
    make_release,
    make_report,
    make_snapshot,
    make_text,
)
from tests.reading_paper import text_of

LIST = f"/plans/{PLAN}/reports"


@pytest.fixture
def ministry(app, sign_in, stopped_clock):
    return sign_in(make_user(Role.MINISTRY))


def test_a_report_is_begun_once(app, sign_in, stopped_clock):
    analyst = sign_in(make_user(Role.ANALYST))
    form = {"kind": "half_year", "period": "2026H1"}

    first, second = analyst.post(LIST, data=form), analyst.post(LIST, data=form)

    assert first.location == second.location
    assert db.session.query(Report).count() == 1
    assert analyst.get(first.location).status_code == 200


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"kind": "half_year", "period": "2031H1"}, "The plan owes no such report"),
        ({"kind": "half_year", "period": "2026"}, "The plan owes no such report"),
        ({"kind": "decade", "period": "2026H1"}, "The plan owes no such report"),
        ({}, "The plan owes no such report"),
        ({"kind": "half_year", "period": "2027H1"}, "The period begins on 1 January 2027"),
    ],
    ids=str,
)
def test_what_is_not_owed_is_not_begun(ministry, form, sentence):
    assert sentence in ministry.post(LIST, data=form, follow_redirects=True).text
    assert db.session.query(Report).count() == 0


@pytest.mark.parametrize(
    ("period", "prepare", "sentence"),
    [
        ("2026H2", lambda: None, "The period is not over. Its report can be published from 1 January 2027 on."),
        ("2026H1", lambda: None, "The figures are not frozen: First half of 2026."),
        ("2026H1", make_snapshot, "The figures are frozen and not released: First half of 2026."),
    ],
    ids=["not over", "not frozen", "not released"],
)
def test_a_report_without_released_figures_is_refused_with_a_sentence(ministry, period, prepare, sentence):
    prepare()
    report = make_report(period=period)

    answer = ministry.post(f"/plan-reports/{report.id}/publication", data={})

    assert sentence in answer.text
    assert sentence in ministry.get(f"/plan-reports/{report.id}").text
    assert db.session.query(PublishedReport).count() == 0


def test_what_bodies_have_not_reported_is_named_and_hinders_nothing(ministry):
    make_release()
    make_accepted("MVD")
    report = make_report()

    page = ministry.get(f"/plan-reports/{report.id}").text

    assert "First half of 2026, no report:" in page
    assert "Ministry of Health" in page.split("no report:")[1].split("</li>")[0]
    assert "Ministry of Internal Affairs" not in page.split("no report:")[1].split("</li>")[0]


def test_only_accepted_words_stand_in_a_report(ministry):
    make_release()
    make_accepted("MVD", kk="Қабылданды.", ru="Принято и стоит в отчёте.", state=Progress.UNDER_WAY)
    make_accepted("GP", accepted=False, ru="Ещё не принято.")

    content = draft_of(make_report(), today()).content

    assert [words["ru"] for words in content["measures"][0]["words"]] == ["Принято и стоит в отчёте."]
    assert {"period": "2026H1", "standing": "submitted", "bodies": ["GP"]} in content["lacks"]


def test_a_part_is_kept_in_versions(ministry):
    report = make_report()
    address = f"/plan-reports/{report.id}/texts/summary"

    ministry.post(address, data={"version": "0", "kk": "Бір", "ru": "Один"})
    ministry.post(address, data={"version": "1", "kk": "Бір", "ru": "Один и ещё"})

    rows = db.session.scalars(db.select(ReportText).order_by(ReportText.version)).all()
    assert [(row.version, row.kk, row.ru) for row in rows] == [(1, "Бір", "Один"), (2, "Бір", "Один и ещё")]
    assert "Version 1" in ministry.get(address).text


def test_two_who_write_at_once_see_both_versions(ministry):
    report = make_report()
    make_text(report, ru="Что написал другой.")

    page = ministry.post(
        f"/plan-reports/{report.id}/texts/summary", data={"version": "0", "kk": "", "ru": "Что написал я."}
    ).text

    assert "Somebody else saved this while you were typing" in page
    assert "Что написал другой." in page and "Что написал я." in page
    assert db.session.query(ReportText).count() == 1


@pytest.mark.one_engine
@pytest.mark.parametrize("section", ["evaluation", "nothing", "SUMMARY"])
def test_a_part_that_the_report_does_not_have_is_not_found(ministry, section):
    assert ministry.get(f"/plan-reports/{make_report().id}/texts/{section}").status_code == 404


@pytest.mark.one_engine
def test_too_long_a_text_stays_on_the_page_with_a_sentence(ministry):
    page = ministry.post(
        f"/plan-reports/{make_report().id}/texts/summary", data={"version": "0", "ru": "о" * 12_001}
    ).text

    assert "This is too long. Use at most 12000 characters." in page
    assert "о" * 12_001 in page


@pytest.fixture
def published(ministry):
    """The half-year's report with everything in it, published by its page."""
    make_release("2025H2")
    make_release()
    make_accepted("MVD")
    report = make_report()
    make_text(report, kk="Қысқаша айтқанда, жарты жылдық.", ru="=Коротко о полугодии.")
    ministry.post(f"/plan-reports/{report.id}/publication", data={})
    work_off()
    return db.session.scalars(db.select(PublishedReport)).one()


def work_off():
    """What the queue does soon after the press."""
    (publishing_id,) = left_behind(Publishing)
    work(publishing_id)


def files(published):
    found = db.session.scalars(db.select(ReportFile).where(ReportFile.publication_id == published.id))
    return {(file.form, file.language): file for file in found}


def test_a_report_is_published_once_and_for_all(published):
    """One test, as printing takes a while: bytes, languages, numbers, and that nothing moves afterwards."""
    kept = files(published)
    keeps_its_bytes_with_their_hash(published, kept)
    speaks_one_language_on_each_sheet(published, kept)
    has_the_same_numbers_in_a_spreadsheet_that_runs_nothing(published, kept)
    for table in ("plan_published_reports", "plan_report_files", "plan_report_texts", "plan_reports"):
        never_changes(table)


def keeps_its_bytes_with_their_hash(published, kept):
    books = {(FileForm.XLSX, code) for code in ("kk", "ru", "en")}
    assert set(kept) == {(FileForm.PDF, "kk"), (FileForm.PDF, "ru"), *books}
    for file in kept.values():
        assert sha256(file.content).hexdigest() == file.sha256
    assert sha256(published.content.encode()).hexdigest() == published.sha256
    source = json.loads(published.content)["sources"][-1]
    assert (source["period"], source["revision"], source["sha256"]) == ("2026H1", 0, make_snapshot().sha256)


def speaks_one_language_on_each_sheet(published, kept):
    kk, ru = (text_of(kept[FileForm.PDF, code].content) for code in ("kk", "ru"))
    assert published.number in kk and published.number in ru
    assert "Қысқаша айтқанда" in kk and "Коротко" not in kk
    assert "Коротко о полугодии" in ru and "Қысқаша айтқанда" not in ru


def has_the_same_numbers_in_a_spreadsheet_that_runs_nothing(published, kept):
    content = json.loads(published.content)
    book = load_workbook(BytesIO(kept[FileForm.XLSX, "en"].content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert "'=Коротко о полугодии." in {cell.value for cell in cells}
    rows = {(row[0], row[3]): row[4:7] for row in book.worksheets[1].iter_rows(min_row=2, values_only=True)}
    for each in content["indicators"]:
        total = each["totals"][-1]
        figure = total["count"] if each["unit"] == "count" else total["rate"]
        assert rows[each["code"], "2026H1"] == (total["count"], total["of"], figure)


def never_changes(table):
    for statement in (f"UPDATE {table} SET id = id + 1000", f"DELETE FROM {table}"):  # noqa: S608 – names of ours
        with pytest.raises(DBAPIError, match="stays as it is"):
            db.session.execute(sql(statement))
        db.session.rollback()


@pytest.mark.one_engine
def test_another_publication_is_a_numbered_revision_with_a_reason(ministry, published):
    address = f"/plan-reports/{published.report_id}/publication"
    why = {"kk": "Толықтырылды.", "ru": "Дополнено."}

    assert "Say in Kazakh why the report is published again" in ministry.post(address, data={}).text
    assert f"Nothing has changed since No. {published.number} was published." in ministry.post(address, data=why).text
    make_text(published.report, Section.NEXT)
    ministry.post(address, data=why)
    work_off()

    first, second = db.session.scalars(db.select(PublishedReport).order_by(PublishedReport.id))
    assert (first.revision, second.revision) == (0, 1)
    assert second.number == f"{published.report_id}-2/2026H1"
    assert "Дополнено." in text_of(files(second)[FileForm.PDF, "ru"].content)


def test_a_withdrawal_asks_for_a_reason_in_both_languages(ministry):
    published = make_published()
    address = f"/plan-publications/{published.id}/withdrawal"

    assert "Say in Russian why" in ministry.post(address, data={"kk": "Қате табылды."}).text
    ministry.post(address, data={"kk": "Қате табылды.", "ru": "Найдена ошибка."})
    again = ministry.post(address, data={"kk": "Тағы.", "ru": "Ещё."}, follow_redirects=True)

    assert db.session.get(PublishedReport, published.id).withdrawal.ru == "Найдена ошибка."
    assert "is withdrawn already" in again.text


def test_what_everybody_will_read_holds_nobodys_number(ministry):
    published, number = make_published(), "ИИН 900501300012"
    draft, said = f"/plan-reports/{published.report_id}", {"kk": "Түзетілді.", "ru": number}
    pages = [
        ministry.post(f"{draft}/texts/summary", data={"version": "0", "ru": number}),
        ministry.post(f"{draft}/publication", data=said),
        ministry.post(f"/plan-publications/{published.id}/withdrawal", data=said),
    ]

    assert ["The plan names no person: leave it out." in page.text for page in pages] == [True] * 3
    assert db.session.query(PublishedReport).count() == 1
    assert db.session.get(PublishedReport, published.id).withdrawal is None


def test_an_analyst_writes_and_does_not_publish(app, sign_in, stopped_clock):
    report, analyst = make_report(), sign_in(make_user(Role.ANALYST))

    assert analyst.get(f"/plan-reports/{report.id}").status_code == 200
    assert analyst.post(f"/plan-reports/{report.id}/publication", data={}).status_code == 403


def test_the_year_and_the_whole_plan_stand_side_by_side(ministry, stopped_clock):
    stopped_clock.move(days=900)
    for year in (2026, 2027, 2028):
        for half in (1, 2):
            make_release(f"{year}H{half}")
    year = draft_of(make_report(ReportKind.YEAR, "2027"), today())
    whole = draft_of(make_report(ReportKind.CONSOLIDATED, "2026-2028"), today())

    assert year.hindrances == whole.hindrances == []
    assert "evaluates the plan every year" in year.content["plan"]["asked"]["en"]
    assert "by 25 February 2029" in whole.content["plan"]["asked"]["en"]
    assert year.content["indicators"][0]["periods"] == ["2027H1", "2027H2"]
    assert len(whole.content["indicators"][0]["periods"]) == 6
    assert [state["period"] for state in whole.content["measures"][0]["states"]][-1] == "2028H2"
