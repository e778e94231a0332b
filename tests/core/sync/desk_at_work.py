"""One desk as a process of its own, with a file of its own; it does what it is told on its standard input.

python -m tests.core.sync.desk_at_work first FILE KNOWN PORT
python -m tests.core.sync.desk_at_work second FILE KNOWN [ADDRESS CODE]

    pair          the first desk opens a pairing, says its code, and lets in whoever asks
    act SEED N    N random acts; each that was saved is told before the next begins
    stop          close everything

It tells what happens as a line of JSON each.
"""

import json
import random
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from core.base.ids import WorkshopId
from core.base.join import LOOPBACK
from core.session import Session
from core.store.memory import FolderMemory
from core.sync.gateway import Gateway
from core.sync.joining import join
from core.sync.known import Homes
from core.sync.link import Link
from core.sync.roles import Role
from tests.core.sync.acts import Worker, prepare
from tests.core.sync.desks import Patience, says
from tests.core.workshops import ANN, BEN, PARK


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


def listen(does: dict[str, Callable[..., None]]) -> None:
    """Do what is told, until `stop` or until nobody tells anything any more."""
    for line in sys.stdin:
        what, *about = line.split()
        if what == "stop":
            return
        does[what](*about)


if __name__ == "__main__":
    begin: Callable[..., None] = first if sys.argv[1] == "first" else second
    begin(Path(sys.argv[2]), Path(sys.argv[3]), *sys.argv[4:])
