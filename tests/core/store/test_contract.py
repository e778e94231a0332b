"""What a log, and what lies beside it, promise to a home, whatever keeps them: a file or PostgreSQL."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from core.base.errors import AlreadyThere, NotSaved
from core.base.ids import EventId, NoteId, OriginId, new_id
from core.domain.bodies import NoteSaid
from core.domain.commands import HideNotes, RewordNote, SayNote
from core.domain.contact import KEPT_AT_MOST
from core.domain.events import EPOCH_SIZE, Event
from core.domain.terms import Reason
from core.domain.values import changed
from core.domain.words import Words
from core.session import Session
from core.store.check import check
from core.store.engine import HomeLog
from core.store.rows import chain_hash, to_row
from tests.core.model import picture
from tests.core.pictures import picture as drawing
from tests.core.store.engines import EVERYTHING, Engine, copy_of
from tests.core.store.test_contacts import contact
from tests.core.table import NOON, person
from tests.core.workshops import SECONDS, first_question, say, texts_on_disk

ADA = person("Ada")


@pytest.fixture
def session(kept: Engine) -> Iterator[Session]:
    with kept.opened() as opened:
        yield opened


def alone(session: Session, act: str, *values: object) -> object:
    """What the log answers, on the one thread that may ask it."""
    log: HomeLog = session._book.log
    return session._writer.alone(lambda: getattr(log, act)(*values)).result(SECONDS)


def test_an_event_is_found_by_its_id_its_number_and_its_place_in_the_chain(session: Session) -> None:
    [first] = say(session, "one").events
    [second] = say(session, "two").events
    assert alone(session, "event", first.id) == first
    assert alone(session, "event_at", second.seq) == second
    assert alone(session, "hash_before", second.origin, second.origin_seq) == first.hash
    assert alone(session, "hash_before", second.origin, 1) == ""
    assert alone(session, "last_of", second.origin) == (second.origin_seq, second.hash)
    assert alone(session, "head") == second.seq
    assert alone(session, "events")[-2:] == [first, second]    # type: ignore[index]


def test_what_is_not_there_is_not_found(session: Session) -> None:
    [last] = say(session, "one").events
    assert alone(session, "event", EventId(new_id())) is None
    assert alone(session, "event_at", (last.seq or 0) + 1) is None
    assert alone(session, "last_of", OriginId(new_id())) == (0, "")
    assert alone(session, "hash_before", last.origin, last.origin_seq + 2) is None
    assert alone(session, "refusal", last.id) is None
    assert alone(session, "text", Words.of("never said").hash) is None


def test_a_transaction_that_fails_leaves_nothing(session: Session) -> None:
    [last] = say(session, "one").events
    log = session._book.log
    lost = to_row(last)._replace(id=EventId(new_id()), origin=OriginId(new_id()), seq=(last.seq or 0) + 1)

    def fails() -> None:
        with log.transaction():
            log.insert([lost], [Words.of("lost")])
            assert log.event(EventId(lost.id)) is not None
            raise NotSaved("as if", "it were so")

    with pytest.raises(NotSaved):
        session._writer.alone(fails).result(SECONDS)
    assert alone(session, "event", EventId(lost.id)) is None
    assert alone(session, "last_of", OriginId(lost.origin)) == (0, "")
    assert "lost" not in alone(session, "texts").values()    # type: ignore[attr-defined]
    assert say(session, "two").events[0].seq == lost.seq


def test_two_events_under_one_number_are_never_both_kept(session: Session) -> None:
    [last] = say(session, "one").events
    log, twice = session._book.log, to_row(last)._replace(id=EventId(new_id()), origin=OriginId(new_id()))

    def kept_twice() -> None:
        with log.transaction():
            log.insert([twice])

    with pytest.raises(NotSaved):
        session._writer.alone(kept_twice).result(SECONDS)
    assert say(session, "two").events[0].seq == (last.seq or 0) + 1


def test_a_workshop_opened_again_has_the_same_board_and_goes_on_with_the_numbers(kept: Engine, tmp_path: Path) -> None:
    with kept.opened() as session:
        [last] = say(session, "one").events
        session.do(RewordNote(say(session, "two").note_id, "other words")).result(SECONDS)
        before = picture(session.board), session.parcels.mark()
    with kept.opened() as session:
        assert (picture(session.board), session.parcels.mark()) == before
        assert say(session, "three").events[0].seq == (last.seq or 0) + 3
        assert check(copy_of(session, tmp_path)).ok


def test_a_new_epoch_is_not_forgotten_before_its_first_number(kept: Engine) -> None:
    with kept.opened() as session:
        [last] = say(session, "one").events
        session.begin_epoch().result(SECONDS)
        [first] = say(session, "two").events
        assert first.seq == ((last.seq or 0) // EPOCH_SIZE + 1) * EPOCH_SIZE + 1


def test_what_is_sent_comes_in_order_with_its_words(session: Session) -> None:
    events = [say(session, text).events[0] for text in ("one", "two", "three")]
    parcel = session.parcels.after((events[0].seq or 0) - 1, 2)
    assert list(parcel.events) == events[:2]
    assert {words.text for words in parcel.words} == {"one", "two"}
    assert session.parcels.numbers()[-3:] == [event.seq for event in events]
    assert session.parcels.mark(events[1].seq or 0) != session.parcels.mark()
    assert session.parcels.mark(events[2].seq or 0) == session.parcels.mark()
    assert session.parcels.count_waiting() == 0


def test_words_that_got_lost_are_asked_for_and_brought_back(session: Session) -> None:
    said = with_other_words(say(session, "one").events[0])
    answers = session.take([said[0]]).result(SECONDS)
    assert answers[0].refused is None
    missing = session.parcels.missing_words(10)
    assert missing == [said[1].hash]
    session.bring_words([said[1], Words.of("never asked for")]).result(SECONDS)
    assert session.parcels.missing_words(10) == []
    assert session.parcels.words(missing) == [said[1]]
    assert session.board.text(said[1].hash) == "lost on the way"


def test_which_words_are_missing_is_known_while_the_log_grows(session: Session) -> None:
    said = say(session, "one", by="Ada").events[0]
    (first, its_words), (second, other_words) = with_other_words(said), with_other_words(said)
    assert session.parcels.missing_words(10) == []
    session.take([first]).result(SECONDS)
    assert session.parcels.missing_words(10) == [its_words.hash]
    say(session, "two", by="Ben")
    session.take([second]).result(SECONDS)
    assert session.parcels.missing_words(10) == sorted([its_words.hash, other_words.hash])
    session.bring_words([its_words]).result(SECONDS)
    say(session, "three", by="Ben")
    assert session.parcels.missing_words(10) == [other_words.hash]
    session.erase(ADA).result(SECONDS)
    assert session.parcels.missing_words(10) == []


def with_other_words(event: Event) -> tuple[Event, Words]:
    """The same as if another desk had said something, whose words did not come with it."""
    assert isinstance(event.body, NoteSaid)
    words, name = Words.of("lost on the way"), EventId(new_id())
    said = changed(
        event, id=name, subject=name, origin=OriginId(new_id()), origin_seq=1, seq=None,
        body=changed(event.body, words=words.hash),
    )  # fmt: skip
    return changed(said, hash=chain_hash("", to_row(said))), words


def test_nothing_an_erased_person_said_is_left_or_comes_back(kept: Engine, tmp_path: Path) -> None:
    with kept.opened() as session:
        said = say(session, "my secret")
        session.do(HideNotes((said.note_id,), Reason.NAMES_SOMEONE, "about the secret")).result(SECONDS)
        session.with_contacts(lambda contacts: contacts.keep(contact(ADA))).result(SECONDS)
        secret = session.parcels.after(0, EVERYTHING)
        session.erase(ADA).result(SECONDS)
        session.take(said.events, secret.words).result(SECONDS)
        session.bring_words(secret.words).result(SECONDS)
        assert session.with_contacts(lambda contacts: contacts.all()).result(SECONDS) == []
        copy = copy_of(session, tmp_path)
        assert [text for text in texts_on_disk(copy) if "secret" in text] == []
        assert check(copy).ok
    with kept.opened() as session:
        assert session.board.balance.erased == 1
        assert session.parcels.missing_words(10) == []


def test_pictures_are_kept_by_their_hash_and_leave_with_who_sent_them(kept: Engine, tmp_path: Path) -> None:
    ramp = drawing()
    with kept.opened() as session:
        said = SayNote(question=first_question(session), text="see", contributor=ADA, picture=ramp.hash,
                       note_id=NoteId(new_id()))    # fmt: skip
        session.do_with_picture(said, ramp).result(SECONDS)
        assert session.picture(ramp.hash) == ramp
        assert session.parcels.lacking([ramp.hash]) == []
        session.bring_picture(ramp).result(SECONDS)
    with kept.opened() as session:
        assert session.picture(ramp.hash) == ramp
        session.erase(ADA).result(SECONDS)
        assert session.picture(ramp.hash) is None
        assert session.parcels.lacking([ramp.hash]) == [ramp.hash]


def test_addresses_are_kept_written_over_and_forgotten(session: Session) -> None:
    ben = contact(person("Ben"), at=NOON - KEPT_AT_MOST - timedelta(days=1))
    for each in (contact(ADA), contact(ADA, "ada@new.example"), ben):
        session.with_contacts(lambda contacts, each=each: contacts.keep(each)).result(SECONDS)    # type: ignore[misc]
    assert session.with_contacts(lambda contacts: contacts.of(ADA)).result(SECONDS) == contact(ADA, "ada@new.example")
    assert session.with_contacts(lambda contacts: len(contacts.all())).result(SECONDS) == 2
    assert session.with_contacts(lambda contacts: contacts.forget_old(lambda: NOON)).result(SECONDS) == 1
    assert session.with_contacts(lambda contacts: contacts.forget([ADA])).result(SECONDS) == 1
    assert session.with_contacts(lambda contacts: contacts.all()).result(SECONDS) == []


def test_the_past_is_told_newest_first_and_of_one_note_only(session: Session) -> None:
    first, _ = say(session, "one"), say(session, "two")
    session.do(RewordNote(first.note_id, "other words")).result(SECONDS)
    assert len(session.past(10, first.note_id)) == 2
    assert session.past(10)[0].events[0].subject == first.note_id


def test_what_only_this_copy_knows_is_remembered(kept: Engine) -> None:
    with kept.opened() as session:
        session.set_local("port", "1").result(SECONDS)
        session.set_local("port", "2").result(SECONDS)
    with kept.opened() as session:
        assert session.local("port").result(SECONDS) == "2"
        assert session.local("no such thing").result(SECONDS) is None


def test_a_copy_never_takes_the_place_of_a_file(session: Session, tmp_path: Path) -> None:
    copy = copy_of(session, tmp_path)
    with pytest.raises(AlreadyThere):
        session.save_copy(copy).result(SECONDS)
