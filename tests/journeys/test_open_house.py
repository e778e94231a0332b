"""Four venues on one day (SCENARIOS.md 2): the same questions everywhere, one desk each; York loses its network for the
middle of the day, Leicester's laptop is killed, people at home take part; at the end all four have one board."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from core.base.ids import DeskId, ThemeId, new_id
from core.base.join import LOOPBACK
from core.domain.commands import MakeWorkshop, MoveNotes, NewTheme
from core.session import Session
from core.store.check import check
from core.sync.roles import Role
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.home.online import Online, Sharing, a_home, alike, browser, shared, venue
from tests.core.model import picture
from tests.core.sync.desks import until
from tests.core.table import name_of
from tests.core.workshops import ANN, SECONDS
from tests.faults.proxy import FAIR, Weather, proxied
from tests.web.phones import Phone, phone_at

OPEN_HOUSE = MakeWorkshop(
    title="Open House", code="ABC234", questions=("What matters to you?", "What should change?")
)
VENUES = ("London", "York", "Leicester", "Basingstoke")


def desk_of(venue: str) -> DeskId:
    return ANN if venue == "London" else DeskId(name_of(venue))


@contextmanager
def served(desk: Sharing) -> Iterator[Phone]:
    """A phone in this room, at its desk's own server."""
    server = ParticipantServer(
        desk.session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=desk.home.public
    )
    server.start()
    try:
        with phone_at(f"http://{LOOPBACK}:{server.join.port}", code="ABC234") as phone:
            yield phone
    finally:
        server.stop()


@contextmanager
def four_venues(online: Online, folder: Path) -> Iterator[dict[str, Sharing]]:
    """London brings it, the others come in with invitations."""
    with ExitStack() as opened:
        london = shared(folder / "London", online.desks, online.invites(), OPEN_HOUSE)
        opened.callback(london.close)
        london.waits()
        others = {
            name: opened.enter_context(venue(online, folder / name, london, Role.VENUE, desk_of(name)))
            for name in VENUES[1:]
        }
        yield {"London": london, **others}


def killed(desk: Sharing) -> None:
    """What a crash leaves is what is on disk; the laptop is started again."""
    desk.close()
    desk.session = Session.open(desk.path, desk.session.desk, memory=desk.memory)
    desk.link = desk.linked()


def test_four_venues_are_each_whole_on_their_own_and_one_at_the_end(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, four_venues(online, tmp_path) as desks:
        york = desks["York"]
        with proxied(online.ports.desks) as network, browser(online.people, "ABC234") as at_home:
            york.meets(replace(york.home, address=f"http://{LOOPBACK}:{network.port}"))
            for name, desk in desks.items():
                with served(desk) as phone:
                    phone.say(f"{name} in the morning")
            at_home.say("at home in the morning")
            until(alike(online, *desks.values()))

            network.weather = Weather(cut=1.0)    # York is on its own
            with served(york) as phone:
                phone.say("York alone")
                phone.say("York alone, again", question=2)
                assert "York alone" in phone.open("/ABC234/mine").text
            theme = ThemeId(new_id())
            question = york.session.board.questions_in_order()[0].id
            york.session.do(NewTheme(question, "Waiting", theme_id=theme)).result(SECONDS)
            moved = [note.id for note in york.session.board.notes.values() if note.question == question][:2]
            york.session.do(MoveNotes(tuple(moved), theme)).result(SECONDS)
            until(lambda: york.link.state.notes == 2)
            assert york.link.state.words == "2 notes not yet sent to the online home; they are safe here"

            killed(desks["Leicester"])
            at_home.say("at home at noon")
            with served(desks["Leicester"]) as phone:
                phone.say("Leicester after the crash")

            network.weather = FAIR
            until(alike(online, *desks.values()), "the four did not become one")
            york.meets(replace(york.home, address=online.desks))
        assert_one_board(desks)


def assert_one_board(desks: dict[str, Sharing]) -> None:
    boards = [desk.session.board for desk in desks.values()]
    assert all(picture(board) == picture(boards[0]) for board in boards)
    said = Counter(boards[0].text_of(note) for note in boards[0].notes.values())
    assert said == Counter([
        *(f"{name} in the morning" for name in VENUES), "at home in the morning", "York alone", "York alone, again",
        "at home at noon", "Leicester after the crash",
    ])  # fmt: skip
    assert all(check(desk.path).ok for desk in desks.values())
    assert boards[0].conflict_list() == []
