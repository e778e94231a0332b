"""Phones at one of several venues: the link that says which, and what is seen there of the others."""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from core.base.ids import VenueId
from core.domain.running import OpenVote
from core.domain.terms import ONLINE, VoteOn
from core.domain.venues import AddVenue, JoinVenues, KeepVenuesApart, PlaceDesk
from core.session import Session
from core.web.seen import handle_of
from tests.core.table import name_of
from tests.web.phones import CODE, DESK, SECONDS, WORKSHOP, Frame, Phone, Place, listening, phone, serving, until

PLACE = re.compile('data-at="([0-9a-f]+-[0-9]+)"')
WHERE = re.compile('<span class="at">(.*?)</span>')
YORK, LEEDS = (VenueId(name_of(name)) for name in ("york", "leeds"))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """York's own laptop."""
    path = tmp_path / "day.sayback"
    with closing(Session.create(path, WORKSHOP, DESK)) as session:
        for command in (AddVenue("York", YORK), AddVenue("Leeds", LEEDS), PlaceDesk(DESK, YORK)):
            session.do(command).result(SECONDS)
    with serving(path) as place:
        yield place


def keep_apart(place: Place) -> None:
    """Until those who tell the pages know it, too: a page that was open meanwhile is told to load anew."""
    place.session.do(KeepVenuesApart()).result(SECONDS)
    with phone(place) as here, phone(place) as there:
        came_by(there, "leeds")
        until(lambda: story(here) != story(there), "a story for each venue")


def story(phone: Phone) -> str:
    """By which telling its page is told."""
    return place_of(phone).partition("-")[0]


def place_of(phone: Phone) -> str:
    found = PLACE.search(phone.open(f"/{CODE}/wall").text)
    assert found is not None
    return found[1]


def venues(place: Place) -> dict[str, VenueId | None]:
    board = place.session.board
    return {board.text_of(note): board.venue_of(note) for note in board.notes.values()}


def came_by(phone: Phone, venue: str) -> None:
    response = phone.open(f"/{CODE}/v/{venue}")
    assert (response.status_code, response.headers["location"]) == (303, f"/{CODE}")


@pytest.mark.parametrize("link", [LEEDS[:8], "leeds", "Leeds"])
def test_whoever_comes_by_a_venues_link_is_there_until_the_next_day(place: Place, link: str) -> None:
    with phone(place) as ada:
        came_by(ada, link)
        assert "sb_" in next(iter(ada.http.cookies))
        ada.say("By Leeds's link")
        ada.say("Again", question=2)
    assert venues(place) == {"By Leeds's link": LEEDS, "Again": LEEDS}


def test_others_are_where_the_laptop_is_and_a_link_that_leads_nowhere_keeps_nobody_out(place: Place) -> None:
    with phone(place) as ada, phone(place) as bo:
        ada.say("Here")
        came_by(bo, "atlantis")
        bo.say("There is no Atlantis")
    assert venues(place) == {"Here": YORK, "There is no Atlantis": YORK}
    assert all(note.venue is None for note in place.session.board.notes.values())    # it goes without saying


def told_at(phone: Phone, path: str) -> list[str]:
    return WHERE.findall(phone.open(path).text)


def test_the_pages_say_at_which_venue_one_is_beside_the_title(place: Place) -> None:
    pages = ("", "/q/1", "/wall", "/mine")
    with phone(place) as here, phone(place) as there, phone(place) as at_home:
        came_by(there, "leeds")
        for page in pages:
            assert told_at(here, f"/{CODE}{page}") == ["at <bdi>York</bdi>"]
            assert told_at(there, f"/{CODE}{page}") == ["at <bdi>Leeds</bdi>"]
        assert told_at(at_home, f"/{CODE}/q/1?m=home") == ["Online"]
        assert told_at(here, "/claim") == []    # as to whoever has not typed the code


def test_the_last_link_counts_and_a_vote_is_cast_there_too(place: Place) -> None:
    question = place.session.board.questions_in_order()[0].id
    with phone(place) as ada, phone(place) as bo:
        ada.say("Trains")
        place.session.do(OpenVote(question, VoteOn.NOTES, 3)).result(SECONDS)
        came_by(bo, "online")
        bo.open(f"/{CODE}/vote")
        [note] = place.session.board.notes
        put = f"{handle_of(place.session.workshop_id, note)}.1"
        assert bo.post(f"/{CODE}/vote", **bo.form, put=put).status_code == 303
        came_by(ada, "leeds")
        ada.say("On the way to Leeds")
    board = place.session.board
    assert venues(place) == {"Trains": YORK, "On the way to Leeds": LEEDS}
    assert sorted(str(board.venue_of_person(who)) for who in board.came) == sorted([YORK, ONLINE])


