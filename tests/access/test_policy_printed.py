"""The policy table as people read it: on the administrator's page, from the command, and in README."""

from pathlib import Path

import pytest

from app.access.models import Role
from app.access.policy import COLUMNS, POLICY, Permission
from tests.factories.people import make_user

README = Path(__file__).parents[2] / "README.md"
MARK = "<!-- policy -->"


def test_every_permission_has_a_row_and_every_row_a_column_for_each_role():
    assert set(POLICY) == set(Permission)
    assert {len(row) for row in POLICY.values()} == {len(COLUMNS)}
    assert set(COLUMNS) == set(Role)


def test_readme_holds_the_table_that_the_command_prints(app):
    """After a change of the policy: flask policy, and put what it prints between the marks."""
    printed = app.test_cli_runner().invoke(args=["policy"]).output.strip()

    parts = README.read_text(encoding="utf-8").split(MARK)

    assert len(parts) == 3, f"README.md holds the table between two lines {MARK}"
    assert parts[1].strip() == printed


@pytest.mark.parametrize(
    ("language", "permission", "reach"),
    [("en", "Register a person", "own office"), ("ru", None, None), ("kk", None, None)],
)
def test_the_page_shows_every_permission_and_role(app, sign_in, language, permission, reach):
    page = sign_in(make_user(Role.ADMINISTRATOR, language=language)).get("/policy").text

    assert page.count('<th scope="row">') == len(Permission)
    assert page.count('<th scope="col">') == len(Role) + 1
    if permission:
        assert permission in page
        assert reach in page
