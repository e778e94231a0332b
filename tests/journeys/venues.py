"""A venue of a day, as the tests have it: its desk in a process of its own (venue_at_work.py), and its file."""

import json
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from core.base.ids import DeskId, VenueId, WorkshopId
from core.domain.commands import MakeWorkshop
from core.domain.venues import AddVenue, PlaceDesk
from core.store.parcels import Parcels
from core.sync.roles import Role
from tests.core.home.large import Home
from tests.core.home.online import shared
from tests.core.table import name_of
from tests.core.workshops import SECONDS
from tests.journeys.venue_at_work import keep
from tests.web.phones import Phone, phone_at

PROJECT = Path(__file__).parents[2]
OPEN_HOUSE = MakeWorkshop(
    title="Open House", code="ABC234", questions=("What matters to you?", "What should change?")
)
LONDON, YORK, LEICESTER, BASINGSTOKE = VENUES = ("London", "York", "Leicester", "Basingstoke")
IDS = {name: VenueId(name_of(name)) for name in VENUES}


@dataclass
class Venue:
    """A venue's desk, over all its lives."""

    folder: Path
    name: str
    port: int = 0
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        return self.folder / "park.sayback"

    @property
    def parcels(self) -> Parcels:
        """What is in its file now."""
        return Parcels(self.file)

    @property
    def desk(self) -> DeskId:
        return DeskId(name_of(self.name))

    def start(self, *invited: str) -> None:
        self.folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.journeys.venue_at_work", str(self.file), self.desk, *invited]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def is_there(self) -> None:
        """Returns once it has come in, and people may come."""
        self.port = int(self._says()["port"])

    def told(self, *what: str) -> None:
        """Have its facilitator do something; returns once it is done."""
        self.tells(*what)
        self.has_done(what[0])

    def tells(self, *what: str) -> None:
        """The same; does not wait."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(what) + "\n")
        self._process.stdin.flush()

    def has_done(self, what: str) -> None:
        """Returns once it has."""
        assert self._says() == {"done": what}

    def end(self, *, killed: bool = False) -> None:
        """As people do, or by SIGKILL."""
        if self._process is None:
            return
        if killed:
            self._process.kill()
        self._process.communicate(None if killed else "stop\n", timeout=30)
        self._process = None

    @contextmanager
    def phone(self) -> Iterator[Phone]:
        """Somebody in its room."""
        with phone_at(f"http://127.0.0.1:{self.port}", code="ABC234") as phone:
            yield phone

    def _says(self) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        said: dict[str, Any] = json.loads(self._process.stdout.readline())
        return said


def are_alike(venues: Collection[Venue]) -> bool:
    """Whether every file has the same log, and nothing waits in any."""
    logs = [venue.parcels for venue in venues]
    return not any(log.count_waiting() for log in logs) and len({log.mark() for log in logs}) == 1


@contextmanager
def four_venues(online: Home, folder: Path, ways: Mapping[str, str]) -> Iterator[dict[str, Venue]]:
    """The national desk, in London, and the other three, each with an invitation that says which venue it is; `ways`:
    who comes to the home under another address than the usual one."""
    made = {name: Venue(folder / name, name) for name in VENUES}
    workshop = the_week_before(online, made[LONDON])
    try:
        made[LONDON].start()
        for name in VENUES[1:]:
            made[name].start(ways.get(name, online.desks), online.invites(Role.VENUE, workshop, IDS[name]))
        for venue in made.values():
            venue.is_there()
        yield made
    finally:
        for venue in made.values():
            venue.end()


def the_week_before(online: Home, london: Venue) -> WorkshopId:
    """London makes the workshop, brings it to the home, and names the venues."""
    desk = shared(london.folder, online.desks, online.invites(Role.ORGANISER), OPEN_HOUSE, london.desk)
    try:
        assert desk.path == london.file
        for name, id in IDS.items():
            desk.session.do(AddVenue(name, id)).result(SECONDS)
        desk.session.do(PlaceDesk(london.desk, IDS[LONDON])).result(SECONDS)
        desk.waits()
    finally:
        desk.close()
    keep(london.file.with_suffix(".home"), desk.home)
    return desk.session.workshop_id
