"""What a draft rests on, gathered from an assessment and the person's record."""

from datetime import date
from typing import Any

from app.assessments.models import Assessment
from app.clients.models import Client
from app.clients.vocabulary import DocumentKind, DocumentState, Employment, Sex
from app.programs.proposals.proposing import AreaKind, Findings, Found, found_adaptations
from app.programs.proposals.responsivity import Person, factor_of

WORKING = {Employment.EMPLOYED, Employment.SELF_EMPLOYED}
HELD = {DocumentState.HELD, DocumentState.BEING_RESTORED}  # who lacks a certificate altogether may need none


def findings_of(assessment: Assessment, client: Client, on: date) -> Findings:
    """A completed assessment and the record of its person as they are; age is told for the day."""
    needs = [
        Found(need.code, need.level, AreaKind.SUPPORT if need.is_support else AreaKind.NEED)
        for need in assessment.needs
        if need.level is not None  # not found out yet
    ]
    person = person_of(client, on)
    completion = assessment.completion
    return Findings(
        known=(*needs, *found_adaptations(factors_in(completion.result if completion else {}), person)),
        person=person,
        assessed_on=completion.on if completion else on,
        level=assessment.final_level,
        instrument=assessment.instrument_code,
    )


def factors_in(result: dict[str, Any]) -> list[str]:
    """The factors of responsivity that the answers named, out of a result as it is kept."""
    barriers = [remark["item_code"] for remark in result.get("remarks", ()) if remark["barrier"]]
    return [factor for item in barriers if (factor := factor_of(item))]


def person_of(client: Client, on: date) -> Person:
    situation = client.situation
    employment = situation.employment if situation else Employment.UNKNOWN
    return Person(
        is_minor=client.is_minor_on(on),
        is_woman=client.sex is Sex.FEMALE,
        children=situation.dependants if situation else 0,
        has_disability=any(
            document.kind is DocumentKind.DISABILITY_CERTIFICATE and document.state in HELD
            for document in client.documents
        ),
        works=employment in WORKING,
        studies=employment is Employment.STUDYING,
    )
