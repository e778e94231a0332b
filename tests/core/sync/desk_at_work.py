"""One desk as a process of its own, with a file of its own; it does what it is told on its standard input.

python -m tests.core.sync.desk_at_work first FILE KNOWN PORT
python -m tests.core.sync.desk_at_work second FILE KNOWN [ADDRESS CODE]
python -m tests.core.sync.desk_at_work venue FILE KNOWN [ADDRESS CODE]

    pair          the first desk opens a pairing, says its code, and lets in whoever asks
    act SEED N    N random acts; each that was saved is told before the next begins
    many N        a venue takes N notes at once; they are told together
    apart         a venue has no network from now on
    meet          it has one again
    link          how a venue's link stands
    stop          close everything

It tells what happens as a line of JSON each.
"""

import json
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from core.base.ids import NoteId, WorkshopId, new_id
from core.base.join import LOOPBACK
from core.domain.commands import SayNote
from core.session import Session
from core.store.memory import FolderMemory
from core.sync.gateway import Gateway
from core.sync.joining import join
from core.sync.known import Home, Homes
from core.sync.link import Link
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.sync.acts import Worker, prepare
from tests.core.sync.desks import Patience, says
from tests.core.workshops import ANN, BEN, PARK
from tests.journeys.venue_at_work import home_of


def tell(**said: object) -> None:
    """A line for whoever started us."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


class AtWork:
    """An open session and who works at it."""

    def __init__(self, session: Session, name: str) -> None:
        self.session = session
        self._name = name
        self._number = session.board.events * 1000

    def act(self, seed: str, count: str) -> None:
        """Random acts, each told once it is on disk."""
        worker = Worker(self.session, self._name, random.Random(seed))
        for _ in range(int(count)):
            self._number += 1
            done = worker.does(self._number)
            if done is not None:
                words, saved = done
                tell(ids=[event.id for event in saved.events], words=words)
        tell(over=True)


def first(file: Path, known: Path, port: str) -> None:
    """The desk whose session is the home."""
    memory = FolderMemory(known)
    is_new = not file.exists()
    session = Session.create(file, PARK, ANN, memory=memory) if is_new else Session.open(file, ANN, memory=memory)
    if is_new:
        prepare(session)
    gateway = Gateway(session, known, host=LOOPBACK, port=int(port))
    gateway.start()
    tell(address=f"{LOOPBACK}:{gateway.port}")
    work = AtWork(session, "first")

    def pair() -> None:
        pairing = gateway.open_pairing()
        tell(code=pairing.code)
        says(pairing, Role.FACILITATOR).join()

    listen({"act": work.act, "pair": pair})
    gateway.stop()
    session.close()


def second(file: Path, known: Path, address: str = "", code: str = "") -> None:
    """The desk that joins, or goes on where it was."""
    memory, homes = FolderMemory(known), Homes(known)
    if code:
        home = join(address, code, BEN, "Ben", Patience())
        assert home is not None
        homes.keep(home)
        session = Session.join(file, home.workshop, BEN, memory=memory)
    else:
        session = Session.open(file, BEN, memory=memory)
        home = homes.of(WorkshopId(file.with_suffix(".id").read_text()))
        assert home is not None
    file.with_suffix(".id").write_text(home.workshop)
    arrived = threading.Event()
    link = Link(session, home, changed=lambda: arrived.set() if session.board.themes else None)
    link.start()
    assert arrived.wait(30)
    tell(joined=True)
    listen({"act": AtWork(session, "second").act})
    link.stop()
    session.close()


class AtAHome:
    """A venue's desk, and its link to an online home."""

    def __init__(self, session: Session, home: Home) -> None:
        self.session, self._home = session, home
        self.meet()

    def meet(self) -> None:
        """Begin to send and fetch."""
        self.link = Link(self.session, self._home, chance=lambda: 0.0)
        self.link.start()
        tell(meets=True)

    def apart(self) -> None:
        """Neither send nor fetch any more."""
        self.link.stop()
        tell(apart=True)

    def tell_link(self) -> None:
        """How it stands, in its words."""
        state = self.link.state
        tell(way=state.way.value, words=state.words, advice=state.problem.advice if state.problem else "")

    def many(self, count: str) -> None:
        """So many notes, which reach the disk together."""
        question = self.session.board.questions_in_order()[0].id
        words = [f"venue {self.session.board.events} {number}" for number in range(int(count))]
        notes = [SayNote(question=question, text=each, contributor=None, note_id=NoteId(new_id())) for each in words]
        saved = [self.session.do(note) for note in notes]
        tell(ids=[event.id for each in saved for event in each.result().events], texts=words)


def venue(file: Path, known: Path, address: str = "", code: str = "") -> None:
    """A desk that came in to an online home, or goes on where it was."""
    memory, is_new = FolderMemory(known), not file.exists()
    home = home_of(file.with_suffix(".home"), BEN, *filter(None, (address, code)))
    session = (
        Session.join(file, home.workshop, BEN, memory=memory) if is_new else Session.open(file, BEN, memory=memory)
    )
    at_home = AtAHome(session, home)
    assert at_home.link.wait_until(lambda state: state.way is not Way.BEGINS, 30)
    listen({
        "act": AtWork(session, "venue").act, "many": at_home.many, "apart": at_home.apart, "meet": at_home.meet,
        "link": at_home.tell_link,
    })  # fmt: skip
    at_home.link.stop()
    session.close()


def listen(does: dict[str, Callable[..., None]]) -> None:
    """Do what is told, until `stop` or until nobody tells anything any more."""
    for line in sys.stdin:
        what, *about = line.split()
        if what == "stop":
            return
        does[what](*about)


if __name__ == "__main__":
    begins: dict[str, Callable[..., None]] = {"first": first, "second": second, "venue": venue}
    begins[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
