"""What is saved reaches the screen at a pace a screen can follow, in order, and an idle desk sleeps."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from core.base import language
from core.base.errors import NotThere, WorkshopError
from core.base.ids import ContributorId, DeskId, NoteId, ThemeId, new_id
from core.domain.board import EMPTY, Board
from core.domain.commands import Command, MakeWorkshop, NewTheme, RemoveTheme, SayNote
from core.domain.events import Event
from core.domain.values import changed
from core.session import Change, Health, Saved, Session
from ui.bridge import EVENTS_A_TICK, TOO_MANY, Bridge


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A new workshop."""
    made = MakeWorkshop(title="Our town", questions=("What should change?",), code="ABC234")
    opened = Session.create(tmp_path / "town.sayback", made, DeskId(new_id()))
    yield opened
    opened.close()


def saying(session: Session, text: str) -> SayNote:
    """A note as a command."""
    question = session.board.questions_in_order()[0].id
    return SayNote(question=question, text=text, contributor=ContributorId(new_id()), note_id=NoteId(new_id()))


class Pretend:
    """A session that says what it is told to, on a thread of its own choosing."""

    def __init__(self) -> None:
        self.board: Board = EMPTY
        self.health = Health.GOOD
        self.listeners: list[Callable[[Change], None]] = []

    def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
        """As the session's."""
        self.listeners.append(listener)
        return lambda: self.listeners.remove(listener)

    def tell(self, *changes: Change) -> None:
        """From another thread, as the writer does."""
        def run() -> None:
            for change in changes:
                self.board = change.board
                for listener in list(self.listeners):
                    listener(change)

        writer = threading.Thread(target=run)
        writer.start()
        writer.join()


class Heard:
    """What came out of a bridge."""

    def __init__(self, bridge: Bridge) -> None:
        self.changes: list[Change] = []
        self.resets = 0
        bridge.changed.connect(self.changes.append)
        bridge.was_reset.connect(self._count)

    def _count(self) -> None:
        self.resets += 1

    @property
    def events(self) -> list[Event]:
        """All events, in the order they came."""
        return [event for change in self.changes for event in change.events]


@pytest.fixture
def event(session: Session) -> Event:
    """Any event."""
    return session.do(saying(session, "Hello")).result(5).events[0]


@pytest.fixture
def pretend(qtbot: QtBot) -> Iterator[tuple[Pretend, Bridge]]:
    """A bridge over a pretend session."""
    made = Pretend()
    bridge = Bridge(made)    # type: ignore[arg-type]  # what it uses of a session
    yield made, bridge
    bridge.close()
    assert made.listeners == []


def test_saved_note_comes_to_the_screens_thread_with_its_board(session: Session, qtbot: QtBot) -> None:
    bridge = Bridge(session)
    threads: list[bool] = []
    bridge.changed.connect(lambda _change: threads.append(QThread.currentThread() is bridge.thread()))
    heard = Heard(bridge)
    saved = session.do(saying(session, "The ramp is steep")).result(5)
    qtbot.waitUntil(lambda: heard.events == list(saved.events))
    assert threads == [True]
    assert saved.note_id in bridge.board.notes
    bridge.close()


def test_at_most_fifty_events_a_tick_and_none_is_lost(
    pretend: tuple[Pretend, Bridge], event: Event, qtbot: QtBot
) -> None:
    session, bridge = pretend
    heard = Heard(bridge)
    events = [changed(event, origin_seq=number) for number in range(230)]
    session.tell(*(Change(EMPTY, tuple(events[first:last])) for first, last in ((0, 3), (3, 180), (180, 230))))
    qtbot.waitUntil(lambda: len(heard.events) == len(events))
    assert heard.events == events
    assert max(len(change.events) for change in heard.changes) <= EVENTS_A_TICK
    assert heard.resets == 0


def test_a_lens_that_leaves_the_whole_board_reads_nothing_anew(session: Session) -> None:
    bridge = Bridge(session)
    heard = Heard(bridge)
    bridge.look_through(lambda board: board)
    assert heard.resets == 0
    bridge.look_through(lambda _board: EMPTY)
    assert heard.resets == 1
    assert bridge.board is EMPTY
    bridge.close()


