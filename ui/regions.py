"""F6 and Shift+F6 go from one part of the window to the next, to where the keyboard last was in it."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


def go_on(window: QWidget, parts: list[QWidget], by: int) -> None:
    """Put the keyboard so many parts on, in the order in which they are read; round and round."""
    usable = [part for part in sorted(parts, key=lambda part: _place(part, window)) if _stop(part) is not None]
    if not usable:
        return
    now = _last_in(window)
    here = next((place for place, part in enumerate(usable) if now is not None and _holds(part, now)), -by)
    there = _stop(usable[(here + by) % len(usable)])
    if there is not None:
        there.setFocus(Qt.FocusReason.ShortcutFocusReason)    # with a ring: whoever uses keys must see where they are


def _place(part: QWidget, window: QWidget) -> tuple[int, int]:
    at = part.mapTo(window, QPoint(0, 0))
    return at.y(), at.x()


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def _stop(part: QWidget) -> QWidget | None:
    """Where the keyboard last was in a part, else the first place for it."""
    if not part.isVisible():
        return None
    last = _last_in(part)
    if last is not None and _is_stop(last):
        return last
    return next((each for each in (part, *part.findChildren(QWidget)) if _is_stop(each)), None)


def _last_in(widget: QWidget) -> QWidget | None:
    """Where the keyboard last was below this, if it ever was."""
    return widget.focusWidget()


def _is_stop(widget: QWidget) -> bool:
    takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return takes_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
