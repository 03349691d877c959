"""The three languages: which one to speak, and how texts kept as data are spoken."""

from collections.abc import Mapping
from typing import Any

from flask import has_request_context, request, session
from flask_babel import force_locale, get_locale
from flask_login import current_user

LANGUAGES = {"kk": "Қазақша", "ru": "Русский", "en": "English"}
STATE_LANGUAGE = "kk"


def choose() -> str:
    """The language of the page: the user's own, the one chosen in this browser, the browser's, the state language."""
    if not has_request_context():
        return STATE_LANGUAGE
    if current_user and current_user.is_authenticated:
        return str(current_user.language)
    if (chosen := session.get("language")) in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES), default=STATE_LANGUAGE)


def language() -> str:
    """The code of the language now spoken; outside a request, the state language."""
    locale = get_locale()
    return str(locale.language) if locale else STATE_LANGUAGE


def text_in(texts: Any, code: str | None = None) -> str:
    """A text kept as data, in the language spoken: a mapping with kk, ru, en, or an object with such attributes."""
    code = code or language()
    if isinstance(texts, Mapping):
        return str(texts[code])
    return str(getattr(texts, code))


speaking = force_locale
