"""Hidden means hidden: until a note may be seen by others, nobody else's bytes contain it, on any page or stream."""

import json
import re
import socket
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any, cast

import pytest

from core.base.ids import ContributorId, NoteId, QuestionId, ThemeId, new_id
from core.domain.board import Board
from core.domain.commands import (
    Command,
    HideNotes,
    HoldNotes,
    MakeWorkshop,
    MoveNotes,
    NewTheme,
    RewordNote,
    ShowNotes,
    WithdrawNote,
)
from core.domain.preparing import SeatPerson
from core.domain.running import BlockPerson, MergeNotes, OpenVote, RevealParts, RevealQuestion, SetQuestion
from core.domain.terms import ONLINE, Asking, Mode, Parts, Reason, Reveal, VoteOn
from core.web import app, story
from core.web.limits import Limits
from core.web.room import Room
from core.web.seen import handle_of
from tests.web.phones import CODE, SCRIPT, SECONDS, Phone, Place, listening, phone, serving, until

AT_ONCE, LATER, NEVER, HELD, LIVE = range(1, 6)
ASKINGS = {
    LATER: Asking(reveal=Reveal.LATER),
    NEVER: Asking(reveal=Reveal.NEVER),
    HELD: Asking(hold=True),
    LIVE: Asking(live=True),
}
WORKSHOP = MakeWorkshop(title="Park", questions=("Once?", "Later?", "Never?", "Held?", "Live?"), code=CODE)
SEEN = "phrase-on-the-wall"
HIDDEN = (
    "phrase-held-by-question", "phrase-held-for-number", "phrase-held-later", "phrase-hidden", "phrase-withdrawn",
    "phrase-erased", "phrase-not-revealed", "phrase-for-nobody", "phrase-merged", "phrase-of-a-blocked-one",
    "phrase-before-rewording", "phrase-that-was-too-long",
)  # fmt: skip
Words = dict[str, NoteId]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with serving(tmp_path / "park.sayback", workshop=WORKSHOP, limits=Limits.raised()) as place:
        for number, asking in ASKINGS.items():
            do(place, SetQuestion(question(place, number), asking))
        yield place


def question(place: Place, number: int) -> QuestionId:
    return place.session.board.questions_in_order()[number - 1].id


def do(place: Place, command: Command) -> None:
    place.session.do(command).result(SECONDS)


def note_with(board: Board, phrase: str) -> NoteId:
    return next(note.id for note in board.notes.values() if phrase in board.text_of(note))


def say(place: Place, phone: Phone, phrase: str, number: int = AT_ONCE) -> NoteId:
    phone.open(f"/{CODE}/ask" if number == LIVE else f"/{CODE}/q/{number}")
    assert phone.send(phrase, sure="1").status_code == 303
    return note_with(place.session.board, phrase)


def author(place: Place, note: NoteId) -> ContributorId:
    return cast(ContributorId, place.session.board.notes[note].contributor)


def plant(place: Place, ada: Phone, cy: Phone, dee: Phone) -> None:
    """A phrase of its own in every state in which a note is nobody else's to read."""
    say(place, ada, "phrase-held-by-question", HELD)
    say(place, ada, "phrase-held-for-number 07700 900123")
    say(place, ada, "phrase-not-revealed", LATER)
    say(place, ada, "phrase-for-nobody", NEVER)
    ada.open(f"/{CODE}/q/1")
    assert ada.send("phrase-that-was-too-long " + "x" * 500).status_code == 400
    before_others_look(place, ada, cy)
    do(place, BlockPerson(author(place, say(place, dee, "what dee said before"))))
    dee.open(f"/{CODE}/q/1")
    assert dee.send("phrase-of-a-blocked-one").status_code in (400, 403)


