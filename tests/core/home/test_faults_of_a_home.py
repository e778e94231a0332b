"""What goes wrong between desks and an online home (faults.md F48 to F50): after each nothing is lost, nothing is
doubled, the boards are the same and the numbers have no gap."""

import asyncio
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from core.base.clock import utc_now
from core.base.errors import QuestionClosed
from core.base.ids import DeskId, new_id
from core.domain.commands import HideNotes, RewordNote
from core.domain.events import EPOCH_SIZE
from core.domain.preparing import DescribeWorkshop
from core.domain.running import SetQuestion
from core.domain.terms import Reason
from core.domain.values import changed
from core.record.plan import day_of
from core.session import Session
from core.store.check import check
from core.store.reader import read_log
from core.sync.errors import NoLongerPaired, UnknownToHome
from core.sync.invited import come_in
from core.sync.line import Line
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.home.online import Online, Sharing, a_home, alike, browser, sharing, venue
from tests.core.model import picture
from tests.core.sync.desks import until
from tests.core.workshops import ANN, BEN, SECONDS, say
from tests.faults.proxy import FAIR, Weather, proxied


@pytest.fixture
def ben(online: Online, ann: Sharing, tmp_path: Path) -> Iterator[Sharing]:
    with venue(online, tmp_path / "ben", ann) as ben:
        yield ben


def kept(online: Online, desk: Sharing) -> Session:
    session = online.shelf.session_of(desk.session.workshop_id)
    assert session is not None
    return session


def assert_whole(online: Online, *desks: Sharing) -> None:
    """One board and one order everywhere, no event twice, no number left out inside an epoch."""
    until(alike(online, *desks), "the logs did not become one")
    sessions = [kept(online, desks[0]), *(desk.session for desk in desks)]
    assert len({repr(picture(session.board)) for session in sessions}) == 1
    for session in sessions:
        assert check(session.path).ok
        rows, _words = read_log(session.path)
        assert set(Counter(row.id for row in rows).values()) == {1}
        assert_gapless([row.seq for row in rows if row.seq is not None])


