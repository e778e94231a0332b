"""What was done at this desk and the home did not take is off the board again: that is said, with why and the words."""

from PySide6.QtCore import QObject, Slot

from core.base.ids import EventId
from core.base.language import _
from core.domain.bodies import NoteReworded
from core.domain.events import Event
from ui.running import Running
from ui.watching.notices import Notice, Notices, Urgency

TURNED_DOWN = "turned down"
Refusals = list[tuple[Event, str]]


class TurnedDown(QObject):
    """For one open workshop whose order is given elsewhere. What was turned down before it was opened has been said."""

    def __init__(self, running: Running, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._running, self._notices = running, notices
        self._told: frozenset[EventId] | None = None
        if not running.session.is_home:
            running.bridge.was_reset.connect(self._look)    # an answer that refuses has all read anew
            self._look()

    @Slot()
    def _look(self) -> None:
        self._running.jobs.run(self._found, self._tell, lambda _closed_meanwhile: None)

    def _found(self) -> Refusals:
        session = self._running.session
        return [(event, why) for event, why in session.refusals().result() if event.desk == session.desk]

    def _tell(self, found: Refusals) -> None:
        before, self._told = self._told, frozenset(event.id for event, _why in found)
        new = [(event, why) for event, why in found if before is not None and event.id not in before]
        if new:
            event, why = new[-1]
            what = _("Something that was done here was not taken, so it is off the board again.")
            advice = f"{_(why)} {self._words_of(event)}".strip()
            self._notices.tell(Notice(what=what, advice=advice, urgency=Urgency.WARN, topic=TURNED_DOWN))

    def _words_of(self, event: Event) -> str:
        body = event.body
        text = self._running.session.board.text(body.words) if isinstance(body, NoteReworded) else ""
        return _("You wrote: “{text}”").format(text=text) if text else ""
