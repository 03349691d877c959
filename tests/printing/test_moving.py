"""The sheets of programmes that were issued before papers had codes keep their bytes as they move, and back."""

from flask_migrate import downgrade, upgrade
from sqlalchemy import text

from app.db import db
from app.printing import codes
from app.printing.vocabulary import PaperKind
from tests.factories.people import make_user
from tests.factories.printing import make_paper
from tests.factories.programs import make_approved

SHEETS = "SELECT version_id, language, content, sha256 FROM program_sheets ORDER BY 1, 2"
PAPERS = (
    "SELECT record_id, language, content, sha256 FROM issued_papers WHERE kind = 'program' ORDER BY 1, 2",
    "SELECT number, series, ordinal, kind, client_id, office_id, size FROM issued_papers ORDER BY language",
)


def rows(statement: str) -> list[tuple]:
    found = [tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
             for row in db.session.execute(text(statement))]  # fmt: skip
    db.session.rollback()
    return found


def test_sheets_move_with_their_bytes_and_back(app, officer):
    version = make_approved(officer, make_user())
    case = version.case
    for language in ("kk", "ru"):
        make_paper(case, officer, record_id=version.id, number=version.number, language=language)
    make_paper(case, officer, kind=PaperKind.REFERRAL, record_id=7, series="R-1", number="R-1")
    before, told = rows(PAPERS[0]), (version.number, version.program.number, 1, "program", case.client_id)
    db.session.remove()

    downgrade(revision="0023")
    sheets = rows(SHEETS)
    upgrade(revision="0024")

    assert sheets == before == rows(PAPERS[0])
    assert rows(PAPERS[1]) == [(*told, case.assignment.office_id, len(before[0][2]))] * 2, "other kinds did not go back"
    assert all(codes.read(code) for (code,) in rows("SELECT code FROM issued_papers"))
