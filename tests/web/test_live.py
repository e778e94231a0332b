"""The live stream: what is on the board reaches open pages, in order and once; what is not never does."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest

from core.base.ids import NoteId
from core.domain.commands import Command, HideNotes, HoldNotes, MoveNotes, NewTheme, RemoveTheme, RenameTheme, ShowNotes
from core.domain.terms import Reason
from core.web.limits import Limits
from core.web.live import Stream, pace
from core.web.presence import SEEN_SECONDS, Presence
from core.web.seen import Seen, handle_of
from tests.core.table import person
from tests.web.phones import CODE, SECONDS, Frame, Phone, Place, listening, phone, serving, until

Frames = Iterator[Frame]


def note_ids(place: Place) -> tuple[NoteId, ...]:
    notes = place.session.board.notes.values()
    return tuple(note.id for note in sorted(notes, key=lambda note: note.arrival))


def do(place: Place, command: Command) -> None:
    place.session.do(command).result(SECONDS)


def next_with(story: Frames, name: str) -> Any:
    """The next frame that tells of this."""
    return next(frame[name] for frame in story if name in frame)


def test_a_note_reaches_the_pages_of_others(place: Place, ada: Phone, ben: Phone) -> None:
    with listening(ben) as story:
        ada.say("The ramp is steep")
        told = next_with(story, "notes")
        handle = handle_of(place.session.workshop_id, note_ids(place)[0])
        assert told == [{"id": handle, "question": 1, "theme": None, "text": "The ramp is steep"}]


def test_what_happens_to_a_note_is_told(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("The ramp is steep")
    (note,) = note_ids(place)
    question = place.session.board.questions_in_order()[0].id
    handle = handle_of(place.session.workshop_id, note)
    with listening(ben) as story:
        do(place, NewTheme(question, "Getting in", (note,)))
        frame = next(frame for frame in story if "themes" in frame)
        assert frame["themes"] == [
            {"id": frame["notes"][0]["theme"], "question": 1, "name": "Getting in", "colour": "sun", "shape": "circle"}
        ]
        (theme,) = place.session.board.themes
        do(place, RenameTheme(theme, "Doors"))
        assert next_with(story, "themes")[0]["name"] == "Doors"
        do(place, MoveNotes((note,), None))
        assert next_with(story, "notes")[0]["theme"] is None
        do(place, RemoveTheme(theme))
        assert next_with(story, "removed") == [handle_of(place.session.workshop_id, theme)]
        do(place, HideNotes((note,), Reason.OTHER))
        assert next_with(story, "gone") == [handle]
        do(place, ShowNotes((note,)))
        assert next_with(story, "notes")[0]["text"] == "The ramp is steep"


def test_what_was_never_up_is_in_no_page_and_no_frame(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("held and hidden words")
    (note,) = note_ids(place)
    do(place, HoldNotes((note,), Reason.OTHER))
    handle = handle_of(place.session.workshop_id, note)
    with listening(ben) as story:
        next(frame for frame in story if frame["count"] == 0)    # what was told before has been heard
        do(place, HideNotes((note,), Reason.OTHER))
        ada.say("The ramp is steep")
        frame = next(frame for frame in story if "notes" in frame)
        assert "gone" not in frame
        assert handle not in json.dumps(frame)
        assert "held and hidden" not in json.dumps(frame)
        assert frame["count"] == 1
    for page in ("", "/wall", "/mine"):
        assert "held and hidden" not in ben.open(f"/{CODE}{page}").text
    assert "held and hidden" in ada.open(f"/{CODE}/mine").text


def test_participants_get_these_fields_and_no_others(place: Place, ada: Phone, ben: Phone) -> None:
    with listening(ben) as story:
        ada.say("The ramp is steep")
        do(place, NewTheme(place.session.board.questions_in_order()[0].id, "Getting in", note_ids(place)))
        frame = next(frame for frame in story if "themes" in frame)
    assert set(frame) <= {"here", "count", "notes", "gone", "themes", "removed"}
    assert set(frame["notes"][0]) == {"id", "question", "theme", "text"}
    assert set(frame["themes"][0]) == {"id", "question", "name", "colour", "shape"}
    board = place.session.board
    ids = [*board.notes, *board.themes, *board.by_contributor, *board.questions, place.session.workshop_id]
    assert not [id for id in ids if id in json.dumps(frame)]


def test_a_page_goes_on_from_where_it_was_loaded(place: Place, ada: Phone, ben: Phone) -> None:
    ben.open()
    at = ben.page.partition('data-at="')[2].partition('"')[0]
    ada.say("said while the page was on its way")
    until(lambda: seen_at(ben) != at, "the frame")
    with listening(ben, at) as story:
        assert next_with(story, "notes")[0]["text"] == "said while the page was on its way"


def seen_at(phone: Phone) -> str:
    return phone.open().text.partition('data-at="')[2].partition('"')[0]


@pytest.mark.parametrize("at", ["nonsense", "00000000-5", "-", "{run}-99999999", "{run}-x", "{run}-²"])
def test_a_page_that_is_too_old_is_told_to_load_itself_anew(place: Place, ada: Phone, at: str) -> None:
    run = seen_at(ada).partition("-")[0]
    with listening(ada, at.format(run=run)) as story:
        assert next(story) == {"reload": True}


def test_the_wall_shows_themes_notes_and_which_is_mine(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("The ramp is steep")
    ben.say("The door is heavy")
    first, _ = note_ids(place)
    do(place, NewTheme(place.session.board.questions_in_order()[0].id, "Getting <i>in", (first,)))
    page = ben.open(f"/{CODE}/wall").text
    assert "2 notes and 1 theme." in page
    assert "Getting &lt;i&gt;in" in page
    assert page.count(">Your note<") == 1
    assert page.index("The ramp is steep") < page.index("Notes that stand alone") < page.index("The door is heavy")


def test_themes_after_six_come_again_with_hollow_shapes(place: Place) -> None:
    question = place.session.board.questions_in_order()[0].id
    for number in range(8):
        do(place, NewTheme(question, f"Theme {number}"))
    seen = Seen(place.session.board)
    looks = [(part.theme.colour, part.theme.icon) for part in seen.wall()[0].parts if part.theme]
    assert looks[0] == ("sun", "circle")
    assert looks[5] == ("rose", "triangle")
    assert looks[6] == ("sky", "square-hollow")    # a hollow circle is for the notes that stand alone
    assert len(set(looks)) == 8


def test_the_pace_falls_as_pages_open() -> None:
    assert [pace(n) for n in (1, 100, 101, 400, 401, 2000)] == [0.02, 0.02, 0.1, 0.1, 0.25, 0.25]


def test_many_notes_at_once_are_few_frames(tmp_path: Path) -> None:
    with serving(tmp_path / "a.sayback", limits=Limits.raised()) as place, phone(place) as ada, phone(place) as ben:
        ada.say("first")
        ada.open()
        token = ada.form["token"]
        with listening(ben) as story:
            for number in range(50):
                assert ada.send(f"note {number}", script=True, id=f"{number:032x}", token=token).status_code == 200
            frames, told = 0, 0
            while told < 50:
                frame = next(frame for frame in story if "notes" in frame)
                frames, told = frames + 1, told + len(frame["notes"])
            assert told == 50
            assert frames <= 50


class Deaf:
    """A connection whose other side does not read."""

    def __init__(self) -> None:
        self.queued = 0
        self.is_hung_up = False

    def send_now(self, data: bytes) -> None:
        self.queued += len(data)

    def unsent(self) -> int:
        return self.queued

    def abort(self) -> None:
        self.is_hung_up = True


def test_a_page_that_reads_too_slowly_is_hung_up_on() -> None:
    deaf = Deaf()
    stream = Stream(None, deaf, backlog=100)
    for _ in range(30):
        stream.put(b"x" * 10)
    assert deaf.is_hung_up
    assert deaf.queued <= 110
    assert stream.over.is_set()


def test_one_page_that_never_reads_holds_up_nobody(place: Place, ada: Phone, ben: Phone) -> None:
    with closing(socket.create_connection(("127.0.0.1", place.server.join.port), timeout=5)) as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        deaf.sendall(f"GET /{CODE}/live HTTP/1.1\r\nHost: 127.0.0.1:{place.server.join.port}\r\n\r\n".encode())
        with listening(ben) as story:
            for number in range(5):
                ada.say(f"note {number} " + "x" * 400)
                assert next_with(story, "notes")


def test_one_person_has_six_live_pages_at_most(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    with ExitStack() as open_pages:
        for _ in range(6):
            open_pages.enter_context(listening(ada))
        refused = ada.http.get(f"{ada.base}/{CODE}/live")
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")


def test_everybody_here_is_counted_once(place: Place, ada: Phone, ben: Phone) -> None:
    assert place.server.here() == 0
    with listening(ben):
        until(lambda: place.server.here() == 1, "a page that was opened")
        ada.say("The ramp is steep")
        until(lambda: place.server.here() == 2, "somebody who sent a note")
        with listening(ada), listening(ada):
            until(lambda: place.server.here() == 2)
    until(lambda: place.server.here() == 1, "a page that was closed")


def test_somebody_seen_ten_minutes_ago_is_not_here_any_more() -> None:
    now = 0.0
    presence = Presence(lambda: now)
    presence.saw(person("Ada"))
    presence.opened(person("Ben"))
    now = SEEN_SECONDS + 1
    assert presence.here() == 1
    presence.closed(person("Ben"))
    assert presence.here() == 1
    now = 2 * SEEN_SECONDS + 2
    assert presence.here() == 0


def test_the_head_count_is_told_and_no_names(place: Place, ada: Phone, ben: Phone) -> None:
    with listening(ada) as story, listening(ben):
        assert next(frame["here"] for frame in story if frame.get("here") == 2) == 2


def test_streams_end_when_the_server_stops(place: Place, ada: Phone) -> None:
    with listening(ada) as story:
        stopped = threading.Thread(target=place.server.stop)
        stopped.start()
        for _ in story:
            pass
        stopped.join(SECONDS)
        assert not stopped.is_alive()
