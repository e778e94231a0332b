"""A letter as an e-mail: headers into which nobody's words can put another, text and HTML, and what it encloses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.base.errors import Refused
from core.base.language import _, direction_of
from core.base.mail import MailServer
from core.domain.delivery import Delivery
from core.post.letters import Heading, Letter, Paragraph, Table
from core.post.templates import FOLDER
from core.record.page.typeset import one_line
from core.record.palette import LIGHT

POLICY = policy.SMTP.clone(cte_type="7bit")
"""Lines end as mail wants it, and every server can pass it on."""
WIDTH = 72


class NoSuchAddress(Refused):
    """An address that no letter can be written to."""

    def __init__(self, what: str) -> None:
        super().__init__(what, _("Look at the address, and mend it."))


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that comes with the letter."""

    name: str
    kind: str    # "application/pdf"
    data: bytes


def make_message(
    letter: Letter, delivery: Delivery, to: str, server: MailServer, now: datetime,
    enclosed: Sequence[Enclosed] = (),
) -> EmailMessage:  # fmt: skip
    """The e-mail of one letter. Raises NoSuchAddress; no sentence of anybody's gets into a header unchecked. Without a
    sender it is a draft: who sends it is filled in by their mail program."""
    message = EmailMessage(policy=POLICY)
    answers = server.reply_to or server.sender
    if server.sender:
        message["From"] = address(server.sender, server.name)
        message["Reply-To"] = address(answers)
        message["List-Unsubscribe"] = f"<{stop_link(answers)}>"
    message["To"] = address(to)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id(delivery.message, server.sender)
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    message.set_content(as_text(letter), cte="quoted-printable")
    message.add_alternative(as_html(letter), subtype="html", cte="quoted-printable")
    for each in enclosed:
        main, sub = each.kind.split("/")
        message.add_attachment(each.data, maintype=main, subtype=sub, filename=each.name)
    return message


def address(spec: str, name: str = "") -> Address:
    """An address for a header. Raises NoSuchAddress where it is none, or would be more than one line."""
    if any(not sign.isprintable() for sign in spec):
        raise NoSuchAddress(_("There is a sign in this address that no address has."))
    try:
        return Address(one_line(name), addr_spec=spec)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise NoSuchAddress(_("“{address}” is no e-mail address.").format(address=spec[:80])) from error


def message_id(message: str, sender: str) -> str:
    """The name of a letter as mail has it; by the first part a bounce is matched."""
    return f"<{message}@{sender.rpartition('@')[2] or 'sayback.invalid'}>"


def stop_link(answers: str) -> str:
    """What a mail program offers as "unsubscribe"."""
    return f"mailto:{quote(answers, safe='@')}?subject={quote(_('Stop'))}"


def as_text(letter: Letter) -> str:
    """The letter in plain text: the same words in the same order."""
    parts: list[str] = []
    for block in letter.blocks:
        match block:
            case Heading(words):
                parts.append(f"{words}\n{'-' * min(WIDTH, len(words))}")
            case Paragraph(words, quiet):
                parts.append(f"-- \n{words}" if quiet else words)
            case Table(heads, rows):
                parts += ["\n".join(_row(heads, block.cells(row), row.status)) for row in rows]
    return "\n\n".join(parts) + "\n"


def _row(heads: Sequence[str], cells: Sequence[str], status: str) -> list[str]:
    last = ". ".join(part for part in (status, cells[-1]) if part)
    return [f"{head}: {cell}" for head, cell in zip(heads, (*cells[:-1], last), strict=True) if cell]


def as_html(letter: Letter) -> str:
    """The letter as a web page of one column that fetches nothing."""
    blocks = [(type(block).__name__.lower(), block) for block in letter.blocks]
    return _environment().get_template("letter.html").render(
        letter=letter, blocks=blocks, direction=direction_of(letter.language), colours=LIGHT
    )


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
