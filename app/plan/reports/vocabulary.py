"""The kinds of report, the parts that people write, and what is not there, each with its words."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.plan.vocabulary import Standing


class ReportKind(StrEnum):
    """Half-year: point 2.2 of the decree; year: point 3.1; consolidated: point 3.2."""

    HALF_YEAR = auto()
    YEAR = auto()
    CONSOLIDATED = auto()

    @property
    def label(self) -> LazyString:
        return KIND_LABELS[self]

    @property
    def sections(self) -> "tuple[Section, ...]":
        return SECTIONS[self]


class Section(StrEnum):
    """A part of a report that people write, in Kazakh and in Russian."""

    SUMMARY = auto()
    EVALUATION = auto()
    MEASURES = auto()
    FIGURES = auto()
    DIFFICULTIES = auto()
    NEXT = auto()

    @property
    def label(self) -> LazyString:
        return SECTION_LABELS[self]

    @property
    def advice(self) -> LazyString:
        return SECTION_ADVICE[self]


class FileForm(StrEnum):
    """In which form a published report is handed out."""

    PDF = auto()
    XLSX = auto()

    @property
    def media_type(self) -> str:
        return MEDIA_TYPES[self]


KIND_LABELS = {
    ReportKind.HALF_YEAR: _l("Report of the half-year"),
    ReportKind.YEAR: _l("Evaluation of the year"),
    ReportKind.CONSOLIDATED: _l("Consolidated report"),
}

SECTIONS = {
    ReportKind.HALF_YEAR: (Section.SUMMARY, Section.MEASURES, Section.FIGURES, Section.DIFFICULTIES, Section.NEXT),
    ReportKind.YEAR: tuple(Section),
    ReportKind.CONSOLIDATED: tuple(Section),
}

SECTION_LABELS = {
    Section.SUMMARY: _l("In short"),
    Section.EVALUATION: _l("Evaluation"),
    Section.MEASURES: _l("How the measures are carried out"),
    Section.FIGURES: _l("What the figures show"),
    Section.DIFFICULTIES: _l("What stands in the way"),
    Section.NEXT: _l("What comes next"),
}

SECTION_ADVICE = {
    Section.SUMMARY: _l("Three or four sentences for a reader who reads no further."),
    Section.EVALUATION: _l("What has changed for people since the plan began, and by what it is known."),
    Section.MEASURES: _l("What the bodies' own words, which follow measure by measure, do not say yet."),
    Section.FIGURES: _l("What the figures mean. They are filled in by themselves, and what is hidden stays hidden."),
    Section.DIFFICULTIES: _l("What hinders, whom it concerns, and what is done about it."),
    Section.NEXT: _l("What is to be done by when."),
}

MEDIA_TYPES = {
    FileForm.PDF: "application/pdf",
    FileForm.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# Why a body's words on a half-year do not stand in a report.
LACKS = {
    Standing.NOT_BEGUN: _l("no report"),
    Standing.DRAFT: _l("a report begun and not sent in"),
    Standing.SUBMITTED: _l("a report not accepted yet"),
    Standing.RETURNED: _l("a report returned and not accepted yet"),
}