def before_others_look(place: Place, ada: Phone, cy: Phone) -> None:
    """Notes that were up for a moment, and came down before anybody opened a page."""
    held, hidden, withdrawn = (
        say(place, ada, phrase) for phrase in ("phrase-held-later", "phrase-hidden", "phrase-withdrawn")
    )
    do(place, HoldNotes((held,), Reason.OTHER))
    do(place, HideNotes((hidden,), Reason.OTHER))
    do(place, WithdrawNote(withdrawn))
    do(place, RewordNote(say(place, ada, "phrase-before-rewording"), "reworded since"))
    do(place, MergeNotes((say(place, ada, "phrase-merged", LIVE),), say(place, ada, "the one that is shown", LIVE)))
    place.session.erase(author(place, say(place, cy, "phrase-erased"))).result(SECONDS)


def addresses(place: Place) -> list[str]:
    """Every page there is, with every number and handle that could stand in its address."""
    board, workshop = place.session.board, place.session.workshop_id
    handles = [handle_of(workshop, id) for id in (*board.notes, *board.themes, *board.rounds)]
    values: dict[str, list[str]] = {
        "code": [CODE], "number:int": [str(n) for n in range(7)], "handle": handles, "name": ["style.css"],
        "venue": [ONLINE, "york"],
    }  # fmt: skip
    routes = app.Door(cast(Room, None), {})._routes()
    paths = {route.path for route in routes if "GET" in (route.methods or ())} - {"/{code}/live"}
    return [address for path in sorted(paths) for address in filled(path, values)]


def filled(path: str, values: dict[str, list[str]]) -> list[str]:
    names = [name for name in values if f"{{{name}}}" in path]
    found = []
    for chosen in product(*(values[name] for name in names)):
        address = path
        for name, value in zip(names, chosen, strict=True):
            address = address.replace(f"{{{name}}}", value)
        assert "{" not in address, f"this test does not know how to fill {path}"
        found.append(address)
    return found


def walk(place: Place, *phones: Phone) -> str:
    """All that these phones can read."""
    answers = [each.http.get(each.base + address) for each in phones for address in addresses(place)]
    return "\n".join(f"{answer.headers}\n{answer.text}" for answer in answers)


class Ear:
    """A live page as bytes on a wire."""

    def __init__(self, listener: Phone, at: str = "") -> None:
        self.heard = b""
        host, port = listener.base.removeprefix("http://").split(":")
        self._wire = socket.create_connection((host, int(port)), timeout=SECONDS)
        cookies = "; ".join(f"{name}={value}" for name, value in listener.http.cookies.items())
        lines = (f"GET /{CODE}/live?at={at} HTTP/1.1", f"Host: {host}:{port}", f"Cookie: {cookies}", "", "")
        self._wire.sendall("\r\n".join(lines).encode())

    def until(self, words: str) -> str:
        """All it heard, up to these words."""
        while words.encode() not in self.heard:
            part = self._wire.recv(65_536)
            assert part, "the stream ended"
            self.heard += part
        return self.heard.decode()

    def close(self) -> None:
        self._wire.close()


@contextmanager
def phones(place: Place, count: int) -> Iterator[list[Phone]]:
    if count == 0:
        yield []
        return
    with phone(place) as first, phones(place, count - 1) as rest:
        yield [first, *rest]


def hits(text: str, phrases: tuple[str, ...] = HIDDEN) -> list[str]:
    return [phrase for phrase in phrases if phrase in text]


@pytest.mark.slow
def test_no_hidden_note_is_in_anybody_elses_bytes(place: Place) -> None:
    with phones(place, 5) as (ada, ben, cy, dee, stranger):
        say(place, ben, SEEN)
        plant(place, ada, cy, dee)
        theme = NewTheme(question(place, AT_ONCE), "A theme", (note_with(place.session.board, SEEN),))
        do(place, theme)
        do(place, OpenVote(question(place, AT_ONCE), VoteOn.NOTES, 3))
        do(place, OpenVote(question(place, LATER), VoteOn.NOTES, 3))
        until(lambda: "A theme" in stranger.open(f"/{CODE}/wall").text, "the wall")
        with closing(Ear(ben)) as of_ben, closing(Ear(stranger, "0-0")) as of_stranger:
            read = walk(place, ben, stranger, cy)
            assert SEEN in read
            assert hits(read) == []
            everything_changes(place, ada)
            read = walk(place, ben, stranger, cy)
            say(place, ben, "that was all")
            heard = "".join(ear.until("that was all") for ear in (of_ben, of_stranger))
            assert hits(read + heard) == []
        own = ada.open(f"/{CODE}/mine").text
        assert len(hits(own)) >= 6    # the writer reads their own: the phrases are where this test looks for them


