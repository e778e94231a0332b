"""Which words of a log in the database are missing. Desks that come back together all ask: the first one's question is
answered by a look at what is new since it was last asked, the others' by one at how far the log goes."""

from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from core.base.ids import WordsHash, WorkshopId
from core.store.postgres.log import HOW_FAR, Position, words_missing

LAST = "SELECT hash FROM sayback.event WHERE workshop = %s AND rowid = %s"


@dataclass(frozen=True, slots=True)
class Missing:
    """Those that were missing when the log went so far. Words go only with an event that says so; where they come later
    than the events that name them, everything is read anew."""

    position: Position = Position()
    hashes: frozenset[WordsHash] = frozenset()

    def now(self, connection: Connection[Any], workshop: WorkshopId) -> "Missing":
        """The same of the log as this connection sees it."""
        found = connection.execute(HOW_FAR, (workshop,)).fetchone()
        position = Position(*found[1:]) if found else Position()
        if position == self.position:
            return self
        known = self if self._goes_on(position, connection, workshop) else Missing(Position(0))
        missing = words_missing(connection, workshop, known.hashes, known.position.last)
        return Missing(position, frozenset(missing))

    def _goes_on(self, position: Position, connection: Connection[Any], workshop: WorkshopId) -> bool:
        """Whether all that was there is there still, and what is new comes after it."""
        last = connection.execute(LAST, (workshop, self.position.last)).fetchone()
        return position.anew == self.position.anew and last == (self.position.newest,)
