"""Save a copy: whole, with its pictures, never over another file, and a place that refuses is said to be the one."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.base.errors import AlreadyThere, NotSaved, WorkshopError
from core.session import Health, Session
from core.store.check import check
from tests.core.pictures import drawing
from tests.core.workshops import SECONDS, made, note, opened, say


def with_a_drawing(session: Session) -> None:
    drawn = replace(note(session, "A pond"), picture=drawing().hash)
    session.do_with_picture(drawn, drawing()).result(SECONDS)


def refused(session: Session, target: Path) -> WorkshopError:
    with pytest.raises((NotSaved, AlreadyThere)) as error:
        session.save_copy(target).result(SECONDS)
    assert session.health is Health.GOOD
    return error.value


def test_a_copy_has_its_pictures_and_can_be_opened_while_the_workshop_goes_on(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        with_a_drawing(session)
        copy = session.save_copy(tmp_path / "copy.sayback").result(SECONDS)
        say(session, "Not in the copy")
        with opened(copy) as copied:
            assert copied.picture(drawing().hash) == drawing()
            assert copied.board.balance.received == 1
    assert check(copy).ok
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_no_copy_is_made_over_a_file_least_of_all_the_open_one(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    (tmp_path / "link.sayback").symlink_to(path)
    (tmp_path / "other.pictures").write_bytes(b"somebody's")
    with made(path) as session:
        say(session, "The ramp is steep")
        for name in ("park", "link", "other"):
            assert isinstance(refused(session, tmp_path / f"{name}.sayback"), AlreadyThere)
    assert (tmp_path / "other.pictures").read_bytes() == b"somebody's"
    assert check(path).ok


def test_a_place_that_is_not_there_is_said_to_be_the_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with made(tmp_path / "park.sayback") as session:
        for place in (tmp_path / "nowhere", tmp_path / "file"):
            error = refused(session, place / "copy.sayback")
            assert str(error) == "The copy could not be made there. The workshop itself is safe."
