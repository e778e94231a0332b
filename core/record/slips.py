"""Paper slips: personal codes to hand out. Who types one is that contributor, on any phone, and so is the paper itself.

The codes are written where the facilitator wants them, and nowhere else: the log knows only the ids.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.base.errors import AlreadyThere, NotSaved, WorkshopError
from core.base.files import write_atomically
from core.base.identity import Secret, contributor_of, groups_of, new_secret, receipt_of, words_of
from core.base.join import public_join_url
from core.base.language import _
from core.domain.running import MakeSlips
from core.record.spreadsheet import guarded
from core.session import Session

OWNER_ONLY = 0o600
COLUMNS = ("number", "code", "words", "link")
MakeSecret = Callable[[], Secret]


class NotSlips(WorkshopError):
    """A table that `slips` did not write."""


@dataclass(frozen=True, slots=True)
class Slip:
    """What is printed on one slip; `link` is what its QR code holds, `who` whose it is where notes were typed for
    somebody already ("Person 2, table 4")."""

    code: str
    words: str
    link: str
    who: str = ""

    @classmethod
    def of(cls, secret: Secret, origin: str, who: str = "") -> "Slip":
        """The slip of this secret, for a workshop that is found there."""
        link = f"{public_join_url(origin, 'claim')}#{receipt_of(secret)}"
        return cls(" ".join(groups_of(secret)), " ".join(words_of(secret)), link, who)


def make_slips(session: Session, count: int, origin: str, make: MakeSecret = new_secret) -> list[Slip]:
    """So many new contributors, known to the workshop from now on. Raises a WorkshopError where none were made."""
    secrets = [make() for _each in range(count)]
    session.do(MakeSlips(tuple(contributor_of(secret) for secret in secrets))).result()
    return [Slip.of(secret, origin) for secret in secrets]


def slips_csv(slips: Sequence[Slip]) -> str:
    """One row a slip; no cell is taken for a formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for number, slip in enumerate(slips, 1):
        table.writerow([number, *map(guarded, (slip.code, slip.words, slip.link))])
    return out.getvalue()


def read_slips(text: str) -> list[Slip]:
    """The slips of such a table. Raises NotSlips."""
    try:
        return [Slip(row["code"], row["words"], row["link"]) for row in csv.DictReader(io.StringIO(text))]
    except (KeyError, csv.Error) as error:
        raise NotSlips(
            _("This is no table of codes for paper slips."), _("Make one first: python main.py slips --help")
        ) from error


def require_new(out: Path) -> None:
    """Raises AlreadyThere: codes that may have been handed out are never written over."""
    if out.exists():
        raise AlreadyThere(
            _("There is a file of this name already. No slips were made."), _("Choose another name for the slips.")
        )


def write_slips(out: Path, slips: Sequence[Slip]) -> None:
    """Write them so that only their owner may read them. Raises NotSaved."""
    try:
        write_atomically(out, slips_csv(slips), OWNER_ONLY)
    except OSError as error:
        raise NotSaved(
            _("The slips could not be written: {why}").format(why=error.strerror),
            _("Nobody has these codes. Make new slips, in another folder."),
        ) from error