def test_only_what_was_said_here_is_on_the_wall_until_the_venues_are_joined(place: Place) -> None:
    session = place.session
    question = session.board.questions_in_order()[0].id
    keep_apart(place)
    with phone(place) as ada, phone(place) as bo, phone(place) as reader:
        came_by(bo, "leeds")
        with listening(reader) as told:
            next(told)
            ada.say("Said in York")
            bo.say("Said in Leeds")
            first = next(each for each in told if "notes" in each)["notes"]
            assert [note["text"] for note in first] == ["Said in York"]
            assert "Said in Leeds" not in reader.open(f"/{CODE}/wall").text
            assert "Said in Leeds" in bo.open(f"/{CODE}/mine").text
            session.do(JoinVenues(question)).result(SECONDS)
            joined = next(each for each in told if "Said in Leeds" in {note["text"] for note in each.get("notes", ())})
            assert joined["count"] == 2
            session.do(JoinVenues(question, on=False)).result(SECONDS)
            assert next(each for each in told if "gone" in each)["count"] == 1
        assert "Said in York" in reader.open(f"/{CODE}/wall").text
        assert "Said in Leeds" not in reader.page


def texts(frame: Frame) -> list[object]:
    return [note["text"] for note in frame.get("notes", ())]


def test_whoever_came_by_another_venues_link_sees_what_was_said_there(place: Place) -> None:
    """As at an online home, where phones of all venues look at the same pages."""
    keep_apart(place)
    with phone(place) as ada, phone(place) as bo, phone(place) as cy:
        came_by(bo, "leeds")
        came_by(cy, "leeds")
        with listening(cy) as in_leeds, listening(ada) as in_york:
            next(in_leeds), next(in_york)
            ada.say("Said in York")
            bo.say("Said in Leeds")
            (leeds, york) = (next(each for each in told if "notes" in each) for told in (in_leeds, in_york))
            assert (texts(leeds), leeds["count"]) == (["Said in Leeds"], 1)
            assert (texts(york), york["count"]) == (["Said in York"], 1)
        for who, seen, hidden in ((cy, "Said in Leeds", "Said in York"), (ada, "Said in York", "Said in Leeds")):
            assert seen in who.open(f"/{CODE}/wall").text
            assert hidden not in who.page


def test_a_page_that_comes_back_learns_what_it_has_missed_at_its_own_venue(place: Place) -> None:
    keep_apart(place)
    with phone(place) as ada, phone(place) as bo:
        came_by(bo, "leeds")
        in_york, in_leeds = place_of(ada), place_of(bo)
        ada.say("Said in York")
        bo.say("Said in Leeds")
        for who, at, text in ((ada, in_york, "Said in York"), (bo, in_leeds, "Said in Leeds")):
            with listening(who, at) as told:
                assert texts(next(each for each in told if "notes" in each)) == [text]
        with listening(bo, in_york) as told:    # the place of another venue's story leads nowhere
            assert next(told) == {"reload": True}


def test_pages_load_anew_when_venues_are_kept_apart_and_when_they_are_no_longer(place: Place) -> None:
    with phone(place) as ada, phone(place) as bo:
        came_by(bo, "leeds")
        ada.say("Said in York")
        with listening(ada) as in_york, listening(bo) as in_leeds:
            for on, seen_in_leeds in ((True, False), (False, True)):
                place.session.do(KeepVenuesApart(on=on)).result(SECONDS)
                for told in (in_york, in_leeds):
                    assert next(each for each in told if "reload" in each)
                assert ("Said in York" in bo.open(f"/{CODE}/wall").text) is seen_in_leeds
            bo.say("Said in Leeds")
            for told in (in_york, in_leeds):
                assert texts(next(each for each in told if "notes" in each)) == ["Said in Leeds"]


def test_what_was_said_elsewhere_cannot_be_voted_for_while_venues_are_apart(place: Place) -> None:
    question = place.session.board.questions_in_order()[0].id
    keep_apart(place)
    with phone(place) as ada, phone(place) as bo:
        came_by(bo, "leeds")
        ada.say("Trains")
        place.session.do(OpenVote(question, VoteOn.NOTES, 3)).result(SECONDS)
        [note] = place.session.board.notes
        put = f"{handle_of(place.session.workshop_id, note)}.1"
        assert "Trains" not in bo.open(f"/{CODE}/vote").text
        assert bo.post(f"/{CODE}/vote", **bo.form, put=put).status_code == 404
        ada.open(f"/{CODE}/vote")
        assert ada.post(f"/{CODE}/vote", **ada.form, put=put).status_code == 303
