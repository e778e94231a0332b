"""Somebody is the same contributor at the laptop and at the online home: from the laptop's page by its script, which
knows where the home is, and by the receipt on any device."""

from pathlib import Path

from core.base.join import LOOPBACK
from core.web.limits import Limits
from core.web.server import ParticipantServer
from tests.core.home.online import a_home, alike, browser, sharing
from tests.core.sync.desks import until
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
