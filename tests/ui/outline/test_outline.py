"""The outline shows the same notes as the board and can do the same, by keyboard and by ear."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QAbstractItemModelTester

from core.base.ids import NoteId, RoundId, new_id
from core.domain.board import NoteState
from core.domain.commands import HideNotes, HoldNotes, MoveNotes, RemoveTheme, SayNote, WithdrawNote
from core.domain.contributing import CastVote, ShowPerson, SupportNote
from core.domain.events import Author
from core.domain.grouping import FoldTheme
from core.domain.promising import CountVotes
from core.domain.running import (
    AnswerNote,
    BlockPerson,
    MarkNote,
    MergeNotes,
    OpenQuestion,
    OpenVote,
    RevealQuestion,
    SetQuestion,
)
from core.domain.terms import Asking, CountWay, Mark, Mode, Naming, NoteKind, Reason, Reveal, VoteOn
from tests.core.venues import BEN
from tests.ui.table import QUESTION, Table
from ui.outline.choosing import nodes_in, rows_of
from ui.outline.model import KIND, STATE, TEXT, VOTES, OutlineModel
from ui.places import Kind, Place
from ui.watching.announce import Announcer, news

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEY = Qt.Key


def rows(model: OutlineModel, parent: QModelIndex | None = None, depth: int = 0) -> list[str]:
    """Every row as text, indented by its depth."""
    found: list[str] = []
    above = parent if parent is not None else QModelIndex()
    for row in range(model.rowCount(above)):
        index = model.index(row, TEXT, above)
        found += ["  " * depth + str(model.data(index)), *rows(model, index, depth + 1)]
    return found


def test_rows_are_questions_their_themes_and_their_notes(table: Table) -> None:
    inside, loose, held, hidden = table.say_all(["In a theme", "In none", "To be looked at", "An advert"])
    table.make_theme("Streets", [inside])
    table.do(HoldNotes((held,), Reason.NAMES_SOMEONE))
    table.do(HideNotes((hidden,), Reason.OFF_TOPIC))
    expected = [
        "1  What should change?",
        "  Streets",
        "    In a theme",
        "  Not in a theme yet",
        "    In none",
        "  Held",
        "    To be looked at",
        "  Hidden",
        "    An advert",
        "2  And then?",
        "  Not in a theme yet",
    ]
    assert rows(table.outline.model) == expected
    table.outline.model.read_anew()
    assert rows(table.outline.model) == expected
    assert loose in table.board.notes


def test_following_the_board_row_by_row_keeps_to_the_rules_of_a_model(table: Table) -> None:
    QAbstractItemModelTester(table.outline.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    notes = table.say_all([f"Note {number}" for number in range(6)])
    first = table.make_theme("First", notes[:2])
    table.make_theme("Second", notes[2:4])
    table.acts.move([notes[0], notes[4]], first)
    table.acts.hide([notes[1]], Reason.HURTFUL)
    table.acts.rename_theme(first, "Other name")
    table.do(WithdrawNote(notes[5]), Author(table.session.desk, table.person))
    table.do(RemoveTheme(first))
    table.acts.undo()
    table.do(HoldNotes((notes[3],), Reason.OTHER))
    table.wait_for_screen()
    seen = rows(table.outline.model)
    table.outline.model.read_anew()
    assert rows(table.outline.model) == seen


def test_rows_speak_with_theme_way_and_state(table: Table) -> None:
    note = table.say("The ramp is steep", mode=Mode.PAPER)
    theme = table.make_theme("Getting in", [note])
    model = table.outline.model
    assert _spoken(model, model.index_of_note(note)) == "The ramp is steep, Getting in, On paper, Shown"
    place = Place(table.question, Kind.THEME, theme)
    assert _spoken(model, model.index_of_place(place)) == "Getting in, 1 note"
    table.do(HideNotes((note,), Reason.OFF_TOPIC))
    assert _spoken(model, model.index_of_note(note)).endswith("Hidden: off topic")


def _spoken(model: OutlineModel, index: QModelIndex) -> str:
    return str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))


def test_screen_readers_find_every_row(table: Table) -> None:
    table.say_all([f"Note {number}" for number in range(5)])
    table.look_at(table.outline)
    tree = QAccessible.queryAccessibleInterface(table.outline.tree)
    assert tree.text(QAccessible.Text.Name) == "Outline"
    names = [tree.child(at).text(QAccessible.Text.Name) for at in range(tree.childCount())]
    assert all(any(f"Note {number}" in name for name in names) for number in range(5))


def test_arriving_notes_are_announced_once_in_a_while(table: Table) -> None:
    table.say("First")
    assert table.announcer.said == "1 new note"
    table.say_all(["Second", "Third"])
    assert table.announcer.said == "1 new note"


def test_what_another_desk_does_is_announced(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    theme = table.make_theme("Streets")
    heard = Announcer(table.bridge, table.outline, pause_ms=0)
    table.do(MoveNotes(tuple(notes[:2]), theme))
    assert heard.said == ""
    elsewhere = Author(BEN)
    table.do(MoveNotes(tuple(notes[2:]), theme), elsewhere)
    table.qtbot.waitUntil(lambda: heard.said == "Another desk: Move 1 note to Streets")
    table.do(HideNotes((notes[0],), Reason.PERSONAL_FACTS), elsewhere)
    table.qtbot.waitUntil(lambda: heard.said == "Another desk: Hide 1 note")
    table.do(WithdrawNote(notes[1]), Author(table.session.desk, table.person))
    table.qtbot.waitUntil(lambda: heard.said == "1 note taken back")
    heard.close()


def test_many_acts_at_once_are_told_shortly(table: Table) -> None:
    notes = table.say_all([str(number) for number in range(4)])
    saved = [table.do(HideNotes((note,), Reason.PERSONAL_FACTS), Author(BEN)) for note in notes]
    events = [event for each in saved for event in each.events]
    assert news(events, table.board, table.session.desk) == (
        "Another desk: Hide 1 note. Another desk: Hide 1 note. 2 more acts there"
    )
    assert news(events, table.board, BEN) == ""


def test_ctrl_enter_moves_the_chosen_notes_and_undo_brings_them_back(table: Table) -> None:
    notes = table.say_all(["One", "Two", "Three"])
    table.make_theme("Streets")
    table.look_at(table.outline)
    model, tree = table.outline.model, table.outline.tree
    tree.setCurrentIndex(model.index_of_note(notes[0]))
    table.key(KEY.Key_Down, Qt.KeyboardModifier.ShiftModifier, on=tree)
    assert table.selection.chosen == (notes[0], notes[1])
    table.key(KEY.Key_Return, CTRL, on=tree)
    table.type("st", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: [table.theme_of(note) for note in notes] == ["Streets", "Streets", ""])
    assert table.selection.focus == notes[2]
    table.until(lambda: model.node(tree.currentIndex()).note == notes[2])
    table.acts.undo()
    table.until(lambda: [table.theme_of(note) for note in notes] == ["", "", ""])


def test_f2_renames_a_theme_and_rewords_a_note(table: Table) -> None:
    note = table.say("Teh ramp")
    theme = table.make_theme("Acess", [note])
    table.look_at(table.outline)
    model, tree = table.outline.model, table.outline.tree
    tree.setCurrentIndex(model.index_of_place(Place(table.question, Kind.THEME, theme)))
    table.key(KEY.Key_F2, on=tree)
    table.type("Access", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.theme_of(note) == "Access")
    tree.setCurrentIndex(model.index_of_note(note))
    table.key(KEY.Key_F2, on=tree)
    table.type("The ramp", on=table.focused())
    table.key(KEY.Key_Return, on=table.focused())
    table.until(lambda: table.texts_in(theme) == ["The ramp"])


def test_hidden_note_is_shown_again_from_its_group(table: Table) -> None:
    note = table.say("Not an advert after all")
    table.look_at(table.outline)
    table.selection.set_focus(note)
    table.key(KEY.Key_Delete, on=table.outline.tree)
    table.key(KEY.Key_1, on=table.focused())
    table.until(lambda: table.board.notes[note].state is NoteState.HIDDEN)
    table.selection.set_focus(note)
    table.until(lambda: table.outline.model.node(table.outline.tree.currentIndex()).note == note)
    table.acts.show(table.selection.acted_on)
    table.until(lambda: table.board.notes[note].is_on_board)


def test_chosen_on_the_board_is_chosen_in_the_outline(table: Table) -> None:
    notes = table.say_all(["One", "Two"])
    table.click(notes[1])
    model, chooser = table.outline.model, table.outline.tree.selectionModel()
    assert [model.node(index).note for index in chooser.selectedRows()] == [notes[1]]
    whole_row = chooser.SelectionFlag.ClearAndSelect | chooser.SelectionFlag.Rows
    chooser.setCurrentIndex(model.index_of_note(notes[0]), whole_row)
    assert table.selection.chosen == (notes[0],)
    assert table.view.overlay.chosen == frozenset({notes[0]})
    assert table.view.overlay.focus == notes[0]


@pytest.mark.parametrize("text", ["<b>oops", "& <script>", "one\ntwo"])
def test_markup_is_shown_as_it_was_written(table: Table, text: str) -> None:
    note = table.say(text)
    index = table.outline.model.index_of_note(note)
    assert table.outline.model.data(index) == " ".join(text.split("\n"))
    tip = str(table.outline.model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert "<b>" not in tip
    assert "<script>" not in tip


def test_a_question_says_whether_it_is_open_who_sees_its_notes_and_how_many_wait(table: Table) -> None:
    table.say("Shown")
    held = table.say("To be read")
    table.do(HoldNotes((held,), Reason.READ_FIRST))
    model = table.outline.model
    asked = model.index(0, STATE)
    assert model.data(asked) == "1 on the board, 1 held, open"
    table.do(SetQuestion(table.question, Asking(reveal=Reveal.LATER)))
    assert model.data(asked) == "1 on the board, 1 held, open, not revealed yet"
    table.do(RevealQuestion(table.question))
    table.do(OpenQuestion(table.question, on=False))
    assert model.data(asked) == "1 on the board, 1 held, closed, revealed"
    assert _spoken(model, model.index(0, TEXT)) == f"1  {QUESTION}, 1 on the board, 1 held, closed, revealed"


@pytest.mark.parametrize(
    ("words", "reason", "told"),
    [
        ("Ring me, 07700 900417", Reason.PERSONAL_FACTS, "it has a phone number in it"),
        ("Write to ann@example.org", Reason.PERSONAL_FACTS, "it has an e-mail address in it"),
        ("Dr Smith is rude", Reason.NAMES_SOMEONE, "it names someone"),
        ("Benches", Reason.READ_FIRST, "to be read first"),
        ("Benches", Reason.BURST, "many came at once from one place"),
        ("Benches", Reason.PERSONAL_FACTS, "phone, address or other personal facts"),
    ],
)
def test_a_held_note_says_what_was_found_in_it(table: Table, words: str, reason: Reason, told: str) -> None:
    note = table.say(words)
    table.do(HoldNotes((note,), reason))
    model = table.outline.model
    assert model.data(model.index_of_note(note).siblingAtColumn(STATE)) == f"Held: {told}"


def test_a_live_question_says_where_it_stands_who_wants_it_and_what_was_done(table: Table) -> None:
    table.do(SetQuestion(table.question, Asking(live=True)))
    note, same = table.say("When?"), table.say("When is it?")
    model = table.outline.model
    table.do(SupportNote(note, table.person), Author(table.session.desk, table.person))
    assert _spoken(model, model.index_of_note(note)).endswith("1 person wants this, Shown")
    assert not table.outline.tree.isColumnHidden(VOTES)
    table.do(MarkNote(note, Mark.NOW))
    table.do(AnswerNote(note, "In May."))
    table.do(MergeNotes((same,), note))
    assert model.data(model.index_of_note(note).siblingAtColumn(STATE)) == "Shown, being answered now, answered"
    assert model.data(model.index_of_note(same).siblingAtColumn(STATE)) == "Shown, joined with another"
    table.do(BlockPerson(table.person))
    assert _spoken(model, model.index_of_note(same)).endswith("joined with another, its phone is stopped")


def test_themes_and_notes_show_the_votes_of_the_newest_round(table: Table) -> None:
    note = table.say("The ramp is steep")
    theme = table.make_theme("Ways in", [note])
    model, voter = table.outline.model, Author(table.session.desk, table.person)
    place = model.index_of_place(Place(table.question, Kind.THEME, theme)).siblingAtColumn(VOTES)
    assert table.outline.tree.isColumnHidden(VOTES)
    themes, notes = RoundId(new_id()), RoundId(new_id())
    table.do(OpenVote(table.question, VoteOn.THEMES, 3, themes))
    table.do(OpenVote(table.question, VoteOn.NOTES, 3, notes))
    told: list[QModelIndex] = []
    model.dataChanged.connect(lambda first, _last: told.append(first))
    table.do(CastVote(themes, table.person, theme, 2), voter)
    assert model.data(place) == "2"
    assert place.row() in [index.row() for index in told]
    told.clear()
    table.do(CountVotes(round_id=themes, way=CountWay.HANDS, table=1, dots={theme: 4}))
    assert model.data(place) == "2 + 4"
    assert "2 votes, 4 more counted in the room" in _spoken(model, place.siblingAtColumn(TEXT))
    assert place.row() in [index.row() for index in told]
    table.do(CastVote(notes, table.person, note, 1), voter)
    assert model.data(model.index_of_note(note).siblingAtColumn(VOTES)) == "1"
    assert _spoken(model, model.index_of_note(note)) == "The ramp is steep, Ways in, In the room, 1 vote, Shown"
    assert not table.outline.tree.isColumnHidden(VOTES)


def test_kinds_late_notes_and_names_are_told_and_names_only_when_asked_for(table: Table) -> None:
    model = table.outline.model
    assert table.outline.tree.isColumnHidden(KIND)
    command = SayNote(
        question=table.question, text="A bench", contributor=table.person, note_id=NoteId(new_id()), kind=NoteKind.IDEA,
        late=True,
    )  # fmt: skip
    note = table.do(command, Author(table.session.desk, table.person)).note_id
    table.do(ShowPerson(table.person, Naming.FIRST_NAME, "Ada"), Author(table.session.desk, table.person))
    assert _spoken(model, model.index_of_note(note)) == "A bench, Not in a theme yet, Idea, In the room, Shown, late"
    assert not table.outline.tree.isColumnHidden(KIND)
    model.show_names(wanted=True)
    assert "In the room, Ada" in _spoken(model, model.index_of_note(note))


def test_a_note_in_two_themes_has_a_row_in_both_and_counts_once(table: Table) -> None:
    QAbstractItemModelTester(table.outline.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    one, two = table.say_all(["One", "Two"])
    table.make_theme("Streets", [one])
    health = table.make_theme("Health", [two])
    table.look_at(table.outline)
    model, tree = table.outline.model, table.outline.tree
    tree.setCurrentIndex(model.index_of_note(one))
    table.key(KEY.Key_Return, CTRL, on=tree)
    table.type("he", on=table.focused())
    table.key(KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier, on=table.focused())
    table.until(lambda: bool(table.board.copies))
    table.wait_for_screen()
    expected = ["  Streets", "    One", "  Health", "    Two", "    One", "  Not in a theme yet"]
    assert rows(model)[1:7] == expected
    place = model.index_of_place(Place(table.question, Kind.THEME, health))
    assert _spoken(model, place) == "Health, 1 note"
    assert _spoken(model, model.index_of_note(one)) == "One, Streets, In the room, Shown, also in “Health”"
    copy = model.index(1, TEXT, place)
    assert _spoken(model, copy) == "One, Health, In the room, Shown, counted in “Streets”"
    tree.setCurrentIndex(copy)
    assert table.selection.focus == one
    table.say("Something else happens")
    assert tree.currentIndex().row() == copy.row()
    table.acts.undo()
    table.until(lambda: not table.board.copies)
    table.wait_for_screen()
    seen = rows(model)
    model.read_anew()
    assert rows(model) == seen
    assert seen.count("    One") == 1


def test_a_folded_theme_shows_no_rows_and_says_so(table: Table) -> None:
    theme = table.make_theme("Streets", table.say_all(["One", "Two"]))
    model, tree = table.outline.model, table.outline.tree
    place = Place(table.question, Kind.THEME, theme)
    assert tree.isExpanded(model.index_of_place(place))
    table.do(FoldTheme(theme))
    assert not tree.isExpanded(model.index_of_place(place))
    assert _spoken(model, model.index_of_place(place)) == "Streets, 2 notes, folded"
    table.outline.model.read_anew()
    assert not tree.isExpanded(model.index_of_place(place))
    table.do(FoldTheme(theme, on=False))
    assert tree.isExpanded(model.index_of_place(place))


def test_the_row_of_a_theme_gives_it_the_focus(table: Table) -> None:
    theme = table.make_theme("Streets", [table.say("One")])
    table.look_at(table.outline)
    table.outline.tree.setCurrentIndex(table.outline.model.index_of_place(Place(table.question, Kind.THEME, theme)))
    assert (table.selection.focus, table.selection.theme) == (None, theme)
    assert table.view.overlay.theme == theme


def test_many_chosen_notes_are_a_few_ranges_of_rows_and_no_other_row_is_among_them(table: Table) -> None:
    notes = [table.say(f"Note {number}") for number in range(12)]
    chosen = [note for number, note in enumerate(notes) if number not in (0, 4, 5, 9)]
    table.selection.choose(chosen)
    ranges = rows_of(table.outline.model, chosen)
    assert len(ranges.toList()) == 3
    assert [node.note for node in nodes_in(table.outline.model, ranges)] == chosen
    selected = table.outline.tree.selectionModel().selectedRows()
    assert {table.outline.model.node(index).note for index in selected} == set(chosen)


def test_an_outline_that_nobody_looks_at_is_read_when_somebody_does(table: Table) -> None:
    table.look_at(table.outline)
    table.look_at(table.view)
    read = table.outline.model.modelReset
    resets = list[None]()
    read.connect(lambda: resets.append(None))
    table.bridge.was_reset.emit()
    note = table.say("After")
    assert resets == []
    table.look_at(table.outline)
    assert resets == [None]
    assert table.outline.model.index_of_note(note).isValid()
