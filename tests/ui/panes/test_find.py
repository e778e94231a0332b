"""Find: in any script, case and accents aside, with filters, lit on board and in the outline, and never in the way."""

from collections import Counter
from statistics import median
from time import perf_counter

import pytest
from immutables import Map
from PySide6.QtWidgets import QComboBox

from core.base.ids import NoteId, WordsHash, new_id
from core.domain.commands import HideNotes, MoveNotes, SayNote
from core.domain.grouping import ShowAlsoIn
from core.domain.terms import NoteKind, Reason
from core.domain.values import changed
from core.domain.venues import AddVenue
from core.sense.sample import in_chance_order
from tests.ui.hall import CTRL, SHIFT, Hall, Key
from ui.acting.finding import SLICE, Finder, Found, Wanted, folded
from ui.panes import find as find_module
from ui.panes.find import FindPane

MANY = 20_000
LONGEST_GAP = 0.05


@pytest.fixture
def find(room: Hall) -> FindPane:
    """Ctrl+F, anywhere."""
    room.desk.keys(Key.Key_F, CTRL)
    room.desk.wait(lambda: room.screen.find_pane.field.hasFocus())
    return room.screen.find_pane


def looks_for(room: Hall, find: FindPane, words: str) -> None:
    """Type it, as it may be, and wait for the answer."""
    find.field.setText(words)
    room.desk.wait(lambda: find.found.wanted.words == words)


def filters(room: Hall, find: FindPane, name: str, choice: str) -> None:
    """Choose a filter."""
    box = room.desk.find(QComboBox, name)
    box.setCurrentIndex(box.findText(choice))
    box.activated.emit(box.currentIndex())
    room.desk.wait(lambda: find.found.wanted == find.wanted)


def words(find: FindPane) -> list[str]:
    """What is listed."""
    return [row.words for row in find.model.rows]


def test_words_are_found_in_the_middle_whatever_their_case_and_accents(room: Hall, find: FindPane) -> None:
    for text in ("Le Café est fermé", "CAFE life", "Ein Straßenfest", "محطة القطار", "Nothing here"):
        room.say(text)
    for typed, found in (
        ("cafe", ["Le Café est fermé", "CAFE life"]), ("STRASSEN", ["Ein Straßenfest"]), ("القطار", ["محطة القطار"]),
        ("ferme", ["Le Café est fermé"]),
    ):  # fmt: skip
        looks_for(room, find, typed)
        assert words(find) == found


def test_where_no_note_has_all_the_words_it_says_what_notes_do_say(room: Hall, find: FindPane) -> None:
    for number in range(3):
        room.say(f"More parking, please {number}")
    looks_for(room, find, "parking for vans")
    assert find.told.text() == "No note says “parking for vans”. 3 notes say “parking”."
    looks_for(room, find, "zebra")
    assert find.told.text() == "No note says “zebra”."


def test_found_notes_are_lit_on_the_board_and_in_the_outline_and_escape_gives_it_back(
    room: Hall, find: FindPane
) -> None:
    first, _other, third = (room.say(text) for text in ("A bus", "A tree", "The bus stop"))
    looks_for(room, find, "bus")
    assert room.screen.outline.selection.found == frozenset((first, third))
    room.desk.keys(Key.Key_Escape)
    room.desk.wait(lambda: room.screen.board.hasFocus())
    assert not room.screen.outline.selection.found
    assert room.screen.new_notes.isVisible()
    assert not find.isVisible()


def test_f3_goes_round_the_found_notes_and_shift_f3_back(room: Hall, find: FindPane) -> None:
    notes = [room.say(f"Bus {number}") for number in range(3)]
    room.say("Tree")
    looks_for(room, find, "bus")
    selection = room.desk.open.running.selection
    went: list[NoteId | None] = []
    for _step in range(4):
        room.desk.keys(Key.Key_F3)
        went.append(selection.focus)
    assert went == [*notes, notes[0]]
    room.desk.keys(Key.Key_F3, SHIFT)
    assert selection.focus == notes[2]
    room.desk.keys(Key.Key_A, CTRL | SHIFT)
    assert set(selection.chosen) == set(notes)


