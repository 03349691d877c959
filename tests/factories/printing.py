"""Build issued papers; name only what the test is about."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from app.access.models import User
from app.clients.cases import Case
from app.printing import codes
from app.printing.models import IssuedPaper
from app.printing.vocabulary import PaperKind
from tests.factories.saving import saved


def make_paper(case: Case, by: User, ordinal: int = 1, content: bytes = b"%PDF-1.7", **given: Any) -> IssuedPaper:
    """A programme's sheet in Kazakh, unless said; its bytes are no PDF."""
    content += str(ordinal).encode()
    paper = IssuedPaper(
        kind=PaperKind.PROGRAM, record_id=1, series="P-2026-000001", number=f"P-2026-000001/{ordinal}", ordinal=ordinal,
        language="kk", code=codes.draw(), on=date(2026, 3, 18), client_id=case.client_id,
        office_id=case.assignment.office_id, content=content, size=len(content), sha256=sha256(content).hexdigest(),
        is_sealed=False, issued_by_id=by.id, issued_at=datetime(2026, 3, 18, 6, tzinfo=UTC),
    )  # fmt: skip
    for name, value in given.items():
        setattr(paper, name, value)
    return saved(paper)
