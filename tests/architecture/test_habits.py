"""The habits of the house, kept by tests rather than by memory."""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
APP = ROOT / "app"
MODULES = sorted(APP.rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# A read, a receipt and the first issue of a paper are kept in a transaction of their own, whatever becomes of the page;
# a half-year that nobody asked to freeze is frozen by the clock or a command; signals are raised a span of cases at
# a time, and a batch is printed sheet by sheet.
COMMITTING = {
    "views", "tasks", "seeds", "journal.py", "receipts.py", "issuing.py", "freezing.py", "raising.py", "working.py",
}  # fmt: skip


@cache
def words_of(module: Path) -> str:
    return module.read_text()


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(words_of(module))


@cache
def functions(module: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef)]


def those_that(are_wrong: Callable[[Path], object], paths: list[Path] = MODULES) -> list[str]:
    """One test of a rule for all files, each with its fault: a test of each file would be thousands."""
    found = {str(path.relative_to(ROOT)): are_wrong(path) for path in paths}
    return [f"{path}: {fault}" for path, fault in found.items() if fault]


def test_there_are_modules_and_templates_to_look_at():
    assert {APP / "__init__.py", APP / "clock.py"} < set(MODULES)
    assert ROOT / "templates" / "_layout" / "page.html" in TEMPLATES


def test_modules_hold_one_idea():
    assert those_that(lambda module: len(words_of(module).splitlines()) > 400) == []


def test_functions_fit_on_a_screen():
    assert those_that(long_functions) == []


def long_functions(module: Path) -> list[str]:
    return [one.name for one in functions(module) if (one.end_lineno or 0) - one.lineno >= 50]


def test_only_views_tasks_and_seeds_commit():
    assert those_that(commits_in_vain) == []


def commits_in_vain(module: Path) -> bool:
    places = {*module.relative_to(APP).parts, module.stem.split("_")[0]}
    return ".commit()" in words_of(module) and not places & COMMITTING and module.stem != "users"


def test_every_module_says_what_it_is_for():
    assert those_that(lambda module: not ast.get_docstring(tree_of(module))) == []


def test_nothing_imports_the_front_door():
    front_door = APP / "__init__.py"
    assert (
        those_that(
            lambda module: module != front_door and re.search(r"^from app import", words_of(module), re.MULTILINE)
        )
        == []
    )


def test_imports_stand_at_the_top():
    assert those_that(late_imports) == []


def late_imports(module: Path) -> list[int]:
    return [
        node.lineno
        for function in functions(module)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def test_only_the_clock_reads_the_time():
    reading = re.compile(r"datetime\.now\(|date\.today\(|time\.time\(")
    assert those_that(lambda module: module.name != "clock.py" and reading.search(words_of(module))) == []


def test_only_below_the_views_is_nobody_asked_who_is_signed_in():
    assert those_that(asks_who_is_signed_in) == []


def asks_who_is_signed_in(module: Path) -> bool:
    below = module.stem in {"models", "queries", "cases", "reach"}
    return below and any(words in words_of(module) for words in ("current_user", "actor()"))


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


def test_pages_hold_no_style_and_no_script_of_their_own():
    own = re.compile(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|\|\s*safe|https?://")
    assert those_that(lambda template: own.search(words_of(template)), TEMPLATES) == []


def test_every_template_compiles_and_is_used(app):
    """A template is a view's, or is included, imported or extended by another one."""
    used = " ".join(path.read_text() for path in (*MODULES, *TEMPLATES))
    names = [str(path.relative_to(ROOT / "templates")) for path in TEMPLATES]
    for name in names:
        app.jinja_env.get_template(name)

    assert [name for name in names if name not in used] == []
