"""A program that writes a workshop until something happens to it; it prints each note it was thanked for.

python -m tests.faults.log_writer FILE NOTES SECONDS_BETWEEN [also: backups | erasures | layouts]
"""

import struct
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

from core.base.errors import NotSaved
from core.base.ids import NoteId
from core.domain.commands import SayNote
from core.session import Saved, Session
from core.store import backup, seal
from tests.core.table import name_of, person
from tests.core.workshops import ANN, PARK


def tell(what: str) -> None:
    sys.stdout.write(what + "\n")
    sys.stdout.flush()


def say(session: Session, number: int) -> bool:
    """Send a note as a phone does: the same id until it is thanked for."""
    question = session.board.questions_in_order()[0].id
    by = person(f"person {number % 5}")
    sent = SayNote(
        question=question, text=text_of(number), contributor=by, note_id=NoteId(name_of(f"note {number:06}"))
    )
    try:
        saved: Saved = session.do(sent).result()
    except NotSaved:
        tell(f"refused {number}")
        return False
    assert saved.text == text_of(number)
    tell(f"thanked {number}")
    return True


def text_of(number: int) -> str:
    return f"note {number:06} about the ramp"


def also(what: str, session: Session, number: int) -> None:
    """What else goes on meanwhile."""
    if what == "backups" and number % 10 == 9:
        copy = backup.make(session.path, datetime(2026, 3, 14, tzinfo=UTC) + timedelta(seconds=number))
        tell(f"copied {copy.name}")
    if what == "erasures" and number % 20 == 19:
        backup.make(session.path, datetime(2026, 3, 14, tzinfo=UTC) + timedelta(seconds=number))
        session.erase(person(f"nobody {number}")).result()


def reopened_with_an_older_layout(session: Session) -> Session:
    """As an older Sayback would have left it: closed, and sealed by it."""
    session.close()
    seal.take_off(session.path)
    with session.path.open("rb+") as file:
        file.seek(60)
        file.write(struct.pack(">I", 0))
    seal.set_on(session.path)
    return Session.open(session.path, ANN)


def main(path: Path, notes: int, between: float, what: str = "") -> None:
    session = Session.open(path, ANN) if path.exists() else Session.create(path, PARK, ANN)
    tell("open")
    waiting = list(range(notes))
    pause = threading.Event()
    while waiting:
        number = waiting.pop(0)
        if not say(session, number):
            waiting.append(number)
            pause.wait(0.01)
        also(what, session, number)
        if what == "layouts" and number % 20 == 19:
            session = reopened_with_an_older_layout(session)
        pause.wait(between)
    session.close()
    tell("closed")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), *sys.argv[4:])
