"""Which assessments are rated a second time, and by whom: a draw that nobody can steer and that repeats itself."""

from collections.abc import Mapping
from fractions import Fraction

# One in twenty (the research brief, section 5.6): our own choice, no standard was found.
SHARE = Fraction(1, 20)
HEXADECIMAL = 16


def is_drawn(digest: str, share: Fraction = SHARE) -> bool:
    """Whether an assessment is in the sample.

    digest: hexadecimal digits of a keyed hash of the assessment's number. Whoever lacks the key can neither foretell
    nor choose it, and the same number always gives the same answer.
    """
    return Fraction(int(digest, HEXADECIMAL), HEXADECIMAL ** len(digest)) < share


def rater(open_ratings: Mapping[int, int], lots: Mapping[int, str]) -> int | None:
    """Whoever has the fewest ratings to do; between equals the lot decides. None when there is nobody.

    open_ratings: how many wait for each who may rate, by the user's number; lots: a keyed hash by the same numbers.
    """
    return min(open_ratings, key=lambda number: (open_ratings[number], lots[number]), default=None)
