"""What an organiser is told each day of a workshop at a home: numbers, by mail, and nobody's words."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from core.base.clock import to_milliseconds
from core.cli.home import summary as command
from core.domain.commands import HoldNotes
from core.domain.terms import Asking, Reason
from core.home.summary import NotDelivered, deliver, summary_of
from core.post.message import NoSuchAddress
from core.post.smtp import CannotSend, open_line
from core.session import Session
from tests.core.home.test_packaging import PROJECT, arguments_after
from tests.core.post.mailboxes import Mailboxes, mail_server
from tests.core.table import NOON, WallClock
from tests.core.workshops import ANN, PARK, SECONDS, say

ORGANISER = "organiser@hospital.example"


@pytest.fixture
def wall() -> WallClock:
    return WallClock()


@pytest.fixture
def session(tmp_path: Path, wall: WallClock) -> Iterator[Session]:
    """A consultation that closes in three days."""
    closes = to_milliseconds(NOON + timedelta(days=3))
    made = replace(PARK, title="The park\r\nBcc: x@y.example", asking=Asking(closes=closes))
    session = Session.create(tmp_path / "park.sayback", made, ANN, clock=wall)
    try:
        yield session
    finally:
        session.close()


def test_it_counts_what_came_since_yesterday_and_what_waits(session: Session, wall: WallClock) -> None:
    say(session, "said the day before", by="Ada")
    wall.now += timedelta(days=1, hours=1)
    say(session, "said today", by="Ada")
    notes = [say(session, "also today", by="Bo").note_id, say(session, "and this", by="Bo").note_id]
    session.do(HoldNotes(tuple(notes), Reason.OTHER)).result(SECONDS)
    made = summary_of(session.path, wall.now)
    assert (made.new, made.received, made.held, made.people) == (3, 4, 2, 2)
    assert made.sentences[:4] == [
        "3 notes came in since yesterday.", "2 people have taken part so far.", "4 notes are there in all.",
        "2 notes wait for you to read them before others see them.",
    ]  # fmt: skip
    assert made.sentences[4].startswith("Question 1 closes on ")
    wall.now += timedelta(days=3)
    assert summary_of(session.path, wall.now).sentences[-1] == "Question 2 has closed."


def test_the_mail_holds_numbers_and_no_words_and_the_title_gets_into_no_other_header(session: Session) -> None:
    say(session, "a secret of mine")
    boxes = Mailboxes()
    with mail_server(boxes) as server:
        deliver(summary_of(session.path, NOON), ORGANISER, server, "", open_line)
    [(to, mail)] = boxes.taken
    assert to == ORGANISER
    assert mail["Subject"].startswith("1 new note: The park")
    assert "Bcc" not in mail
    assert "1 note came in since yesterday." in mail.get_content()
    assert "secret" not in str(mail)


def test_what_cannot_be_sent_is_said(session: Session) -> None:
    boxes = Mailboxes(refused=frozenset({ORGANISER}))
    made = summary_of(session.path, NOON)
    with mail_server(boxes) as server:
        with pytest.raises(NoSuchAddress):
            deliver(made, "no address", server, "", open_line)
        with pytest.raises(NotDelivered):
            deliver(made, ORGANISER, server, "", open_line)
    with pytest.raises(CannotSend):
        deliver(made, ORGANISER, server, "", open_line)


def test_the_timers_unit_gives_options_that_there_are() -> None:
    unit = (PROJECT / "packaging" / "sayback-summary@.service").read_text("utf-8")
    line = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert line is not None
    given = command.make_context("summary", arguments_after("summary", shlex.split(line[1]))).params
    assert given["receiver"] == "organiser@example.org"
    assert given["code"] == "%i"
