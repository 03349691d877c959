import pytest

from app.assessments.vocabulary import Level, Stage, Text
from app.clients.vocabulary import Stage as StageOfCase


def test_the_stages_are_those_of_a_case():
    assert [str(stage) for stage in Stage] == [str(stage) for stage in StageOfCase]


def test_levels_are_compared_by_rank():
    assert sorted(Level, key=lambda level: level.rank) == [Level.LOW, Level.MEDIUM, Level.HIGH]


def test_a_text_reads_like_a_mapping_of_languages():
    text = Text(kk="к", ru="р", en="e")

    assert (dict(text), len(text), text["kk"]) == ({"kk": "к", "ru": "р", "en": "e"}, 3, "к")
    with pytest.raises(KeyError):
        text["de"]
