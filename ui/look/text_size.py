"""How large the system is asked to write: what a person chose there for text alone, which Qt does not follow by itself.

Qt follows the scale of a screen, QT_FONT_DPI, and on X11 the letters of GNOME and KDE (Xft.dpi): to it all of these are
a scale. It does not follow the text size of Windows, nor that of GNOME under Wayland.
"""

import subprocess
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QSettings

WINDOWS = r"HKEY_CURRENT_USER\Software\Microsoft\Accessibility"
GNOME = ("gsettings", "get", "org.gnome.desktop.interface", "text-scaling-factor")
LARGEST = 2.25
"""As far as Windows goes, the furthest of all."""
SECONDS = 2

Read = Callable[[Mapping[str, str]], str]


def text_size(environment: Mapping[str, str], read: Read | None = None) -> float:
    """How many times larger than usual; never smaller, and 1.0 where the system says nothing that can be read."""
    try:
        found = float((read or for_this_system())(environment) or 1.0)
    except ValueError:
        return 1.0
    return min(LARGEST, max(1.0, found))


def for_this_system() -> Read:
    """Where this system keeps it."""
    return of_windows if sys.platform == "win32" else of_gnome


def of_windows(_environment: Mapping[str, str]) -> str:
    """Settings, Accessibility, Text size: per cent."""
    per_cent = QSettings(WINDOWS, QSettings.Format.NativeFormat).value("TextScaleFactor", 100)
    return str(float(str(per_cent)) / 100)


def of_gnome(environment: Mapping[str, str]) -> str:
    """Large Text, and the scaling factor of Tweaks. On X11 Qt follows these itself: they are not counted twice."""
    is_gnome = "GNOME" in environment.get("XDG_CURRENT_DESKTOP", "").upper()
    if not is_gnome or environment.get("XDG_SESSION_TYPE") != "wayland":
        return ""
    try:
        asked = subprocess.run(GNOME, capture_output=True, text=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return ""
    return asked.stdout.strip()
