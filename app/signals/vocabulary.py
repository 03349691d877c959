"""The words of this room: how urgent a signal is, who is told, how it ends."""

from enum import auto

from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class Severity(Worded):
    """How soon a signal asks for somebody."""

    WATCH = auto()
    SOON = auto()
    TODAY = auto()

    @property
    def rank(self) -> int:
        return tuple(Severity).index(self)

    @property
    def tone(self) -> str:
        return ("info", "caution", "serious")[self.rank]


class Told(Worded):
    """Who is told of a signal. The head of service is told of every one that is not acknowledged in time."""

    OFFICER = auto()
    HEAD = auto()


class Verdict(Worded):
    """How a signal ended."""

    HANDLED = auto()
    FALSE_ALARM = auto()
    SETTLED = auto()  # by the system: what it spoke of is no longer so


class Reason(Worded):
    """Why a signal ended: the first three for a false alarm, then for one that was handled, then the system's own."""

    WRONG_RECORD = auto()
    EXPLAINED = auto()
    NO_CONCERN = auto()
    HELP_GIVEN = auto()
    PROGRAM_CHANGED = auto()
    OTHER_BODY = auto()
    OTHERWISE = auto()
    NO_LONGER_SO = auto()
    OFF_REGISTER = auto()


FALSE_REASONS = (Reason.WRONG_RECORD, Reason.EXPLAINED, Reason.NO_CONCERN)
HANDLED_REASONS = (Reason.HELP_GIVEN, Reason.PROGRAM_CHANGED, Reason.OTHER_BODY, Reason.OTHERWISE)

LABELS[Severity] = {
    Severity.WATCH: _l("watch"),
    Severity.SOON: _l("act soon"),
    Severity.TODAY: _l("act today"),
}
LABELS[Told] = {Told.OFFICER: _l("the officer"), Told.HEAD: _l("the head of service")}
LABELS[Verdict] = {
    Verdict.HANDLED: _l("handled"),
    Verdict.FALSE_ALARM: _l("false alarm"),
    Verdict.SETTLED: _l("settled by itself"),
}
LABELS[Reason] = {
    Reason.WRONG_RECORD: _l("what was recorded is wrong"),
    Reason.EXPLAINED: _l("it has a good explanation"),
    Reason.NO_CONCERN: _l("true, but nothing to worry about"),
    Reason.HELP_GIVEN: _l("talked with the person, help was given"),
    Reason.PROGRAM_CHANGED: _l("the programme or the assessment was brought up to date"),
    Reason.OTHER_BODY: _l("passed to those who decide about it"),
    Reason.OTHERWISE: _l("otherwise"),
    Reason.NO_LONGER_SO: _l("it is no longer so"),
    Reason.OFF_REGISTER: _l("the case left the register"),
}
