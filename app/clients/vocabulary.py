"""The words of the register: enumerations, and how people read them."""

from enum import StrEnum, auto

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Worded(StrEnum):
    """An enumeration whose members people read."""

    @property
    def label(self) -> LazyString:
        return LABELS[self.__class__][self]


class Sex(Worded):
    MALE = auto()
    FEMALE = auto()


class Citizenship(Worded):
    KZ = "KZ"
    FOREIGN = auto()
    STATELESS = auto()
    UNKNOWN = auto()


class IinUnknown(Worded):
    NEVER_ISSUED = auto()
    FOREIGN_CITIZEN = auto()
    DOCUMENTS_LOST = auto()
    NOT_YET_ESTABLISHED = auto()


class NameKind(StrEnum):
    CURRENT = auto()
    FORMER = auto()


class Registration(Worded):
    PERMANENT = auto()
    TEMPORARY = auto()
    NONE = auto()


class Education(Worded):
    NONE = auto()
    BASIC = auto()
    SECONDARY = auto()
    VOCATIONAL = auto()
    HIGHER = auto()
    UNKNOWN = auto()


class Employment(Worded):
    EMPLOYED = auto()
    SELF_EMPLOYED = auto()
    SEEKING = auto()
    STUDYING = auto()
    CARING = auto()
    RETIRED = auto()
    UNABLE = auto()
    NOT_SEEKING = auto()
    UNKNOWN = auto()


class Family(Worded):
    SINGLE = auto()
    MARRIED = auto()
    COHABITING = auto()
    DIVORCED = auto()
    WIDOWED = auto()
    UNKNOWN = auto()


class DocumentKind(Worded):
    IDENTITY_CARD = auto()
    PASSPORT = auto()
    BIRTH_CERTIFICATE = auto()
    WORK_RECORD = auto()
    PENSION_PAPERS = auto()
    EDUCATION_CERTIFICATE = auto()
    MILITARY_CARD = auto()
    DISABILITY_CERTIFICATE = auto()
    RESIDENCE_PERMIT = auto()


class DocumentState(Worded):
    HELD = auto()
    MISSING = auto()
    BEING_RESTORED = auto()


class Stage(Worded):
    PRE_TRIAL = auto()
    SENTENCE = auto()
    PENITENTIARY = auto()
    POST_PENITENTIARY = auto()


class Body(Worded):
    PROBATION = auto()
    POLICE = auto()
    INSTITUTION = auto()


class Ground(Worded):
    TERM_ENDED = auto()
    EARLY_CANCELLATION = auto()
    REPLACED_BY_CUSTODY = auto()
    SENTENCE_ANNULLED = auto()
    AMNESTY_OR_PARDON = auto()
    ILLNESS = auto()
    DEATH = auto()
    CASE_DISCONTINUED = auto()


class EventKind(Worded):
    """What may happen between two meetings: first what calls for another look, then what is a gain."""

    NEW_OFFENCE = auto()
    BREACH = auto()
    MISSED_APPOINTMENT = auto()
    LOST_WORK = auto()
    LOST_HOME = auto()
    TREATMENT_STOPPED = auto()
    CONFLICT_AT_HOME = auto()
    FOUND_WORK = auto()
    FOUND_HOME = auto()
    TREATMENT_STARTED = auto()

    @property
    def is_gain(self) -> bool:
        return self in {EventKind.FOUND_WORK, EventKind.FOUND_HOME, EventKind.TREATMENT_STARTED}


class Outcome(Worded):
    """What became of an offered transfer."""

    ACCEPTED = auto()
    DECLINED = auto()
    WITHDRAWN = auto()


