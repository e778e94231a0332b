"""What can be done with a workshop that lies where nothing can be written; run there by test_read_only.py."""

import sys
from pathlib import Path

import pytest

from core.base.errors import ReadOnlyPlace
from core.domain.commands import Undo
from core.session import Health, Session
from core.store.check import check
from core.store.memory import NoMemory
from core.store.reader import read_board
from tests.core.pictures import drawing
from tests.core.workshops import ANN, BEN, SECONDS, note, opened, say
from ui.app import open_or_view


def main(path: Path, elsewhere: Path) -> None:
    with pytest.raises(ReadOnlyPlace):
        Session.open(path, ANN)
    session = open_or_view(path, ANN, NoMemory())
    try:
        look_at(session)
        refuses_every_act(session)
        copy = session.save_copy(elsewhere / "copy.sayback").result(SECONDS)
    finally:
        session.close()
    assert read_board(path).balance.received == 2
    assert check(path).ok, check(path)
    with opened(copy, BEN) as copied:
        look_at(copied)
        say(copied, "We go on in the copy")
    assert check(copy).ok
    sys.stdout.write("looked\n")


def look_at(session: Session) -> None:
    board = session.board
    texts = {board.text_of(each) for each in board.notes.values()}
    assert texts == {"A drawing of the pond", "The ramp is steep"}
    (drawn,) = (each.picture for each in board.notes.values() if each.picture)
    picture = session.picture(drawn)
    assert picture is not None
    assert picture.hash == drawn
    assert session.health is Health.GOOD


def refuses_every_act(session: Session) -> None:
    assert session.is_view_only
    drawn = session.do_with_picture(note(session, "Benches"), drawing())
    for act in (session.do(note(session, "Benches")), session.do(Undo(ANN)), session.set_local("port", "80"), drawn):
        with pytest.raises(ReadOnlyPlace):
            act.result(SECONDS)
    assert session.health is Health.GOOD


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
