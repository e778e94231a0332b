"""Four venues on one day (SCENARIOS.md 2): the same questions everywhere, a desk each, and people online. York is
without network for the middle of the day, Leicester's laptop is killed; London looks after all and compares; at the end
there is one board, a record of each venue and the joined one, and whoever wants to be erased is so everywhere."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.base.ids import DeskId, NoteId, VenueId
from core.base.join import LOOPBACK
from core.domain.board import Board
from core.domain.commands import MakeWorkshop, NewTheme
from core.domain.ledger import ledger
from core.domain.places import Heard, compared
from core.domain.terms import ONLINE
from core.domain.venues import AddVenue, PlaceDesk
from core.home.shared import SharedShelf
from core.record.options import Options
from core.record.writing import write
from core.store.check import check
from core.store.parcels import Parcels
from core.store.reader import read_board, read_log
from core.sync.ledger import erasures_told
from core.sync.roles import Role
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.conftest import *  # noqa: F403 - the databases of the tests of the core
from tests.core.home.online import Online, Sharing, a_home, browser, serving, shared
from tests.core.model import picture
from tests.core.sync.desks import until
from tests.core.table import name_of
from tests.core.workshops import SECONDS
from tests.faults.proxy import FAIR, Proxy, Weather, proxied
from tests.web.phones import Phone, phone_at

PROJECT = Path(__file__).parents[2]
OPEN_HOUSE = MakeWorkshop(
    title="Open House", code="ABC234", questions=("What matters to you?", "What should change?")
)
LONDON, YORK, LEICESTER, BASINGSTOKE = VENUES = ("London", "York", "Leicester", "Basingstoke")
IDS = {name: VenueId(name_of(name)) for name in VENUES}
OFFLINE = Weather(cut=1.0)


@dataclass
class Venue:
    """A venue's desk, over all its lives."""

    folder: Path
    name: str
    port: int = 0
    _process: subprocess.Popen[str] | None = field(default=None, repr=False)

    @property
    def file(self) -> Path:
        return self.folder / "day.sayback"

    @property
    def desk(self) -> DeskId:
        return DeskId(name_of(self.name))

    def start(self, *invited: str) -> None:
        self.folder.mkdir(exist_ok=True)
        command = [sys.executable, "-m", "tests.journeys.venue_at_work", str(self.file), self.desk, *invited]
        self._process = subprocess.Popen(
            command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.port = int(self._says()["port"])

    def told(self, *what: str) -> None:
        """Have its facilitator do something; returns once it is on disk."""
        assert self._process is not None
        assert self._process.stdin is not None
        self._process.stdin.write(" ".join(what) + "\n")
        self._process.stdin.flush()
        assert self._says() == {"done": what[0]}

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


@pytest.fixture(params=["one home", "two instances"])
def homes(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Online, Online]]:
    """Where desks come, and where people online do: one home with files, or two instances over one database."""
    with ExitStack() as opened:
        if request.param == "one home":
            only = opened.enter_context(a_home(tmp_path / "home"))
            yield only, only
        else:
            database = request.getfixturevalue("database")
            one, other = (opened.enter_context(serving(SharedShelf(database))) for _number in range(2))
            yield one, other


@pytest.fixture
def london(homes: tuple[Online, Online], tmp_path: Path) -> Iterator[Sharing]:
    """The national desk, in London; it named the venues before."""
    desk = shared(tmp_path / LONDON, homes[0].desks, homes[0].invites(), OPEN_HOUSE, DeskId(name_of(LONDON)))
    try:
        for name, id in IDS.items():
            desk.session.do(AddVenue(name, id)).result(SECONDS)
        desk.session.do(PlaceDesk(desk.session.desk, IDS[LONDON])).result(SECONDS)
        desk.waits()
        yield desk
    finally:
        desk.close()


@pytest.fixture
def network(homes: tuple[Online, Online]) -> Iterator[Proxy]:
    """York's way to the home."""
    with proxied(homes[0].ports.desks) as network:
        yield network


@pytest.fixture
def venues(homes: tuple[Online, Online], london: Sharing, network: Proxy, tmp_path: Path) -> Iterator[dict[str, Venue]]:
    """The other three; each came in with an invitation that says which venue it is."""
    made = {name: Venue(tmp_path / name, name) for name in VENUES[1:]}
    try:
        for name, venue in made.items():
            code = homes[0].shelf.invitations.make(Role.VENUE, london.session.workshop_id, IDS[name])
            venue.start(network.base if name == YORK else homes[0].desks, code)
        yield made
    finally:
        for venue in made.values():
            venue.end()


def say(phone: Phone, *words: str) -> None:
    for each in words:
        phone.say(each)


def said_by(board: Board) -> dict[str, NoteId]:
    return {board.text_of(note): note.id for note in board.notes.values()}


def are_alike(london: Sharing, venues: Mapping[str, Venue]) -> bool:
    """Whether every file has the same log, and nothing waits in any."""
    logs = [Parcels(path) for path in (london.path, *(venue.file for venue in venues.values()))]
    return len({log.mark() for log in logs}) == 1 and not any(log.count_waiting() for log in logs)


@contextmanager
def in_london(desk: Sharing) -> Iterator[Phone]:
    """A phone at the national desk's own door."""
    server = ParticipantServer(desk.session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=desk.home.public)
    server.start()
    try:
        with phone_at(f"http://{LOOPBACK}:{server.join.port}", code="ABC234") as phone:
            yield phone
    finally:
        server.stop()


