"""The habits of the house, kept by tests rather than by memory."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
named = pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(APP)))
# A read, a receipt and the first issue of a paper are kept in a transaction of their own, whatever becomes of the page;
# a half-year that nobody asked to freeze is frozen by the clock or a command; signals are raised a span of cases at
# a time, and a batch is printed sheet by sheet.
COMMITTING = {
    "views", "tasks", "seeds", "journal.py", "receipts.py", "issuing.py", "freezing.py", "raising.py", "working.py",
}  # fmt: skip


def functions(module: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.FunctionDef)]


@named
def test_modules_hold_one_idea(module):
    assert len(module.read_text().splitlines()) <= 400


@named
def test_functions_fit_on_a_screen(module):
    assert [f.name for f in functions(module) if (f.end_lineno or 0) - f.lineno >= 50] == []


@named
def test_only_views_tasks_and_seeds_commit(module):
    if ".commit()" in module.read_text():
        places = {*module.relative_to(APP).parts, module.stem.split("_")[0]}
        assert places & COMMITTING or module.stem in {"users"}


@named
def test_every_module_says_what_it_is_for(module):
    assert ast.get_docstring(ast.parse(module.read_text()))


@named
def test_nothing_imports_the_front_door(module):
    assert not re.search(r"^from app import", module.read_text(), re.MULTILINE) or module == APP / "__init__.py"


@named
def test_imports_stand_at_the_top(module):
    late = [
        node.lineno
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert late == []


@named
def test_only_the_clock_reads_the_time(module):
    if module.name != "clock.py":
        assert not re.search(r"datetime\.now\(|date\.today\(|time\.time\(", module.read_text())


@named
def test_only_below_the_views_is_nobody_asked_who_is_signed_in(module):
    if module.stem in {"models", "queries", "cases", "reach"}:
        assert "current_user" not in module.read_text()
        assert "actor()" not in module.read_text()


def test_no_name_says_nothing():
    nothing = {"utils", "util", "helpers", "common", "misc", "services", "service", "manager"}
    assert [path for path in MODULES if path.stem in nothing] == []


def test_no_room_is_empty():
    rooms = [path for path in APP.iterdir() if path.is_dir() and path.name not in {"__pycache__", "translations"}]
    assert [room.name for room in rooms if not list(room.glob("[a-z]*.py"))] == []


def test_every_table_with_a_person_says_why_it_is_kept(app):
    """Each model that belongs to a person states its purpose and how long it is kept, or belongs to one that does."""
    from app.db import Base

    silent = []
    for mapper in Base.registry.mappers:
        columns = {column.name for column in mapper.local_table.columns}
        text = mapper.class_.__doc__ or ""
        if columns & {"client_id", "full_name", "iin"} and not {"Purpose:", "kept"} <= set(text.split()):
            silent.append(mapper.class_.__name__)
    assert silent == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_pages_hold_no_style_and_no_script_of_their_own(template):
    page = template.read_text()

    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|\|\s*safe|https?://", page)


def test_every_template_compiles_and_is_used(app):
    """A template is a view's, or is included, imported or extended by another one."""
    used = " ".join(path.read_text() for path in (*MODULES, *TEMPLATES))
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    for name in names:
        app.jinja_env.get_template(name)

    assert [name for name in names if name not in used] == []
