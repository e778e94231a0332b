"""Reading what was done from the file, on a connection that only reads: beside the desk that writes, on any thread."""

from pathlib import Path

from core.base.ids import NoteId
from core.domain.events import Event
from core.store.reader import reading
from core.store.rows import COLUMNS, Row, to_event

NEWEST_FIRST = "ORDER BY seq IS NULL DESC, seq DESC, rowid DESC LIMIT ?"
ALL = f"SELECT {COLUMNS} FROM event WHERE state != 'refused' {NEWEST_FIRST}"  # noqa: S608
ABOUT = f"""
    SELECT {COLUMNS} FROM event
    WHERE state != 'refused' AND act IN (SELECT act FROM event WHERE subject = ?) {NEWEST_FIRST}
"""  # noqa: S608


def read_past(path: Path, most: int, about: NoteId | None = None) -> list[Event]:
    """The newest events in order, `most` of them; only of acts that were about a note where one is given. Raises
    NotAWorkshop."""
    with reading(path) as connection:
        asked = (ALL, (most,)) if about is None else (ABOUT, (about, most))
        found = connection.execute(*asked).fetchall()
        return [to_event(Row(*row)) for row in reversed(found)]
