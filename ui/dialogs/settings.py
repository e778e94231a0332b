"""Settings of this desk: colours, size, language, sound, motion, and where new workshops go."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from core.base.language import LANGUAGES, SOURCE, _
from core.base.settings import SCALES, Settings
from ui.dialogs.export import ChooseFolder
from ui.dialogs.form import FormPanel, box, choice, labelled
from ui.look.parts import Button, Label, Tone
from ui.look.theme import Scheme


class SettingsPanel(FormPanel):
    """`kept` tells of what was changed, by the names of the fields of `Settings`."""

    kept = Signal(object)    # dict[str, object]

    def __init__(self, settings: Settings, usual: Path, window: QWidget, choose: ChooseFolder) -> None:
        super().__init__(_("Settings"), window, 560)
        self._was, self._usual, self._choose = settings, usual, choose
        known = settings.scheme if settings.scheme in set(Scheme) else ""
        self.scheme = choice(_("Colours"), list(schemes().items()), known)
        nearest = min(SCALES, key=lambda each: abs(each - settings.scale))
        self.scale = choice(_("Size"), [(each, _("{n} %").format(n=each)) for each in SCALES], nearest)
        codes = [each.code for each in LANGUAGES]
        spoken = settings.language if settings.language in codes else SOURCE
        self.language = choice(_("Language of the desk"), [(each.code, each.name) for each in LANGUAGES], spoken)
        self.sound = box(_("A sound when the time is up"), on=settings.sound)
        self.still = box(_("Nothing moves on its own"), on=settings.still)
        self.folder = QLineEdit(settings.workshops or str(usual))
        self.folder.setAccessibleName(_("Folder for new workshops"))
        self._problem = Label("", tone=Tone.BAD, wrap=True)
        self._problem.hide()
        self._lay_out()
        self.first = self.scheme

    def keep(self) -> bool:
        """Keep what was changed; a folder must be one."""
        folder = self.folder.text().strip()
        if not folder or not Path(folder).expanduser().is_absolute():
            self._problem.setText(_("Choose a folder, with its whole path."))
            self._problem.show()
            self._centre()
            return False
        told: dict[str, object] = {
            "scheme": self.scheme.currentData(), "scale": self.scale.currentData(),
            "language": "" if self.language.currentData() == SOURCE else self.language.currentData(),
            "sound": self.sound.isChecked(), "still": self.still.isChecked(),
            "workshops": "" if folder == str(self._usual) else folder,
        }  # fmt: skip
        self.kept.emit({name: value for name, value in told.items() if value != getattr(self._was, name)})
        return True

    @Slot()
    def _browse(self) -> None:
        chosen = self._choose(self, self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(16)
        for words, widget in (
            (_("Colours"), self.scheme), (_("Size"), self.scale), (_("Language of the desk"), self.language),
        ):  # fmt: skip
            row.addLayout(labelled(words, widget), 1)
        self.column.addLayout(row)
        told = _("Size and language are as you choose them from the next start.")
        self.column.addWidget(Label(told, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(self.sound)
        self.column.addWidget(self.still)
        self.column.addWidget(Label(_("Folder for new workshops"), bold=True))
        browse = Button(_("Choose…"), icon="folder")
        browse.clicked.connect(self._browse)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        self.column.addLayout(where)
        synced = _("Not a folder that is kept the same on other computers: that would damage a workshop in use.")
        self.column.addWidget(Label(synced, tone=Tone.SECOND, wrap=True))
        self.column.addWidget(self._problem)
        self.finish(_("Keep the settings"))


def schemes() -> dict[str, str]:
    """The sets of colours, by their names in the settings."""
    return {
        "": _("This laptop’s"),
        Scheme.LIGHT: _("Light"),
        Scheme.DARK: _("Dark"),
        Scheme.HIGH_CONTRAST: _("High contrast"),
    }
