"""Build what a report says without a database; name only what the test is about. All figures are fictional."""

from datetime import date
from typing import Any

from app.plan.reports.content import Content, Parts, content_of
from app.plan.reports.figures import Cut, Indicator, Line, Source, Value


def words(text: str) -> dict[str, str]:
    return {code: f"{text} ({code})" for code in ("kk", "ru", "en")}


def value(count: int | None, of: int | None) -> Value:
    hidden = count is None or of is None
    return Value(count, of, None if count is None or not of else round(100 * count / of, 1), hidden=hidden)


REGIONS = (("10", "Region A"), ("11", "Region B"), ("15", "Region C"))


def indicator(code: str = "I-04", total: tuple[int | None, int | None] = (120, 200), **given: Any) -> Indicator:
    lines = tuple(
        Line(region, words(name), value(None if place == 1 else 20 + place, 40))
        for place, (region, name) in enumerate(REGIONS)
    )
    plain: dict[str, Any] = {
        "version": 1, "name": words("Covered by a programme"), "counted": words("People with a programme"),
        "of": words("People on the register"), "explained": words("Once each"), "source": words("Decree"),
        "measures": (12, 21), "cuts": (Cut("region", words("Region"), lines),),
    }  # fmt: skip
    return Indicator(code=code, total=value(*total), **(plain | given))


def source(period: str = "2026H1", *indicators: Indicator) -> Source:
    return Source(period, 0, "ab" * 32, "2026-07-10", indicators or (indicator(), indicator("I-07", (90, 200))))


def measure(no: int = 1, state: str = "under_way", **given: Any) -> dict[str, Any]:
    plain = {
        "no": no, "text": words("Draw volunteers in"), "form": words("pilot project"), "lead": "MIA", "with": ["NGO"],
        "due": "2026-12-31", "indicators": ["I-04"], "state": {"code": state, "name": words(state)}, "states": [], "from": None,
        "words": [said()], "evidence": [recorded()],
    }  # fmt: skip
    return plain | given


def said(**given: Any) -> dict[str, Any]:
    plain = {
        "period": "2026H1", "body": "MIA", "kk": "Он екі ерікті көмектеседі.", "ru": "Помогают двенадцать волонтёров.",
        "state": {"code": "under_way", "name": words("under way")}, "evidence": ["Order No. 5"],
        "accepted_on": "2026-07-09",
    }  # fmt: skip
    return plain | given


def recorded(**given: Any) -> dict[str, Any]:
    plain = {
        "kind": words("Evidence"), "on": "2026-05-05", "kk": "Бұйрық шықты.", "ru": "Вышел приказ.",
        "document": "Order No. 12", "address": "https://example.org/12",
    }  # fmt: skip
    return plain | given


def text(section: str, kk: str | None = "Қазақша мәтін.", ru: str | None = "Русский текст.") -> dict[str, Any]:
    return {"section": section, "kk": kk, "ru": ru}


def content(**given: Any) -> Content:
    plain: dict[str, Any] = {
        "kind": "half_year", "plan": {"code": "sample", "name": words("A plan"), "issuer": words("The ministry")},
        "period": "2026H1", "half_years": ["2026H1"], "due_on": date(2026, 7, 10),
        "texts": [text(one) for one in ("summary", "measures", "figures", "difficulties", "next")],
        "bodies": {"MIA": words("Ministry of Internal Affairs"), "NGO": words("Associations")},
        "measures": [measure(), measure(2, "done")],
        "lacks": [{"period": "2026H1", "standing": "not_begun", "bodies": ["NGO"]}],
        "sources": [source("2025H2", indicator(total=(100, 200))), source()],
    }  # fmt: skip
    return content_of(Parts(**(plain | given)))