def assert_gapless(numbers: list[int]) -> None:
    for epoch in {number // EPOCH_SIZE for number in numbers}:
        counted = sorted(number % EPOCH_SIZE for number in numbers if number // EPOCH_SIZE == epoch)
        assert counted == list(range(1, len(counted) + 1))


def texts(session: Session) -> Counter[str]:
    return Counter(session.board.text_of(note) for note in session.board.notes.values())


def under(desk: Sharing, port: int) -> None:
    """Speak with the home through this port."""
    desk.meets(replace(desk.home, address=f"http://127.0.0.1:{port}"))


def test_a_venue_without_network_works_alone_and_merges_when_it_is_back(
    online: Online, ann: Sharing, ben: Sharing
) -> None:
    """F48."""
    with proxied(online.ports.desks) as network:
        under(ben, network.port)
        ben.waits()
        network.weather = Weather(cut=1.0)
        for number in range(5):
            say(ben.session, f"York {number}")
            say(ann.session, f"London {number}")
        until(lambda: ben.link.state.way is Way.LOST)
        until(lambda: ben.link.state.notes == 5)
        assert ben.link.state.words == "5 notes not yet sent to the online home; they are safe here"
        network.weather = FAIR
        assert_whole(online, ann, ben)
        assert texts(ann.session).total() == 10
        under(ben, online.ports.desks)


def test_a_note_changed_at_two_venues_without_network_has_both_wordings(
    online: Online, ann: Sharing, ben: Sharing
) -> None:
    """F49."""
    note = say(ann.session, "a bench").note_id
    until(alike(online, ann, ben))
    ben.link.stop()
    ben.session.do(RewordNote(note, "a long bench")).result(SECONDS)
    ann.session.do(RewordNote(note, "two benches")).result(SECONDS)
    ann.waits()
    ben.link = ben.linked()
    assert_whole(online, ann, ben)
    (conflict,) = ann.session.board.conflict_list()
    wordings = {ann.session.board.text(event.body.words) for event in (conflict.kept, *conflict.lost)}    # type: ignore[union-attr]
    assert wordings == {"a long bench", "two benches"}


def test_a_home_put_back_from_an_old_copy_gets_everything_again(online: Online, tmp_path: Path) -> None:
    """F50: also what was erased stays erased."""
    with sharing(online, tmp_path / "ann") as ann, venue(online, tmp_path / "ben", ann) as ben:
        say(ann.session, "before the copy")
        gone = say(ann.session, "not to be read any more", by="Cy")
        until(alike(online, ann, ben))
        kept(online, ann).save_copy(tmp_path / "older.sayback").result(SECONDS)
        ann.session.erase(gone.events[0].body.contributor).result(SECONDS)    # type: ignore[union-attr,arg-type]
        with browser(online.people, ann.code) as phone:
            phone.say("said at home, after the copy")
        say(ben.session, "said at Ben’s, after the copy")
        until(alike(online, ann, ben))
        path, ports = kept(online, ann).path, online.ports
        online.home.stop()
        for beside in path.parent.glob(path.name + "*"):
            shutil.rmtree(beside) if beside.is_dir() else beside.unlink()
        shutil.copyfile(tmp_path / "older.sayback", path)
        with a_home(tmp_path / "home") as again:
            for desk in (ann, ben):
                under(desk, again.ports.desks)
            with browser(again.people, ann.code) as phone:
                phone.say("said while it was not yet whole")
            assert_whole(again, ann, ben)
            assert texts(ben.session) == Counter(
                ["before the copy", "", "said at home, after the copy", "said at Ben’s, after the copy",
                 "said while it was not yet whole"]
            )  # fmt: skip
        assert ports.desks


def test_an_answer_that_was_lost_after_the_commit_doubles_nothing(online: Online, ann: Sharing, ben: Sharing) -> None:
    with proxied(online.ports.desks) as network:
        network.weather = Weather(answer_lost=0.5)
        under(ann, network.port)
        for number in range(20):
            say(ann.session, f"note {number}")
        until(lambda: texts(kept(online, ann)).total() == 20)
        network.weather = FAIR
        assert_whole(online, ann, ben)
        under(ann, online.ports.desks)


def test_the_same_batch_twice_is_answered_the_same_twice(online: Online, ann: Sharing) -> None:
    ann.link.stop()
    for number in range(3):
        say(ann.session, f"note {number}")
    parcel = ann.session.parcels.waiting(10)

    async def pushes() -> list[list[int | None]]:
        line = Line(ann.home)
        try:
            return [[answer.seq for answer in await line.push(parcel)] for _ in range(2)]
        finally:
            await line.close()

    once, again = asyncio.run(pushes())
    assert once == again
    doubled = replace(parcel, events=(*parcel.events, *parcel.events))

    async def doubles() -> list[int | None]:
        line = Line(ann.home)
        try:
            return [answer.seq for answer in await line.push(doubled)]
        finally:
            await line.close()

    assert asyncio.run(doubles()) == [*once, *once]
    ann.link = ann.linked()
    assert_whole(online, ann)


def test_a_desk_that_is_sent_away_stops_with_plain_words_and_keeps_what_it_has(
    online: Online, ann: Sharing, ben: Sharing, tmp_path: Path
) -> None:
    """Its token is revoked while it is on the line."""
    say(ben.session, "said before")
    until(alike(online, ann, ben))
    online.home.send_away(ben.home.workshop, BEN)
    say(ben.session, "said after")
    until(lambda: ben.link.state.way is Way.ENDED)
    assert isinstance(ben.link.state.problem, UnknownToHome)
    assert isinstance(ben.link.state.problem, NoLongerPaired)
    assert texts(ben.session).total() == 2
    assert texts(kept(online, ann)).total() == 1
    assert_whole(online, ann)


def with_clock(desk: Sharing, who: DeskId, by: timedelta) -> None:
    """The desk goes on with a clock that is wrong by this much."""
    desk.close()
    desk.session = Session.open(desk.path, who, memory=desk.memory, clock=lambda: utc_now() + by)
    desk.link = desk.linked()


def test_clocks_that_are_wrong_change_no_order(online: Online, ann: Sharing, ben: Sharing) -> None:
    """Two hours slow here, a year fast there: who came later at the home has the last word."""
    note = say(ann.session, "a bench").note_id
    with_clock(ann, ANN, timedelta(days=365))
    with_clock(ben, BEN, timedelta(hours=-2))
    until(alike(online, ann, ben))
    ann.session.do(RewordNote(note, "said first, a year ahead")).result(SECONDS)
    until(alike(online, ann, ben))
    ben.session.do(RewordNote(note, "said later, two hours behind")).result(SECONDS)
    assert_whole(online, ann, ben)
    board = ann.session.board
    assert board.text_of(board.notes[note]) == "said later, two hours behind"
    assert board.conflict_list() == []


def days_of(session: Session) -> dict[str, date]:
    """The day of each note as a record made of this copy says it."""
    board = session.board
    assert board.workshop is not None
    return {board.text_of(note): day_of(note, board.workshop.made_at, UTC) for note in board.notes.values()}


def test_clocks_that_are_wrong_give_every_copy_the_same_days(online: Online, ann: Sharing, ben: Sharing) -> None:
    """The home's time is when a note came in: a record does not say that people spoke next year."""
    with_clock(ann, ANN, timedelta(days=365))
    with_clock(ben, BEN, timedelta(hours=-2))
    before = utc_now().date()
    say(ann.session, "a year ahead")
    say(ben.session, "two hours behind")
    assert_whole(online, ann, ben)
    copies = [days_of(session) for session in (kept(online, ann), ann.session, ben.session)]
    assert copies[0] == copies[1] == copies[2]
    assert set(copies[0].values()) <= {before, utc_now().date()}
    ann.session.close()
    ann.session = Session.open(ann.path, ANN, memory=ann.memory)
    assert days_of(ann.session) == copies[0]


def test_what_has_its_time_goes_by_the_clock_of_the_door_that_people_come_to(
    online: Online, ann: Sharing, ben: Sharing
) -> None:
    """A question that closes in an hour is open at the home, whatever a desk's clock says; what a slow desk took in
    later is not sent back; an invitation's day is the home's."""
    question = ann.session.board.questions_in_order()[0].id
    closes = utc_now() + timedelta(hours=1)
    asking = changed(ann.session.board.asking(question), closes=round(closes.timestamp() * 1000))
    ann.session.do(SetQuestion(question, asking)).result(SECONDS)
    until(alike(online, ann, ben))
    with_clock(ann, ANN, timedelta(days=365))
    with_clock(ben, BEN, timedelta(hours=-2))
    with pytest.raises(QuestionClosed):
        say(ann.session, "next year, says the laptop")
    with browser(online.people, ann.code) as phone:
        phone.say("said in time at the home")
    say(ben.session, "taken by a slow laptop")
    code = online.invites(Role.READER, ann.session.workshop_id)
    assert come_in(online.desks, code, DeskId(new_id()), "Cy").role is Role.READER
    assert_whole(online, ann, ben)
    assert texts(ann.session) == {"said in time at the home": 1, "taken by a slow laptop": 1}


class TestWhatARoleMayDo:
    """The home looks at each event; one that is refused keeps none of its batch-mates back."""

    def test_a_venue_runs_its_room_and_changes_nothing_for_all(
        self, online: Online, ann: Sharing, ben: Sharing
    ) -> None:
        note = say(ben.session, "said at Ben’s").note_id
        ben.session.do(DescribeWorkshop(title="Taken over")).result(SECONDS)
        ben.session.do(HideNotes((note,), Reason.HURTFUL)).result(SECONDS)
        until(lambda: len(ben.session.refusals().result(SECONDS)) == 1)
        assert_whole(online, ann, ben)
        assert ann.session.board.title() == "The park"
        assert not ann.session.board.notes[note].is_on_board

    def test_a_reader_only_looks(self, online: Online, ann: Sharing, tmp_path: Path) -> None:
        note = say(ann.session, "said at Ann’s").note_id
        with venue(online, tmp_path / "reader", ann, Role.READER) as reader:
            reader.session.do(HideNotes((note,), Reason.HURTFUL)).result(SECONDS)
            until(lambda: len(reader.session.refusals().result(SECONDS)) == 1)
            assert_whole(online, ann)
            assert ann.session.board.notes[note].is_on_board
