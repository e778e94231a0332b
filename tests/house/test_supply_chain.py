"""What we depend on is little, pinned, licensed and explained, and nothing else is ever fetched or run."""

import ast
import csv
import io
import re
from collections.abc import Iterable, Iterator
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import HOUSE, imports_of, nodes_of, product_modules, project_files, pyproject, text_of
from tools import sbom

MOST_AT_RUN_TIME = 19
EVERYTHING = ("desk", "documents", "online", "tests")
EXTRAS = {
    "base.txt": (),
    "desk.txt": ("desk", "documents"),
    "online.txt": ("online",),
    "tests.txt": EVERYTHING,
}
ALLOWED_LICENCES = {
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "LGPL-3.0-only",  # Qt: kept as replaceable libraries of its own
    "MIT",
    "MIT-0",  # MIT without the duty to name it
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
}


def requirements(name: str) -> str:
    return text_of(HOUSE / "requirements" / name)


def declared(*extras: str) -> list[Requirement]:
    project = pyproject()["project"]
    listed = project["dependencies"]
    optional = project["optional-dependencies"]
    assert isinstance(listed, list)
    assert isinstance(optional, dict)
    return [Requirement(line) for line in [*listed, *(line for extra in extras for line in optional[extra])]]


def applies_here(requirement: Requirement, extras: Iterable[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *extras))


def needed_here(wanted: list[Requirement]) -> set[str]:
    """Everything that these need on this system, by what the installed packages themselves say."""
    found: set[str] = set()
    waiting = list(wanted)
    while waiting:
        one = waiting.pop()
        name = canonicalize_name(one.name)
        if name not in found:
            found.add(name)
            further = [Requirement(line) for line in requires(name) or []]
            waiting += [each for each in further if applies_here(each, one.extras)]
    return found


def pinned_here(name: str) -> set[str]:
    lines = re.findall(r"^([\w.-]+==[^\\\n]+)", requirements(name), re.MULTILINE)
    return {one.name for one in map(Requirement, lines) if applies_here(one, ())}


def test_every_direct_dependency_is_explained() -> None:
    rows = re.findall(r"^\| `?([\w.-]+)`? \| ([^|]+) \| ([^|]+) \| ([^|]+) \|", explained(), re.MULTILINE)
    listed = {name: (why, licence, owner) for name, why, licence, owner in rows}
    names = {one.name for one in declared(*EVERYTHING)}
    assert names - listed.keys() == set()
    assert all(len(why.split()) >= 4 and owner.strip() for why, _, owner in (listed[name] for name in names))


def explained() -> str:
    return text_of(HOUSE / "docs/dependencies.md")


def test_the_explained_licences_are_those_found() -> None:
    found = {row["package"]: row["licence"] for row in committed_licences()}
    for name in (one.name for one in declared(*EVERYTHING)):
        assert re.search(
            rf"^\| `?{name}`? \|[^|]+\| {re.escape(found[name])} \|", explained(), re.MULTILINE
        ), name


def test_there_are_few_dependencies_at_run_time() -> None:
    assert len(declared("desk")) <= MOST_AT_RUN_TIME


@pytest.mark.parametrize("name", EXTRAS)
def test_every_pin_has_hashes(name: str) -> None:
    pins = sbom.pins(requirements(name))
    assert len(pins) == len(re.findall(r"^[^#\s]", requirements(name), re.MULTILINE))
    assert [pin.name for pin in pins if not pin.hashes] == []


@pytest.mark.parametrize("name", EXTRAS)
def test_a_lock_says_nothing_about_where_it_was_made(name: str) -> None:
    text = requirements(name)
    assert not re.search(r"://|file:|@ |--(index|extra-index|find-links|trusted)", text)
    assert not re.search(r"(^|\s)/\w", text, re.MULTILINE)


@pytest.mark.parametrize(("name", "extras"), EXTRAS.items())
def test_a_lock_agrees_with_what_the_project_declares(name: str, extras: tuple[str, ...]) -> None:
    pins = {pin.name: pin.version for pin in sbom.pins(requirements(name))}
    for one in declared(*extras):
        assert one.specifier.contains(pins[one.name]), f"{one} but {pins[one.name]} is pinned: make lock"
    assert pinned_here(name) == needed_here(declared(*extras))


def test_the_smaller_locks_are_parts_of_the_larger() -> None:
    base, desk, online, tests = ({pin.name: pin for pin in sbom.pins(requirements(name))} for name in EXTRAS)
    assert base.items() <= desk.items() <= tests.items()
    assert base.items() <= online.items() <= tests.items()
    assert not any("pyside" in name or "shiboken" in name for name in online)


