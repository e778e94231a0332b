"""notes.csv: no cell is ever a formula, and what was written comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.commands import HideNotes
from core.domain.terms import Reason
from core.record.plan import plan
from core.record.spreadsheet import HEADINGS, guarded, is_risky, notes_csv, plain
from core.record.tables import decode, parse
from tests.core.record.boards import Hall, every_text, london

FORMULAS = (
    "=1+1", "+1", "-2 too long a wait", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠x", "﹦1", "﹢1", "﹣1",
    "﹫1", "−1", "  =1", "\u200b=1", "\u202e=1",
    "'=1", "''=1", '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0", "\n=1",
)  # fmt: skip
HARMLESS = ("", "a = b", "it's - well", "'quoted'", "1 + 1", "ramp: 3 m", "’=", "#=")


def cells(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_text(text: str) -> None:
    assert guarded(text).startswith("'")
    assert plain(guarded(text)) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text == plain(text)


@given(st.text(alphabet=st.sampled_from("'=+-@＝ \t\r\n\u200bab1")) | st.text())
def test_whatever_was_written_comes_back(text: str) -> None:
    assert plain(guarded(text)) == text
    assert not is_risky(guarded(text)) or guarded(text).startswith("'")


def test_no_cell_of_the_file_can_run() -> None:
    hall = Hall("=QUESTION()", title="T")
    hall.theme("+THEME()", *(text for text in FORMULAS if text.strip()))
    found = cells(notes_csv(plan(hall.board)))
    assert not [cell for row in found for cell in row if is_risky(cell) and not cell.startswith("'")]


def test_every_note_is_a_row_and_reads_back_the_same() -> None:
    hall = london()
    content = notes_csv(plan(hall.board))
    assert content.startswith(b"\xef\xbb\xbf" + b'"question","theme","text","mode","day"\r\n')
    table = parse(decode(content))
    assert table.headings == HEADINGS
    assert sorted(row[2] for _line, row in table.rows) == sorted(every_text(hall))


def test_words_with_quotes_commas_and_lines_come_back() -> None:
    hall = Hall()
    texts = ['say "yes", twice', "one\ntwo", "a;b\tc|d", "=1\n=2", "نحن"]
    hall.theme("A, theme", *texts)
    rows = parse(decode(notes_csv(plan(hall.board)))).rows
    assert [row[2] for _line, row in rows] == texts


def test_hidden_notes_and_people_are_not_in_the_file() -> None:
    hall = Hall()
    hall.does(HideNotes((hall.say("secret"),), Reason.OTHER))
    hall.say("shown", by="Ada")
    content = notes_csv(plan(hall.board)).decode("utf-8-sig")
    assert "secret" not in content
    assert not [person for person in hall.board.by_contributor if person in content]
