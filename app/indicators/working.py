"""One process at work on an order to freeze a period: counted, protected, and kept with its line in the journal."""

from datetime import timedelta

import structlog
from flask_babel import gettext as _

from app.access.policy import Permission
from app.audit.journal import record_act
from app.clock import now
from app.db import db
from app.indicators.freezing import Outcome, draw_up, keep, stands
from app.indicators.models import Freezing, Snapshot, Step
from app.indicators.orders import order
from app.indicators.periods import Period, parse
from app.indicators.queries import open_freezing
from app.tasks.claims import advance, claim
from app.web.languages import speaking
from app.web.refusals import NotPossible

LEASE = timedelta(minutes=30)  # longer than any step takes; whoever is silent for so long is dead
MOST_LETTERS = 300  # of a refusal that is kept
FROZEN, REVISED = "indicators.freeze", "indicators.revise"  # what the journal calls them
log = structlog.get_logger()


def freeze_now(period: Period, because: str = "", *, even_so: bool = False) -> Freezing:
    """Freeze a period in the name of the system, here and now. Raises NotPossible as ``order`` does.

    An order for it with nobody alive at work on it is taken up, as the task would that need not run beside a command.
    """
    known = open_freezing(period)
    wanted = known if known and is_left(known) else order(period, None, now(), because, even_so=even_so)
    db.session.commit()
    work(wanted.id)
    return db.session.get_one(Freezing, wanted.id, populate_existing=True)


def work(freezing_id: int) -> None:
    """Carry out an order that nobody is at work on, and settle it with the figures or with the reason why not."""
    if not claim(Freezing, freezing_id, LEASE):
        return
    wanted = db.session.get_one(Freezing, freezing_id)
    period, because, spoken = parse(wanted.period), wanted.because or "", wanted.spoken
    by, at = wanted.asked_by, now()
    db.session.rollback()

    def told(step: Step) -> None:
        """Let go of the database before what takes long, and say what is being done."""
        db.session.rollback()
        advance(Freezing, freezing_id, LEASE, step=step)
        db.session.connection(execution_options={"writes": False})

    refusal, drawn = None, None
    with speaking(spoken):
        try:
            drawn = draw_up(period, by.id if by else None, at, because, told)
        except NotPossible as sentence:
            refusal = str(sentence)
        except Exception:  # what broke stands in the log, without a figure; the order must not stay open for ever
            log.exception("freezing failed", freezing=freezing_id)
            refusal = _("This could not be frozen. The administrator finds the reason in the log.")
    db.session.rollback()
    settle(freezing_id, drawn, refusal)


def settle(freezing_id: int, drawn: Snapshot | None, refusal: str | None) -> None:
    """Keep the figures with their line in the journal and close the order, in one transaction."""
    wanted = db.session.get_one(Freezing, freezing_id, populate_existing=True)
    if wanted.settled_at is not None:
        db.session.rollback()
        return
    period = parse(wanted.period)
    if refusal is None:
        outcome = keep(drawn, period) if drawn else Outcome(stands(period), is_new=False)
        wanted.snapshot = outcome.snapshot
        if outcome.is_new:
            what = REVISED if outcome.snapshot.revision else FROZEN
            record_act(wanted.asked_by_id, Permission.FREEZE_INDICATORS, outcome.snapshot, what)
    wanted.refusal, wanted.settled_at, wanted.step = refusal and refusal[:MOST_LETTERS], now(), Step.DONE
    db.session.commit()


def is_left(known: Freezing) -> bool:
    return known.claimed_until is None or known.claimed_until < now()
