"""Whether a provider's link still works, and why not."""

from datetime import date
from enum import StrEnum, auto


class Life(StrEnum):
    LIVE = auto()
    EXPIRED = auto()
    WITHDRAWN = auto()
    FINISHED = auto()  # nothing is left to answer


def life_of(expires_on: date, is_withdrawn: bool, is_finished: bool, today: date) -> Life:
    """How a link stands on a day; its last day is still a good one.

    What was taken back stays so, whatever becomes of the referral: nobody learns that from a link of old.
    """
    if is_withdrawn:
        return Life.WITHDRAWN
    if today > expires_on:
        return Life.EXPIRED
    return Life.FINISHED if is_finished else Life.LIVE
