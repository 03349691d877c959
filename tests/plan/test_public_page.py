"""The public page: what was released, in three languages, without sign-in, cookie or anything else."""

import re

import pytest

from app.access.models import Role
from app.clock import now
from app.indicators.bundles.models import PublicationWithdrawal
from app.plan.reports.models import ReportWithdrawal
from tests.factories.indicators import make_snapshot
from tests.factories.people import make_user
from tests.factories.reports import PLAN, make_published, make_release
from tests.factories.saving import saved
from tests.factories.statements import statements

PAGE = "/resocialisation"


@pytest.fixture
def visitor(app, stopped_clock):
    return app.test_client()


def addresses(published):
    here = f"{PAGE}/en"
    return [
        PAGE, here, f"{here}/indicators/I-04", f"{here}/indicators/I-04/picture.svg?name=stage",
        f"{here}/reports/{published.id}", f"{here}/reports/{published.id}/I-04.svg?name=region&theme=dark",
        f"{PAGE}/ru/reports/{published.id}.pdf", f"{PAGE}/kk/reports/{published.id}.xlsx",
    ]  # fmt: skip


def test_every_public_page_sets_no_cookie_and_is_kept_by_caches(visitor, sign_in):
    published = make_published()

    for browser in (visitor, sign_in(make_user(Role.OFFICER))):
        for address in addresses(published):
            answer = browser.get(address)
            assert answer.status_code == 200, address
            assert "Set-Cookie" not in answer.headers
            assert "Cookie" not in answer.headers.get("Vary", "")
            assert answer.headers["Cache-Control"].startswith("public, max-age=")
            again = browser.get(address, headers={"If-None-Match": answer.headers["ETag"]})
            assert (again.status_code, again.data) == (304, b"")


def test_the_address_without_a_language_answers_in_the_readers_own(visitor):
    kazakh = visitor.get(PAGE, headers={"Accept-Language": "kk"})
    other = visitor.get(PAGE, headers={"Accept-Language": "fr"})

    assert 'lang="kk"' in kazakh.text and 'lang="kk"' in other.text
    assert kazakh.headers["Vary"] == "Accept-Language"
    assert 'lang="ru"' in visitor.get(f"{PAGE}/ru").text
    assert visitor.get(f"{PAGE}/ru").headers.get("Vary") is None


def test_the_page_asks_nothing_of_another_host(visitor):
    page = visitor.get(f"{PAGE}/en").text

    assert re.findall(r'(?:src|href|srcset)="(?!/|#)[^"]*"', page) == []
    assert "<script" not in page and "<form" not in page and "style=" not in page


def test_nothing_is_shown_of_what_was_not_released(visitor):
    make_snapshot()

    assert "No figures have been released yet." in visitor.get(f"{PAGE}/en").text
    assert visitor.get(f"{PAGE}/en/indicators/I-04").status_code == 404


def take_back(release):
    saved(PublicationWithdrawal(
        publication_id=release.id, reason="Mistake", withdrawn_at=now(), withdrawn_by_id=make_user(Role.ANALYST).id
    ))  # fmt: skip


def test_a_report_says_that_its_figures_were_withdrawn(visitor, sign_in):
    published, ministry = make_published(), sign_in(make_user(Role.MINISTRY))
    pages = [
        (visitor, f"{PAGE}/en/reports/{published.id}", "Figures in this report were withdrawn: First half of 2026."),
        (visitor, f"{PAGE}/en", "Figures in this report were withdrawn: First half of 2026."),
        (ministry, f"/plan-reports/{published.report_id}", "Withdraw the report, or publish it again"),
        (ministry, f"/plans/{PLAN}/reports", "figures withdrawn"),
        (ministry, f"/plans/{PLAN}/progress/2026H1", "figures withdrawn"),
    ]
    assert [words in browser.get(address).text for browser, address, words in pages] == [False] * len(pages)

    take_back(make_release())

    assert [words in browser.get(address).text for browser, address, words in pages] == [True] * len(pages)


def test_of_a_report_only_the_publication_that_holds_waits_for_the_ministry(visitor, sign_in):
    make_published()
    take_back(make_release())
    make_published()  # of the same figures, which stay withdrawn

    board = sign_in(make_user(Role.MINISTRY)).get(f"/plans/{PLAN}/progress/2026H1").text
    assert board.count("figures withdrawn") == 1


def test_a_release_that_was_withdrawn_is_not_shown(visitor):
    release = make_release()
    assert "No figures" not in visitor.get(f"{PAGE}/en").text

    take_back(release)

    assert "No figures have been released yet." in visitor.get(f"{PAGE}/en").text


def test_a_hidden_figure_is_a_word_and_its_number_is_nowhere(visitor):
    make_release()

    page = visitor.get(f"{PAGE}/en/indicators/I-04").text

    assert "hidden" in page
    assert "Figures are hidden so that nobody can be recognised" in page


def test_a_file_is_handed_out_to_the_byte(visitor):
    published = make_published()

    answer = visitor.get(f"{PAGE}/ru/reports/{published.id}.pdf")

    assert answer.data == b"to the byte"
    assert answer.mimetype == "application/pdf"
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="report-{published.report_id}-1-2026H1-ru.pdf"'
    )


def test_a_withdrawn_report_is_gone_and_says_why(visitor):
    published = make_published()
    saved(ReportWithdrawal(
        publication_id=published.id, kk="Қате табылды.", ru="Найдена ошибка.", by_id=published.by_id, at=now()
    ))  # fmt: skip

    for address in (f"{PAGE}/ru/reports/{published.id}", f"{PAGE}/ru/reports/{published.id}.pdf"):
        answer = visitor.get(address)
        assert answer.status_code == 410
        assert "Найдена ошибка." in answer.text
        assert "Set-Cookie" not in answer.headers
    assert "Найдена ошибка." in visitor.get(f"{PAGE}/ru").text


def test_an_earlier_publication_leads_to_the_later_one(visitor):
    first = make_published()
    second = make_published()

    page = visitor.get(f"{PAGE}/en/reports/{first.id}").text

    assert f"{PAGE}/en/reports/{second.id}" in page
    assert f"{PAGE}/en/reports/{first.id}" in visitor.get(f"{PAGE}/en").text.split("Earlier publications")[1]


@pytest.mark.one_engine
@pytest.mark.parametrize(
    "address",
    ["/de", "/en/indicators/I-99", "/en/reports/999", "/en/reports/999.pdf", "/en/reports/999/I-04.svg",
     "/en/indicators/I-04/picture.svg", "/en/indicators/I-04/picture.svg?name=region&theme=pink",
     "/en/indicators/%F0%9F%98%80"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found_and_sets_no_cookie(visitor, address):
    make_release()
    answer = visitor.get(PAGE + address)

    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers


def test_english_readers_are_told_when_words_are_in_another_language(visitor):
    published = make_published()

    page = visitor.get(f"{PAGE}/en/reports/{published.id}").text

    assert '<p class="prose" lang="ru">Русский текст.</p>' in page


def test_the_page_takes_no_more_statements_for_more_reports(visitor):
    make_published()
    visitor.get(f"{PAGE}/en")
    for_one = statements(lambda: visitor.get(f"{PAGE}/en"))
    for _ in range(3):
        make_published()

    assert statements(lambda: visitor.get(f"{PAGE}/en")) <= for_one <= 12
