"""The assessments of a story: answers from the sets of answers.yaml and the story's own, by the room's own verbs."""

from functools import cache
from pathlib import Path

from app.access.policy import Permission
from app.assessments import library
from app.assessments.completing import complete
from app.assessments.models import Assessment, Source
from app.assessments.needs import Linkage
from app.assessments.recording import Given, Noted, record
from app.assessments.section import Section
from app.assessments.starting import start
from app.assessments.vocabulary import Kind
from app.db import db
from app.offices.reading import Entry, read_entries, settle
from app.seeds.demo.differing import differ
from app.seeds.demo.telling import flag, maybe_text, pairs, parts
from app.seeds.demo.thread import Thread

ANSWERS = Path(__file__).parent / "answers.yaml"
UNKNOWN = "unknown"  # how the files write an answer that could not be found out
USUAL_SOURCES = {Kind.STATIC: Source.DOCUMENT, Kind.RESPONSIVITY: Source.OBSERVATION}


@cache
def answer_sets() -> dict[str, dict[str, str]]:
    """Full sets of answers by name, from which a story says only where it differs."""
    faults: list[str] = []
    sets = {}
    for entry in read_entries(ANSWERS, "sets", faults):
        sets[entry.text("name")] = pairs(entry, "answers")
        entry.end()
    settle(faults)
    return sets


def assess(entry: Entry, thread: Thread) -> Assessment:
    """An assessment that was completed on a ``day``, or one ``started_on`` a day with some sections answered."""
    completed_on = entry.day("day") if "day" in entry.rest else None
    begun_on = entry.day("started_on") if "started_on" in entry.rest else completed_on or thread.case.registered_on
    by = thread.officer_on(begun_on)
    assessment = start(thread.case, by, begun_on, thread.hours.on(begun_on))
    db.session.add(assessment)
    given = answer_sets()[entry.one_of("set", tuple(answer_sets()))] | pairs(entry, "but")
    notes = {row.text("domain"): noted(row) for row in parts(entry, "notes")}
    asked = (maybe_text(entry, "sections") or "").split()
    at = thread.hours.on(completed_on or begun_on)
    for section in library.of(assessment).sections:
        if not asked or section.code in asked:
            record(assessment, section, answers_to(section, given), notes.get(section.code, Noted()), at)
    db.session.flush()
    if completed_on:
        complete(assessment, entry.text("conclusion"), by, completed_on, at)
        db.session.flush()
        thread.keep(by, "assessments.complete", Permission.ASSESS_CLIENT, assessment)
        differ(entry, assessment, thread)
    return assessment


def answers_to(section: Section, given: dict[str, str]) -> dict[str, Given]:
    source = USUAL_SOURCES.get(section.kind, Source.PERSON)
    return {
        item.code: Given(None) if given[item.code] == UNKNOWN else Given(given[item.code], source)
        for item in section.items
        if item.code in given
    }


def noted(row: Entry) -> Noted:
    return Noted(maybe_text(row, "text"), Linkage(harm=flag(row, "harm"), reoffending=flag(row, "reoffending")))
