"""How gunicorn serves Qadam on one machine: loopback only, a few threads, nothing about a request written down."""

import os
from typing import Any

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


def post_fork(server: Any, worker: Any) -> None:
    """Connections opened while preloading belong to the parent: forget them here without closing them there."""
    application = server.app.wsgi()
    with application.app_context():
        for engine in application.extensions["sqlalchemy"].engines.values():
            engine.dispose(close=False)
