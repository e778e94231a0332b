"""The house keeps its shape: short functions, no Qt below the desk, nothing of one person's machine."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.house.project import HOUSE, imports_of, nodes_of, product_modules, project_files, text_of, tree_of

LONGEST_FUNCTION = 40
LONGEST_FILE = 420
MACHINE_PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(home|root|work|tmp)/")
DOWNLOAD = re.compile(r"""https?://[^\s"']*(\.whl|\.tgz|\.tar\.gz|pypi|pythonhosted|npmjs|/simple\b)""")
WITH_PICTURES_OF_TEXT = {".svg", ".png", ".ttf", ".pdf", ".sayback", ".ico", ".mo"}


def lines_that_match(pattern: re.Pattern[str]) -> list[str]:
    texts = [p for p in project_files() if p.suffix not in WITH_PICTURES_OF_TEXT]
    return [
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()[:100]}"
        for path in texts
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if pattern.search(line)
    ]


def test_no_file_names_a_place_on_someones_machine() -> None:
    assert lines_that_match(MACHINE_PATH) == []


def test_no_file_names_a_place_to_download_from() -> None:
    assert lines_that_match(DOWNLOAD) == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE_PATH.search("see " + "/".join(["", "home", "ann", "notes"]))
    assert DOWNLOAD.search("https" + "://example.org/simple/click")


def functions_over(limit: int, source: str, nodes: Iterable[ast.AST]) -> Iterator[str]:
    """Functions longer than that which say nowhere why ("Long because ...", above or in the docstring)."""
    lines = source.splitlines()
    for node in nodes:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
        reason = f"{lines[first - 2] if first > 1 else ''} {ast.get_docstring(node) or ''}"
        if (node.end_lineno or 0) - node.lineno + 1 > limit and "Long because" not in reason:
            yield f"{node.name} (line {node.lineno})"


@pytest.mark.slow
def test_no_function_is_over_40_lines_without_its_reason() -> None:
    long = [
        f"{path} {name}" for path in product_modules()
        for name in functions_over(LONGEST_FUNCTION, text_of(path), nodes_of(path))
    ]  # fmt: skip
    assert long == []


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("def f():", 1),
        ("# Long because it is a table.\ndef f():", 0),
        ('def f():\n    """Long because."""', 0),
    ],
)
def test_a_long_function_is_found_unless_it_says_why(head: str, found: int) -> None:
    source = head + "\n" + "    pass\n" * LONGEST_FUNCTION
    assert len(list(functions_over(LONGEST_FUNCTION, source, ast.walk(ast.parse(source))))) == found


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def core_modules_with_qt() -> dict[str, set[str]]:
    found = {
        module_name(p): {name for name in imports_of(p) if name.split(".")[0] in ("PySide6", "shiboken6")}
        for p in product_modules()
        if p.is_relative_to(HOUSE / "core")
    }
    return {module: names for module, names in found.items() if names}


@pytest.mark.slow
def test_core_uses_qt_only_to_lay_out_the_text_of_the_pdf_and_to_draw_the_board_as_pixels() -> None:
    with_qt = core_modules_with_qt()
    assert len(with_qt) <= 2, "one module lays out text, one draws pixels; nothing else in core knows Qt"
    for module, names in with_qt.items():
        assert module.startswith("core.record.")
        parts = {".".join(name.split(".")[:2]) for name in names}
        assert parts <= {"PySide6", "PySide6.QtCore", "PySide6.QtGui", "PySide6.QtSvg"}


IMPORT_WITHOUT_QT = """
import importlib, sys

class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("PySide6", "shiboken6"):
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, NoQt())
for module in sys.argv[1:]:
    importlib.import_module(module)
"""


@pytest.mark.slow
def test_core_runs_where_no_qt_is_installed() -> None:
    modules = [module_name(p) for p in product_modules() if p.is_relative_to(HOUSE / "core")]
    without = sorted(set(modules) - core_modules_with_qt().keys())
    assert without
    command = [sys.executable, "-W", "error", "-c", IMPORT_WITHOUT_QT, *without]
    answer = subprocess.run(command, cwd=HOUSE, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr


def test_a_file_is_short_enough_to_be_read_at_once() -> None:
    assert [p for p in product_modules() if text_of(p).count("\n") > LONGEST_FILE] == []


@pytest.mark.slow
def test_nothing_is_imported_from_the_tests() -> None:
    for path in product_modules():
        assert not [name for name in imports_of(path) if name.split(".")[0] == "tests"], path
        assert tree_of(path).body or path.name == "__init__.py", f"{path} is empty"


def test_no_modules_import_each_other_in_a_ring() -> None:
    """A ring works only as long as everybody enters it at the same place. Imports inside functions do not count."""
    modules = {name_of(path): path for path in product_modules()}
    needs = {name: imported_at_once(path) & set(modules) for name, path in modules.items()}
    TopologicalSorter(needs).prepare()


def test_a_ring_is_found() -> None:
    with pytest.raises(CycleError):
        TopologicalSorter({"log": {"layout"}, "layout": {"backup"}, "backup": {"log"}}).prepare()


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts).removesuffix(".__init__")


def imported_at_once(path: Path) -> set[str]:
    """The modules that importing this one imports first: `from package import name` may mean a module of it."""
    found: set[str] = set()
    for statement in tree_of(path).body:
        if isinstance(statement, ast.Import):
            found |= {each.name for each in statement.names}
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            found |= {statement.module, *(f"{statement.module}.{each.name}" for each in statement.names)}
    return found


# The model of the first reads anew for it; the second says what is new.
ONLY_NEWS = {"ui/outline/view.py", "ui/watching/announce.py"}


def test_who_follows_the_board_hears_too_when_all_of_it_was_read_anew() -> None:
    """After an erasure, a venue or very much at once no list of changes comes: who waits for it shows old words."""
    deaf = {
        path.relative_to(HOUSE).as_posix()
        for path in product_modules()
        if re.search(r"bridge\.changed\b", text := text_of(path)) and not re.search(r"bridge\.was_reset\b", text)
    }
    assert deaf == ONLY_NEWS
