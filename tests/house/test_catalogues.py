"""docs/attacks.csv and docs/asvs.csv: every row of the catalogue, with where it is answered and tests that exist."""

import ast
import csv
from collections.abc import Mapping
from functools import cache

import pytest

from tests.house.project import HOUSE, nodes_of

ATTACKS = [f"A{number:02d}" for number in range(1, 55)]
ASVS = """
    1.2.1 1.2.10 1.3.1 1.3.6 1.5.1 2.2.1 2.2.2 2.3.1 2.4.1 3.2.1 3.2.2 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.2 3.4.3 3.4.4
    3.4.5 3.4.6 3.5.1 3.5.2 3.5.3 4.1.1 4.1.3 4.2.1 4.4.1 4.4.2 5.2.1 5.2.2 5.2.3 5.2.6 5.3.2 5.4.1 7.2.1 7.2.2 7.2.3
    7.2.4 7.4.1 8.2.1 8.2.2 8.2.3 8.3.1 11.2.1 11.5.1 12.1.1 12.2.1 12.2.2 13.4.2 13.4.5 14.2.1 14.2.4 14.3.1 14.3.2
    15.1.1 15.1.2 15.2.1 15.3.1 15.3.3 16.2.5 16.3.1 16.5.1 16.5.3
""".split()  # noqa: SIM905 - a list of sixty strings is harder to compare with the catalogue
DEVIATE = {"3.3.1", "3.3.3", "3.4.1", "7.2.3", "12.2.1", "12.2.2"}
Row = Mapping[str, str]


def rows_of(name: str) -> list[Row]:
    with (HOUSE / "docs" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def functions_in(file: str) -> frozenset[str]:
    return frozenset(
        each.name for each in nodes_of(HOUSE / file) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    )


@pytest.mark.parametrize(("name", "key", "rows"), [("attacks.csv", "row", ATTACKS), ("asvs.csv", "id", ASVS)])
def test_every_row_of_the_catalogue_is_there_once(name: str, key: str, rows: list[str]) -> None:
    assert [row[key] for row in rows_of(name)] == rows


@pytest.mark.parametrize("name", ["attacks.csv", "asvs.csv"])
def test_what_applies_has_tests_and_a_place_and_what_does_not_a_reason(name: str) -> None:
    for row in rows_of(name):
        assert row["applies"] in {"yes", "no"}, row
        assert (row["tests"] and row["where"]) if row["applies"] == "yes" else row["note"], row


@pytest.mark.parametrize("name", ["attacks.csv", "asvs.csv"])
def test_every_test_and_every_place_that_is_named_exists(name: str) -> None:
    for row in rows_of(name):
        for test in row["tests"].split():
            file, _, function = test.partition("::")
            assert (HOUSE / file).is_file(), test
            assert function in functions_in(file), test
        for place in row["where"].split():
            assert (HOUSE / place).exists(), place


def test_where_we_deviate_it_says_so() -> None:
    assert {row["id"] for row in rows_of("asvs.csv") if row["note"].startswith("DEVIATION")} == DEVIATE
