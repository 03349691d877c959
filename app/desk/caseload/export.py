"""A line of the caseload in words, for a spreadsheet."""

from flask_babel import gettext as _

from app.assessments.labels import level_label
from app.clients.legal_bases import legal_bases
from app.desk.caseload.listing import Line
from app.web.formats import format_date
from app.web.languages import text_in
from app.web.spreadsheets import Value


def head() -> list[str]:
    return [
        _("Person"), _("Case"), _("Legal basis"), _("Stage"), _("Level"), _("Next visit"), _("Last reached"),
        _("On the register since"), _("Term ends"), _("Late"), _("Signals"), _("Officer"),
    ]  # fmt: skip


def row_of(line: Line) -> list[Value]:
    basis = legal_bases().get(line.basis)
    return [
        line.person,
        line.number,
        text_in(basis.names) if basis else line.basis,
        str(line.stage.label) if line.stage else "",
        level_label(line.level) if line.is_assessed else "",
        format_date(line.next_visit),
        format_date(line.reached_on),
        format_date(line.registered_on),
        format_date(line.term_to),
        "; ".join(str(kind.label) for kind in line.late),
        line.signals,
        line.officer,
    ]