def test_filters_narrow_by_state_kind_mode_and_theme_with_words_or_without(room: Hall, find: FindPane) -> None:
    held = room.say("A held bus", held=Reason.READ_FIRST)
    hidden, late = room.say("A hidden bus"), room.say("A late bus", late=True)
    idea = room.say("An idea", kind=NoteKind.IDEA)
    room.does(HideNotes((hidden,), Reason.OTHER))
    ways, seats = room.theme("Ways", idea), room.theme("Seats", late)
    room.does(ShowAlsoIn((idea,), seats))
    assert ways
    for name, choice, expected in (
        ("State", "Held", ["A held bus"]), ("State", "Hidden", ["A hidden bus"]), ("State", "Late", ["A late bus"]),
        ("State", "In two themes", ["An idea"]), ("State", "With a picture", []),
    ):  # fmt: skip
        filters(room, find, name, choice)
        assert words(find) == expected, choice
    assert find.told.text() == "No note is like that."
    filters(room, find, "State", "Any state")
    filters(room, find, "Kind", "Idea")
    assert words(find) == ["An idea"]
    filters(room, find, "Kind", "Any kind")
    room.desk.keys(Key.Key_Escape)
    room.desk.keys(Key.Key_F, CTRL)
    filters(room, find, "Theme", "Seats")
    assert words(find) == ["A late bus", "An idea"]
    looks_for(room, find, "late")
    assert words(find) == ["A late bus"]
    assert held


def test_a_note_that_comes_in_meanwhile_is_found(room: Hall, find: FindPane) -> None:
    looks_for(room, find, "bus")
    assert words(find) == []
    room.say("A bus")
    room.desk.wait(lambda: words(find) == ["A bus"])


def test_no_piece_of_a_search_in_twenty_thousand_notes_holds_the_screen_up(room: Hall) -> None:
    room.say("The first")
    board, (note,) = room.board, room.board.notes.values()
    texts = {WordsHash(f"{at}"): f"Note: école {at}" for at in range(MANY)}
    notes = {NoteId(words): changed(note, id=NoteId(words), words=words, arrival=at) for at, words in enumerate(texts)}
    board = changed(board, notes=Map(notes), texts=Map(texts))
    finder, found, pieces = Finder(lambda: board), list[Found](), list[float]()
    finder.done.connect(found.append)
    finder.look_for(Wanted("ecole 7"))
    while not found:
        begun = perf_counter()
        finder.go_on()
        pieces.append(perf_counter() - begun)
    assert len(pieces) == MANY // SLICE + 1
    assert median(pieces) < LONGEST_GAP
    assert len(found[0].notes) == sum(text.startswith("Note: école 7") for text in texts.values())


def test_folding_leaves_what_people_mean() -> None:
    assert folded("  ÉCOLE \n Straße ") == "ecole strasse"
    assert folded("İstanbul") == folded("istanbul")


def test_what_is_held_and_what_is_new_is_seen_while_something_is_looked_for(room: Hall, find: FindPane) -> None:
    room.say("Ring me", held=Reason.READ_FIRST)
    room.desk.keys(Key.Key_J, CTRL)
    assert room.screen.held.view.isVisible()
    room.desk.keys(Key.Key_F, CTRL)
    assert find.isVisible()
    room.desk.do("new-notes")
    assert not find.isVisible()
    assert room.screen.new_notes.isVisible()
    room.desk.do("new-notes")
    assert not room.screen.new_notes.isVisible()


def test_what_slid_over_a_narrow_window_makes_room_for_typing(room: Hall, find: FindPane) -> None:
    room.desk.window.resize(1280, 720)
    room.desk.do("find")
    room.desk.do("history")
    assert find.isVisible()
    room.desk.do("type")
    assert (find.isVisible(), room.screen.history.isVisible()) == (False, False)


