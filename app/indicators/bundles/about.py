"""What a bundle says of itself in words, in the language spoken: for its README, its spreadsheets and its papers."""

from flask_babel import gettext as _

from app.indicators.bundles.package import FILE, file_of
from app.indicators.bundles.shape import LANGUAGES, Definition, Meta, Sheet
from app.indicators.tables import Release
from app.web.languages import speaking, text_in


def about(release: Release, meta: Meta) -> list[tuple[str, str]]:
    """Names and what there is to say, row by row."""
    rows = [(_("Title"), text_in(meta.titles))]
    if meta.period:
        rows.append((_("Period"), meta.period))
        rows.append((_("Revision"), str(meta.revision or 0)))
    if meta.created:
        rows.append((_("Frozen on"), meta.created.isoformat()))
    rows.append((_("Licence"), meta.licence.title))
    rows.append((_("Hidden figures"), hidden_note(release.threshold)))
    return rows


def hidden_note(threshold: int) -> str:
    return _(
        "Figures are hidden so that nobody can be recognised, some of them only to protect others. All the tables"
        " together leave the least and the greatest value that a hidden figure can have at least %(number)s apart.",
        number=threshold,
    )


def defined(definition: Definition) -> list[tuple[str, str]]:
    """All that a definition says, part by part; its name is its heading."""
    labels = {
        "formula": _("Formula"),
        "numerator": _("What is counted"),
        "denominator": _("Out of whom"),
        "unit": _("Unit"),
        "late_entries": _("Late entries"),
        "corrections": _("Corrections"),
        "source": _("Source"),
    }
    words = [(labels[part], text_in(text)) for part, text in definition.words.items() if part in labels]
    return [*words, (_("Version"), str(definition.version))]


def heading(definition: Definition) -> str:
    return f"{definition.code} · {text_in(definition.words['name'])}"


def readme(release: Release, sheets: tuple[Sheet, ...], meta: Meta) -> bytes:
    """The same words in each language, one after another."""
    parts = []
    for language in LANGUAGES:
        with speaking(language):
            parts.append(_readme(release, sheets, meta))
    return "\n\n".join(parts).encode() + b"\n"


def _readme(release: Release, sheets: tuple[Sheet, ...], meta: Meta) -> str:
    lines = [f"# {text_in(meta.titles)}", ""]
    lines += [f"- {name}: {words}" for name, words in about(release, meta)[1:]]
    lines += ["", _("The file %(file)s describes all tables; each is a CSV file:", file=FILE), ""]
    lines += [f"- {file_of(sheet)}" for sheet in sheets]
    lines += [
        "",
        _(
            "A column for each dimension holds codes, _T for the total; the folder “codes” names them. Then follow the"
            " indicator, its value (empty where it is hidden), and obs_status: A for a normal value, Q for hidden."
        ),
    ]
    for each in meta.definitions:
        lines += ["", f"## {heading(each)}", "", *(f"- {label}: {words}" for label, words in defined(each))]
    return "\n".join(lines)
