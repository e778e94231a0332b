"""What can go wrong that a person can put right: each error says what happened and what to do."""

from core.base.language import _


class WorkshopError(Exception):
    """An expected failure. `str(error)` says what happened; `advice` says what to do, in plain words."""

    def __init__(self, what: str, advice: str) -> None:
        super().__init__(what)
        self.advice = advice


class NotAWorkshop(WorkshopError):
    """The file is no workshop of ours, or too damaged to read; it was not changed."""


class NewerWorkshop(WorkshopError):
    """A newer Sayback made the file; it was not changed."""


class AlreadyOpen(WorkshopError):
    """Another desk has the workshop open."""


class AlreadyThere(WorkshopError):
    """A file of this name is there already; it was not changed."""


class NotSaved(WorkshopError):
    """The disk did not take it: nothing of this was kept, and nothing that was thanked for is lost."""


class DiskFull(NotSaved):
    """There is no room left on the disk."""


class Closed(WorkshopError):
    """The workshop is being closed and takes nothing more."""


class Refused(WorkshopError):
    """The act does not fit the board as it is now."""


class EmptyNote(Refused):
    """A note without words."""

    def __init__(self) -> None:
        super().__init__(_("There are no words in your note yet."), _("Type or say something, then send it."))


class NoteTooLong(Refused):
    """A note over the limit; `over` is by how many signs."""

    def __init__(self, length: int, limit: int) -> None:
        self.over = length - limit
        super().__init__(
            _("Your note is a bit too long."), _("Take out some words, or send this as two notes.")
        )


class NotThere(Refused):
    """The note, theme or question is not on this board (or not this person's)."""

    def __init__(self) -> None:
        super().__init__(_("That is not on the board any more."), _("Look at the board, then try again."))


class WasErased(Refused):
    """The person asked for everything of theirs to be erased; nothing more is taken under this receipt."""

    def __init__(self) -> None:
        super().__init__(
            _("The notes of this person were erased."),
            _("To take part again, join again with the code on the screen."),
        )


class NothingToUndo(Refused):
    """There is no act of this desk to take back, or to do again."""
