"""What another desk did meanwhile, brought in from a file on a stick: its copy of the workshop, or its workshop.json.

Whoever holds the stick may have changed the file. So it is looked at as a workshop.json from a stranger is, every hash
made anew; the numbers in it are not believed; and somebody is told what it would do before it does it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from core.base.errors import WorkshopError
from core.base.ids import PictureHash
from core.base.language import _, ngettext
from core.base.pictures import Picture
from core.domain.bodies import NoteSaid, PersonErased, WorkshopMade
from core.domain.events import Event, State
from core.domain.registers import WorkshopDescribed, WorkshopEnded, WorkshopFrozen
from core.domain.values import changed
from core.domain.words import Words
from core.record.bundle import Bundle, checked, read_bundle
from core.record.carried import can_be_drawn
from core.session import Session
from core.store import pictures
from core.store.reader import read_log

SQLITE = b"SQLite format 3\x00"
OF_ALL = WorkshopMade | WorkshopDescribed | WorkshopEnded | WorkshopFrozen


class OtherWorkshop(WorkshopError):
    """The file is of another workshop."""

    def __init__(self) -> None:
        super().__init__(
            _("That file is of another workshop. Nothing was brought in."),
            _("Take the copy that was made at the other desk of this workshop."),
        )


@dataclass(frozen=True, slots=True)
class Found:
    """What the file holds that is not here, without numbers; and the words it has."""

    events: tuple[Event, ...] = ()
    words: tuple[Words, ...] = ()
    pictures: tuple[Picture, ...] = ()

    @property
    def notes(self) -> int:
        """How many notes."""
        return sum(isinstance(event.body, NoteSaid) for event in self.events)

    @property
    def changes(self) -> int:
        """How much else."""
        return len(self.events) - self.notes

    @property
    def erases(self) -> int:
        """How many people it erases for good."""
        return len({event.subject for event in self.events if isinstance(event.body, PersonErased)})

    @property
    def changes_all(self) -> bool:
        """Whether it changes what the workshop is, or ends it."""
        return any(isinstance(event.body, OF_ALL) for event in self.events)


def look(session: Session, path: Path) -> Found:
    """What this file would bring. Blocks; changes nothing. Raises NotAWorkshop, NewerWorkshop, OtherWorkshop."""
    bundle = read_any(path)
    if any(event.workshop != session.workshop_id for event in bundle.events):
        raise OtherWorkshop
    here = {row.id for row in read_log(session.path)[0]}
    new = [changed(event, seq=None, state=State.PENDING) for event in bundle.events if event.id not in here]
    named = _pictures_in(new)
    return Found(tuple(new), bundle.words, tuple(each for each in bundle.pictures if each.hash in named))


def told(found: Found) -> list[str]:
    """What bringing it in would do, a sentence each; none where all of it is here."""
    notes, changes, erases = found.notes, found.changes, found.erases
    said = []
    if notes:
        said.append(ngettext("{n} note comes in.", "{n} notes come in.", notes).format(n=notes))
    if changes:
        said.append(ngettext("{n} other change is made.", "{n} other changes are made.", changes).format(n=changes))
    if erases:
        gone = ngettext(
            "Everything of {n} person is erased for good.", "Everything of {n} people is erased for good.", erases
        )
        said.append(gone.format(n=erases))
    if found.changes_all:
        said.append(_("It also changes what the workshop is, or ends it."))
    return said


def bring(session: Session, found: Found) -> None:
    """Bring it in: merged by id, so twice is as once. Where the order is given here it gets its numbers now, elsewhere
    from the home. Blocks. Raises NotSaved, and Refused where it does not go on from what is here."""
    for picture in found.pictures:
        session.bring_picture(picture).result()
    if session.is_home:
        session.take(found.events, found.words).result()
    else:
        session.merge(found.events, found.words).result()
    session.bring_words(found.words).result()


def read_any(path: Path) -> Bundle:
    """A desk's copy, or its workshop.json. Raises NotAWorkshop, NewerWorkshop."""
    if not _is_copy(path):
        return read_bundle(path)
    bundle = checked(*read_log(path))
    brought = (pictures.read(path, digest) for digest in sorted(_pictures_in(bundle.events)))
    whole = [each for each in brought if each is not None and can_be_drawn(each.data)]
    return replace(bundle, pictures=tuple(whole))


def _is_copy(path: Path) -> bool:
    """A file that is not there is no copy either: whoever reads it says so."""
    try:
        with path.open("rb") as file:
            return file.read(len(SQLITE)) == SQLITE
    except OSError:
        return False


def _pictures_in(events: Iterable[Event]) -> set[PictureHash]:
    said = (event.body for event in events if isinstance(event.body, NoteSaid))
    return {body.picture for body in said if body.picture is not None}
