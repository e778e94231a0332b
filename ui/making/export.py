"""Makes the record in a process of its own: how far it is, where it lies, or why it could not be made."""

import json
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from core.base.language import _
from ui.making.child import Child

REFUSED = 1


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is: `done` of `total`, and what it is busy with."""

    done: int
    total: int
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody chose about a record, as the command line names it. `whole` is how notes stand in it."""

    forms: tuple[str, ...]
    editions: bool = False
    names: bool = False
    whole: str = ""    # or "themes-only", "verbatim"
    question: int | None = None
    venue: str = ""
    whose: str = ""    # only the copy of this contributor

    @property
    def options(self) -> list[str]:
        """What holds for every form."""
        chosen = ["--names"] if self.names else []
        chosen += [f"--{self.whole}"] if self.whole else []
        chosen += ["--venue", self.venue] if self.venue else []
        return chosen + (["--question", str(self.question)] if self.question is not None else [])

    @property
    def arguments(self) -> list[str]:
        """All of it."""
        if self.whose:
            return ["--for", self.whose, *self.options]
        return ["--formats", ",".join(self.forms), *(["--editions"] if self.editions else []), *self.options]

    @property
    def is_nothing(self) -> bool:
        """Whether no file would come of it."""
        return not self.forms and not self.editions and not self.whose


@dataclass(frozen=True, slots=True)
class Made:
    """The files that were written, and what a person should know about them."""

    files: tuple[str, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no record: what happened, and what to do."""

    what: str
    advice: str


class Export(QObject):
    """One making of the record."""

    moved_on = Signal(object)    # Progress
    made = Signal(object)        # Made
    failed = Signal(object)      # Failure
    cancelled = Signal()

    def __init__(self, file: Path, out: Path, wanted: Wanted, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._child = Child(["record", str(file), "--out", str(out), *wanted.arguments, "--progress"], self)
        self._child.line_came.connect(self._hear)
        self._child.ended.connect(self._end)
        self._written: list[str] = []
        self._is_cancelled = False

    def start(self) -> None:
        """Begin."""
        self._child.start()

    def cancel(self) -> None:
        """End it; a record that was there before stays as it was."""
        self._is_cancelled = True
        self._child.stop()

    def close(self) -> None:
        """End it, and tell nobody."""
        self._child.stop_and_wait()

    @Slot(str)
    def _hear(self, line: str) -> None:
        progress = parse_progress(line)
        if progress is None:
            self._written.append(line)
        else:
            self.moved_on.emit(progress)

    @Slot(int, str)
    def _end(self, code: int, said: str) -> None:
        if self._is_cancelled:
            self.cancelled.emit()
        elif code == 0:
            self.made.emit(Made(tuple(self._written), tuple(said.splitlines())))
        else:
            self.failed.emit(failure(code, said))


def parse_progress(line: str) -> Progress | None:
    """A line of `--progress`; None for a line that is none."""
    try:
        told = json.loads(line)
        return Progress(int(told["done"]), int(told["total"]), str(told["what"]))
    except (ValueError, TypeError, KeyError):
        return None


def failure(code: int, said: str, otherwise: str = "") -> Failure:
    """What the other process said when it was refused; a plain sentence where it broke."""
    lines = said.splitlines()
    if code == REFUSED and lines:
        return Failure(lines[0], " ".join(lines[1:]))
    what = otherwise or _("The record could not be made.")
    return Failure(what, _("Your notes are safe. Try again, or another folder."))
