"""How gunicorn serves Qadam on one machine: loopback only, a few threads, nothing about a request written down."""

import os
import sys
import traceback
from typing import Any

from flask.cli import ScriptInfo

bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
workers = 2
worker_class = "gthread"
threads = 4
preload_app = True  # both workers share the pages of one loaded application
timeout = 60
graceful_timeout = 10
max_requests = 5000  # what the libraries leak goes back to the system now and then
max_requests_jitter = 500

# The heartbeat files belong in memory: on a slow disk a worker would be taken for dead.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True

# The journal says who looked at what. A second record, in a plain file, would hold addresses and search words.
accesslog = None
errorlog = "-"
loglevel = "warning"


def on_starting(server: Any) -> None:
    """Bring the database up to date before the port opens, in a child of the process that has loaded the application.

    A refusal is one sentence and exit status 2, as from ``flask prepare`` itself. What the child loads only to seed
    the demonstration goes with it, and the workers share no connection with anybody.
    """
    application = server.app.wsgi()
    child = os.fork()
    if child == 0:
        os._exit(prepared(application))
    _child, status = os.waitpid(child, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(code)


def prepared(application: Any) -> int:
    """The exit status of ``flask prepare``."""
    try:
        application.cli.main(
            ["prepare"], "flask", obj=ScriptInfo(create_app=lambda: application), standalone_mode=False
        )
    except SystemExit as refusal:
        return int(refusal.code or 0)
    except Exception:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0
