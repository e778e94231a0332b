"""The words of Easy Read are a facilitator's, and lie in the log like all others."""

from pathlib import Path

import pytest

from core.base.errors import Refused
from core.domain.commands import Undo
from core.domain.easy import WriteEasy, written
from core.domain.terms import EasyPicture
from tests.core.table import a_table
from tests.core.workshops import made

TALK, PEOPLE, LETTER = EasyPicture.TALK, EasyPicture.PEOPLE, EasyPicture.LETTER


def test_lines_are_written_changed_put_in_order_and_taken_out_in_one_act() -> None:
    _, _, [desk] = a_table("desk")
    desk.sees_and_does(WriteEasy([(PEOPLE, "We met."), (TALK, "You want to talk."), (LETTER, "We will write.")]))
    first = desk.board.easy_list()[0]
    assert written(desk.board) == [(PEOPLE, "We met."), (TALK, "You want to talk."), (LETTER, "We will write.")]
    desk.sees_and_does(WriteEasy([(PEOPLE, "We met."), (LETTER, "We will write.")]))
    assert written(desk.board) == [(PEOPLE, "We met."), (LETTER, "We will write.")]
    assert desk.board.easy_list()[0] == first    # what stayed is not written again
    desk.sees_and_does(Undo(desk.desk))
    assert len(written(desk.board)) == 3


def test_a_line_without_words_is_refused(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session, pytest.raises(Refused):
        session.do(WriteEasy([(TALK, "  ")])).result(10)
