"""Common Kazakh and Russian names for people who do not exist."""

from pathlib import Path
from random import Random

import yaml

from app.clients.vocabulary import Sex

LISTS = yaml.safe_load((Path(__file__).parent / "names.yaml").read_text(encoding="utf-8"))
KAZAKH_MEN, KAZAKH_WOMEN, KAZAKH_SURNAMES, RUSSIAN_WOMEN, RUSSIAN_SURNAMES = (
    LISTS[name].split()
    for name in ("kazakh_men", "kazakh_women", "kazakh_surnames", "russian_women", "russian_surnames")
)
RUSSIAN_MEN: dict[str, str] = LISTS["russian_men"]
KAZAKH_SHARE = 0.7
WITHOUT_PATRONYMIC = 0.06  # the patronymic stands in the record only if it stands in the document


def name_of(chance: Random, sex: Sex) -> tuple[str, str, str | None]:
    """Surname, given name and, usually, patronymic."""
    kazakh = chance.random() < KAZAKH_SHARE
    surname = chance.choice(KAZAKH_SURNAMES if kazakh else RUSSIAN_SURNAMES)
    men, women = (KAZAKH_MEN, KAZAKH_WOMEN) if kazakh else (list(RUSSIAN_MEN), RUSSIAN_WOMEN)
    given_name, father = chance.choice(women if sex == Sex.FEMALE else men), chance.choice(men)
    if sex == Sex.FEMALE and surname.endswith(("ов", "ев", "ёв", "ин")):
        surname += "а"
    if chance.random() < WITHOUT_PATRONYMIC:
        return surname, given_name, None
    if kazakh:
        return surname, given_name, f"{father}{'қызы' if sex == Sex.FEMALE else 'ұлы'}"
    stem = RUSSIAN_MEN[father]
    joined = stem + ("в" if stem.endswith("е") else "ов")
    return surname, given_name, f"{joined}{'на' if sex == Sex.FEMALE else 'ич'}"
