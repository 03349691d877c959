"""Dividing cases among officers so that their points come as near to one another as may be."""

from collections.abc import Mapping


def share(cases: Mapping[int, int], officers: Mapping[int, int]) -> dict[int, int]:
    """Who is to get which case: the heaviest first, each to whoever has the fewest points by then.

    ``cases`` are points by case, ``officers`` the points each has now; both by number, which settles what is equal.
    No officers, no sharing.
    """
    load, given = dict(officers), {}
    if not load:
        return {}
    for case in sorted(cases, key=lambda number: (-cases[number], number)):
        officer = min(load, key=lambda number: (load[number], number))
        given[case] = officer
        load[officer] += cases[case]
    return given
