"""Reading what was done from the file, on a connection that only reads: beside the desk that writes, on any thread."""

from pathlib import Path

from core.base.ids import NoteId
from core.domain.events import Event
from core.store.reader import reading
from core.store.rows import COLUMNS, Row, to_event

NUMBERED = f"SELECT {COLUMNS} FROM event WHERE seq IS NOT NULL AND state != 'refused'"  # noqa: S608
WAITING = f"SELECT {COLUMNS} FROM event WHERE seq IS NULL AND state != 'refused'"  # noqa: S608
ABOUT = " AND act IN (SELECT act FROM event WHERE subject = ?)"


def read_past(path: Path, most: int, about: NoteId | None = None) -> list[Event]:
    """The newest events in order, `most` of them; only of acts that were about a note where one is given. Raises
    NotAWorkshop."""
    narrowed, given = (ABOUT, (about,)) if about is not None else ("", ())
    with reading(path) as connection:
        waiting = connection.execute(f"{WAITING}{narrowed} ORDER BY rowid DESC LIMIT ?", (*given, most)).fetchall()
        left = most - len(waiting)    # what waits for a number stands last
        numbered = connection.execute(f"{NUMBERED}{narrowed} ORDER BY seq DESC LIMIT ?", (*given, left)).fetchall()
        return [to_event(Row(*row)) for row in reversed([*waiting, *numbered])]
