"""Somebody is the same contributor at the laptop and at the online home: from the laptop's page by its script, which
knows where the home is, and by the receipt on any device; and at the same venue by its link."""

from contextlib import ExitStack
from pathlib import Path

from core.base.join import LOOPBACK
from core.domain.venues import AddVenue, KeepVenuesApart
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.home.online import a_home, alike, browser, sharing
from tests.core.sync.desks import until
from tests.core.workshops import SECONDS
from tests.web.phones import phone_at


def test_who_wrote_at_the_laptop_is_the_same_person_at_the_home(tmp_path: Path) -> None:
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        server = ParticipantServer(
            ann.session, host=LOOPBACK, port=0, limits=Limits.raised(), elsewhere=ann.home.public
        )
        server.start()
        try:
            with phone_at(f"http://{LOOPBACK}:{server.join.port}", code=ann.code) as phone:
                phone.say("said in the room")
                page = phone.open()
                receipt = next(iter(phone.http.cookies.jar)).value
        finally:
            server.stop()
        assert online.people in page.text.partition('data-addresses="')[2].partition('"')[0].split()
        assert online.people in page.headers["content-security-policy"]    # the script may ask there
        until(alike(online, ann))
        with browser(online.people, ann.code) as elsewhere:
            assert elsewhere.http.get(f"{online.people}/{ann.code}/hello").headers["access-control-allow-origin"] == "*"
            elsewhere.open("/claim")
            assert elsewhere.post("/claim", code=receipt or "").status_code == 303
            elsewhere.say("said at home")
            mine = elsewhere.open(f"/{ann.code}/mine").text
        assert "said in the room" in mine
        assert "said at home" in mine
        until(alike(online, ann))
        assert len({note.contributor for note in ann.session.board.notes.values()}) == 1


def test_while_venues_are_apart_each_of_their_links_leads_to_their_own_notes_at_the_home(tmp_path: Path) -> None:
    """Guest Wi-Fi keeps phones from many a laptop: then a venue's people write at the home."""
    with a_home(tmp_path / "home") as online, sharing(online, tmp_path / "ann") as ann:
        for command in (AddVenue("York"), AddVenue("Leeds"), KeepVenuesApart()):
            ann.session.do(command).result(SECONDS)
        until(alike(online, ann))
        wall, places = f"/{ann.code}/wall", ("York", "Leeds", "online")
        with ExitStack() as held:
            phones = {place: held.enter_context(browser(online.people, ann.code)) for place in places}
            for place, phone in phones.items():
                if place != "online":
                    assert phone.open(f"/{ann.code}/v/{place}").status_code == 303
                phone.say(f"said in {place}")
            seen = {place: [each for each in places if f"said in {each}" in phone.open(wall).text]
                    for place, phone in phones.items()}    # fmt: skip
        assert seen == {place: [place] for place in places}
