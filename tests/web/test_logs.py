"""The log names what broke and where, and nobody."""

import json

import pytest
import structlog

from app import create_app
from app.web.logs import set_up_logs
from tests.databases import TestConfig

pytestmark = pytest.mark.one_engine


def test_a_fault_is_logged_by_its_kind_and_places_without_a_value(capsys):
    set_up_logs()
    surname = "Төлегенов"
    try:
        raise ValueError(f"no sheet for {surname}")
    except ValueError:
        structlog.get_logger().exception("sheet failed", item=7)

    line = capsys.readouterr().out
    assert surname not in line
    said = json.loads(line)
    assert (said["event"], said["item"], said["fault"]) == ("sheet failed", 7, "ValueError")
    assert said["places"][-1].endswith("test_a_fault_is_logged_by_its_kind_and_places_without_a_value")


def test_what_breaks_in_a_request_is_logged_without_its_message(capsys, tmp_path):
    app = create_app(TestConfig("sqlite://", tmp_path))
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken():
        raise RuntimeError("Төлегенов")

    app.view_functions["web.health"] = broken
    assert app.test_client().get("/health").status_code == 500

    printed = capsys.readouterr()
    assert "Төлегенов" not in printed.out + printed.err
    assert json.loads(printed.out.splitlines()[-1])["endpoint"] == "web.health"
