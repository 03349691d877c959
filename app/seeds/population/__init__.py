"""A synthetic register of any size with years of history, for load and statistics. The same seed gives the same people.

The shares are those of the domain brief where it has figures, and assumptions elsewhere. Assessments go back further
than the instruments are valid: what matters here is how much there is, and how it hangs together.
"""

from datetime import date
from random import Random

from sqlalchemy import select

from app.db import db
from app.offices.models import Office
from app.seeds.population.agreeing import agree
from app.seeds.population.answering import answer_sets
from app.seeds.population.breaking import Breaker
from app.seeds.population.gathering import Gatherer
from app.seeds.population.histories import Historian
from app.seeds.population.people import Registrar
from app.seeds.population.places import CODE, open_offices, regions_of, shares
from app.seeds.population.referrals import Referrer, services_by_direction
from app.seeds.population.releasing import Gatekeeper, clinics
from app.seeds.population.reporting import Reporter
from app.seeds.population.rows import Rows
from app.seeds.population.visits import Visitor

BATCH = 2000  # people in one transaction
TODAY = date(2026, 11, 20)  # the day of the demonstration; histories end here, whenever the command is run

# In the order in which the database takes them: parts before the row that signs them.
TABLES = (
    "offices", "users", "organisations", "agreements", "agreement_endings", "agreement_withdrawals", "helpers",
    "clients", "client_names", "client_addresses", "client_circumstances", "client_documents",
    "client_representatives", "cases", "case_stages", "case_bodies", "case_assignments", "violations",
    "violation_withdrawals", "excuses", "answers", "answer_violations", "answer_drafts", "answer_submissions",
    "answer_signatures", "answer_deliveries", "court_decisions", "case_deregistrations", "case_events", "assessments",
    "assessment_answers", "assessment_needs", "assessment_completions", "overrides", "override_answers",
    "acute_reviews", "acute_answers", "programs", "program_versions", "program_goals", "program_bases",
    "program_proposals", "program_steps", "program_agreements", "program_submissions", "program_approvals",
    "program_progress", "program_goal_progress", "program_reviews", "program_closures", "referrals",
    "referral_events", "matches", "match_goals", "match_consents", "sessions", "session_confirmations", "rhythms",
    "visits", "visit_outcomes", "contacts", "deadlines", "deadline_meetings", "group_events",
    "group_event_cancellations", "group_participants", "group_attendances", "release_days", "releases",
    "release_first_visits", "treatment_consents", "treatment_handovers", "treatment_handover_answers", "journal",
)  # fmt: skip


class ThereAlready(Exception):
    """The database holds a synthetic register; a second one would bear the same numbers."""


def load(clients: int, seed: int = 1, day: date = TODAY) -> int:
    """Put so many people on the register; how many rows that took. Raises ThereAlready for a second time."""
    if db.session.scalar(select(Office.id).where(Office.code == CODE.format(1))) is not None:
        raise ThereAlready
    regions, services, clinic_ids = regions_of(day), services_by_direction(day), clinics()
    db.session.commit()  # SQLite has one writer, and from here on that is the connection below
    with db.engine.connect() as connection:
        rows = Rows(connection, TABLES)
        chance = Random(f"{seed}")  # noqa: S311 - repeatable on purpose
        places = open_offices(rows, chance, clients, regions)
        historian = Historian(rows, answer_sets(chance, day), Referrer(rows, services), day)
        visitor, reporter = Visitor(rows, chance), Reporter(rows, day)
        breaker, gatekeeper = Breaker(rows), Gatekeeper(rows, clinic_ids)
        gatherer = Gatherer(rows, places, Random(f"{seed}:events"), day)  # noqa: S311
        agree(rows, places, Random(f"{seed}:agreements"), day)  # noqa: S311
        registrar = Registrar(rows, places, shares(places), day)
        count = 0
        for number in range(clients):
            life = registrar.register(Random(f"{seed}:{number}"))  # noqa: S311
            visitor.visit(life, historian.tell(life))
            reporter.report(life)
            breaker.tell(life)
            gatherer.gather(life)
            gatekeeper.release(life)
            if number % BATCH == BATCH - 1:
                count += rows.write()
                connection.commit()
        count += rows.write()
        rows.finish()
        connection.commit()
    return count
