"""The kinds of paper, and what each of them lets a person do who may read it."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.access.policy import Permission


class PaperKind(StrEnum):
    """A kind of paper that is issued: it bears a number, a date and a code, and its bytes are kept."""

    PROGRAM = auto()
    ASSISTANCE_PROGRAM = auto()
    REFERRAL = auto()
    RELEASE_CHECKLIST = auto()
    SUMMARY = auto()
    CLOSING_LETTER = auto()
    INSPECTION_ACT = auto()
    WORK_TIMESHEET = auto()
    WORK_ACT = auto()
    WARNING = auto()
    REPRESENTATION = auto()
    INCENTIVE = auto()
    SEARCH_NOTE = auto()

    @property
    def label(self) -> LazyString:
        return KIND_LABELS[self]

    @property
    def permission(self) -> Permission:
        """What who has it issued was allowed to do, for the journal."""
        return KIND_PERMISSIONS[self]


KIND_LABELS = {
    PaperKind.PROGRAM: _l("Individual programme of resocialisation"),
    PaperKind.ASSISTANCE_PROGRAM: _l("Individual programme of social-legal assistance"),
    PaperKind.REFERRAL: _l("Letter of referral"),
    PaperKind.RELEASE_CHECKLIST: _l("Release checklist"),
    PaperKind.SUMMARY: _l("My programme in plain words"),
    PaperKind.CLOSING_LETTER: _l("Closing letter"),
    PaperKind.INSPECTION_ACT: _l("Housing inspection act"),
    PaperKind.WORK_TIMESHEET: _l("Timesheet of community work"),
    PaperKind.WORK_ACT: _l("Act of community work"),
    PaperKind.WARNING: _l("Written warning"),
    PaperKind.REPRESENTATION: _l("Representation to the court"),
    PaperKind.INCENTIVE: _l("Words of thanks"),
    PaperKind.SEARCH_NOTE: _l("Note of the first steps of a search"),
}

KIND_PERMISSIONS = {
    PaperKind.PROGRAM: Permission.VIEW_PROGRAM,
    PaperKind.ASSISTANCE_PROGRAM: Permission.VIEW_ASSISTANCE,
    PaperKind.REFERRAL: Permission.VIEW_ASSISTANCE,
    PaperKind.RELEASE_CHECKLIST: Permission.PLAN_RELEASE,
    PaperKind.SUMMARY: Permission.VIEW_PROGRAM,
    PaperKind.CLOSING_LETTER: Permission.VIEW_PROGRAM,
    PaperKind.INSPECTION_ACT: Permission.VIEW_SUPERVISION,
    PaperKind.WORK_TIMESHEET: Permission.VIEW_SUPERVISION,
    PaperKind.WORK_ACT: Permission.VIEW_SUPERVISION,
    PaperKind.WARNING: Permission.VIEW_SUPERVISION,
    PaperKind.REPRESENTATION: Permission.VIEW_SUPERVISION,
    PaperKind.INCENTIVE: Permission.VIEW_SUPERVISION,
    PaperKind.SEARCH_NOTE: Permission.VIEW_SUPERVISION,
}
