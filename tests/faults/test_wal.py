"""The WAL beside a workshop is missing, old, or another's (faults.md F15): what is there is whole and said, or refused
and left as it is; nothing is ever shown that is not so."""

import shutil
from pathlib import Path

import pytest

from core.base.errors import NotAWorkshop
from core.session import Session
from core.store.check import check
from core.store.reading import wal_of
from tests.core.cli.program import do
from tests.core.workshops import ANN, PARK, Remembered, made, opened, say
from tests.faults.test_file_gone import texts

FOREIGN = "does not belong to this workshop, whose last event is from"


def with_its_wal(path: Path, target: Path) -> Path:
    """A copy of an open workshop, as a crash leaves it."""
    target.mkdir()
    for each in (path, wal_of(path)):
        shutil.copyfile(each, target / each.name)
    return target / path.name


@pytest.fixture
def crashed(tmp_path: Path) -> Path:
    """A note is in the file, the next is in its WAL only."""
    path = tmp_path / "park.sayback"
    with made(path) as session:
        say(session, "In the file")
    with opened(path) as session:
        say(session, "In the WAL")
        copy = with_its_wal(path, tmp_path / "crashed")
    assert wal_of(copy).stat().st_size
    return copy


@pytest.fixture
def others(tmp_path: Path) -> Path:
    """The WAL of another workshop, with all of its pages."""
    path = tmp_path / "other.sayback"
    session = Session.create(path, PARK, ANN)
    for number in range(40):
        say(session, f"Of others {number}")
    wal = shutil.copyfile(wal_of(path), tmp_path / "others-wal")
    session.close()
    return wal


def refused(path: Path) -> str:
    """Refused by the desk's door and by `view`, and nothing of it has changed."""
    before, wal = path.read_bytes(), wal_of(path).read_bytes()
    with pytest.raises(NotAWorkshop, match=FOREIGN):
        Session.view(path)
    with pytest.raises(NotAWorkshop, match=FOREIGN) as error:
        Session.open(path, ANN)
    assert (path.read_bytes(), wal_of(path).read_bytes()) == (before, wal)
    return error.value.advice


def test_its_own_wal_is_taken_in(crashed: Path) -> None:
    assert check(crashed).ok
    assert texts(crashed) == ["In the WAL", "In the file"]
    with opened(crashed) as session:
        assert session.board.balance.received == 2


def test_the_wal_of_another_workshop_is_refused_and_the_file_itself_is_whole(crashed: Path, others: Path) -> None:
    shutil.copyfile(others, wal_of(crashed))
    assert "Move that file" in refused(crashed)
    report = check(crashed)
    assert not report.ok
    assert FOREIGN in report.damage[0]
    assert report.balance.received == 1
    wal_of(crashed).unlink()
    assert texts(crashed) == ["In the file"]


def test_an_old_wal_of_the_same_workshop_takes_nothing_back(crashed: Path, tmp_path: Path) -> None:
    path, old = tmp_path / "park.sayback", tmp_path / "old-wal"
    shutil.copyfile(wal_of(crashed), old)
    with opened(path) as session:
        for number in range(60):
            say(session, f"Later {number}")
    shutil.copyfile(old, wal_of(path))
    refused(path)
    wal_of(path).unlink()
    assert len(texts(path)) == 62
    assert check(path).ok


def test_a_wal_that_is_no_wal_is_nothing(crashed: Path) -> None:
    wal_of(crashed).write_bytes(bytes(range(256)) * 40)
    with opened(crashed) as session:
        assert texts(crashed) == ["In the file"]
        assert session.board.balance.received == 1


def test_a_desk_notices_that_a_wal_is_missing(tmp_path: Path) -> None:
    path, memory = tmp_path / "park.sayback", Remembered()
    with made(path, memory=memory) as session:
        say(session, "In the file")
    with opened(path, memory=memory) as session:
        assert not session.is_behind
        say(session, "In the WAL")
        copy = with_its_wal(path, tmp_path / "crashed")
    wal_of(copy).unlink()
    with opened(copy, memory=memory) as session:
        assert session.is_behind
        assert session.board.balance.received == 1
        say(session, "It goes on")
    assert check(copy).ok
    with opened(copy, memory=memory) as session:
        assert not session.is_behind


def test_serve_and_check_say_kindly_that_a_wal_is_anothers(
    crashed: Path, others: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copyfile(others, wal_of(crashed))
    ended = do(capsys, "serve", crashed)
    assert (ended.code, ended.out) == (1, "")
    assert FOREIGN in ended.err
    assert do(capsys, "check", crashed).code == 1
