"""The way back without a mail server: drafts for any mail program, a table for mail merge, and words to copy."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from core.base.errors import NotSaved
from core.base.files import write_atomically
from core.base.language import _
from core.base.mail import MailServer
from core.base.names import file_name
from core.domain.contact import Way
from core.domain.delivery import State
from core.post.letters import Letter
from core.post.message import as_text, make_message
from core.post.office import EDITIONS, Office, Ready
from core.record.spreadsheet import guarded

OWNER_ONLY = 0o600
COLUMNS = ("number", "way", "address", "language", "subject", "letter", "file")
DRAFT = "draft"
"""Why a letter is unsure that somebody else sends."""


def write_drafts(office: Office, folder: Path, server: MailServer) -> list[Path]:
    """A draft for each letter that waits for e-mail; whether it went is unsure from then on. Raises NotSaved."""
    ready = office.all_ready(Way.EMAIL)
    paths = [written(folder / name, data) for name, data in drafts(ready, server, office.clock())]
    office.note_exported(paths, DRAFT)
    office.hand_out(ready, State.UNSURE, DRAFT)
    return paths


def write_mail_merge(office: Office, target: Path) -> int:
    """One table of all letters that wait, for e-mail and for post; the same holds. Returns how many there are; where
    there is none, nothing is written."""
    ready = [*office.all_ready(Way.EMAIL), *office.all_ready(Way.POST)]
    if not ready:
        return 0
    written(target, mail_merge(ready, office.records).encode("utf-8-sig"))
    office.note_exported([target], "mail merge")
    office.hand_out(ready, State.UNSURE, DRAFT)
    return len(ready)


def drafts(ready: Sequence[Ready], server: MailServer, now: datetime) -> Iterator[tuple[str, bytes]]:
    """Each letter as an .eml file that mail programs open for sending: its name, and what is in it."""
    for number, each in enumerate(ready, 1):
        message = make_message(each.letter, each.delivery, each.contact.address, server, now, each.enclosed)
        message["X-Unsent"] = "1"
        name = file_name(each.contact.address.partition("@")[0], "letter")
        yield f"{number:03} {name}.eml", bytes(message)


def mail_merge(ready: Sequence[Ready], records: Path | None = None) -> str:
    """One row for each person, for Word, GOV.UK Notify or any program that fills letters in. No cell is taken for a
    formula."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    table.writerow(COLUMNS)
    for number, each in enumerate(ready, 1):
        letter, contact = each.letter, each.contact
        edition = records / EDITIONS / f"{contact.contributor}.pdf" if records else None
        file = str(edition.absolute()) if edition is not None and edition.is_file() else ""
        cells = (contact.way.value, contact.address, letter.language, letter.subject, as_text(letter), file)
        table.writerow([number, *map(guarded, cells)])
    return out.getvalue()


def as_copied(letter: Letter) -> str:
    """The words of a letter, for pasting into any program."""
    return f"{letter.subject}\n\n{as_text(letter)}"


def written(target: Path, content: bytes) -> Path:
    """A file that only its owner may read: there are addresses in it. Raises NotSaved."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, content, OWNER_ONLY)
    except OSError as error:
        raise NotSaved(
            _("The letters cannot be written here: {why}").format(why=error.strerror),
            _("Nothing was marked as written. Choose another folder."),
        ) from error
    return target
