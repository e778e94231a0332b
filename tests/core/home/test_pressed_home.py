"""An online home under pressure: its disk is full, a proxy keeps its streams back, two hundred desks come back at once.
After each nothing is lost, nothing is doubled, and the logs are the same."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from core.base.ids import DeskId, new_id
from core.session import Mark, Session
from core.sync import link
from core.sync.errors import NotReached
from core.sync.invited import come_in
from core.sync.known import Home
from core.sync.line import Busy, Line
from core.sync.roles import Role
from core.sync.standing import Way
from tests.core.home.online import Online, Relay, Sharing, carry
from tests.core.home.test_faults_of_a_home import assert_whole, kept, texts, under
from tests.core.sync.desks import until
from tests.core.workshops import SECONDS, say
from tests.threads import serving_aside

DESKS = 200
NO_LIMIT = 2**31 - 2


def limit(session: Session, pages: int | None) -> None:
    """As if the disk had room for so many pages of the file; None: for those that are there."""
    log = session._book.log    # the file, which the home has open
    assert hasattr(log, "_connection")

    def limited() -> None:
        there = log._connection.execute("PRAGMA page_count").fetchone()[0]
        log._connection.execute(f"PRAGMA max_page_count = {there if pages is None else pages}")

    session._writer.alone(limited).result(SECONDS)


def test_while_the_disk_of_the_home_is_full_notes_wait_at_the_desk(online: Online, ann: Sharing) -> None:
    home = kept(online, ann)
    limit(home, None)
    for number in range(40):
        say(ann.session, f"note {number} " + "with many words " * 20)
    until(lambda: ann.link.state.way is Way.LOST and ann.link.state.notes > 0)
    assert "safe here" in ann.link.state.words
    limit(home, NO_LIMIT)
    assert_whole(online, ann)
    assert set(texts(home).values()) == {1}
    assert texts(home).total() == 40


class Holding(Relay):
    """A proxy that passes on an answer only when it is complete: a stream never is."""

    def __init__(self, home: int) -> None:
        super().__init__()
        self._home = home

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with ExitStack() as opened, suppress(OSError):
            opened.callback(writer.transport.abort)
            theirs, ours = await asyncio.open_connection("127.0.0.1", self._home)
            opened.callback(ours.transport.abort)
            down = asyncio.ensure_future(carry(theirs, writer))
            try:
                while piece := await reader.read(65_536):
                    if b"/hints" in piece.split(b"\r\n", 1)[0]:
                        down.cancel()    # what comes from now on is kept
                    ours.write(piece)
            finally:
                down.cancel()
                await asyncio.gather(down, return_exceptions=True)


@contextmanager
def holding(home: int) -> Iterator[Holding]:
    proxy = Holding(home)
    with serving_aside(proxy.serve, "holding proxy"):
        yield proxy


def test_behind_a_proxy_that_keeps_streams_back_a_desk_still_hears_of_everything(
    online: Online, ann: Sharing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "LOOK_SECONDS", 0.3)
    with holding(online.ports.desks) as proxy:
        under(ann, proxy.port)
        ann.waits()
        say(ann.session, "said at the desk")
        say(kept(online, ann), "said at the home")
        assert_whole(online, ann)
        assert texts(ann.session) == {"said at the desk": 1, "said at the home": 1}
        under(ann, online.ports.desks)


async def come_back(home: Home, tries: int = 60) -> Mark:
    """What a desk does that lost its home, until it has everything: hello, which words are missing, page after page."""
    line = Line(home)
    try:
        for turn in range(tries):
            try:
                there = await line.hello(home.workshop)
                await line.missing_words()
                page = await line.pull(Mark())
                assert page.parcel.events[-1].seq == there.seq
                return there
            except (Busy, NotReached):
                await asyncio.sleep(0.05 * (1 + turn % 5))
        raise AssertionError("it did not come back")
    finally:
        await line.close()


@pytest.mark.slow
def test_two_hundred_desks_that_come_back_at_once_all_get_everything(
    online: Online, ann: Sharing, tmp_path: Path
) -> None:
    for number in range(20):
        say(ann.session, f"note {number}")
    ann.waits()
    address, workshop = online.desks, ann.session.workshop_id
    homes = [
        come_in(address, online.invites(Role.READER, workshop), DeskId(new_id()), f"Desk {number}")
        for number in range(DESKS)
    ]

    async def together() -> list[Mark]:
        async with asyncio.timeout(6 * SECONDS):
            return await asyncio.gather(*(come_back(home) for home in homes))

    marks = asyncio.run(together())
    assert set(marks) == {kept(online, ann).parcels.mark()}
    assert_whole(online, ann)
