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


class FileGone(NotSaved):
    """The workshop's file was moved, deleted or written over by somebody else; what it held can still be saved."""


class ReadOnlyPlace(NotSaved):
    """The workshop lies where nothing can be written (a locked stick, an archive): it can be looked at and copied."""


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


class QuestionClosed(Refused):
    """The question takes no more notes; a late one is taken where its sender says so."""

    def __init__(self) -> None:
        super().__init__(
            _("This question has closed"), _("You were still writing, and that is fine. Your words are all here.")
        )


class NotOpenYet(Refused):
    """The question takes no notes yet."""

    def __init__(self) -> None:
        super().__init__(_("This question is not open yet."), _("Your words are all here. Send them when it opens."))


class WorkshopOver(Refused):
    """The workshop takes nothing more."""

    def __init__(self) -> None:
        super().__init__(
            _("The workshop is over. Thank you!"), _("Your words are here, if you want to copy them.")
        )


class Frozen(Refused):
    """What was said can no longer be changed or taken back by its writer."""

    def __init__(self) -> None:
        super().__init__(
            _("Notes can no longer be changed here."),
            _("The record is being made. Ask the person who runs the workshop."),
        )


class Blocked(Refused):
    """Nothing more is taken from this person."""

    def __init__(self) -> None:
        super().__init__(
            _("We cannot take notes from this phone any more."), _("Ask the person who runs the workshop.")
        )


class VotingClosed(Refused):
    """The round of votes is over."""

    def __init__(self) -> None:
        super().__init__(_("Voting has ended."), _("Your votes are counted as they were."))


class NoVotesLeft(Refused):
    """All dots of this person lie somewhere."""

    def __init__(self) -> None:
        super().__init__(_("You have no votes left."), _("Take one back, then you can put it somewhere else."))


class NothingToUndo(Refused):
    """There is no act of this desk to take back, or to do again."""
