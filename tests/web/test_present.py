"""What the desk is told of who is here: writing, gone, how they came; never a name, never a word before it is sent."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from core.domain.terms import Mode
from core.web.presence import LOST_SECONDS, SEEN_SECONDS, WRITING_AT_MOST, WRITING_SECONDS, Presence
from tests.core.table import person
from tests.web.browser import tab
from tests.web.phones import CODE, Phone, Place, listening, until

WORDS = "A secret that is not sent"


def writes(phone: Phone, **fields: str) -> int:
    """What the page's script sends."""
    return phone.post(f"/{CODE}/writing", **{"m": "", **fields}).status_code


def test_somebody_who_writes_counts_until_the_note_is_sent(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    (contributor,) = place.session.board.joined
    assert writes(ada) == 204
    until(lambda: place.server.present().writing == {contributor})
    ada.say("And slippery")
    until(lambda: not place.server.present().writing and place.server.present().here == {contributor})


def test_a_newcomer_who_writes_is_one_of_the_strangers_and_then_one_of_us(place: Place, ben: Phone) -> None:
    ben.open(f"/{CODE}/q/1?m=home")
    stream = f"{ben.base}/{CODE}/live?m=home"
    with ben.http.stream("GET", stream):
        until(lambda: place.server.present().strangers == {Mode.REMOTE: 1})
        assert writes(ben, start=ben.form["start"], m="home") == 204
        until(lambda: place.server.present().beginning == {Mode.REMOTE: 1})
        ben.send("From my kitchen", sure="1")
        until(lambda: len(place.server.present().here) == 1)
        assert not place.server.present().beginning


def test_more_newcomers_do_not_write_than_are_here(place: Place, ada: Phone) -> None:
    for number in range(20):
        assert writes(ada, start=f"{number:032x}") == 204
    with listening(ada):
        until(lambda: place.server.present().beginning == {Mode.ROOM: 1})


@pytest.mark.parametrize("fields", [{"start": "x"}, {"start": ""}, {"text": WORDS}, {"m": "moon"}])
def test_what_is_no_beacon_counts_for_nothing(place: Place, ada: Phone, fields: dict[str, str]) -> None:
    with listening(ada):
        assert writes(ada, **fields) == 204
        until(lambda: place.server.present().strangers == {Mode.ROOM: 1})
        assert not place.server.present().beginning


def test_more_than_a_beacon_is_not_read(place: Place, ada: Phone) -> None:
    assert writes(ada, start="0" * 2000) == 413


def test_a_beacon_leaves_nothing_in_the_file(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    before = (place.session.path.read_bytes(), Path(f"{place.session.path}-wal").read_bytes())
    assert writes(ada) == 204
    until(lambda: place.server.present().writing)
    assert (place.session.path.read_bytes(), Path(f"{place.session.path}-wal").read_bytes()) == before


def test_a_page_that_went_is_lost_after_a_while_and_not_when_another_opens() -> None:
    now = 0.0
    presence, ada = Presence(lambda: now), person("Ada")
    presence.opened(ada)
    presence.closed(ada)
    now = LOST_SECONDS - 1
    assert not presence.present().lost
    now = LOST_SECONDS + 1
    assert presence.present().lost == {ada} <= presence.present().here
    presence.opened(ada)
    assert not presence.present().lost
    presence.closed(ada)
    now += SEEN_SECONDS + 1
    assert not presence.present().lost


def test_who_has_stopped_writing_is_forgotten_and_so_are_the_oldest_of_a_crowd() -> None:
    now = 0.0
    presence = Presence(lambda: now)
    for number in range(WRITING_AT_MOST + 1):
        presence.writes(person(f"{number}"), Mode.ROOM)
        presence.saw(person(f"{number}"))
    assert len(presence.present().writing) == WRITING_AT_MOST
    now = WRITING_SECONDS + 1
    assert not presence.present().writing


@pytest.mark.browser
def test_the_page_says_that_somebody_writes_and_not_what(chromium: Browser, place: Place) -> None:
    sent: list[str] = []
    with tab(chromium) as page:
        page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
        page.goto(f"{place.base}/{CODE}/q/1?m=home")
        page.locator("#text").press_sequentially(WORDS)
        until(lambda: place.server.present().beginning == {Mode.REMOTE: 1})
    beacons = [each for each in sent if "/writing" in each]
    assert len(beacons) == 1
    assert not any(word in json.dumps(sent) for word in ("secret", "A+secret"))
