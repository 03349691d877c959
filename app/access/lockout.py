"""How long to wait after failed sign-ins: nothing for a slip of the finger, longer and longer for guessing."""

from datetime import timedelta

FREE = 4  # failures that cost nothing
FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)


def wait_after(failures: int) -> timedelta:
    """The wait after so many failures in a row: none up to four, then 30 s, doubling, at most an hour.

    Five tries and a doubling wait follow the usual practice of throttling (NIST SP 800-63B §5.2.2);
    the ceiling keeps an officer from being shut out for a day by somebody else's guesses.
    """
    if failures < 0:
        raise ValueError("A number of failures is never negative.")
    if failures <= FREE:
        return timedelta(0)
    doublings = min(failures - FREE - 1, 20)
    return min(FIRST * 2**doublings, LONGEST)
