"""Target days of goals that do not fit the programme: said to the officer, never forbidden."""

from flask_babel import gettext as _

from app.programs.models import Version
from app.programs.wording import goal_in_words
from app.web.formats import format_date


def target_days_to_mend(version: Version) -> list[str]:
    """A sentence for each goal that is to be reached before the programme starts or after the term ends."""
    starts_on, ends_on = version.program.starts_on, version.case.term_to
    found = []
    for goal in version.goals:
        if goal.target_on is None:
            continue
        words = {"goal": goal_in_words(goal), "date": format_date(goal.target_on)}
        if goal.target_on < starts_on:
            found.append(_("“%(goal)s” is to be reached by %(date)s, before the programme starts.", **words))
        elif ends_on and goal.target_on > ends_on:
            end = format_date(ends_on)
            found.append(
                _("“%(goal)s” is to be reached by %(date)s; the term ends on %(end)s already.", **words, end=end)
            )
    return found
