"""Pictures lie in a file of their own: on disk before the note that names them, once however often they are sent, in
every copy, and gone from all of them with the person who sent them (LOG.md, "words"; privacy.md P7)."""

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.base.errors import Closed, NotSaved, Refused
from core.base.ids import QuestionId, new_id
from core.base.pictures import Picture
from core.domain.board import NoteState
from core.domain.commands import SayNote
from core.domain.events import Author
from core.session import Saved, Session
from core.store import backup, pictures
from core.store.check import check
from core.store.files import pictures_file
from core.store.pictures import Pictures
from tests.core.pictures import picture
from tests.core.table import person
from tests.core.workshops import ANN, SECONDS, Clockwork, everything_on_disk, made, note, opened, rows, speaking

ADAS, BENS = picture(1), picture(2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "park.sayback"


def send(session: Session, sent: Picture = ADAS, text: str = "", *, by: str = "Ada", id: str | None = None) -> Saved:
    """A note with a picture, as the web sends it."""
    said = replace(note(session, text, by=by, id=id), picture=sent.hash)
    return session.do_with_picture(said, sent, Author(session.desk, person(by))).result(SECONDS)


def kept(path: Path) -> list[str]:
    """The pictures on disk, by a connection of its own."""
    place = pictures_file(path)
    found = rows(place, "SELECT hash FROM picture ORDER BY hash") if place.exists() else []
    return [str(digest) for (digest,) in found]


def is_on_disk(folder: Path, sent: Picture) -> bool:
    """Whether any piece of the picture is in any file (SQLite may keep it in parts). A JPEG begins like any other."""
    everything = everything_on_disk(folder)
    return any(sent.data[at : at + 64] in everything for at in range(700, len(sent.data) - 64, 64))


# -- keeping


def test_a_picture_survives_a_restart_with_the_note_that_names_it(path: Path) -> None:
    with made(path) as session:
        said = send(session, text="our ramp")
        assert session.board.notes[said.note_id].picture == ADAS.hash
        assert session.picture(ADAS.hash) == ADAS
    assert not pictures_file(path).with_name("park.pictures-wal").exists()
    with opened(path) as session:
        assert session.picture(ADAS.hash) == ADAS
    assert check(path).ok


def test_a_note_may_be_a_picture_alone(path: Path) -> None:
    with made(path) as session:
        said = send(session)
        assert session.board.text_of(session.board.notes[said.note_id]) == ""
        assert session.board.balance.received == 1
    assert check(path).ok


def test_a_workshop_without_pictures_has_no_file_of_pictures(path: Path) -> None:
    with made(path) as session:
        assert session.picture(ADAS.hash) is None
    with opened(path):
        pass
    assert not pictures_file(path).exists()


def test_the_picture_is_on_disk_before_the_event_that_names_it(path: Path) -> None:
    at_the_commit: list[list[str]] = []
    with made(path) as session:
        session.subscribe(lambda change: at_the_commit.append(kept(path)))
        send(session)
    assert at_the_commit == [[ADAS.hash]]


def test_what_is_promised_survives_a_power_cut(path: Path) -> None:
    with made(path) as session:
        send(session)
        with closing(sqlite3.connect(pictures_file(path))) as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        box = session._storage.pictures
        assert isinstance(box, Pictures)
        pragmas = {name: box._open().execute(f"PRAGMA {name}").fetchone()[0] for name in (
            "synchronous", "secure_delete", "application_id", "user_version",
        )}  # fmt: skip
    assert pragmas == {"synchronous": 2, "secure_delete": 1, "application_id": 0x53415950, "user_version": 1}


def test_the_same_note_sent_twice_is_one_note_and_one_picture(path: Path) -> None:
    with made(path) as session:
        first, again = (send(session, text="our ramp", id="f" * 32) for _ in range(2))
        assert again.repeated
        assert again.note_id == first.note_id
        assert len(session.board.notes) == 1
        assert kept(path) == [ADAS.hash]


def test_another_picture_under_the_same_id_and_words_is_another_note(path: Path) -> None:
    with made(path) as session:
        first, other = send(session, id="f" * 32), send(session, BENS, id="f" * 32)
        assert first.note_id != other.note_id
        assert {each.picture for each in session.board.notes.values()} == {ADAS.hash, BENS.hash}


def test_the_picture_of_a_refused_note_does_not_stay(path: Path) -> None:
    with made(path) as session:
        said = replace(note(session, "our ramp"), question=QuestionId(new_id()), picture=ADAS.hash)
        with pytest.raises(Refused):
            session.do_with_picture(said, ADAS, Author(ANN, person("Ada"))).result(SECONDS)
        assert kept(path) == []


def test_that_a_note_with_a_picture_is_refused_is_said_in_the_language_of_who_sent_it(path: Path) -> None:
    with made(path) as session:
        said = replace(note(session, "our ramp"), question=QuestionId(new_id()), picture=ADAS.hash)
        [of_text, of_picture] = (
            speaking("cy").run(sent).exception(SECONDS)
            for sent in (lambda: session.do(said), lambda: session.do_with_picture(said, ADAS))
        )
        with pytest.raises(Refused) as in_english:
            session.do(said).result(SECONDS)
    assert str(of_picture) == str(of_text) != str(in_english.value)


def test_the_picture_of_a_refused_note_stays_where_another_note_names_it(path: Path) -> None:
    with made(path) as session:
        send(session, by="Ben")
        said = replace(note(session, "our ramp"), question=QuestionId(new_id()), picture=ADAS.hash)
        with pytest.raises(Refused):
            session.do_with_picture(said, ADAS, Author(ANN, person("Ada"))).result(SECONDS)
        assert kept(path) == [ADAS.hash]


def test_what_a_crash_left_without_a_note_is_swept_out_when_the_file_is_opened(path: Path) -> None:
    with made(path) as session:
        send(session)
    with closing(sqlite3.connect(pictures_file(path))) as connection, connection:
        connection.execute(pictures.INSERT, (BENS.hash, "image/jpeg", 64, 48, BENS.data))
    assert is_on_disk(path.parent, BENS)
    with opened(path) as session:
        session.unsent().result(SECONDS)
        assert kept(path) == [ADAS.hash]
        assert not is_on_disk(path.parent, BENS)


def test_a_disk_that_refuses_the_picture_refuses_the_note(path: Path) -> None:
    with made(path) as session:
        pictures_file(path).mkdir()
        with pytest.raises(NotSaved):
            send(session)
        assert not session.board.notes
        pictures_file(path).rmdir()
        send(session)
        assert session.picture(ADAS.hash) == ADAS


def test_a_damaged_file_of_pictures_is_kept_aside_and_notes_go_on(path: Path) -> None:
    with made(path) as session:
        send(session)
    pictures_file(path).write_bytes(b"no pictures at all" * 400)
    report = check(path)
    assert not report.ok
    assert len(report.missing) == 1
    with opened(path) as session:
        send(session, BENS)
        assert session.picture(BENS.hash) == BENS
        assert session.picture(ADAS.hash) is None
    assert pictures_file(path).with_name("park.pictures.damaged").exists()


def test_a_picture_that_comes_while_the_workshop_closes_is_not_promised(path: Path) -> None:
    with made(path) as session:
        said: SayNote = replace(note(session, "our ramp"), picture=ADAS.hash)
    with pytest.raises(Closed):
        session.do_with_picture(said, ADAS).result(SECONDS)


# -- looking


def test_check_names_the_notes_whose_picture_is_gone_or_is_another(path: Path) -> None:
    with made(path) as session:
        first, second = send(session), send(session, BENS, by="Ben")
    assert check(path).ok
    with closing(sqlite3.connect(pictures_file(path))) as connection, connection:
        connection.execute("DELETE FROM picture WHERE hash = ?", (ADAS.hash,))
    report = check(path)
    assert (report.ok, report.missing) == (False, (first.note_id,))
    assert report.damage == ("1 picture is missing.",)
    with closing(sqlite3.connect(pictures_file(path))) as connection, connection:
        connection.execute("UPDATE picture SET bytes = ?", (ADAS.data,))
    assert check(path).missing == (first.note_id, second.note_id)


# -- copies


def test_copies_have_the_pictures_once_for_all_of_them(path: Path) -> None:
    with made(path) as session:
        send(session)
        first = backup.make(path, datetime(2026, 3, 14, 10, tzinfo=UTC))
        send(session, BENS, by="Ben")
        second = backup.make(path, datetime(2026, 3, 14, 11, tzinfo=UTC))
    assert [each.name for each in first.parent.glob("*.pictures")] == ["all.pictures"]
    assert check(first).ok
    assert check(second).ok


def test_a_copy_that_is_opened_gets_pictures_of_its_own_and_the_others_keep_theirs(path: Path) -> None:
    with made(path) as session:
        send(session)
        first = backup.make(path, datetime(2026, 3, 14, 10, tzinfo=UTC))
        send(session, BENS, by="Ben")
        second = backup.make(path, datetime(2026, 3, 14, 11, tzinfo=UTC))
    with opened(first) as copy:
        copy.unsent().result(SECONDS)
        assert copy.picture(ADAS.hash) == ADAS
        assert kept(first) == [ADAS.hash]
    assert check(first).ok
    assert check(second).ok


def test_the_last_copy_of_a_closed_workshop_has_its_pictures(path: Path) -> None:
    with made(path):
        pass
    session = Session.open(path, ANN, clock=Clockwork(), keeps_copies=True)
    send(session)
    session.close()
    pictures_file(path).unlink()
    assert check(backup.copies(path)[0]).ok


def test_a_file_taken_elsewhere_without_its_pictures_still_opens(path: Path, tmp_path: Path) -> None:
    with made(path) as session:
        said = send(session, text="our ramp")
    alone = tmp_path / "stick" / "park.sayback"
    alone.parent.mkdir()
    shutil.copyfile(path, alone)
    assert check(alone).missing == (said.note_id,)
    with opened(alone) as session:
        assert session.picture(ADAS.hash) is None
        assert session.board.text_of(session.board.notes[said.note_id]) == "our ramp"


# -- erasing


def test_nothing_of_an_erased_persons_picture_is_left_in_any_file(path: Path) -> None:
    with made(path) as session:
        said = send(session)
        send(session, BENS, by="Ben")
        copy = backup.make(path, datetime(2026, 3, 14, tzinfo=UTC))
        with opened(copy) as old:
            old.unsent().result(SECONDS)
        assert is_on_disk(path.parent, ADAS)
        session.erase(person("Ada")).result(SECONDS)
        assert not is_on_disk(path.parent, ADAS)
        assert session.picture(ADAS.hash) is None
        assert session.board.notes[said.note_id].state is NoteState.ERASED
        assert session.picture(BENS.hash) == BENS
    assert not is_on_disk(path.parent, ADAS)
    assert is_on_disk(path.parent, BENS)
    assert check(path).ok
    assert check(copy).ok


def test_a_picture_that_somebody_else_sent_too_stays(path: Path) -> None:
    with made(path) as session:
        send(session)
        send(session, by="Ben")
        backup.make(path, datetime(2026, 3, 14, tzinfo=UTC))
        session.erase(person("Ada")).result(SECONDS)
        assert session.picture(ADAS.hash) == ADAS
    assert check(path).ok
    assert check(backup.copies(path)[0]).ok


def test_an_erased_person_who_sends_the_picture_again_brings_nothing_back(path: Path) -> None:
    with made(path) as session:
        send(session, id="f" * 32)
        session.erase(person("Ada")).result(SECONDS)
        said = replace(note(session, "", id="f" * 32), picture=ADAS.hash)
        session.do_with_picture(said, ADAS, Author(ANN, person("Ada"))).exception(SECONDS)
        assert kept(path) == []
    assert not is_on_disk(path.parent, ADAS)


def test_an_erasure_that_a_crash_interrupted_is_finished_when_the_file_is_opened(path: Path, tmp_path: Path) -> None:
    crashed = tmp_path / "crashed" / "park.sayback"
    crashed.parent.mkdir()
    with made(path) as session:
        send(session, text="our ramp")
        with closing(sqlite3.connect(path)) as reader:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM words").fetchone()
            assert isinstance(session.erase(person("Ada")).exception(SECONDS), NotSaved)
            for name in ("park.sayback", "park.sayback-wal", "park.pictures", "park.pictures-wal"):
                shutil.copyfile(path.with_name(name), crashed.with_name(name))
    assert is_on_disk(crashed.parent, ADAS)
    with opened(crashed) as session:
        session.unsent().result(SECONDS)
        assert not is_on_disk(crashed.parent, ADAS)
