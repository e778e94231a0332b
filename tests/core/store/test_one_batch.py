"""What reaches the disk together is settled as if each had come alone: nothing in a batch is on disk before its end."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.base.errors import WasErased
from core.domain.commands import ErasePerson
from core.domain.events import Author
from core.session import Change, Saved, Session
from core.store.check import check
from tests.core.store.engines import Engine, copy_of
from tests.core.table import name_of, person
from tests.core.workshops import SECONDS, Clockwork, note, texts_on_disk

NOTE = name_of("sent twice")


@contextmanager
def one_batch(kept: Engine, folder: Path) -> Iterator[Session]:
    """A workshop where all that is asked for inside is one commit, made at the end."""
    clock = Clockwork()
    with kept.opened(clock=clock) as session:
        changes: list[Change] = []
        session.subscribe(changes.append)
        clock.stop()
        session.do(note(session, "The writer waits", by="Cleo"))
        assert clock.writer_waits.wait(SECONDS)
        yield session
        clock.go_on()
        session.do(note(session, "The last", by="Cleo")).result(SECONDS)
        assert len(changes) <= 3    # the last may come along with the others
        assert check(copy_of(session, folder)).ok


def send(session: Session, text: str, by: str = "Ada") -> "Future[Saved]":
    return session.do(note(session, text, by=by, id=NOTE), Author(session.desk, person(by)))


def test_the_same_note_twice_is_one_and_both_hear_its_words(kept: Engine, tmp_path: Path) -> None:
    with one_batch(kept, tmp_path) as session:
        asked = [send(session, "The ramp is steep") for _ in range(50)]
    first, *others = [each.result(SECONDS) for each in asked]
    assert not first.repeated
    assert {(each.events, each.text, each.repeated) for each in others} == {(first.events, "The ramp is steep", True)}
    assert texts_on_disk(tmp_path / "copy.sayback").count("The ramp is steep") == 1


def test_other_words_and_other_people_under_one_id_are_notes_of_their_own(kept: Engine, tmp_path: Path) -> None:
    with one_batch(kept, tmp_path) as session:
        asked = [
            send(session, "The ramp is steep"), send(session, "The door is heavy"),
            send(session, "The ramp is steep", by="Ben"), send(session, "The door is heavy"),
        ]  # fmt: skip
    saved = [each.result(SECONDS) for each in asked]
    assert [each.repeated for each in saved] == [False, False, False, True]
    assert saved[3].note_id == saved[1].note_id
    assert len({each.note_id for each in saved}) == 3
    assert [each.text for each in saved][:2] == ["The ramp is steep", "The door is heavy"]


def test_who_is_erased_in_the_middle_of_it_leaves_no_words(kept: Engine, tmp_path: Path) -> None:
    with one_batch(kept, tmp_path) as session:
        send(session, "The ramp is steep")
        session.do(ErasePerson(person("Ada")))
        again, new = send(session, "The ramp is steep"), session.do(note(session, "Something else"))
        ben = send(session, "The door is heavy", by="Ben")
    assert again.result(SECONDS).repeated
    assert again.result(SECONDS).text == ""
    with pytest.raises(WasErased):
        new.result(SECONDS)
    assert ben.result(SECONDS).text == "The door is heavy"
    assert "The ramp is steep" not in texts_on_disk(tmp_path / "copy.sayback")
    assert "Something else" not in texts_on_disk(tmp_path / "copy.sayback")
