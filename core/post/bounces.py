"""Letters that came back: a saved bounce (RFC 3464) says which letter it was, and that its address does not work."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path

from core.base.errors import Refused
from core.base.language import _
from core.domain.delivery import Delivery, State
from core.post.office import Office

LETTER = re.compile(rb"<([0-9a-f]{32})@[^\s<>]+>")
LARGEST = 50 * 2**20
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


class NoBounce(Refused):
    """A file that says of no letter of this workshop that it came back."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says: which letters it may be about, and the number of the reason (empty where it says none)."""

    letters: tuple[str, ...]
    status: str
    is_final: bool


def read_bounce(content: bytes) -> Bounce:
    """What is in a saved e-mail. Raises NoBounce where it is none."""
    if len(content) > LARGEST:
        raise NoBounce(_("This file is too large for an e-mail."), _("Save the message itself, and choose that file."))
    message = message_from_bytes(content, policy=policy.default)
    reports = [part for part in message.walk() if part.get_content_type() == "message/delivery-status"]
    letters = tuple(dict.fromkeys(found.decode() for found in LETTER.findall(content)))
    if not letters or not (reports or _comes_from_a_server(message)):
        raise NoBounce(
            _("This is no message about a letter that came back."),
            _("Save the whole message as a file (.eml), and choose that."),
        )
    fields = [part for report in reports for part in report.walk() if part is not report]
    status = next((found[0] for each in fields if (found := STATUS.search(str(each.get("Status", ""))))), "")
    actions = {str(each.get("Action", "")).strip().lower() for each in fields}
    return Bounce(letters, status, is_final="delayed" not in actions or "failed" in actions)


def saved_message(path: Path) -> bytes:
    """What is in this file. Raises NoBounce where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise NoBounce(
            _("This file cannot be read: {why}").format(why=error.strerror), _("Choose the saved message again.")
        ) from error


def take_bounce(office: Office, content: bytes) -> Delivery:
    """Note that a letter came back; its person is listed as not reached. Raises NoBounce."""
    bounce = read_bounce(content)
    found = [each for each in office.deliveries() if each.message in bounce.letters]
    if not found:
        raise NoBounce(
            _("This message is about a letter of another workshop."), _("Open that workshop, and try there.")
        )
    delivery = found[-1]
    if bounce.is_final:
        why = f"bounced {bounce.status}".strip()
        office.settle(delivery, State.REFUSED, why, of=(State.SENT, State.UNSURE, State.SENDING))
    return delivery


def _comes_from_a_server(message: EmailMessage) -> bool:
    """Older servers say it in words of their own, in the name of nobody."""
    sender = parseaddr(str(message.get("From", "")))[1].partition("@")[0].lower()
    return sender in {"mailer-daemon", "postmaster"} or str(message.get("Return-Path", "")).strip() == "<>"
