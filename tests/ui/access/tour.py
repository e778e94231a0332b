"""A walk through everything the desk can show: every screen, pane and panel, with something in each."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

import ui
from core.domain.venues import AddVenue
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall
from tests.ui.london import london
from tests.ui.test_fit import held_and_voted_on
from ui.acting.actions import plain
from ui.dialogs.panel import Panel
from ui.picking.panel import ChoicePanel

OF_THE_SYSTEM = {"open", "save-copy", "bring-in"}
"""Actions that open a window of the system, which is named by it."""
PANES = ("find", "new-notes", "people", "history", "held", "type", "join-view", "projector")
ELSEWHERE = ("replies", "way-back")
"""What stands in the place of board and outline."""
ROOMS = ("ui.panes.", "ui.screens.", "ui.dialogs.")
MADE_FOR = {"CodePanel", "FormPanel", "Panel", "ChoicePanel", "ThemePanel"}
"""What others are made from; nobody meets them alone."""
Look = Callable[[str], None]


class Tour:
    """Goes from place to place, and at each lets `look` look at what is on the screen."""

    def __init__(self, desk: DeskUnderTest, folder: Path, look: Look) -> None:
        self.desk, self._look = desk, look
        self._folder = folder
        self.met: set[str] = set()

    def go(self, size: tuple[int, int] = (1600, 900)) -> None:
        """The whole way."""
        self.desk.begin(size=size)
        self._arrive("start")
        self.desk.desk.show_form()
        self._arrive("new workshop")
        self.desk.desk.open(london(self._folder / "london.sayback", self.desk.settings.settings.desk))
        self.desk.wait(lambda: self.desk.desk.open_desk is not None)
        assert self.desk.door.code
        held_and_voted_on(self.desk)
        Hall(self.desk).does(AddVenue("York"))
        self.desk.do("compare")
        self._arrive("compare")
        for view in ("board", "outline"):
            self.desk.do(view)
            self._arrive(view)
            self._panes(view)
            self._panels(view)
        for view in ELSEWHERE:
            self.desk.do(view)
            self._arrive(view)

    def _panes(self, view: str) -> None:
        for id in PANES:
            if not self.desk.window.actions_[id].isChecked():
                self.desk.do(id)
            self._arrive(f"{view}: {id}")
            if id in ("join-view", "projector") and self.desk.window.actions_[id].isChecked():
                self.desk.do(id)

    def _panels(self, view: str) -> None:
        """Each action whose words end in dots asks something."""
        for act in self.desk.window.actions_.acts:
            if act.text.endswith("…") and act.id not in OF_THE_SYSTEM:
                self._choose_something()
                if self.desk.window.actions_[act.id].isEnabled():
                    self.desk.do(act.id)
                    self._arrive(f"{view}: {plain(act.text)}")
                    self._leave_panels()
        for id in ("help", "joining-help", "all-actions", "result"):
            self.desk.do(id)
            self._arrive(f"{view}: {id}")
            self._leave_panels()

    def _choose_something(self) -> None:
        """A note of a phone on the board; it is a live question too."""
        hall = Hall(self.desk)
        note = next(each for each in hall.board.notes.values() if hall.board.theme_of(each) is not None)
        hall.chooses(note.id)
        QApplication.processEvents()

    def _leave_panels(self) -> None:
        for kind in (Panel, ChoicePanel):
            for panel in self.desk.window.findChildren(kind):
                panel.close()
        self.desk.wait(lambda: not any(each.isVisible() for each in panels(self.desk)))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)    # a closed panel is gone

    def _arrive(self, place: str) -> None:
        QApplication.processEvents()
        windows = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
        self.met |= {type(each).__name__ for each in (*windows, *self.desk.visible(QWidget))}
        self._look(place)


def panels(desk: DeskUnderTest) -> list[QWidget]:
    """What asks something at the moment."""
    found: list[QWidget] = []
    for kind in (Panel, ChoicePanel):
        found += desk.window.findChildren(kind)
    return found


def shows_itself() -> set[str]:
    """Every class of ui/ that is a place of its own: panels, panes, screens."""
    return {kind.__name__ for kind in widget_classes() if is_a_place(kind)} - MADE_FOR


def is_a_place(kind: type[QWidget]) -> bool:
    """Whether a person meets it as a place: it asks something, or it is a part of the window with a room of its own."""
    name = kind.__name__
    return issubclass(kind, Panel | ChoicePanel) or name.endswith(("Pane", "Screen", "Form", "Window", "View"))


def widget_classes() -> Iterator[type[QWidget]]:
    """All widgets that are made in ui/."""
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        found = vars(importlib.import_module(module.name)).values()
        own = (each for each in found if isinstance(each, type) and each.__module__ == module.name)
        yield from (each for each in own if issubclass(each, QWidget))