def everything_changes(place: Place, ada: Phone) -> None:
    """What happens to hidden notes is nobody else's business either."""
    board = place.session.board
    covered, never = note_with(board, "phrase-not-revealed"), note_with(board, "phrase-for-nobody")
    do(place, NewTheme(question(place, LATER), "phrase-held-later", (covered,)))
    do(place, NewTheme(question(place, NEVER), "phrase-hidden", (never,)))
    do(place, MoveNotes((covered,), None))
    do(place, RewordNote(note_with(board, "phrase-hidden"), "phrase-hidden again"))
    do(place, HideNotes((note_with(board, "phrase-held-by-question"),), Reason.HURTFUL))
    ada.say("phrase-held-by-question once more", question=HELD)


def test_what_is_revealed_is_told_and_what_is_covered_again_is_gone(place: Place, ada: Phone, ben: Phone) -> None:
    note = say(place, ada, "phrase-not-revealed", LATER)
    handle = handle_of(place.session.workshop_id, note)
    with listening(ben) as frames:
        do(place, NewTheme(question(place, LATER), "Doors", (note,)))
        do(place, RevealQuestion(question(place, LATER)))
        frame = next(frame for frame in frames if "notes" in frame)
        assert [each["text"] for each in frame["notes"]] == ["phrase-not-revealed"]
        assert [each["name"] for each in frame["themes"]] == ["Doors"]
        assert frame["count"] == 1
        assert "phrase-not-revealed" in ben.open(f"/{CODE}/wall").text
        do(place, RevealQuestion(question(place, LATER), on=False))
        frame = next(frame for frame in frames if "gone" in frame)
        assert frame["gone"] == [handle]
        assert len(frame["removed"]) == 1
        assert frame["count"] == 0
    assert "phrase-not-revealed" not in ben.open(f"/{CODE}/wall").text


def test_before_the_wall_opens_it_says_so_and_what_is_never_shown_is_not_promised(tmp_path: Path) -> None:
    workshop = replace(WORKSHOP, questions=("Only one?",), asking=Asking(reveal=Reveal.LATER))
    with serving(tmp_path / "a.sayback", workshop=workshop) as place, phone(place) as ben:
        assert "The wall is not open yet" in ben.open(f"/{CODE}/wall").text
        do(place, SetQuestion(question(place, 1), Asking(reveal=Reveal.NEVER)))
        page = ben.open(f"/{CODE}/wall").text
        assert "There is no wall here" in page
        assert "when the wall opens" not in page


def test_many_notes_revealed_at_once_are_a_word_to_load_anew(
    place: Place, ada: Phone, ben: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story, "NOTES_IN_A_FRAME", 1)
    say(place, ada, "phrase one", LATER)
    say(place, ada, "phrase two", LATER)
    with listening(ben) as frames:
        do(place, RevealQuestion(question(place, LATER)))
        assert next(frame for frame in frames if "reload" in frame or "notes" in frame) == {"reload": True}
    assert "2 notes" in ben.open(f"/{CODE}/wall").text


@pytest.mark.parametrize("counts", [False, True])
def test_how_many_notes_there_are_is_told_only_where_the_question_says_so(
    place: Place, ada: Phone, ben: Phone, counts: bool
) -> None:
    do(place, SetQuestion(question(place, LATER), Asking(reveal=Reveal.LATER, counts=counts)))
    say(place, ada, "phrase-not-revealed", LATER)
    with listening(ben) as frames:
        say(place, ada, "up", AT_ONCE)
        frame = next(frame for frame in frames if "notes" in frame)
        assert frame["count"] == (2 if counts else 1)