LABELS: dict[type[Worded], dict[Worded, LazyString]] = {
    Sex: {Sex.MALE: _l("male"), Sex.FEMALE: _l("female")},
    Citizenship: {
        Citizenship.KZ: _l("Kazakhstan"),
        Citizenship.FOREIGN: _l("another country"),
        Citizenship.STATELESS: _l("no citizenship"),
        Citizenship.UNKNOWN: _l("not yet established"),
    },
    IinUnknown: {
        IinUnknown.NEVER_ISSUED: _l("an IIN was never issued"),
        IinUnknown.FOREIGN_CITIZEN: _l("a citizen of another country without an IIN"),
        IinUnknown.DOCUMENTS_LOST: _l("documents are lost and being restored"),
        IinUnknown.NOT_YET_ESTABLISHED: _l("identity is not yet established"),
    },
    Registration: {
        Registration.PERMANENT: _l("permanent registration"),
        Registration.TEMPORARY: _l("temporary registration"),
        Registration.NONE: _l("no registration"),
    },
    Education: {
        Education.NONE: _l("none"),
        Education.BASIC: _l("basic school"),
        Education.SECONDARY: _l("secondary school"),
        Education.VOCATIONAL: _l("vocational training"),
        Education.HIGHER: _l("higher education"),
        Education.UNKNOWN: _l("not known"),
    },
    Employment: {
        Employment.EMPLOYED: _l("employed"),
        Employment.SELF_EMPLOYED: _l("self-employed"),
        Employment.SEEKING: _l("looking for work"),
        Employment.STUDYING: _l("studying"),
        Employment.CARING: _l("caring for a child or a relative"),
        Employment.RETIRED: _l("retired"),
        Employment.UNABLE: _l("unable to work for health reasons"),
        Employment.NOT_SEEKING: _l("neither working nor looking for work"),
        Employment.UNKNOWN: _l("not known"),
    },
    Family: {
        Family.SINGLE: _l("single"),
        Family.MARRIED: _l("married"),
        Family.COHABITING: _l("living together unmarried"),
        Family.DIVORCED: _l("divorced"),
        Family.WIDOWED: _l("widowed"),
        Family.UNKNOWN: _l("not known"),
    },
    DocumentKind: {
        DocumentKind.IDENTITY_CARD: _l("identity card"),
        DocumentKind.PASSPORT: _l("passport"),
        DocumentKind.BIRTH_CERTIFICATE: _l("birth certificate"),
        DocumentKind.WORK_RECORD: _l("work record book"),
        DocumentKind.PENSION_PAPERS: _l("pension papers"),
        DocumentKind.EDUCATION_CERTIFICATE: _l("certificate of education"),
        DocumentKind.MILITARY_CARD: _l("military card"),
        DocumentKind.DISABILITY_CERTIFICATE: _l("certificate of disability"),
        DocumentKind.RESIDENCE_PERMIT: _l("residence permit"),
    },
    DocumentState: {
        DocumentState.HELD: _l("held"),
        DocumentState.MISSING: _l("missing"),
        DocumentState.BEING_RESTORED: _l("being restored"),
    },
    Stage: {
        Stage.PRE_TRIAL: _l("pre-trial probation"),
        Stage.SENTENCE: _l("sentence probation"),
        Stage.PENITENTIARY: _l("penitentiary probation"),
        Stage.POST_PENITENTIARY: _l("post-penitentiary probation"),
    },
    Body: {
        Body.PROBATION: _l("probation service"),
        Body.POLICE: _l("police"),
        Body.INSTITUTION: _l("institution of the penal system"),
    },
    EventKind: {
        EventKind.NEW_OFFENCE: _l("new offence"),
        EventKind.BREACH: _l("breach of the duties"),
        EventKind.MISSED_APPOINTMENT: _l("missed appointment"),
        EventKind.LOST_WORK: _l("work lost"),
        EventKind.LOST_HOME: _l("home lost"),
        EventKind.TREATMENT_STOPPED: _l("treatment stopped"),
        EventKind.CONFLICT_AT_HOME: _l("conflict at home"),
        EventKind.FOUND_WORK: _l("work found"),
        EventKind.FOUND_HOME: _l("home found"),
        EventKind.TREATMENT_STARTED: _l("treatment started"),
    },
    Outcome: {
        Outcome.ACCEPTED: _l("accepted"),
        Outcome.DECLINED: _l("declined"),
        Outcome.WITHDRAWN: _l("taken back"),
    },
    Ground: {
        Ground.TERM_ENDED: _l("the term has ended"),
        Ground.EARLY_CANCELLATION: _l("the court cancelled the rest of the term"),
        Ground.REPLACED_BY_CUSTODY: _l("the court replaced it by custody"),
        Ground.SENTENCE_ANNULLED: _l("the sentence was annulled"),
        Ground.AMNESTY_OR_PARDON: _l("amnesty or pardon"),
        Ground.ILLNESS: _l("serious illness or disability"),
        Ground.DEATH: _l("death"),
        Ground.CASE_DISCONTINUED: _l("the criminal case was discontinued"),
    },
}