def the_morning(london: Sharing, venues: Mapping[str, Venue], online: Online) -> None:
    """Everywhere the same question; one theme is common to all."""
    for venue in venues.values():
        with venue.phone() as phone:
            say(phone, f"Buses to {venue.name}", f"{venue.name} in the morning")
    with in_london(london) as phone:
        say(phone, "London in the morning")
    with browser(online.people, "ABC234") as at_home, browser(online.people, "ABC234") as on_the_way:
        say(at_home, "Buses at home")
        assert on_the_way.open("/ABC234/v/york").status_code == 303
        say(on_the_way, "On my way to York")
    until(lambda: len(london.session.board.notes) == 9)
    buses = tuple(id for words, id in said_by(london.session.board).items() if words.startswith("Buses"))
    question = london.session.board.questions_in_order()[0].id
    london.session.do(NewTheme(question, "Buses", buses)).result(SECONDS)
    until(lambda: are_alike(london, venues))


def noon(venues: Mapping[str, Venue], network: Proxy, online: Online) -> None:
    """York is on its own, Leicester's laptop goes off and on again."""
    network.weather = OFFLINE
    york, leicester = venues[YORK], venues[LEICESTER]
    with york.phone() as phone:
        say(phone, "York alone", "York alone, again")
        assert "York alone" in phone.open("/ABC234/mine").text
    york.told("group", "Waiting")
    with leicester.phone() as phone:
        say(phone, "Leicester before the crash")
    leicester.end(killed=True)
    with browser(online.people, "ABC234") as at_home:
        say(at_home, "Online at noon")
    leicester.start()
    with leicester.phone() as phone:
        say(phone, "Leicester after the crash")


@pytest.mark.slow
def test_four_venues_are_each_whole_on_their_own_compared_and_one_at_the_end(
    homes: tuple[Online, Online], london: Sharing, venues: dict[str, Venue], network: Proxy, tmp_path: Path
) -> None:
    the_morning(london, venues, homes[1])
    noon(venues, network, homes[1])
    until(lambda: "Leicester after the crash" in said_by(london.session.board))
    assert "York alone" not in said_by(london.session.board)
    network.weather = FAIR
    until(lambda: "York alone, again" in said_by(london.session.board), "York did not come back")
    until(lambda: are_alike(london, venues), "the four did not become one")
    assert_compared(london.session.board)
    venues[BASINGSTOKE].told("erase", "Basingstoke in the morning")
    until(lambda: [each.left for each in ledger(london.session.board)] == [()], "a copy was left")
    assert "gone from 5 of 5 desks" in erasures_told(london.session.board, london.session.desk)[0]
    until(lambda: are_alike(london, venues))
    assert_one_board([london.path, *(venue.file for venue in venues.values())])
    assert_records(london.path, tmp_path / "records")


def assert_compared(board: Board) -> None:
    """What London sees: said in all venues, in one only, and how many people were there."""
    found = compared(board, board.questions_in_order()[0].id)
    names = {each.heard: board.text(each.theme.name) for each in found.themes if each.theme}
    assert names == {Heard.SOME: "Buses", Heard.ONE: "Waiting"}    # nobody in London spoke of them
    assert {name: found.all[id].notes for name, id in IDS.items()} == {
        LONDON: 1, YORK: 5, LEICESTER: 4, BASINGSTOKE: 2
    }  # fmt: skip
    assert [found.there[id] for id in (*IDS.values(), ONLINE)] == [1, 3, 3, 1, 2]
    assert (found.all[ONLINE].notes, found.nowhere) == (2, 0)


def assert_one_board(files: list[Path]) -> None:
    boards = [read_board(path) for path in files]
    assert all(picture(board) == picture(boards[0]) for board in boards)
    assert all(check(path).ok for path in files)
    for path in files:
        rows, _words = read_log(path)
        assert set(Counter(row.id for row in rows).values()) == {1}    # nothing is doubled
    said = Counter(boards[0].text_of(note) for note in boards[0].notes.values() if not note.erased)
    assert said == Counter([
        "London in the morning", "Buses to York", "York in the morning", "Buses to Leicester",
        "Leicester in the morning", "Buses at home",
        "On my way to York", "York alone", "York alone, again", "Leicester before the crash",
        "Leicester after the crash", "Online at noon",
    ])  # fmt: skip
    assert boards[0].conflict_list() == []
    assert boards[0].balance.erased == 2


def assert_records(file: Path, out: Path) -> None:
    """Four and the one of all; each says where it is from, and has what was said there and nothing else."""
    told: dict[str, str] = {}
    for name in (*VENUES, "online", ""):
        write(file, out / name, ["md", "html", "csv"], options=Options(venue=name))
        told[name] = (out / name / "record.md").read_text("utf-8")
    for name in VENUES:
        others = [each for each in VENUES if each != name]
        assert f", {name}" in told[name].partition("\n\n## ")[0]
        assert not any(f"{each} " in told[name] for each in others), name
    assert "Leicester after the crash" in told[LEICESTER]
    assert "York alone" in told[YORK]
    assert "Online at noon" in told["online"]
    assert "Where people took part" in told[""]
    assert "Where people took part" not in told[YORK]
    assert told[""].count("fewer than 8") >= 4    # nobody can be picked out
    assert "Basingstoke in the morning" not in "".join(told.values())