def test_a_hidden_note_changes_no_length_and_no_frame_of_others(place: Place, ada: Phone, ben: Phone) -> None:
    """Not even that something came can be told from the bytes (attacks.md A20)."""
    say(place, ada, "first")
    say(place, ben, SEEN)
    pages = ("", "/q/2", "/wall", "/mine", "/vote", "/ask", "/help")
    until(lambda: SEEN in ben.open(f"/{CODE}/wall").text, "the wall")
    with closing(Ear(ben)) as ear:
        ear.until('"now"')
        until(lambda: shapes(ben, pages) == shapes(ben, pages), "the story to stand still")
        say(place, ben, "now it begins")    # what was told before this has been heard
        heard = len(ear.until("now it begins"))
        before = shapes(ben, pages)
        note = say(place, ada, "phrase-not-revealed" + " and so on" * 20, LATER)
        say(place, ada, "phrase-held-by-question" + " and so on" * 15, HELD)
        do(place, NewTheme(question(place, LATER), "Doors", (note,)))
        assert shapes(ben, pages) == before
        say(place, ben, "that was all")
        told = ear.until("that was all")[heard:]
        assert told.count("data:") == told.count('"that was all"') + told.count("event: yours")


def shapes(phone: Phone, pages: Sequence[str]) -> list[tuple[int, str]]:
    return [shape(phone.open(f"/{CODE}{page}").text) for page in pages]


def shape(page: str) -> tuple[int, str]:
    """A page's length, and the place in the story from which it goes on."""
    return len(page), page.partition('data-at="')[2].partition('"')[0]


def test_a_writer_is_told_that_something_became_of_their_note_and_others_are_not(
    place: Place, ada: Phone, ben: Phone
) -> None:
    note = say(place, ada, "phrase-held-by-question", HELD)
    with listening(ada) as of_ada, closing(Ear(ben)) as of_ben:
        of_ben.until('"now"')
        do(place, HideNotes((note,), Reason.OTHER))
        next(frame for frame in of_ada if "yours" in frame)
        do(place, ShowNotes((note,)))
        assert next(frame for frame in of_ada if "notes" in frame)["notes"][0]["text"] == "phrase-held-by-question"
        next(frame for frame in of_ada if "yours" in frame)
        assert "yours" not in of_ben.until("phrase-held-by-question")


def test_a_writer_who_was_away_is_told_when_they_come_back(place: Place, ada: Phone) -> None:
    note = say(place, ada, "phrase-held-by-question", HELD)
    ada.open(f"/{CODE}/mine")
    at = ada.page.partition('data-at="')[2].partition('"')[0]
    with closing(Ear(ada, at)) as before:
        do(place, HideNotes((note,), Reason.OTHER))
        before.until("event: yours")    # it has been told
    with closing(Ear(ada, at)) as back:
        back.until("event: yours")


def test_frames_hold_these_fields_and_no_ids(place: Place, ada: Phone, ben: Phone) -> None:
    with listening(ben) as frames:
        told: list[Any] = [next(frames)]
        note = say(place, ada, "up", LIVE)
        told.append(next(frame for frame in frames if "notes" in frame))
        do(place, NewTheme(question(place, LIVE), "Doors", (note,)))
        told.append(next(frame for frame in frames if "themes" in frame))
    board = place.session.board
    assert set().union(*told) <= {"here", "count", "notes", "gone", "themes", "removed", "now"}
    assert set(told[0]["now"]) <= {"votes", "asks", "closed", "later", "frozen", "ended", "step", "timer"}
    assert set(told[1]["notes"][0]) <= {"id", "question", "theme", "text", "kind", "name", "support"}
    ids = [*board.notes, *board.themes, *board.by_contributor, *board.questions, place.session.workshop_id]
    assert [id for id in ids if id in json.dumps(told)] == []


