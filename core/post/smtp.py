"""One line to a mail server, and what became of one letter on it: the one place that speaks SMTP."""

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from enum import Enum, auto
from typing import Protocol

import httpx2

from core.base.errors import WorkshopError
from core.base.language import _
from core.base.mail import MailServer, Security

TIMEOUT = 30.0
"""Seconds that a server may keep us waiting for each answer."""
GOODBYE = 2.0
TAKEN = range(200, 300)
TRY_AGAIN = range(400, 500)
LEAVING = 421


class CannotSend(WorkshopError):
    """No letter could be handed in: the server is not there, not safe, or does not know us. None went."""


class WrongPassword(CannotSend):
    """The server does not take this name and password."""

    def __init__(self) -> None:
        super().__init__(
            _("The mail server does not take this name and password."),
            _("Type the password again. Some servers want a password made for programs."),
        )


def lost_line(server: MailServer) -> CannotSend:
    """What is said where the line breaks again and again."""
    return CannotSend(
        _("The line to {host} broke again and again.").format(host=server.host),
        _("Nothing is lost. Look whether you are online, then send the rest."),
    )


class Fate(Enum):
    """What became of one letter."""

    SENT = auto()
    REFUSED = auto()    # for good
    LATER = auto()      # the server asks to try again
    UNSURE = auto()     # the line broke while the letter was handed over: it may have gone
    NOT_TRIED = auto()  # the line broke before that: it has not gone


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one letter, and the server's number for it ("550", "550 5.1.1"); its sentence is not kept."""

    fate: Fate
    why: str = ""
    is_leaving: bool = False    # the server hangs up


class Line(Protocol):
    """An open line to a mail server."""

    def hand_in(self, message: EmailMessage, sender: str, to: str) -> Handed:
        """Hand in one letter. Never raises for what the server or the network does."""

    def close(self) -> None:
        """Say goodbye, and never wait for it."""


Open = Callable[[MailServer, str], Line]
"""Opens a line with this password (empty: none). Raises CannotSend."""


def trusted() -> ssl.SSLContext:
    """Whom this system trusts."""
    return httpx2.create_ssl_context()


def open_line(server: MailServer, password: str, trust: ssl.SSLContext | None = None) -> Line:
    """A line to this server, with TLS unless it is this computer itself. Raises CannotSend."""
    if server.security is Security.NONE and not server.is_here:
        raise CannotSend(
            _("Letters go to this server only over a safe line."), _("Choose STARTTLS or TLS for it.")
        )
    try:
        return SmtpLine(_connected(server, password, trust or trusted()))
    except smtplib.SMTPAuthenticationError as error:
        raise WrongPassword from error
    except ssl.SSLError as error:
        raise CannotSend(
            _("The mail server could not prove who it is, so nothing was sent."),
            _("Look at its name and port, or ask who runs it."),
        ) from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise CannotSend(
            _("The mail server cannot be reached: {host}.").format(host=server.host or "?"),
            _("Look whether you are online, and at the name and port of the server. No letter was lost."),
        ) from error


def _connected(server: MailServer, password: str, trust: ssl.SSLContext) -> smtplib.SMTP:
    smtp: smtplib.SMTP
    if server.security is Security.TLS:
        smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT, context=trust)
    else:
        smtp = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            smtp.starttls(context=trust)
            smtp.ehlo()
        if server.user:
            smtp.login(server.user, password)
    except BaseException:
        smtp.close()
        raise
    return smtp


class SmtpLine:
    """A line over smtplib, step by step, so that we know how far a letter got when the line breaks."""

    def __init__(self, smtp: smtplib.SMTP) -> None:
        self._smtp = smtp

    def hand_in(self, message: EmailMessage, sender: str, to: str) -> Handed:
        """See Line."""
        try:
            handed = self._announced(message, sender, to)
        except (smtplib.SMTPException, OSError):
            return Handed(Fate.NOT_TRIED, is_leaving=True)
        return handed if handed is not None else self._handed_over(bytes(message))

    def close(self) -> None:
        """See Line."""
        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(GOODBYE)
            self._smtp.quit()
        except (smtplib.SMTPException, OSError):
            self._smtp.close()

    def _announced(self, message: EmailMessage, sender: str, to: str) -> Handed | None:
        """From whom and to whom; None where the server will have it."""
        options = self._options(message, to)
        if options is None:
            return Handed(Fate.REFUSED, "address")
        code, said = self._smtp.mail(sender, options)
        if code in TAKEN:
            code, said = self._smtp.rcpt(to_domain(to))
        return None if code in TAKEN else self._turned_down(code, said)

    def _options(self, message: EmailMessage, to: str) -> list[str] | None:
        """What the server is told beforehand; None for an address it could not read."""
        options = []
        if self._smtp.has_extn("size"):
            options.append(f"SIZE={len(bytes(message))}")
        if not to.rpartition("@")[0].isascii():
            if not self._smtp.has_extn("smtputf8"):
                return None
            options.append("SMTPUTF8")
        return options

    def _handed_over(self, content: bytes) -> Handed:
        """From here on a broken line leaves us unsure: the server may have taken it without our hearing so."""
        try:
            code, said = self._smtp.data(content)
        except smtplib.SMTPDataError as error:    # it did not even want to begin
            return self._turned_down(error.smtp_code, error.smtp_error)
        except (smtplib.SMTPException, OSError):
            return Handed(Fate.UNSURE, "line", is_leaving=True)
        return Handed(Fate.SENT) if code in TAKEN else self._turned_down(code, said)

    def _turned_down(self, code: int, said: bytes | str) -> Handed:
        if code < LEAVING and code not in TRY_AGAIN:
            return Handed(Fate.NOT_TRIED, is_leaving=True)    # no answer that SMTP knows
        is_leaving = code == LEAVING
        if not is_leaving:
            try:
                self._smtp.rset()
            except (smtplib.SMTPException, OSError):
                is_leaving = True
        return Handed(Fate.LATER if code in TRY_AGAIN else Fate.REFUSED, numbers(code, said), is_leaving=is_leaving)


def to_domain(address: str) -> str:
    """The address with its domain as the network writes it."""
    name, _at, domain = address.rpartition("@")
    return f"{name}@{domain if domain.isascii() else domain.encode('idna').decode()}"


def numbers(code: int, said: bytes | str) -> str:
    """The server's numbers without its sentence, which often holds the address."""
    text = said.decode("ascii", "replace") if isinstance(said, bytes) else said
    first = text.split(" ", 1)[0]
    is_status = first.count(".") == 2 and all(part.isdigit() for part in first.split("."))
    return f"{code} {first}" if is_status else str(code)
