"""A venue's desk as a process of its own: its file, its link to the home, and its server for the phones of the room.

python -m tests.journeys.venue_at_work FILE DESK [ADDRESS CODE]

It comes in with the code, or goes on where it was. Its first line is JSON: {"port": N}. On its standard input:

    group NAME    put what was said here, to the first question and in no theme, into a new theme
    erase WORDS   erase whoever said this
    stop          close everything

Each is answered by a line of JSON once it is on disk.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from core.base.ids import DeskId
from core.base.join import LOOPBACK
from core.domain.commands import NewTheme
from core.session import Session
from core.store.memory import FolderMemory
from core.sync.invited import come_in
from core.sync.known import Home
from core.sync.link import Link
from core.sync.roles import Role
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.sync.desks import until
from tests.core.workshops import SECONDS


def tell(**said: object) -> None:
    """A line for whoever started us."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def home_of(kept: Path, desk: DeskId, address: str = "", code: str = "") -> Home:
    """The home that lets us in now, or did before: without a keyring a test keeps the token beside the file."""
    if code:
        kept.write_text(json.dumps(asdict(come_in(address, code, desk, "A venue’s desk"))))
    raw = json.loads(kept.read_text())
    return Home(**{**raw, "role": Role(raw["role"])})


def group(session: Session, name: str) -> None:
    """A facilitator's act, of what lies loose and was said here."""
    board = session.board
    question = board.questions_in_order()[0].id
    here = board.venue_of_desk(session.desk)
    loose = tuple(note.id for note in board.loose_notes(question) if board.venue_of(note) == here)
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
    until(lambda: session.board.venue_of_desk(desk) is not None, "it does not know where it is")
    server = ParticipantServer(session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=home.public)
    server.start()
    tell(port=server.join.port)
    does = {"group": group, "erase": erase}
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
