"""How long a person's consent to be helped can stand."""

from datetime import date

# A consent is asked again every year: our own rule, so that none goes on unnoticed. Law 94-V asks for a term
# (article 8) and leaves its length to the parties.
LONGEST_YEARS = 1
OF_AGE = 18  # years; until then a representative consents (Criminal Code 226-V speaks of minors below it)


def latest_end(given_on: date, born_on: date) -> date:
    """The last day that may be written as the first one on which the consent no longer stands.

    One year after it was given; a representative's consent ends when the person comes of age, if that is sooner.
    """
    year_later = anniversary(given_on, LONGEST_YEARS)
    of_age_on = anniversary(born_on, OF_AGE)
    return min(year_later, of_age_on) if given_on < of_age_on else year_later


def is_given_for(born_on: date, given_on: date) -> bool:
    """Whether a representative has to consent, because the person is a minor on that day."""
    return given_on < anniversary(born_on, OF_AGE)


def anniversary(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
