"""A second desk joins the workshop of the first: by a code and a click, over TLS; then both work on one board."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.model import picture
from tests.core.sync.desks import First, Second, a_first_desk, a_second_desk, are_alike, paired, until
from tests.core.workshops import say


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        yield first


@pytest.fixture
def second(first: First, tmp_path: Path) -> Iterator[Second]:
    say(first.session, "said before")
    with a_second_desk(tmp_path / "second", paired(first)) as second:
        until(second.is_on)
        yield second


def test_a_second_desk_sees_the_board_and_both_see_what_either_does(first: First, second: Second) -> None:
    until(are_alike(first, second))
    assert second.session.board.title() == "The park"
    note = say(second.session, "from the second").note_id
    until(lambda: note in first.session.board.notes)
    other = say(first.session, "from the first").note_id
    until(lambda: other in second.session.board.notes)
    until(are_alike(first, second))
    assert picture(first.session.board) == picture(second.session.board)
    assert second.session.board.text_of(second.session.board.notes[other]) == "from the first"


def test_what_is_done_while_the_first_desk_is_away_is_kept_and_sent_when_it_is_back(
    first: First, second: Second
) -> None:
    first.gateway.stop()
    note = say(second.session, "meanwhile").note_id
    until(lambda: second.link.state.waiting == 1)
    until(lambda: "not reached" in second.link.state.words)
    assert second.link.state.words == "First desk: not reached. 1 change waits; it is safe here."
    first.gateway = first.opened()
    until(lambda: note in first.session.board.notes)
    until(are_alike(first, second))
    until(lambda: second.link.state.words == "First desk: on")
