"""The accessibility statement says what docs/access.csv says, and every test that is named there exists."""

import pytest

from tests.house.project import HOUSE
from tests.house.test_catalogues import functions_in
from tools.accessibility import STATEMENT, named_tests, rows, statement


def test_the_statement_is_made_from_the_rows() -> None:
    assert STATEMENT.read_text(encoding="utf-8") == statement(rows()), "run tools/accessibility.py"


def test_every_test_that_a_row_names_exists() -> None:
    for test in named_tests(rows()):
        file, _colons, function = test.partition("::")
        assert (HOUSE / file).is_file(), test
        assert function in functions_in(file), test


def test_what_holds_only_in_part_says_what_does_not() -> None:
    assert [row["row"] for row in rows() if row["holds"] not in {"yes", "partly"} or not row["tests"]] == []
    assert [row["row"] for row in rows() if row["holds"] == "partly" and not row["note"]] == []


@pytest.mark.parametrize(("holds", "said"), [("yes", "- Doors open.\n"), ("partly", "- Doors open: in part.\n")])
def test_the_statement_says_how_far_a_row_holds(holds: str, said: str) -> None:
    assert said in statement([{"row": "X", "what": "Doors open", "holds": holds, "tests": "", "note": ""}])