def test_the_script_of_a_page_hears_these_fields_and_no_ids(place: Place, ada: Phone) -> None:
    """Of a note, of one that is not taken, of a vote and of support: exactly these."""
    ada.open(f"/{CODE}/q/1")
    note = ada.send("up", script=True).json()
    assert set(note) == {"saved", "text", "page", "first", "up", "status", "why", "id", "token", "receipt"}
    refused = ada.send("x" * 600, script=True, id=new_id(), token=note["token"]).json()
    assert set(refused) == {"saved", "what", "advice", "token", "late"}
    do(place, OpenVote(question(place, AT_ONCE), VoteOn.NOTES, 3))
    page = ada.open(f"/{CODE}/vote").text
    (put,) = re.findall(r'name="put" value="(\w+\.1)"', page)
    vote = ada.http.post(f"{ada.base}/{CODE}/vote", data={**ada.form, "put": put}, headers={**ada.origin, **SCRIPT})
    assert set(vote.json()) == {"saved", "open", "dots", "left", "says", "token"}
    asked = handle_of(place.session.workshop_id, say(place, ada, "asked", LIVE))
    ada.open(f"/{CODE}/ask")
    support = ada.http.post(
        f"{ada.base}/{CODE}/support", data={**ada.form, "put": f"{asked}.1"}, headers={**ada.origin, **SCRIPT}
    )
    assert set(support.json()) == {"saved", "on", "n", "says", "token"}
    ids = [*place.session.board.notes, *place.session.board.by_contributor, place.session.workshop_id]
    said = json.dumps([note, refused, vote.json(), support.json()])
    assert [id for id in ids if id in said] == []


def test_the_stream_is_for_our_own_pages(place: Place, ada: Phone) -> None:
    """A page of another site that opens it is refused at the door (attacks.md A46)."""
    for origin in ("http://evil.example", "null", f"{ada.base}.evil.example"):
        answer = ada.http.get(f"{ada.base}/{CODE}/live", headers={"origin": origin})
        assert answer.status_code == 403
        assert "data:" not in answer.text.replace('href="data:', "")
    with ada.http.stream("GET", f"{ada.base}/{CODE}/live", headers=ada.origin) as answer:
        assert answer.status_code == 200


@pytest.mark.slow
def test_guessing_handles_finds_nothing(place: Place, ada: Phone, ben: Phone) -> None:
    """Handles are hashes of random ids (attacks.md A21): a thousand guesses near a true one, none a hit."""
    true = int(handle_of(place.session.workshop_id, say(place, ada, "phrase-hidden")), 16)
    guesses = [f"{(true + step) % 2**64:016x}" for step in range(-500, 501)]
    assert {ben.http.get(f"{ben.base}/{CODE}/sent/{guess}").status_code for guess in guesses} == {404}


def test_one_theme_one_mode_and_one_table_are_revealed_before_the_rest_and_only_they_are_seen(place: Place) -> None:
    later, board = question(place, LATER), place.session.board
    with phone(place) as ada, phone(place) as bo, phone(place) as looking:
        first = say(place, ada, "phrase-in-the-theme", LATER)
        say(place, ada, "phrase-beside-it", LATER)
        at_home = f"/{CODE}/q/{LATER}?m=home"
        bo.open(at_home)
        assert bo.send("phrase-from-home").status_code == 303
        do(place, NewTheme(later, "name-of-the-theme", (first,), theme_id=(theme := ThemeId(new_id()))))

        def seen(parts: Parts) -> set[str]:
            do(place, RevealParts(later, parts))
            page = looking.open(f"/{CODE}/wall").text
            phrases = ("phrase-in-the-theme", "phrase-beside-it", "phrase-from-home", "name-of-the-theme")
            return {phrase for phrase in phrases if phrase in page}

        assert seen(Parts()) == set()
        assert seen(Parts(themes=(theme,))) == {"phrase-in-the-theme", "name-of-the-theme"}
        assert seen(Parts(modes=(Mode.REMOTE,))) == {"phrase-from-home"}
        do(place, SeatPerson(author(place, first), 3))
        assert seen(Parts(tables=(3,))) == {"phrase-in-the-theme", "phrase-beside-it", "name-of-the-theme"}
        assert seen(Parts()) == set()
    assert board.asking(later).reveal is Reveal.LATER
