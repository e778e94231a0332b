"""The result of a vote at the desk: phones, hands and paper dots stand apart, and nothing vanishes unseen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QComboBox, QSpinBox

from core.base.ids import RoundId, ThemeId, new_id
from core.domain.contributing import CastVote
from core.domain.promising import CountVotes
from core.domain.running import BlockPerson, OpenVote
from core.domain.terms import CountWay, Mode, VoteOn
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import CTRL, Hall, Key, hall
from ui.dialogs.result import ResultPanel


@pytest.fixture
def room(new_desk: Callable[[], DeskUnderTest], tmp_path: Path) -> Hall:
    """A workshop with two themes and a vote on them."""
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk), (1600, 900))
    assert desk.door.code == "ABC234"
    found = Hall(desk)
    found.theme("Homes", found.say("A house"))
    found.theme("Streets", found.say("A bus"))
    found.does(OpenVote(found.question, VoteOn.THEMES, 3, RoundId(new_id())))
    return found


def vote(room: Hall) -> RoundId:
    """The round."""
    return room.board.rounds_in_order()[0].id


def theme(room: Hall, name: str) -> ThemeId:
    """A theme by its name."""
    return next(each.id for each in room.board.themes_of(room.question) if room.board.text(each.name) == name)


def casts(room: Hall, who: str, name: str, dots: int, mode: Mode = Mode.ROOM) -> None:
    """Somebody votes by phone."""
    room.does(CastVote(vote(room), room.person(who), theme(room, name), dots, mode), who)


def open_panel(room: Hall, action: str = "result") -> ResultPanel:
    """By the menu."""
    room.desk.do(action)
    return room.desk.find(ResultPanel, "Result of the vote")


def test_columns_stand_apart_and_together_and_follow_the_votes(room: Hall) -> None:
    casts(room, "Ben", "Homes", 2)
    casts(room, "Cem", "Streets", 3, Mode.REMOTE)
    panel = open_panel(room)
    assert panel.table.heads == ["Themes", "All", "In the room", "At home"]
    assert panel.table.rows == [["Streets", "3", "0", "3"], ["Homes", "2", "2", "0"]]
    hands = CountVotes(round_id=vote(room), way=CountWay.HANDS, table=4, dots={theme(room, "Homes"): 12})
    room.does(hands)
    room.does(CountVotes(round_id=vote(room), way=CountWay.HANDS, table=1, dots={theme(room, "Streets"): 1}))
    room.does(CountVotes(round_id=vote(room), way=CountWay.DOTS, table=0, dots={theme(room, "Homes"): 9}))
    room.desk.wait(lambda: panel.table.heads[-2:] == ["Hands", "Paper dots"])
    assert panel.table.rows[0] == ["Homes", "23", "2", "0", "12", "9"]
    assert "phones 5 · hands 13 (tables 1, 4) · paper dots 9" in panel.summary


def test_hands_of_a_table_are_entered_by_keyboard_and_put_right(room: Hall) -> None:
    panel = open_panel(room, "count-votes")
    ways = room.desk.find(QComboBox, "How they voted")
    room.desk.wait(ways.hasFocus)
    room.desk.find(QSpinBox, "Table").setValue(4)
    homes = room.desk.find(QSpinBox, "Homes")
    homes.setFocus()
    homes.selectAll()
    room.desk.type("12")
    room.desk.keys(Key.Key_Return)
    room.desk.wait(room.desk.find(QSpinBox, "Streets").hasFocus)
    room.desk.find(QSpinBox, "Streets").selectAll()
    room.desk.type("5")
    room.desk.keys(Key.Key_Return, CTRL)
    room.desk.wait(lambda: len(room.board.counts_of(vote(room))) == 1)
    ((_id, count),) = room.board.counts_of(vote(room))
    assert (count.way, count.table, dict(count.dots)) == (
        CountWay.HANDS, 4, {theme(room, "Homes"): 12, theme(room, "Streets"): 5}
    )  # fmt: skip
    room.desk.find(QSpinBox, "Table").setValue(5)
    assert homes.value() == 0
    room.desk.find(QSpinBox, "Table").setValue(4)
    assert homes.value() == 12
    room.desk.keys(Key.Key_Escape)
    room.desk.wait(panel.view.hasFocus)
    assert "hands 17 (table 4)" in panel.summary
    room.desk.wait(lambda: room.undo == "Count votes by hand")


def test_votes_that_are_not_counted_are_said(room: Hall) -> None:
    casts(room, "Ben", "Homes", 2)
    casts(room, "Cem", "Homes", 1)
    room.does(BlockPerson(room.person("Ben")))
    panel = open_panel(room)
    assert panel.table.rows == [["Homes", "1", "1"]]
    assert "Not counted: 2 votes of phones that are stopped" in panel.summary
