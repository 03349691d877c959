"""The words of contacts, inspections and group events."""

from enum import auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from app.clients.vocabulary import LABELS, Worded


class ContactKind(Worded):
    TALK = auto()
    CALL = auto()
    MESSAGE = auto()
    HOME_VISIT = auto()
    WORKPLACE = auto()
    INSPECTION = auto()

    @property
    def noun(self) -> str:
        """What an address calls it."""
        return self.value.replace("_", "-")

    @property
    def act(self) -> LazyString:
        """What the button says that leads to its form."""
        return ACTS[self]


class Whom(Worded):
    """Whom a contact was with; only the person's own ends a silence."""

    PERSON = auto()
    FAMILY = auto()
    REPRESENTATIVE = auto()
    EMPLOYER = auto()
    SCHOOL = auto()
    OTHER = auto()


class TalkAbout(Worded):
    INTRODUCTORY = auto()
    PREVENTIVE = auto()
    PROGRAM = auto()
    SUPPORT = auto()
    OTHER = auto()


class Means(Worded):
    SMS = auto()
    MESSENGER = auto()
    EMAIL = auto()
    LETTER = auto()


class Condition(Worded):
    """How a home was found."""

    GOOD = auto()
    FAIR = auto()
    POOR = auto()


class Seen(Worded):
    """The answer to a question of an inspection."""

    YES = auto()
    NO = auto()
    NOT_SEEN = auto()


class GroupKind(Worded):
    PREVENTIVE_TALK = auto()
    TRAINING = auto()
    WORK = auto()
    SPORT = auto()
    CULTURE = auto()
    OTHER = auto()


class Attended(Worded):
    """What is known of somebody on the list of a group event; ``NOT_EXPECTED`` takes them off it."""

    CAME = auto()
    VALID_REASON = auto()
    DID_NOT_COME = auto()
    NOT_EXPECTED = auto()


ACTS = {
    ContactKind.TALK: _l("Note a talk"),
    ContactKind.CALL: _l("Note a call"),
    ContactKind.MESSAGE: _l("Note a message"),
    ContactKind.HOME_VISIT: _l("Note a home visit"),
    ContactKind.WORKPLACE: _l("Note a visit to work or school"),
    ContactKind.INSPECTION: _l("Note an inspection of the home"),
}

LABELS |= {
    ContactKind: {
        ContactKind.TALK: _l("talk"),
        ContactKind.CALL: _l("telephone call"),
        ContactKind.MESSAGE: _l("message"),
        ContactKind.HOME_VISIT: _l("home visit"),
        ContactKind.WORKPLACE: _l("visit to the place of work or study"),
        ContactKind.INSPECTION: _l("inspection of the home"),
    },
    Whom: {
        Whom.PERSON: _l("the person"),
        Whom.FAMILY: _l("a member of the family"),
        Whom.REPRESENTATIVE: _l("the legal representative"),
        Whom.EMPLOYER: _l("the employer"),
        Whom.SCHOOL: _l("the school or college"),
        Whom.OTHER: _l("somebody else"),
    },
    TalkAbout: {
        TalkAbout.INTRODUCTORY: _l("introductory talk: order and conditions, rights and duties"),
        TalkAbout.PREVENTIVE: _l("preventive talk"),
        TalkAbout.PROGRAM: _l("the programme and its steps"),
        TalkAbout.SUPPORT: _l("support in a difficulty"),
        TalkAbout.OTHER: _l("something else"),
    },
    Means: {
        Means.SMS: _l("SMS"),
        Means.MESSENGER: _l("messenger"),
        Means.EMAIL: _l("e-mail"),
        Means.LETTER: _l("letter by post"),
    },
    Condition: {
        Condition.GOOD: _l("good"),
        Condition.FAIR: _l("fair, some things are missing"),
        Condition.POOR: _l("poor, help is needed"),
    },
    Seen: {Seen.YES: _l("yes"), Seen.NO: _l("no"), Seen.NOT_SEEN: _l("could not be seen")},
    GroupKind: {
        GroupKind.PREVENTIVE_TALK: _l("preventive talk in a group"),
        GroupKind.TRAINING: _l("training or course"),
        GroupKind.WORK: _l("job fair or meeting with employers"),
        GroupKind.SPORT: _l("sport"),
        GroupKind.CULTURE: _l("cultural event"),
        GroupKind.OTHER: _l("other event"),
    },
    Attended: {
        Attended.CAME: _l("came"),
        Attended.VALID_REASON: _l("absent for a valid reason"),
        Attended.DID_NOT_COME: _l("did not come"),
        Attended.NOT_EXPECTED: _l("taken off the list"),
    },
}
