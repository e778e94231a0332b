"""A venue's desk as a process of its own: its file, its link to the home, and its server for the phones of the room.

python -m tests.journeys.venue_at_work FILE DESK [ADDRESS CODE]

It comes in with the code, or goes on where it was. Its first line is JSON: {"port": N}. On its standard input:

    group NAME    put what was said here, to the first question and in no theme, into a new theme
    gather NAME   the same with what begins with this word, wherever it was said
    erase WORDS   erase whoever said this
    alone N       have no network from now on, and so many notes, and themes for most of them
    back          have it again
    stop          close everything

Each is answered by a line of JSON once it is on disk.
"""

import json
import random
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from core.base.ids import DeskId
from core.base.join import LOOPBACK
from core.domain.board import Note
from core.domain.commands import NewTheme
from core.session import Session
from core.store.memory import FolderMemory
from core.sync.invited import come_in
from core.sync.known import Home
from core.sync.link import Link
from core.sync.roles import Role
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.bench.workshops import fill
from tests.core.workshops import SECONDS


def tell(**said: object) -> None:
    """A line for whoever started us."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def keep(kept: Path, home: Home) -> None:
    """The home, where the next start looks for it."""
    kept.write_text(json.dumps(asdict(home)))


def home_of(kept: Path, desk: DeskId, address: str = "", code: str = "") -> Home:
    """The home that lets us in now, or did before: without a keyring a test keeps the token beside the file."""
    if code:
        keep(kept, come_in(address, code, desk, "A venue’s desk"))
    raw = json.loads(kept.read_text())
    return Home(**{**raw, "role": Role(raw["role"])})


class Venue:
    """An open session, its link to the home, and what its facilitator does."""

    def __init__(self, session: Session, home: Home) -> None:
        self.session, self._home = session, home
        self.does: dict[str, Callable[[str], None]] = {
            "group": self.group, "gather": self.gather, "erase": self.erase, "alone": self.alone, "back": self.back,
        }
        self.back()

    def group(self, name: str) -> None:
        """A facilitator's act, of what lies loose and was said here."""
        board = self.session.board
        here = board.venue_of_desk(self.session.desk)
        self._into_theme(name, lambda note: board.venue_of(note) == here)

    def gather(self, name: str) -> None:
        """What lies loose anywhere and begins with this word."""
        board = self.session.board
        self._into_theme(name, lambda note: board.text_of(note).startswith(name))

    def erase(self, words: str) -> None:
        """All of one person."""
        board = self.session.board
        who = next(note.contributor for note in board.notes.values() if board.text_of(note) == words)
        assert who is not None
        self.session.erase(who).result(SECONDS)

    def alone(self, notes: str) -> None:
        """Without a network from now on; so many notes are said, and grouped."""
        self.link.stop()
        fill(self.session, int(notes), random.Random(self.session.desk))

    def back(self, _: str = "") -> None:
        """With a network."""
        self.link = Link(self.session, self._home, chance=lambda: 0.0)
        self.link.start()

    def _into_theme(self, name: str, belongs: Callable[[Note], bool]) -> None:
        question = self.session.board.questions_in_order()[0].id
        loose = tuple(note.id for note in self.session.board.loose_notes(question) if belongs(note))
        self.session.do(NewTheme(question, name, loose)).result(SECONDS)


def work(file: Path, desk: DeskId, *invited: str) -> None:
    """From the first line to `stop`."""
    memory, is_new = FolderMemory(file.parent / "memory"), not file.exists()
    home = home_of(file.with_suffix(".home"), desk, *invited)
    session = (
        Session.join(file, home.workshop, desk, memory=memory) if is_new
        else Session.open(file, desk, memory=memory, is_home=False)
    )  # fmt: skip
    venue = Venue(session, home)
    knows_where_it_is = venue.link.wait_until(lambda state: session.board.venue_of_desk(desk) is not None, 3 * SECONDS)
    assert knows_where_it_is, venue.link.state
    server = ParticipantServer(session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=home.public)
    server.start()
    tell(port=server.join.port)
    for line in sys.stdin:
        what, _, about = line.strip().partition(" ")
        if what == "stop":
            break
        venue.does[what](about)
        tell(done=what)
    server.stop()
    venue.link.stop()
    session.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), DeskId(sys.argv[2]), *sys.argv[3:])
