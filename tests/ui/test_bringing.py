"""What another desk did without a network comes in from a stick, by what somebody at the desk sees and presses."""

from pathlib import Path

from core.session import Session
from tests.core.workshops import BEN, SECONDS, Remembered, say
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import hall


def stick_of(session: Session, folder: Path, words: str) -> Path:
    """The copy of another desk of this workshop, at which that was said."""
    folder.mkdir()
    other = Session.join(folder / "other.sayback", session.workshop_id, BEN, memory=Remembered())
    try:
        parcel = session.parcels.after(0, 1000)
        other.merge(parcel.events, parcel.words).result(SECONDS)
        say(other, words)
        return other.save_copy(folder / "stick.sayback").result(SECONDS)
    finally:
        other.close()


def choose(desk: DeskUnderTest, path: Path) -> None:
    others = desk.open.other_desks
    assert others is not None
    others.bringing.ask = lambda window, folder: str(path)
    desk.do("bring-in")


def test_what_another_desk_said_is_told_and_then_brought_in(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    session = desk.open.running.session
    stick = stick_of(session, tmp_path / "stick", "said without a network")
    choose(desk, stick)
    desk.wait(lambda: "1 note comes in." in desk.notice)
    assert not session.board.notes
    desk.press("Bring it in")
    desk.wait(lambda: "It is here now." in desk.notice)
    desk.wait(lambda: "said without a network" in {desk.board.text_of(note) for note in desk.board.notes.values()})
    choose(desk, stick)
    desk.wait(lambda: "Everything in that file is here already." in desk.notice)


def test_a_file_that_is_none_is_refused_in_plain_words(desk: DeskUnderTest, tmp_path: Path) -> None:
    desk.desk.open(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    assert desk.door.code
    evil = tmp_path / "evil.json"
    evil.write_text("<script>alert(1)</script>", "utf-8")
    choose(desk, evil)
    desk.wait(lambda: "This is no workshop.json that can be used" in desk.notice)
    assert "script" not in desk.notice
