"""A synthetic register of any size with years of history, for load and statistics. The same seed gives the same people.

The shares are those of the domain brief where it has figures, and assumptions elsewhere. Assessments go back further
than the instruments are valid: what matters here is how much there is, and how it hangs together.
"""

from datetime import date
from random import Random

from sqlalchemy import select

from app.db import db
from app.offices.models import Office
from app.seeds.population.answering import answer_sets
from app.seeds.population.histories import Historian
from app.seeds.population.people import Registrar
from app.seeds.population.places import CODE, open_offices, regions_of, shares
from app.seeds.population.referrals import Referrer, services_by_direction
from app.seeds.population.reporting import Reporter
from app.seeds.population.rows import Rows
from app.seeds.population.visits import Visitor

BATCH = 2000  # people in one transaction
TODAY = date(2026, 11, 20)  # the day of the demonstration; histories end here, whenever the command is run

# In the order in which the database takes them: parts before the row that signs them.
TABLES = (
    "offices", "users", "helpers", "clients", "client_names", "client_addresses", "client_circumstances",
    "client_documents", "client_representatives", "cases", "case_stages", "case_bodies", "case_assignments",
    "case_deregistrations", "case_events", "assessments", "assessment_answers", "assessment_needs",
    "assessment_completions", "overrides", "override_answers", "acute_reviews", "acute_answers", "programs",
    "program_versions", "program_goals", "program_bases", "program_proposals", "program_steps",
    "program_agreements", "program_submissions", "program_approvals", "program_progress",
    "program_goal_progress", "program_reviews", "program_closures", "referrals", "referral_events", "matches",
    "match_goals", "match_consents", "sessions", "session_confirmations", "rhythms", "visits", "visit_outcomes",
    "contacts", "deadlines", "deadline_meetings", "journal",
)  # fmt: skip


class ThereAlready(Exception):
    """The database holds a synthetic register; a second one would bear the same numbers."""


def load(clients: int, seed: int = 1, day: date = TODAY) -> int:
    """Put so many people on the register; how many rows that took. Raises ThereAlready for a second time."""
    if db.session.scalar(select(Office.id).where(Office.code == CODE.format(1))) is not None:
        raise ThereAlready
    regions, services = regions_of(day), services_by_direction(day)
    db.session.commit()  # SQLite has one writer, and from here on that is the connection below
    with db.engine.connect() as connection:
        rows = Rows(connection, TABLES)
        chance = Random(f"{seed}")  # noqa: S311 - repeatable on purpose
        places = open_offices(rows, chance, clients, regions)
        historian = Historian(rows, answer_sets(chance, day), Referrer(rows, services), day)
        visitor, reporter = Visitor(rows, chance), Reporter(rows, day)
        registrar = Registrar(rows, places, shares(places), day)
        count = 0
        for number in range(clients):
            life = registrar.register(Random(f"{seed}:{number}"))  # noqa: S311
            visitor.visit(life, historian.tell(life))
            reporter.report(life)
            if number % BATCH == BATCH - 1:
                count += rows.write()
                connection.commit()
        count += rows.write()
        rows.finish()
        connection.commit()
    return count
