"""Qadam, a case-management system for the probation service. ``create_app`` wires the rooms together."""

from pathlib import Path
from typing import Any

from flask import Flask, request
from flask_babel import Babel
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager, current_user
from flask_migrate import Migrate
from flask_wtf.csrf import CSRFError, CSRFProtect
from jinja2 import StrictUndefined

from app.access import commands as access_commands
from app.access import navigation
from app.access import views as access
from app.access.guard import STATIC, refuse_unguarded_views
from app.access.policy import Permission, allows
from app.access.sign_in import load_user, touch
from app.access.substitutions import views as substitutions
from app.assessments import commands as assessment_commands
from app.assessments import library
from app.assessments import tasks as _assessment_tasks  # noqa: F401 - registers its work with the clock
from app.assessments import views as assessments
from app.assistance.catalogue import views as catalogue
from app.assistance.programme import views as assistance
from app.assistance.provider.views import answering as provider
from app.assistance.provider.views import keeping as provider_links
from app.assistance.referrals import views as referrals
from app.assistance.release import views as releases
from app.assistance.treatment import views as treatment
from app.audit import journal
from app.clients import views as clients
from app.clock import today
from app.db import db
from app.db.engine import listen
from app.desk import closing as _closing  # noqa: F401 - tells what is open in a case that is to leave the register
from app.desk import tasks as _desk_tasks  # noqa: F401 - registers its work with the clock
from app.desk import views as desk
from app.desk.caseload import views as caseload
from app.desk.workload import views as workload
from app.indicators import commands as indicator_commands
from app.indicators import tasks as _indicator_tasks  # noqa: F401 - registers its work with the clock
from app.indicators import views as indicators
from app.indicators.bundles import tasks as _bundle_tasks  # noqa: F401 - registers its work with the clock
from app.indicators.bundles import views as open_data
from app.offices import users
from app.plan import library as plan_library
from app.plan.measures import views as measures
from app.plan.progress import tasks as _progress_tasks  # noqa: F401 - registers its work with the clock
from app.plan.progress import views as progress
from app.plan.public import views as public_page
from app.plan.reports import views as plan_reports
from app.printing import commands as printing_commands
from app.printing import views as papers
from app.printing.batches import tasks as _batch_tasks  # noqa: F401 - registers its work with the clock
from app.printing.batches import views as batches
from app.programs import asking as _asking  # noqa: F401 - tells the room of referrals which step asks for one
from app.programs import assisting as _assisting  # noqa: F401 - tells the room of assistance what is planned
from app.programs import commands as program_commands
from app.programs import views as programs
from app.seeds import commands as seeds
from app.sessions import views as sessions
from app.signals import commands as signal_commands
from app.signals import tasks as _signal_tasks  # noqa: F401 - registers its work with the clock and with the rooms below
from app.signals import views as signals
from app.supervision import views as supervision
from app.supervision.calendar import tasks as _visit_tasks  # noqa: F401 - registers its work with the clock
from app.supervision.calendar import views as visits
from app.supervision.community_work import views as community_work
from app.supervision.contacts import views as contacts
from app.supervision.contacts.groups import views as group_events
from app.supervision.deadlines import tasks as _deadline_tasks  # noqa: F401 - registers its work with the clock
from app.supervision.deadlines import views as deadlines
from app.supervision.hours import views as hours
from app.supervision.messages import tasks as _message_tasks  # noqa: F401 - registers its work with the clock
from app.supervision.messages import views as messages
from app.supervision.norms import views as norms
from app.supervision.searches import views as searches
from app.supervision.violations import views as violations
from app.tasks import queue as tasks
from app.web import views as web
from app.web.addresses import register_addresses
from app.web.errors import register_errors
from app.web.everybody import Sessions, knows_nobody
from app.web.formats import register_formats
from app.web.headers import register_headers
from app.web.languages import LANGUAGES, choose, language, text_in
from app.web.logs import log_requests_of, set_up_logs

ROOT = Path(__file__).parent.parent
VERSION = "0.1"
ROOMS = (
    web, access, access_commands, substitutions, users, clients, supervision, norms, deadlines, hours, visits, contacts,
    group_events, community_work, searches, violations, messages, assessments, assessment_commands, catalogue,
    referrals, assistance, provider, provider_links, releases, treatment, batches, printing_commands, papers,
    programs, program_commands, sessions, signals, signal_commands, indicators, indicator_commands, measures, progress,
    plan_reports, public_page, open_data, desk, workload, caseload, tasks, seeds,
)  # fmt: skip


def create_app(config: object) -> Flask:
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.config.from_object(config)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.session_interface = Sessions()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "app" / "translations")
    set_up_logs()
    log_requests_of(app)
    library.read_also(app.config["HOME"] / "instruments")
    plan_library.read_also(app.config["HOME"] / "plans")
    set_up_database(app)
    set_up_sign_in(app)
    Babel(app, locale_selector=choose, default_timezone="Asia/Almaty")
    Bootstrap5(app)
    register_addresses(app)
    register_errors(app)
    register_headers(app)
    register_formats(app)
    app.jinja_env.filters["spoken"] = text_in
    app.jinja_env.globals.update(
        allows=allows, Permission=Permission, LANGUAGES=LANGUAGES, language=language, today=today,
        navigation=navigation.of_actor, version=VERSION, demonstration=app.config["DEMONSTRATION"],
    )  # fmt: skip
    for room in ROOMS:
        app.register_blueprint(room.bp)
    refuse_unguarded_views(app)
    return app


def set_up_database(app: Flask) -> None:
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    journal.listen()
    with app.app_context():
        listen(db.engine)


def set_up_sign_in(app: Flask) -> None:
    CSRFProtect(app)
    login = LoginManager(app)
    login.session_protection = None  # the cookie is signed, and an officer's line changes its address
    login.user_loader(load_user)
    login.unauthorized_handler(access.ask_to_sign_in)

    @app.errorhandler(CSRFError)
    def of_stale_form(_error: CSRFError) -> Any:
        return access.offer_to_resume()

    @app.before_request
    def stay_signed_in() -> Any:
        if request.endpoint in STATIC or knows_nobody(request.endpoint):  # asks for no user and renews no cookie
            return None
        if current_user.is_authenticated:
            touch()
        return access.ask_for_first_password()
