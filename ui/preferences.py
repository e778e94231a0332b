"""Settings are asked for, kept, and followed at once where that can be; a damaged file of them is said kindly."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from core.base.language import _
from core.base.settings import SettingsFile
from ui.dialogs.settings import SettingsPanel
from ui.look import theme
from ui.main_window import MainWindow
from ui.remember import remember
from ui.watching.notices import Notice, Urgency


def ask_for_settings(window: MainWindow, settings: SettingsFile, usual: Path) -> None:
    """Open the panel; `usual` is where new workshops go unless somebody chose another folder."""
    panel = SettingsPanel(settings.settings, usual, window, ask_folder)
    panel.kept.connect(partial(follow, window, settings))
    panel.open()


def ask_folder(parent: QWidget, begin: str) -> str:
    """The system's own way to choose a folder."""
    return QFileDialog.getExistingDirectory(parent, _("Where should new workshops go?"), begin)


def follow(window: MainWindow, settings: SettingsFile, changed: dict[str, object]) -> None:
    """Keep these, and do what can be done at once."""
    if not changed:
        return
    remember(settings, **changed)
    actions = window.actions_
    at_once: dict[str, Callable[[], None]] = {
        "scheme": lambda: actions[f"scheme-{changed['scheme'] or 'system'}"].trigger(),
        "sound": lambda: actions["sound"].setChecked(bool(changed["sound"])),
        "still": lambda: theme.keep_still(bool(changed["still"])),
    }
    for name in changed:
        at_once.get(name, lambda: None)()
    later = _("Size and language change at the next start.") if {"scale", "language"} & set(changed) else ""
    told = Notice(what=_("The settings are kept."), advice=later, urgency=Urgency.GOOD, topic="settings")
    window.notices.tell(told)


def tell_damaged(window: MainWindow, settings: SettingsFile) -> None:
    """Say that the settings begin anew, and where the damaged ones are."""
    if settings.aside is None:
        return
    notice = Notice(
        what=_("The settings of this desk could not be read, so it begins with the usual ones."),
        advice=_("No workshop is touched. The damaged file is kept as {name}.").format(name=settings.aside.name),
        urgency=Urgency.WARN,
        topic="settings",
    )
    window.notices.tell(notice)
