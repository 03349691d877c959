"""The group that the room's commands belong to."""

from flask import Blueprint

bp = Blueprint("assessment_commands", __name__, cli_group="assessments")
bp.cli.help = "Instruments: checked, scored with every step, and how well their scores foretold."