def test_what_is_installed_here_is_what_is_pinned() -> None:
    pins = {pin.name: pin.version for pin in sbom.pins(requirements("tests.txt"))}
    assert {name: version(name) for name in pinned_here("tests.txt")}.items() <= pins.items()


def committed_licences() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(HOUSE / "docs/licences.csv"))))


def test_the_list_of_licences_is_up_to_date() -> None:
    made = io.StringIO()
    sbom.main(["--licences"], made)
    assert text_of(HOUSE / "docs/licences.csv") == made.getvalue(), "make lock writes it again"


def test_every_licence_is_one_we_may_ship() -> None:
    for row in committed_licences():
        joined_by_and = row["licence"].split(" AND ")
        assert all(set(part.split(" OR ")) & ALLOWED_LICENCES for part in joined_by_and), row


def test_the_bill_of_materials_lists_what_runs() -> None:
    components = sbom.bill_of_materials(sbom.what_runs())["components"]
    assert isinstance(components, list)
    assert {part["name"] for part in components} >= {one.name for one in declared("desk", "online")}
    assert {part["purl"].split("@")[0] for part in components} >= {"pkg:pypi/reportlab", "pkg:pypi/pillow"}


def test_installing_runs_no_code_of_a_package_and_fetches_nothing_unchecked() -> None:
    setup = text_of(HOUSE / "tools/setup")
    installs = [line for line in setup.splitlines() if "pip install" in line]
    assert len(installs) == 1
    assert "--require-hashes --only-binary :all:" in installs[0]
    assert not re.search(r"\b(curl|wget|git clone)\b", setup)
    names = {str(path.relative_to(HOUSE)) for path in project_files()}
    assert names.isdisjoint({"setup.py", "setup.cfg"})
    assert "scripts" not in pyproject()["project"]


def test_pages_load_nothing_from_elsewhere() -> None:
    fetches = re.compile(
        r"""(src|href|action|data)\s*=\s*["']?(https?:)?//|@import|import\s*\(|importScripts"""
    )
    pages = [p for p in project_files() if p.suffix in {".html", ".css", ".js"} and "docs" not in p.parts]
    for page in pages:
        links_to_read = re.sub(r"<a\s[^>]*>", "", text_of(page))
        assert not fetches.search(links_to_read), page
        assert ".min." not in page.name, f"{page}: our own code only"


FORBIDDEN_CALLS = {"eval", "exec", "os.system", "os.popen", "yaml.load", "__import__"}
FORBIDDEN_MODULES = re.compile(r"(pickle|marshal|shelve|dill|yaml|PySide6\.QtWeb\w+)(\.|$)")


def dangers_in(nodes: Iterable[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and (called := plain_name(node.func)) in FORBIDDEN_CALLS:
            yield f"line {node.lineno}: {called}"
        if isinstance(node, ast.keyword) and node.arg == "shell" and ast.unparse(node.value) != "False":
            yield f"line {node.value.lineno}: a shell"


def plain_name(node: ast.expr) -> str:
    """`name` or `name.name`; empty for all else."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=ast.Name(id=above), attr=name):
            return f"{above}.{name}"
    return ""


@pytest.mark.slow
def test_the_product_runs_no_text_as_code() -> None:
    for path in product_modules():
        assert list(dangers_in(nodes_of(path))) == [], path
        assert [name for name in imports_of(path) if FORBIDDEN_MODULES.match(name)] == [], path


def test_text_run_as_code_would_be_found() -> None:
    bad = ast.parse("eval('1')\nsubprocess.run('ls', shell=True)\nos.system('ls')\nwindow.exec()")
    assert len(list(dangers_in(ast.walk(bad)))) == 3


def test_the_security_rules_of_the_linter_are_on() -> None:
    lint = pyproject()["tool"]["ruff"]
    assert isinstance(lint, dict)
    assert "S" in lint["lint"]["select"]
    assert [rule for rule in lint["lint"]["ignore"] if re.fullmatch(r"S\d*", rule)] == ["S603"]


def test_there_is_a_way_to_report_a_weakness_and_a_time_to_mend_it() -> None:
    policy = text_of(HOUSE / "SECURITY.md")
    assert "## How to tell us" in policy
    for days in (14, 30, 90):
        assert f"{days} days" in policy


def test_a_release_is_checked_against_known_weaknesses() -> None:
    release = text_of(HOUSE / "CONTRIBUTING.md").partition("## Before a release")[2]
    assert "pip-audit" in release
