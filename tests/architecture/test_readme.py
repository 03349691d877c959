"""README tells what there is: every command, every room, every setting, every sign-in name; decisions are in order."""

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FLASKS_OWN = {"db", "routes", "run", "shell"}
SETTING = re.compile(
    r'environ(?:\.get)?[(\[]"([A-Z_]+)"|kept_secret\("([A-Z_]+)"|gateway\("([A-Z_]+)"|f"(QADAM_[A-Z]+)\{'
)

pytestmark = pytest.mark.one_engine


def commands(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{before}{name} ")
        elif f"{before}{name}" not in FLASKS_OWN:
            yield f"{before}{name}"


def test_every_command_is_named_and_says_what_it_does(app):
    groups = [one for name, one in app.cli.commands.items() if name not in FLASKS_OWN]
    ours = [name for name in commands(app.cli) if name.split()[0] not in FLASKS_OWN]

    assert [name for name in ours if f"`{name}" not in README] == []
    assert [one.name for one in groups if not one.help] == []


def test_every_room_and_no_other_is_told_of():
    told = set(re.findall(r"`(\w+)`", "".join(re.findall(r"^\| (`[^|]+) \|", part_of("The house"), re.MULTILINE))))
    there = {one.stem for one in (ROOT / "app").iterdir()} - {"__init__", "__pycache__", "translations"}

    assert told == there


def test_every_setting_is_told_of():
    code = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("config.py", "bin/gunicorn.conf.py"))
    settings = {name for found in SETTING.findall(code) for name in found if name}

    assert {name for name in settings if f"`{name}" not in README} == set()


def test_every_sign_in_name_of_the_demonstration_is_told():
    told = set(re.findall(r"`(\w+)`", part_of("Sign-in names of the demonstration")))

    staff = yaml.safe_load((ROOT / "app" / "seeds" / "demo" / "staff.yaml").read_text(encoding="utf-8"))
    names = {one["name"] for one in staff["staff"]}

    assert {name for name in names if not {name, name.rstrip("23456")} & told} == set()


def test_decisions_are_numbered_without_a_gap():
    files = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [int(one.name[:4]) for one in files] == list(range(1, len(files) + 1))
    assert [one.name for one in files if not re.match(rf"# {int(one.name[:4])}\. \S", one.read_text("utf-8"))] == []


def test_what_a_page_of_the_documentation_names_is_there():
    pages = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    missing = [
        (page.name, place)
        for page in pages
        for place in re.findall(r"\]\(([\w./-]+)\)|`((?:app|docs|tests|bin|bench)/[\w./-]+)`", page.read_text("utf-8"))
        for place in place
        if place and not (page.parent / place).exists() and not (ROOT / place).exists()
    ]

    assert missing == []


def part_of(heading: str) -> str:
    return README.split(f"## {heading}\n")[1].split("\n## ")[0]
