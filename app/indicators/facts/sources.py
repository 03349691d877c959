"""Every source of facts. What an indicator counts is a column of one of them; a definition may name nothing else."""

from typing import Any

from sqlalchemy import Select

from app.indicators.counts import HELPER, OFFICE, PERSON
from app.indicators.definitions.book import Book
from app.indicators.definitions.reading import book
from app.indicators.facts import sessions
from app.indicators.facts.agreements import agreed
from app.indicators.facts.asking import Ask
from app.indicators.facts.assessments import ASSESSED
from app.indicators.facts.assistance import assisted
from app.indicators.facts.change import CHANGED
from app.indicators.facts.leavers import LEAVERS
from app.indicators.facts.minors import TOOK_PART
from app.indicators.facts.needs import needed
from app.indicators.facts.offences import OFFENDED
from app.indicators.facts.people import with_flags
from app.indicators.facts.programs import COVERED
from app.indicators.facts.referrals import REFERRALS
from app.indicators.facts.release import GATE
from app.indicators.facts.sessions import MET
from app.indicators.facts.shapes import Source
from app.indicators.facts.steps import STEPS
from app.indicators.facts.violations import IN_CUSTODY, control
from app.indicators.facts.work import EMPLOYMENT
from app.offices.reading import settle

OF_PEOPLE = ("region", "stage", "sex", "age", "basis")  # the dimensions of every line about a person on the register
FLAGS = (
    COVERED,
    ASSESSED,
    OFFENDED,
    EMPLOYMENT,
    MET,
    CHANGED,
    GATE,
    TOOK_PART,
    IN_CUSTODY,
)  # asked about everybody on the register


def register(ask: Ask) -> Select[Any]:
    """A line for each person on the register in the period, with all that is asked about them."""
    return with_flags(ask, FLAGS)


REGISTER = Source(
    code="register",
    lines=register,
    dimensions=(*OF_PEOPLE, "level", "change", "outside"),
    counts={
        "register": "register",
        "I-01": "has_offended",
        "I-03.able": "is_able",
        "I-03": "is_working",
        "I-04": "is_covered",
        "I-04.in_time": "is_in_time",
        "I-07": "is_on_time",
        "I-08": "was_reassessed",
        "I-09.released": "is_released",
        "I-09": "is_met",
        "I-10.needing": "needs_treatment",
        "I-10": "is_handed_over",
        "I-11": "was_met",
        "I-12": "took_part",
        "I-13.custody": "is_in_custody",
        "M-19.outside": "is_outside",
    },
)
SESSIONS = Source(
    code="sessions",
    lines=sessions.minutes,
    dimensions=OF_PEOPLE,
    counts={"I-11.minutes": "minutes"},
    contributors=(PERSON, HELPER, OFFICE),
)
CONTROL = Source(
    code="control",
    lines=control,
    dimensions=OF_PEOPLE,
    counts={"I-13": "violations", "I-13.warnings": "warnings", "I-13.representations": "representations"},
)
NEEDS = Source(
    code="needs",
    lines=needed,
    dimensions=(*OF_PEOPLE, "need"),
    counts={"M-19.needs": "has_need"},
)
ASSISTANCE = Source(
    code="assistance",
    lines=assisted,
    dimensions=(*OF_PEOPLE, "direction"),
    counts={"M-19.referred": "was_referred", "M-19.helped": "was_helped"},
)
AGREEMENTS = Source(
    code="agreements",
    lines=agreed,
    dimensions=("region", "agreement", "subject"),
    counts={"I-14": "in_force", "I-14.signed": "signed"},
    contributors=(),  # they are about no person
)
SOURCES = {
    source.code: source
    for source in (REGISTER, SESSIONS, CONTROL, NEEDS, ASSISTANCE, AGREEMENTS, LEAVERS, STEPS, REFERRALS)
}


def faults_of(defined: Book) -> list[str]:
    """What the definitions name and no source has."""
    faults = []
    for counted in defined.counted.values():
        source = SOURCES.get(counted.source)
        if source is None or counted.code not in source.counts:
            faults.append(f"{counted.code} is to be counted from {counted.source}, which does not count it")
    for each in defined.all:
        for counted in each.quantities:
            source = SOURCES.get(counted.source)
            lacking = {code for table in each.tables for code in table} - set(source.dimensions if source else ())
            faults += [f"{each.code} tells {counted.code} by {code}, which it is not counted by" for code in lacking]
    return sorted(set(faults))


settle(faults_of(book()))  # a definition whose parts do not exist stops the start and says which
