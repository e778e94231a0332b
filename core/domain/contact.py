"""Where somebody wants to be written to, and what they agreed to: never in an event or on a board (privacy.md P2)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from core.base.errors import Refused
from core.base.ids import ContributorId
from core.base.language import _

CONSENT_VERSION = 1
"""The version of the sentences on the page that asks; a new one for every change of what they say."""
KEPT_AFTER_WRITING = timedelta(days=30)
KEPT_AT_MOST = timedelta(days=365)
"""Also where nobody ever wrote."""
EMAIL_LIMIT = 254    # signs: no server takes more
POSTAL_LIMIT = 500
POSTAL_LINES = 10
EMAIL = re.compile(r"[^@\s\"(),:;<>\[\]\\]{1,64}@[^@\s\"(),:;<>\[\]\\.]+(\.[^@\s\"(),:;<>\[\]\\.]+)+")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Signs nobody types: line ends hidden in an address would write headers of their own (attacks.md A08)."""


class Way(StrEnum):
    """How somebody wants to be written to."""

    EMAIL = "email"
    POST = "post"


class Letter(StrEnum):
    """What people are written to about."""

    RECORD = "record"
    NEXT_EVENT = "next event"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What somebody agreed to: the sentences by their version, the language they were read in, and when."""

    version: int
    language: str
    at: datetime
    next_event: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """The address of one contributor. It lies in NAME.contacts and nowhere else."""

    contributor: ContributorId
    way: Way
    address: str
    consent: Consent


class WrongAddress(Refused):
    """An address that no letter would reach."""


def read_address(way: Way, typed: str) -> str:
    """The address in the form that is kept. Raises WrongAddress."""
    return read_email(typed) if way is Way.EMAIL else read_postal(typed)


def read_email(typed: str) -> str:
    """An email address. Whether somebody reads it is only known once a letter was sent."""
    address = unicodedata.normalize("NFC", typed).strip(" \t")
    if not EMAIL.fullmatch(address) or len(address) > EMAIL_LIMIT or _has_unseen(address):
        raise WrongAddress(_("That email address looks wrong."), _("It needs an @ sign in it."))
    return address


def read_postal(typed: str) -> str:
    """A postal address, line by line."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", typed).splitlines()]
    lines = [line for line in lines if line]
    address = "\n".join(lines)
    if not any(sign.isalpha() for sign in address) or any(map(_has_unseen, lines)):
        raise WrongAddress(_("There is no postal address yet."), _("Type it as you write it on a letter."))
    if len(lines) > POSTAL_LINES or len(address) > POSTAL_LIMIT:
        raise WrongAddress(_("That postal address is too long."), _("Type it as you write it on a letter."))
    return address


def _has_unseen(text: str) -> bool:
    return any(unicodedata.category(sign) in UNSEEN for sign in text)
