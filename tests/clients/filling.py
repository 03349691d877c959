"""Filled-in forms of this room; a test names only the answers that it is about."""

from typing import Any

from app.clients.iin import for_demonstration

IIN = for_demonstration("90050135012")  # 1 May 1990, male; belongs to nobody


def registration(**answers: Any) -> dict[str, Any]:
    filled = {
        "surname": "Сәрсенов", "given_name": "Дәулет", "patronymic": "Қайратұлы", "born_on": "01.05.1990",
        "sex": "male", "iin": IIN, "iin_unknown": "", "citizenship": "KZ", "language": "kk",
        "phone": "8 701 123 45 67", "region_code": "710000000", "text": "Астана, Абай даңғылы 5, 12",
        "registration": "permanent", "lives_from": "1.9.2020", "education": "secondary", "employment": "seeking",
        "workplace": "", "family": "single", "dependants": "0",
    }  # fmt: skip
    return filled | case() | answers


def case(**answers: Any) -> dict[str, Any]:
    filled = {
        "legal_basis": "conditional_sentence", "court": "Алматы ауданының соты", "judged_on": "1.6.2026",
        "act_number": "1-22/2026", "articles": "188", "erdr": "", "term_from": "10.6.2026", "term_to": "10.6.2027",
        "registered_on": "15.6.2026",
    }  # fmt: skip
    return filled | answers


def transfer(**answers: Any) -> dict[str, Any]:
    return {"officer_id": "", "reason": "Көшіп кетті"} | answers
