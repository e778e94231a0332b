"""Writing the record: each file whole or not there, with progress, also while a desk has the workshop open."""

import errno
import os
from pathlib import Path

import pytest

from core.base.errors import DiskFull, NotAWorkshop, NotSaved
from core.base.language import gettext
from core.cli import run
from core.domain.commands import MakeWorkshop
from core.record.tables import import_table
from core.record.writing import FILES, write
from core.session import Session
from tests.core.record.boards import LONDON
from tests.core.workshops import ANN, made, say


@pytest.fixture
def park(tmp_path: Path) -> Path:
    with made(tmp_path / "park.sayback") as session:
        import_table(session, LONDON)
    return tmp_path / "park.sayback"


def test_all_forms_are_written(park: Path, tmp_path: Path) -> None:
    written = write(park, tmp_path / "new folder" / "out", tuple(FILES))
    assert {file.name for file in written.files} == set(FILES.values())
    assert sorted(file.name for file in (tmp_path / "new folder" / "out").iterdir()) == sorted(FILES.values())
    assert [remark for remark in written.remarks if "Easy Read" not in remark] == []


def test_only_what_is_wanted_is_written(park: Path, tmp_path: Path) -> None:
    write(park, tmp_path / "out", ["html"])
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["record.html"]


@pytest.mark.parametrize("name", ["-rf", "d’été \U0001f333 & co", "a\nb", "حديقة", "100% 'park' \"ours\"", "x" * 200])
def test_however_odd_the_names_of_file_and_folder_are_all_of_it_is_written(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with made(tmp_path / f"{name}.sayback") as session:
        say(session, "More trees")
    out = tmp_path / f"{name} out"
    assert run(["record", str(session.path), "--out", str(out), "--formats", "csv,md", "--editions"], lambda _: 0) == 0
    assert {file.name for file in out.iterdir()} == {"notes.csv", "record.md", "editions"}
    assert len(list((out / "editions").glob("*.pdf"))) == 1
    assert str(out / "notes.csv") in capsys.readouterr().out


def test_two_times_give_the_same_bytes(park: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(park, tmp_path / name, tuple(FILES))
    for file in FILES.values():
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_it_works_while_a_desk_has_the_file_open_and_changes_nothing(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "Said just now")
        before = (tmp_path / "park.sayback").read_bytes()
        write(tmp_path / "park.sayback", tmp_path / "out")
        assert (tmp_path / "park.sayback").read_bytes() == before
        say(session, "Said after that")
    assert "Said just now" in (tmp_path / "out" / "record.html").read_text("utf-8")


def test_progress_rises_to_the_whole_and_names_each_file(park: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    write(park, tmp_path, tuple(FILES), progress=lambda *each: told.append(each))
    done = [each[0] for each in told]
    assert done == sorted(done)
    assert told[-1][0] == told[-1][1]
    assert {what.split(" ")[0] for _done, _total, what in told} == set(FILES.values())


def test_what_could_not_be_drawn_is_told(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        say(session, "More trees 한국")
    told: list[str] = []
    written = write(tmp_path / "park.sayback", tmp_path, progress=lambda done, total, what: told.append(what))
    assert len(written.remarks) == 1
    assert "2 signs" in written.remarks[0]
    assert any(written.remarks[0] in what for what in told)
    assert "한국" in (tmp_path / "record.html").read_text("utf-8")


def test_a_folder_that_cannot_be_written_to_is_told_with_what_to_do(park: Path, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", "utf-8")
    with pytest.raises(NotSaved) as refused:
        write(park, tmp_path / "taken", ["html"])
    assert refused.value.advice
    (tmp_path / "out" / "record.html").mkdir(parents=True)
    with pytest.raises(NotSaved):
        write(park, tmp_path / "out", ["html"])
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["record.html"]


def test_a_full_disk_leaves_the_old_record_whole(park: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(park, tmp_path / "out", ["pdf"])
    before = (tmp_path / "out" / "record.pdf").read_bytes()

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull) as refused:
        write(park, tmp_path / "out", ["pdf"])
    monkeypatch.undo()
    assert refused.value.advice
    assert (tmp_path / "out" / "record.pdf").read_bytes() == before
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["record.pdf"]


def test_what_is_no_workshop_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a workshop", "utf-8")
    with pytest.raises(NotAWorkshop):
        write(tmp_path / "notes.txt", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_language_of_the_record_is_nobody_elses_business(tmp_path: Path) -> None:
    made_in_welsh = MakeWorkshop(title="Y parc", questions=("Beth?",), code="ABC234", language="cy")
    Session.create(tmp_path / "parc.sayback", made_in_welsh, ANN).close()
    write(tmp_path / "parc.sayback", tmp_path, ["html"])
    assert '<html lang="cy" dir="ltr">' in (tmp_path / "record.html").read_text("utf-8")
    assert gettext("Who took part") == "Who took part"