def test_more_than_five_hundred_waiting_are_read_anew(
    pretend: tuple[Pretend, Bridge], event: Event, qtbot: QtBot
) -> None:
    session, bridge = pretend
    heard = Heard(bridge)
    last = changed(EMPTY, events=7)
    session.tell(*[Change(EMPTY, (event,) * 100)] * (TOO_MANY // 100), Change(last, (event,)))
    qtbot.waitUntil(lambda: heard.resets == 1)
    assert heard.changes == []
    assert bridge.board is last


def test_idle_bridge_does_not_tick(pretend: tuple[Pretend, Bridge], event: Event, qtbot: QtBot) -> None:
    session, bridge = pretend
    assert not bridge.is_awake
    with qtbot.waitSignal(bridge.changed):
        session.tell(Change(EMPTY, (event,)))
    qtbot.waitUntil(lambda: not bridge.is_awake)


def test_then_is_called_after_the_screen_was_told(session: Session, qtbot: QtBot) -> None:
    bridge = Bridge(session)
    order: list[str] = []
    bridge.changed.connect(lambda _change: order.append("changed"))

    def then(saved: Saved) -> None:
        order.append("then")
        assert saved.note_id in bridge.board.notes

    bridge.do(saying(session, "First shown, then named"), then)
    qtbot.waitUntil(lambda: "then" in order)
    assert order == ["changed", "then"]
    bridge.close()


def test_act_that_changes_nothing_is_done_at_once(session: Session, qtbot: QtBot) -> None:
    bridge = Bridge(session)
    command = saying(session, "Twice")
    done: list[Saved] = []
    bridge.do(command, done.append)
    qtbot.waitUntil(lambda: len(done) == 1)
    bridge.do(command, done.append)
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done[1].repeated
    bridge.close()


def test_what_is_refused_is_said_and_never_raised(session: Session, qtbot: QtBot) -> None:
    bridge = Bridge(session)
    refused: list[WorkshopError] = []
    bridge.refused.connect(refused.append)
    question = session.board.questions_in_order()[0].id
    theme = ThemeId(new_id())
    session.do(NewTheme(question=question, name="Gone", theme_id=theme)).result(5)
    session.do(RemoveTheme(theme)).result(5)
    bridge.do(RemoveTheme(theme))
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert isinstance(refused[0], NotThere)
    assert refused[0].advice
    bridge.close()


@pytest.fixture
def in_welsh() -> Iterator[None]:
    language.use("cy")
    yield
    language.use(language.SOURCE)


def test_what_is_refused_is_said_in_the_language_of_the_desk(session: Session, qtbot: QtBot, in_welsh: None) -> None:
    bridge = Bridge(session)
    refused: list[WorkshopError] = []
    bridge.refused.connect(refused.append)
    bridge.do(RemoveTheme(ThemeId(new_id())))
    qtbot.waitUntil(lambda: len(refused) == 1)
    assert (str(refused[0]), refused[0].advice) == (str(NotThere()), NotThere().advice)
    language.use(language.SOURCE)
    assert str(refused[0]) != str(NotThere())
    bridge.close()


def test_health_is_told_once_a_change(pretend: tuple[Pretend, Bridge], qtbot: QtBot) -> None:
    session, bridge = pretend
    healths: list[Health] = []
    bridge.health_changed.connect(healths.append)
    session.health = Health.DISK_FULL
    session.tell(Change(EMPTY), Change(EMPTY))
    qtbot.waitUntil(lambda: healths == [Health.DISK_FULL])
    session.health = Health.GOOD
    session.tell(Change(EMPTY))
    qtbot.waitUntil(lambda: healths == [Health.DISK_FULL, Health.GOOD])


def test_closed_bridge_hears_nothing(session: Session, qtbot: QtBot) -> None:
    bridge = Bridge(session)
    heard = Heard(bridge)
    bridge.close()
    session.do(saying(session, "Nobody looks")).result(5)
    qtbot.wait(40)
    assert heard.changes == []
    assert heard.resets == 0


def test_screen_never_waits_for_a_slow_disk(session: Session, qtbot: QtBot) -> None:
    """A command whose future never ends leaves the screen free."""

    class Stuck:
        board, desk, health, is_view_only = session.board, session.desk, Health.GOOD, False

        def do(self, command: Command) -> "Future[Saved]":
            return Future()

        def subscribe(self, listener: Callable[[Change], None]) -> Callable[[], None]:
            return lambda: None

    bridge = Bridge(Stuck())    # type: ignore[arg-type]  # what it uses of a session
    bridge.do(saying(session, "Some day"))
    qtbot.wait(20)
    bridge.close()
