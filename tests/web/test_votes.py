"""Votes: tap by tap, changeable until the round ends, never more than there are, and how others voted only after it."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from core.base.ids import ContributorId, NoteId, RoundId
from core.domain import tallies
from core.domain.board import Theme
from core.domain.commands import Command, HideNotes, NewTheme, ShowNotes
from core.domain.promising import CountVotes
from core.domain.running import BlockPerson, CloseVote, OpenVote, SetQuestion
from core.domain.terms import Asking, CountWay, Mode, Reason, Reveal, VoteOn
from core.web.limits import Limits, Rate
from core.web.seen import handle_of
from tests.web.phones import CODE, SCRIPT, SECONDS, Phone, Place, listening, phone, serving, until

DOTS = 3


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback", limits=Limits.raised()) as place:
        question = place.session.board.questions_in_order()[0].id
        for name in ("Doors", "Ramps", "Signs"):
            do(place, NewTheme(question, name))
        do(place, OpenVote(question, VoteOn.THEMES, DOTS))
        yield place


def do(place: Place, command: Command) -> None:
    place.session.do(command).result(SECONDS)


def round_of(place: Place) -> RoundId:
    return place.session.board.rounds_in_order()[-1].id


def on(place: Place, name: str) -> str:
    """The handle of a theme or note with these words."""
    board = place.session.board
    ids: list[str] = [theme.id for theme in board.themes.values() if board.text(theme.name) == name]
    ids += [note.id for note in board.notes.values() if board.text_of(note) == name]
    return handle_of(place.session.workshop_id, ids[0])


def tap(voter: Phone, place: Place, name: str, dots: int, *, script: bool = False) -> httpx2.Response:
    """Press a button of the page that is open."""
    voter.open(f"/{CODE}/vote")
    return put(voter, f"{on(place, name)}.{dots}", script=script)


def put(voter: Phone, value: str, *, script: bool = False, **fields: str) -> httpx2.Response:
    headers = {**voter.origin, **(SCRIPT if script else {})}
    data = {**voter.form, "put": value, **fields}
    return voter.http.post(f"{voter.base}/{CODE}/vote", data=data, headers=headers, follow_redirects=False)


def counted(place: Place) -> dict[str, int]:
    board = place.session.board
    dots = tallies.counted(board, round_of(place)).dots
    return {board.text(board.themes[theme].name): n for theme in board.themes if (n := dots.get(theme, 0))}


def test_without_javascript_each_tap_is_saved_and_comes_back_to_its_row(place: Place, ada: Phone) -> None:
    page = ada.open(f"/{CODE}/vote").text
    assert "You have 3 votes. Put them on the themes you care about most." in page
    assert "You have 3 votes left." in page
    answer = tap(ada, place, "Ramps", 1)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{CODE}/vote#v-{on(place, 'Ramps')}")
    tap(ada, place, "Ramps", 2)
    tap(ada, place, "Doors", 1)
    assert counted(place) == {"Ramps": 2, "Doors": 1}
    page = ada.open(f"/{CODE}/vote").text
    assert "You have 0 votes left." in page
    assert page.count('class="put"') == 3
    tap(ada, place, "Ramps", 0)
    assert counted(place) == {"Doors": 1}
    assert "You have 2 votes left." in ada.open(f"/{CODE}/vote").text


def test_the_script_hears_what_holds_now(place: Place, ada: Phone) -> None:
    told = tap(ada, place, "Ramps", 2, script=True).json()
    assert told["saved"] is True
    assert (told["left"], told["says"]) == (1, "You have 1 vote left.")
    assert told["dots"][on(place, "Ramps")] == 2
    assert told["first"] is True
    assert len(told["receipt"]) == 16
    assert set(told) == {"saved", "open", "left", "says", "dots", "token", "receipt", "first"}


def test_more_votes_than_there_are_are_refused_kindly_with_the_state_of_things(place: Place, ada: Phone) -> None:
    tap(ada, place, "Ramps", 2)
    answer = tap(ada, place, "Doors", 2)
    assert answer.status_code == 409
    assert "You have no votes left." in answer.text
    assert "You have 1 vote left." in answer.text
    told = tap(ada, place, "Doors", 2, script=True)
    assert told.status_code == 409
    assert (told.json()["saved"], told.json()["left"]) == (False, 1)
    assert counted(place) == {"Ramps": 2}


def test_one_person_who_taps_a_hundred_times_has_as_many_votes_as_anybody(place: Place, ada: Phone) -> None:
    """attacks.md A48."""
    ada.open(f"/{CODE}/vote")
    for _ in range(100):
        put(ada, f"{on(place, 'Ramps')}.1", script=True)
    assert counted(place) == {"Ramps": 1}
    assert tallies.counted(place.session.board, round_of(place)).devices == 1


def test_the_first_form_sent_twice_is_one_person(place: Place, ada: Phone, ben: Phone) -> None:
    """The answer was lost, and the cookie with it."""
    ada.open(f"/{CODE}/vote")
    put(ada, f"{on(place, 'Ramps')}.1")
    ben.form = ada.form
    put(ben, f"{on(place, 'Ramps')}.1")
    assert counted(place) == {"Ramps": 1}


def test_a_form_that_was_open_before_the_first_vote_still_works_after_it(place: Place, ada: Phone) -> None:
    ada.open(f"/{CODE}/vote")
    put(ada, f"{on(place, 'Ramps')}.1")
    assert put(ada, f"{on(place, 'Ramps')}.2").status_code == 303
    assert counted(place) == {"Ramps": 2}


def test_a_form_of_somebody_else_is_not_taken(place: Place, ada: Phone, ben: Phone) -> None:
    tap(ada, place, "Ramps", 1)
    tap(ben, place, "Ramps", 1)
    ada.open(f"/{CODE}/vote")
    assert put(ben, f"{on(place, 'Ramps')}.3", token=ada.form["token"]).status_code == 403
    assert counted(place) == {"Ramps": 2}


def test_how_others_voted_is_told_when_the_round_is_over_and_not_before(
    place: Place, ada: Phone, ben: Phone
) -> None:
    tap(ada, place, "Ramps", 2)
    for page in ("/vote", "/wall"):
        assert "2 votes" not in ben.open(f"/{CODE}{page}").text.replace("2 votes left", "")
    tap(ben, place, "Ramps", 1)
    do(place, CloseVote(round_of(place)))
    assert "<b>3 votes</b>" in ben.open(f"/{CODE}/vote").text
    assert "1 is yours" in ben.page
    assert "0 notes, 3 votes" in ben.open(f"/{CODE}/wall").text


def test_hands_and_paper_dots_stand_beside_the_votes_of_phones_and_not_in_them(place: Place, ada: Phone) -> None:
    tap(ada, place, "Ramps", 1)
    ramps = next(each.id for each in place.session.board.themes.values() if on_board(place, each) == "Ramps")
    do(place, CountVotes(round_id=round_of(place), way=CountWay.HANDS, table=1, dots={ramps: 4}))
    do(place, CountVotes(round_id=round_of(place), way=CountWay.DOTS, table=2, dots={ramps: 1}))
    do(place, CloseVote(round_of(place)))
    assert "<b>1 vote, 5 more counted in the room</b>" in ada.open(f"/{CODE}/vote").text
    assert "0 notes, 1 vote, 5 more counted in the room" in ada.open(f"/{CODE}/wall").text


def on_board(place: Place, theme: Theme) -> str:
    return place.session.board.text(theme.name)


def test_a_vote_after_the_end_is_refused_and_the_earlier_ones_count(place: Place, ada: Phone) -> None:
    tap(ada, place, "Ramps", 2)
    ada.open(f"/{CODE}/vote")
    do(place, CloseVote(round_of(place)))
    answer = put(ada, f"{on(place, 'Ramps')}.0")
    assert answer.status_code == 409
    assert "Voting has ended." in answer.text
    assert "2 are yours" in answer.text
    told = put(ada, f"{on(place, 'Ramps')}.0", script=True).json()
    assert (told["open"], told["dots"][on(place, "Ramps")]) == (False, 2)
    assert counted(place) == {"Ramps": 2}


def test_a_result_of_notes_that_nobody_sees_is_nobodys_to_see(place: Place, ada: Phone) -> None:
    tap(ada, place, "Ramps", 2)
    do(place, SetQuestion(place.session.board.questions_in_order()[0].id, Asking(reveal=Reveal.NEVER)))
    do(place, CloseVote(round_of(place)))
    page = ada.open(f"/{CODE}/vote").text
    assert "<b>2 votes</b>" not in page
    assert "2 are yours" in page


def test_what_is_not_there_cannot_be_voted_on(place: Place, ada: Phone) -> None:
    ada.say("a note to hide")
    ada.say("a note of another question", question=2)
    question = place.session.board.questions_in_order()[0].id
    do(place, OpenVote(question, VoteOn.NOTES, DOTS))
    ada.open(f"/{CODE}/vote")
    hidden = on(place, "a note to hide")
    assert put(ada, f"{hidden}.1").status_code == 303
    do(place, HideNotes((note_of(place, "a note to hide"),), Reason.OTHER))
    others = (hidden, on(place, "a note of another question"), on(place, "Ramps"), "0" * 16)
    assert {put(ada, f"{handle}.1").status_code for handle in others} == {404}
    assert put(ada, f"{hidden}.1", round="0" * 16).status_code == 404
    assert {put(ada, odd).status_code for odd in ("", "x", f"{hidden}.-1", f"{hidden}.100", f"{hidden}.²")} == {404}
    do(place, ShowNotes((note_of(place, "a note to hide"),)))
    assert put(ada, f"{hidden}.2").status_code == 303


def note_of(place: Place, text: str) -> NoteId:
    board = place.session.board
    return next(note.id for note in board.notes.values() if board.text_of(note) == text)


def test_votes_on_notes_stand_on_the_notes_when_they_are_counted(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("the ramp")
    ada.say("the door")
    do(place, OpenVote(place.session.board.questions_in_order()[0].id, VoteOn.NOTES, DOTS))
    tap(ada, place, "the ramp", 2)
    tap(ben, place, "the ramp", 1)
    do(place, CloseVote(round_of(place)))
    page = ben.open(f"/{CODE}/wall").text
    assert "<span>3 votes</span>" in page
    assert "<span>0 votes</span>" in page


def test_votes_of_blocked_people_are_not_counted_on_screen_but_the_desk_sees_them(
    place: Place, ada: Phone, ben: Phone
) -> None:
    tap(ada, place, "Ramps", 2)
    tap(ben, place, "Doors", 1)
    board = place.session.board
    ada_is = next(who for who, dots in board.votes[round_of(place)].items() if 2 in dots.values())
    do(place, BlockPerson(ContributorId(ada_is)))
    assert counted(place) == {"Doors": 1}
    assert tallies.uncounted(place.session.board, round_of(place)).devices == 1
    ada.open(f"/{CODE}/vote")
    assert put(ada, f"{on(place, 'Ramps')}.1").status_code in (400, 403)


def test_the_desk_counts_votes_by_how_people_came_and_by_devices(place: Place, ada: Phone, ben: Phone) -> None:
    tap(ada, place, "Ramps", 2)
    ben.open(f"/{CODE}/vote")
    put(ben, f"{on(place, 'Ramps')}.1", m="home")
    by_mode = tallies.by_mode(place.session.board, round_of(place))
    assert {mode: (sum(tally.dots.values()), tally.devices) for mode, tally in by_mode.items()} == {
        Mode.ROOM: (2, 1), Mode.REMOTE: (1, 1),
    }  # fmt: skip


def test_new_cookies_from_one_address_fall_under_the_rule_for_newcomers(tmp_path: Path) -> None:
    """attacks.md A48: who only votes is a newcomer, too; one too many is asked to wait and not counted."""
    limits = Limits(newcomers=Rate(5, 0.01))
    with serving(tmp_path / "a.sayback", limits=limits) as place:
        question = place.session.board.questions_in_order()[0].id
        do(place, NewTheme(question, "Ramps"))
        do(place, OpenVote(question, VoteOn.THEMES, DOTS))
        answers = []
        for _ in range(20):
            with phone(place) as cookie:
                answers.append(tap(cookie, place, "Ramps", DOTS))
        assert [answer.status_code for answer in answers] == [303] * 5 + [429] * 15
        assert int(answers[-1].headers["retry-after"]) > 0
        assert "You have 3 votes left." in answers[-1].text
        assert tallies.counted(place.session.board, round_of(place)).devices == 5


def test_that_voting_begins_and_ends_is_told_to_every_page(place: Place, ada: Phone) -> None:
    with listening(ada) as frames:
        assert next(frame for frame in frames if "votes" in frame.get("now", ()))["now"]["votes"] is True
        do(place, CloseVote(round_of(place)))
        assert "votes" not in next(frame for frame in frames if "now" in frame)["now"]


def test_a_page_without_a_round_says_so_kindly(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback") as place, phone(place) as ada:
        assert "Voting has not begun" in ada.open(f"/{CODE}/vote").text
        assert ada.open(f"/{CODE}/vote/{'0' * 16}").status_code == 404


def test_of_two_open_rounds_each_has_its_page(place: Place, ada: Phone) -> None:
    second = place.session.board.questions_in_order()[1].id
    do(place, NewTheme(second, "Others"))
    do(place, OpenVote(second, VoteOn.THEMES, 1))
    page = ada.open(f"/{CODE}/vote").text
    assert "Others" in page
    assert "Ramps" not in page
    first = handle_of(place.session.workshop_id, place.session.board.rounds_in_order()[0].id)
    assert f'href="/{CODE}/vote/{first}"' in page
    assert "Ramps" in ada.open(f"/{CODE}/vote/{first}").text
    answer = put(ada, f"{on(place, 'Ramps')}.1")
    assert answer.headers["location"].startswith(f"/{CODE}/vote/{first}#")


def test_a_vote_makes_somebody_known_so_that_a_note_after_it_is_theirs(place: Place, ada: Phone) -> None:
    tap(ada, place, "Ramps", 1)
    ada.say("and a note")
    until(lambda: place.texts() == ["and a note"])
    (note,) = place.session.board.notes.values()
    assert note.contributor in place.session.board.votes[round_of(place)]
