"""Instruments and answers for the tests of assessment."""

from hypothesis import strategies as st

from app.assessments.instrument import Instrument, load_instrument
from app.assessments.library import FOLDER

TEXT = (FOLDER / "adult-community-1.yaml").read_text(encoding="utf-8")
ADULT = load_instrument(TEXT)


def answers_with(instrument: Instrument, choose) -> dict[str, str]:
    """One answer per item: the option that `choose` (min or max) finds by its points."""
    return {item.code: choose(item.options, key=lambda option: option.points).code for _, item in instrument.items()}


def all_answers(instrument: Instrument):
    """Every item answered, in any way and in any order."""
    one_each = {item.code: st.sampled_from([option.code for option in item.options]) for _, item in instrument.items()}
    return st.fixed_dictionaries(one_each).flatmap(lambda chosen: st.permutations(list(chosen.items())).map(dict))


def some_answers(instrument: Instrument):
    """Any part of the items answered."""
    return st.fixed_dictionaries(
        {},
        optional={
            item.code: st.sampled_from([option.code for option in item.options]) for _, item in instrument.items()
        },
    )
