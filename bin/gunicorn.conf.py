"""How gunicorn serves Qadam on one machine: loopback only, a few threads, nothing about a request written down."""

import os
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
    """Bring the database up to date before the port opens, in the process that has loaded the application anyway.

    A refusal is one sentence and exit status 2, as from ``flask prepare`` itself. The workers are made afterwards
    and must not share a connection with this process, so none is left open.
    """
    application = server.app.wsgi()
    application.cli.main(["prepare"], "flask", obj=ScriptInfo(create_app=lambda: application), standalone_mode=False)
    with application.app_context():
        for engine in application.extensions["sqlalchemy"].engines.values():
            engine.dispose()
