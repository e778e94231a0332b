"""What an organiser is told each day of a workshop that runs alone at a home: how much came in and what waits. Numbers
only: a mail is read by many machines."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from core.base.clock import from_milliseconds, time_of_day
from core.base.days import day_words
from core.base.errors import WorkshopError
from core.base.language import _, ngettext
from core.base.mail import MailServer
from core.domain.board import Board
from core.domain.bodies import NoteSaid
from core.domain.events import Event
from core.post.message import POLICY, address
from core.post.smtp import Fate, Open
from core.record.page.typeset import one_line
from core.store.reader import read_board, read_log
from core.store.rows import to_event

A_DAY = timedelta(days=1)


class NotDelivered(WorkshopError):
    """The mail server would not have it."""

    def __init__(self, why: str) -> None:
        super().__init__(
            _("The summary was not delivered: {why}.").format(why=why), _("Look at the address and the mail server.")
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Of one workshop, for the time since the last one. `closes` holds the end of each question that has one."""

    title: str
    new: int
    people: int
    held: int
    received: int
    closes: tuple[tuple[int, datetime], ...] = ()
    now: datetime

    @property
    def subject(self) -> str:
        """What stands in the list of mails."""
        told = ngettext("{n} new note: {title}", "{n} new notes: {title}", self.new)
        return told.format(n=self.new, title=self.title)

    @property
    def sentences(self) -> list[str]:
        """All of it, a line each."""
        came = ngettext("{n} note came in since yesterday.", "{n} notes came in since yesterday.", self.new)
        who = ngettext("{n} person has taken part so far.", "{n} people have taken part so far.", self.people)
        there = ngettext("{n} note is there in all.", "{n} notes are there in all.", self.received)
        waits = ngettext(
            "{n} note waits for you to read it before others see it.",
            "{n} notes wait for you to read them before others see them.", self.held,
        )  # fmt: skip
        said = [came.format(n=self.new), who.format(n=self.people), there.format(n=self.received)]
        said += [waits.format(n=self.held)] if self.held else []
        return [*said, *(self._deadline(number, when) for number, when in self.closes)]

    def _deadline(self, number: int, when: datetime) -> str:
        if when <= self.now:
            return _("Question {n} has closed.").format(n=number)
        return _("Question {n} closes on {day} at {time}.").format(
            n=number, day=day_words(when.astimezone().date()), time=time_of_day(when)
        )


def summary_of(path: Path, now: datetime, since: timedelta = A_DAY) -> Summary:
    """What came in at this workshop, by the home's own clock. Raises NotAWorkshop."""
    rows, _words = read_log(path)
    return summed_up(read_board(path), map(to_event, rows), now, since)


def summed_up(board: Board, events: Iterable[Event], now: datetime, since: timedelta = A_DAY) -> Summary:
    """The same of a board and its events."""
    questions = enumerate((board.asking(question.id) for question in board.questions_in_order()), 1)
    return Summary(
        title=board.title(), now=now, held=board.balance.held, received=board.balance.received,
        people=len(board.by_contributor),
        new=sum(isinstance(each.body, NoteSaid) and each.received_at >= now - since for each in events),
        closes=tuple((n, from_milliseconds(asking.closes)) for n, asking in questions if asking.closes is not None),
    )  # fmt: skip


def deliver(summary: Summary, to: str, server: MailServer, password: str, open_line: Open) -> None:
    """Send it. Raises CannotSend, NotDelivered, NoSuchAddress."""
    line = open_line(server, password)
    try:
        handed = line.hand_in(message_of(summary, to, server), server.sender, to)
    finally:
        line.close()
    if handed.fate is not Fate.SENT:
        raise NotDelivered(handed.why or handed.fate.name.lower())


def message_of(summary: Summary, to: str, server: MailServer) -> EmailMessage:
    """The mail. Raises NoSuchAddress; the title gets into no other header."""
    message = EmailMessage(policy=POLICY)
    message["From"] = address(server.sender, server.name)
    message["To"] = address(to)
    message["Subject"] = one_line(summary.subject)
    message["Date"] = format_datetime(summary.now)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content("\n".join([*summary.sentences, "", _("Open the workshop at your desk to read them.")]) + "\n")
    return message
