"""A simulated phone counts as one person, before and after its first note, as a real one does."""

import asyncio
from pathlib import Path

from core.rehearsal.phone import Phone, Tally
from core.web.server import ParticipantServer
from tests.core.workshops import made

PATIENCE = 10.0


async def until_here(server: ParticipantServer, people: int) -> None:
    """The head-count is told as of a second ago at most."""
    async with asyncio.timeout(PATIENCE):
        while server.here() != people:    # noqa: ASYNC110 - a count kept by another thread
            await asyncio.sleep(0.05)


async def join_and_say(server: ParticipantServer) -> None:
    url, tally = server.join.url, Tally()
    async with Phone.joined(url, tally, PATIENCE) as ada, Phone.joined(url, tally, PATIENCE):
        await until_here(server, 2)
        await ada.say("The ramp is steep")
        await ada.say("The lamp is dark")
        await until_here(server, 2)


def test_people_are_counted_once_before_and_after_their_first_note(tmp_path: Path) -> None:
    with made(tmp_path / "park.sayback") as session:
        server = ParticipantServer(session, host="127.0.0.1", port=0)
        server.start()
        try:
            asyncio.run(join_and_say(server))
        finally:
            server.stop()
