"""What a need is called, in the language spoken: as the instrument that found it names it."""

from app.assessments import library
from app.web.languages import text_in


def need_in_words(code: str) -> str:
    """The name of a section or of an item of support; the code where no instrument has it any more."""
    named = (part for one in library.shelf().values() for part in (one.section(code), one.item(code)) if part)
    name = next((part.name for part in named if part.name), None)
    return text_in(name) if name else code
