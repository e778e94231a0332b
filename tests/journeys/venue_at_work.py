"""A venue's desk as a process of its own: its file, its link to the home, and its server for the phones of the room.

python -m tests.journeys.venue_at_work FILE DESK [ADDRESS CODE]

It comes in with the code, or goes on where it was. Its first line is JSON: {"port": N}. On its standard input:

    group NAME    put what was said here, to the first question and in no theme, into a new theme
    gather NAME   the same with what begins with this word, wherever it was said
    erase WORDS   erase whoever said this
    stop          close everything

Each is answered by a line of JSON once it is on disk.
"""

import json
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


def group(session: Session, name: str) -> None:
    """A facilitator's act, of what lies loose and was said here."""
    board = session.board
    here = board.venue_of_desk(session.desk)
    into_theme(session, name, lambda note: board.venue_of(note) == here)


def gather(session: Session, name: str) -> None:
    """What lies loose anywhere and begins with this word."""
    board = session.board
    into_theme(session, name, lambda note: board.text_of(note).startswith(name))


def into_theme(session: Session, name: str, belongs: Callable[[Note], bool]) -> None:
    question = session.board.questions_in_order()[0].id
    loose = tuple(note.id for note in session.board.loose_notes(question) if belongs(note))
    session.do(NewTheme(question, name, loose)).result(SECONDS)


def erase(session: Session, words: str) -> None:
    """All of one person."""
    board = session.board
    who = next(note.contributor for note in board.notes.values() if board.text_of(note) == words)
    assert who is not None
    session.erase(who).result(SECONDS)


def work(file: Path, desk: DeskId, *invited: str) -> None:
    """From the first line to `stop`."""
    memory, is_new = FolderMemory(file.parent / "memory"), not file.exists()
    home = home_of(file.with_suffix(".home"), desk, *invited)
    session = (
        Session.join(file, home.workshop, desk, memory=memory) if is_new
        else Session.open(file, desk, memory=memory, is_home=False)
    )  # fmt: skip
    link = Link(session, home, chance=lambda: 0.0)
    link.start()
    knows_where_it_is = link.wait_until(lambda state: session.board.venue_of_desk(desk) is not None, 3 * SECONDS)
    assert knows_where_it_is, link.state
    server = ParticipantServer(session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=home.public)
    server.start()
    tell(port=server.join.port)
    does = {"group": group, "gather": gather, "erase": erase}
    for line in sys.stdin:
        what, _, about = line.strip().partition(" ")
        if what == "stop":
            break
        does[what](session, about)
        tell(done=what)
    server.stop()
    link.stop()
    session.close()


if __name__ == "__main__":
    work(Path(sys.argv[1]), DeskId(sys.argv[2]), *sys.argv[3:])
