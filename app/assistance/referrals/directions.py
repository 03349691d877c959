"""Which direction of help answers a need that an assessment found: what the page of a new referral opens with."""

from app.assistance.vocabulary import Direction

OF_NEED = {
    "alcohol_drugs": Direction.SUBSTANCE_USE,
    "associates": Direction.PSYCHOLOGICAL,
    "attitudes": Direction.PSYCHOLOGICAL,
    "child_safety": Direction.SOCIAL_SERVICES,
    "childcare": Direction.SOCIAL_SERVICES,
    "debts": Direction.LEGAL,
    "documents": Direction.DOCUMENTS,
    "education_work": Direction.EMPLOYMENT,
    "family": Direction.FAMILY,
    "family_ties": Direction.FAMILY,
    "guardianship": Direction.FAMILY,
    "health": Direction.MEDICAL,
    "housing": Direction.RESIDENCE,
    "income": Direction.SOCIAL_SERVICES,
    "language_literacy": Direction.EDUCATION,
    "legal_help": Direction.LEGAL,
    "registration": Direction.DOCUMENTS,
    "release_day": Direction.SOCIAL_SERVICES,
    "school_support": Direction.EDUCATION,
    "self_control": Direction.PSYCHOLOGICAL,
    "transport": Direction.SOCIAL_SERVICES,
    "treatment": Direction.MEDICAL,
    "work_after_release": Direction.EMPLOYMENT,
}


def direction_of(need_code: str | None) -> Direction | None:
    """None for no need, and for one that no service answers by itself."""
    return OF_NEED.get(need_code or "")
