"""Which groups of a cut are not shown, so that those with too few people cannot be had by taking away the others."""

from collections.abc import Mapping

from app.assessments.validation.cells import LEAST_EVENTS, too_few

Size = tuple[int, int]  # people, and events among them


def hidden_groups(sizes: Mapping[str, Size]) -> set[str]:
    """The groups that are too few, and the smallest of the others until the hidden ones together are enough.

    The total is shown beside the groups, so that what is hidden can be known together, and only together. An empty
    group hides nobody. The same sizes hide the same groups.
    """
    hidden = {name for name, size in sizes.items() if too_few(*size)}
    rest = sorted(sizes.keys() - hidden, key=lambda name: (sizes[name], name), reverse=True)
    while rest and is_seen_through([sizes[name] for name in hidden]):
        hidden.add(rest.pop())
    return hidden


def is_seen_through(sizes: list[Size]) -> bool:
    people, events = (sum(side) for side in zip(*sizes, strict=True)) if sizes else (0, 0)
    return people > 0 and too_few(people, events)


def hidden_offices(sizes: Mapping[str, int]) -> set[str]:
    """As ``hidden_groups``, where no event is counted: the number of assessments alone decides."""
    return hidden_groups({name: (size, LEAST_EVENTS if size else 0) for name, size in sizes.items()})
