"""What the tests about the project itself read: its files, its functions, its requirements."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog

from tools.words import extracted

HOUSE = Path(__file__).resolve().parents[2]
MADE_BY_TOOLS = {"__pycache__", ".git", ".venv", "build"}


@cache
def project_files() -> list[Path]:
    """Every file of the project: what git tracks, or (in a copy without git) all but what tools made."""
    if (HOUSE / ".git").exists():
        files = [HOUSE / name for name in git("ls-files", "-z", "--cached", "--others", "--exclude-standard")]
    else:
        files = [p for p in HOUSE.rglob("*") if not MADE_BY_TOOLS & set(p.relative_to(HOUSE).parts)]
    return sorted(p for p in files if p.is_file() and not p.parent.name.endswith("_cache"))


def git(*arguments: str) -> list[str]:
    command = ["git", "-c", "safe.directory=*", *arguments]
    answer = subprocess.run(command, cwd=HOUSE, capture_output=True, check=True, text=True)
    return [name for name in answer.stdout.split("\0") if name]


def product_modules() -> list[Path]:
    rooms = [HOUSE / "core", HOUSE / "ui", HOUSE / "main.py"]
    return [p for p in project_files() if p.suffix == ".py" and any(p.is_relative_to(room) for room in rooms)]


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(text_of(path), str(path))


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    """All that is in a file, from the top down: half a million things in the product, walked through once."""
    return tuple(ast.walk(tree_of(path)))


def imports_of(path: Path) -> Iterator[str]:
    """The full names of the modules that a file imports, wherever in it."""
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def words_of_the_source() -> Catalog:
    """Every message of the source: some seconds of reading. Nobody changes it."""
    return extracted()


def pyproject() -> dict[str, dict[str, object]]:
    return tomllib.loads(text_of(HOUSE / "pyproject.toml"))
