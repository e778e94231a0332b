"""The room's Wi-Fi: typed once, shown beside the code, kept in this copy of the file and nowhere else."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from core.base.language import _
from core.base.wifi import Wifi, wrong_name, wrong_password
from ui.dialogs.panel import Panel
from ui.look.parts import Button, Kind, Label, Tone
from ui.planner.fields import Field, one_line


class WifiPanel(Panel):
    """Enter shows it, Escape leaves it as it was. What is wrong is said beside its field."""

    given = Signal(object)    # Wifi, or None to show none

    def __init__(self, wifi: Wifi | None, window: QWidget) -> None:
        super().__init__(_("The room’s Wi-Fi"), window, 540)
        self._name, self._password = one_line(_("Hall Guest")), one_line("")
        self.name = Field(_("Name of the network"), self._name)
        hint = _("As it is written, capital letters too. Leave it empty where the Wi-Fi asks for none.")
        self.password = Field(_("Password"), self._password, hint)
        self.is_hidden = QCheckBox(_("This network does not show its name"))
        self._lay_out(had_one=wifi is not None)
        if wifi is not None:
            self._name.setText(wifi.name)
            self._password.setText(wifi.password)
            self.is_hidden.setChecked(wifi.is_hidden)

    def open(self) -> None:
        """Show it, ready to type."""
        super().open()
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._give()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, *, had_one: bool) -> None:
        where = _("It stands on the join view with a small square to scan, so everybody in the room can read it.")
        kept = _("It is kept only in this file on this laptop: not with the notes, and never in the record.")
        for widget in (Label(where, wrap=True), self.name, self.password, self.is_hidden):
            self.column.addWidget(widget)
        self.column.addWidget(Label(kept, tone=Tone.SECOND, wrap=True))
        show = Button(_("Show it"), keys="Return", kind=Kind.MAIN)
        show.clicked.connect(self._give)
        forget = Button(_("Forget it"), icon="bin")
        forget.clicked.connect(self._forget)
        forget.setVisible(had_one)
        leave = Button(_("Cancel"), keys="Esc")
        leave.clicked.connect(self.leave)
        foot = QHBoxLayout()
        foot.setSpacing(10)
        for button in (show, forget, leave):
            foot.addWidget(button)
        foot.addStretch(1)
        self.column.addLayout(foot)

    @Slot()
    def _give(self) -> None:
        wifi = Wifi(self._name.text().strip(), self._password.text(), self.is_hidden.isChecked())
        problems = {self.name: wrong_name(wifi.name), self.password: wrong_password(wifi.password)}
        for field, problem in problems.items():
            field.say(problem)
        self._centre()
        wrong = next((field for field, problem in problems.items() if problem), None)
        if wrong is not None:
            wrong.entry.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.given.emit(wifi)
        self.leave()

    @Slot()
    def _forget(self) -> None:
        self.given.emit(None)
        self.leave()