def test_what_was_found_is_listed_page_by_page_and_f3_turns_the_page(
    room: Hall, find: FindPane, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(find_module, "LISTED", 2)
    notes = [room.say(f"Bus {number}") for number in range(5)]
    looks_for(room, find, "bus")
    assert words(find) == ["Bus 0", "Bus 1"]
    room.desk.press("The page after")
    assert words(find) == ["Bus 2", "Bus 3"]
    selection = room.desk.open.running.selection
    selection.set_focus(notes[3])
    room.desk.keys(Key.Key_F3)
    assert (selection.focus, words(find)) == (notes[4], ["Bus 4"])
    room.desk.press("Choose all 5")
    assert set(selection.chosen) == set(notes)
    assert find.told.text().startswith("5 notes are chosen.")


def test_a_sample_is_of_loose_notes_and_of_each_once_before_any_comes_again(room: Hall) -> None:
    loose = {room.say(f"Note {number}") for number in range(45)}
    room.theme("Homes", room.say("In a theme"))
    room.say("Ring me", held=Reason.READ_FIRST)
    room.does(HideNotes((room.say("Hidden"),), Reason.HURTFUL))
    other = room.board.questions_in_order()[1].id
    room.does(SayNote(question=other, text="To another question", contributor=None, note_id=NoteId(new_id())))
    room.desk.do("sample")
    pane = room.screen.find_pane
    room.desk.wait(lambda: pane.told.text() == "A sample of 45 of 45 notes.")
    pane.many.setCurrentIndex(pane.many.findData(20))
    pane.many.activated.emit(pane.many.currentIndex())
    room.desk.wait(lambda: pane.told.text() == "A sample of 20 of 45 notes.")
    first = frozenset(pane.looked_at)
    assert room.screen.board.selection.found == first
    room.desk.press("Choose all 20")
    assert set(room.screen.board.selection.chosen) == first
    room.desk.press("The page after")
    assert pane.list.hasFocus()
    second = set(pane.looked_at)
    room.desk.press("The page after")
    assert first | second | set(pane.looked_at) == loose
    assert not first & second
    for _back in range(2):
        room.desk.press("The page before")
    assert set(pane.looked_at) == first
    room.does(MoveNotes(tuple(first)[:5], room.board.themes_of(room.question)[0].id))
    room.desk.wait(lambda: pane.told.text() == "A sample of 20 of 40 notes.")


def test_what_comes_with_all_of_the_board_read_anew_is_found(room: Hall) -> None:
    """As after a venue was added, an erasure, or very much at once."""
    room.say("A bench by the school")
    room.desk.do("find")
    pane = room.screen.find_pane
    pane.field.setText("bench")
    room.desk.wait(lambda: pane.told.text() == "1 note found.")
    said = SayNote(question=room.question, text="Another bench", contributor=None, note_id=NoteId(new_id()))
    for command in (said, AddVenue("York")):
        room.session.do(command).result(10)    # the screen hears of both at once
    room.desk.wait(lambda: pane.told.text() == "2 notes found.")


def test_each_note_is_as_likely_as_any_other_to_be_in_a_sample() -> None:
    notes = [NoteId(f"{number:032x}") for number in range(40)]
    drawn = Counter(note for seed in range(2_000) for note in in_chance_order(notes, seed.to_bytes(8, "big"))[:10])
    assert all(400 < drawn[note] < 600 for note in notes)    # 500 each, give or take five times what chance does
    assert in_chance_order(reversed(notes), b"seed") == in_chance_order(notes, b"seed")


def test_more_letters_look_only_through_what_was_found_and_find_the_same(room: Hall, find: FindPane) -> None:
    for text in ("The bus", "A bush", "Bushes and busses", "A tree"):
        room.say(text)
    for typed, found in (("bu", 3), ("bus", 3), ("bush", 2), ("bu", 3), ("tree", 1)):
        looks_for(room, find, typed)
        assert len(words(find)) == found
