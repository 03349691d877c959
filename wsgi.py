"""The application that gunicorn and the flask command serve."""

import sys

from app import create_app
from app.assessments.library import InstrumentRefused
from config import Config, Refusal

try:
    app = create_app(Config.from_environment())
except (Refusal, InstrumentRefused) as reason:
    sys.stderr.write(f"{reason}\n")
    sys.exit(2)
