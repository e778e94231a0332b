"""The Projector menu: hands what is chosen to the projector, and ticks what is so."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Slot

from ui.acting.actions import Actions
from ui.projector.control import Projector
from ui.projector.shown import What

VIEWS = {
    "show-welcome": What.WELCOME, "show-question": What.QUESTION, "show-themes": What.THEMES,
    "show-how-to-vote": What.HOW_TO_VOTE, "show-results": What.RESULTS, "show-live": What.LIVE,
    "show-pledges": What.PLEDGES, "show-said": What.SAID, "show-pause": What.PAUSE,
}  # fmt: skip


class ProjectorMenu(QObject):
    """Lives as long as its projector."""

    def __init__(self, actions: Actions, projector: Projector) -> None:
        super().__init__(projector)
        self._actions, self._projector = actions, projector
        self._does: dict[str, Callable[[], None]] = {
            "join-view": projector.toggle_join,
            "projector": projector.toggle,
            "follow": partial(projector.show, None),
            "page-on": partial(projector.turn, 1),
            "page-back": partial(projector.turn, -1),
            "blank": lambda: projector.blank(on=not projector.is_blank),
            "hold-still": lambda: projector.hold_still(on=not projector.is_still),
            "projector-names": lambda: projector.name_people(on=not projector.shows_names),
            "other-screen": projector.next_screen,
            **{id: partial(projector.show, what) for id, what in VIEWS.items()},
        }
        actions.chosen.connect(self._do)
        projector.asked.connect(self._trigger)
        projector.changed.connect(self._tick)
        self._tick()

    @Slot(str)
    def _do(self, action: str) -> None:
        does = self._does.get(action)
        if does is not None:
            does()
            self._tick()

    @Slot(str)
    def _trigger(self, action: str) -> None:
        self._actions[action].trigger()

    @Slot()
    def _tick(self) -> None:
        projector = self._projector
        self._actions.show_on({
            "join-view": projector.is_on and projector.what is What.JOIN,
            "projector": projector.is_on,
            "follow": projector.follows,
            "blank": projector.is_blank,
            "hold-still": projector.is_still,
            "projector-names": projector.shows_names,
            **{id: projector.is_on and projector.what is what for id, what in VIEWS.items()},
        })  # fmt: skip
