"""Four venues on one day (SCENARIOS.md 2): the same questions everywhere, a desk each, and people online. York is
without network for the middle of the day, Leicester's laptop is killed, and so are parts of the online home; London
looks after all and compares; at the end there is one board, a record of each venue and the joined one, and whoever
wants to be erased is so everywhere."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from core.domain.board import Board
from core.domain.ledger import ledger
from core.domain.places import Heard, compared
from core.domain.terms import ONLINE
from core.record.options import Options
from core.record.writing import write
from core.store.check import check
from core.store.reader import read_board, read_log
from core.sync.ledger import erasures_told
from tests.core.home.large import Home, a_large_home, a_small_home
from tests.core.home.online import browser
from tests.core.home.processes import Writing
from tests.core.model import picture
from tests.core.sync.desks import until
from tests.core.workshops import SECONDS
from tests.faults.proxy import FAIR, Proxy, Weather, proxied
from tests.journeys.venues import BASINGSTOKE, IDS, LEICESTER, LONDON, VENUES, YORK, Venue, are_alike, four_venues
from tests.web.phones import Phone

FAULTS = (pytest.mark.faults, pytest.mark.alone)
OFFLINE = Weather(cut=1.0)
AFTER_AWAY = 4 * SECONDS
NOON = 20
ONLINE_AT_NOON = [f"Online at noon {number}" for number in range(NOON)]


@pytest.fixture(params=["one home", pytest.param("two instances and a standby", marks=FAULTS)])
def online(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Home]:
    """Where desks and people online come: one home with files, or two instances."""
    with (a_small_home if request.param == "one home" else a_large_home)(tmp_path / "home") as online:
        yield online


@pytest.fixture
def network(online: Home) -> Iterator[Proxy]:
    """York's way to the online home."""
    with proxied(int(online.desks.rpartition(":")[2])) as network:
        yield network


@pytest.fixture
def venues(online: Home, network: Proxy, tmp_path: Path) -> Iterator[dict[str, Venue]]:
    """The desks of all four."""
    with four_venues(online, tmp_path, {YORK: network.base}) as venues:
        yield venues


def say(phone: Phone, *words: str) -> None:
    for each in words:
        phone.say(each)


def said_by(desk: Venue) -> set[str]:
    """What is on the board of this desk."""
    board = read_board(desk.file)
    return {board.text_of(note) for note in board.notes.values()}


def the_morning(venues: Mapping[str, Venue], online: Home) -> None:
    """Everywhere the same question; one theme is common to all."""
    for venue in venues.values():
        with venue.phone() as phone:
            say(phone, *(["Buses to " + venue.name] if venue.name != LONDON else []), f"{venue.name} in the morning")
    with browser(online.people[0], "ABC234") as at_home, browser(online.people[-1], "ABC234") as on_the_way:
        say(at_home, "Buses at home")
        assert on_the_way.open("/ABC234/v/york").status_code == 303
        say(on_the_way, "On my way to York")
    until(lambda: len(said_by(venues[LONDON])) == 9)
    venues[LONDON].told("gather", "Buses")
    until(lambda: are_alike(venues.values()))


def noon(venues: Mapping[str, Venue], network: Proxy, online: Home) -> None:
    """York is on its own, Leicester's laptop goes off and on again, and something happens to the home while people
    write there."""
    network.weather = OFFLINE
    york, leicester = venues[YORK], venues[LEICESTER]
    with york.phone() as phone:
        say(phone, "York alone", "York alone, again")
        assert "York alone" in phone.open("/ABC234/mine").text
    york.told("group", "Waiting")
    with leicester.phone() as phone:
        say(phone, "Leicester before the crash")
    leicester.end(killed=True)
    at_home = Writing(online.people, "ABC234", "Online at noon", NOON)
    at_home.start()
    until(lambda: len(at_home.thanked) >= NOON // 4)
    online.suffers()
    leicester.start()
    leicester.is_there()
    with leicester.phone() as phone:
        say(phone, "Leicester after the crash")
    at_home.join(AFTER_AWAY)
    assert at_home.thanked == ONLINE_AT_NOON


@pytest.mark.slow
def test_four_venues_are_each_whole_on_their_own_compared_and_one_at_the_end(
    online: Home, venues: dict[str, Venue], network: Proxy, tmp_path: Path
) -> None:
    london = venues[LONDON]
    the_morning(venues, online)
    noon(venues, network, online)
    until(lambda: {"Leicester after the crash", *ONLINE_AT_NOON} <= said_by(london), "not all came", AFTER_AWAY)
    assert "York alone" not in said_by(london)
    network.weather = FAIR
    until(lambda: "York alone, again" in said_by(london), "York did not come back", AFTER_AWAY)
    until(lambda: are_alike(venues.values()), "the four did not become one", AFTER_AWAY)
    assert_compared(read_board(london.file))
    venues[BASINGSTOKE].told("erase", "Basingstoke in the morning")
    until(lambda: [each.left for each in ledger(read_board(london.file))] == [()], "a copy was left")
    assert "gone from 5 of 5 desks" in erasures_told(read_board(london.file), london.desk)[0]
    until(lambda: are_alike(venues.values()))
    assert_one_board([venue.file for venue in venues.values()])
    assert_records(london.file, tmp_path / "records")


def assert_compared(board: Board) -> None:
    """What London sees: said in all venues, in one only, and how many people were there."""
    found = compared(board, board.questions_in_order()[0].id)
    names = {each.heard: board.text(each.theme.name) for each in found.themes if each.theme}
    assert names == {Heard.SOME: "Buses", Heard.ONE: "Waiting"}    # nobody in London spoke of them
    assert {name: found.all[id].notes for name, id in IDS.items()} == {
        LONDON: 1, YORK: 5, LEICESTER: 4, BASINGSTOKE: 2
    }  # fmt: skip
    assert [found.there[id] for id in (*IDS.values(), ONLINE)] == [1, 3, 3, 1, 2]
    assert (found.all[ONLINE].notes, found.nowhere) == (1 + NOON, 0)


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
        "Leicester after the crash", *ONLINE_AT_NOON,
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
