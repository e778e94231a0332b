"""Before somebody is erased one learns where organisers quoted them: those words are not theirs to lose silently."""

from core.base.ids import BackId
from core.domain.answering import AnswerBack, GiveReply
from core.domain.commands import RewordNote
from core.domain.quoting import quoting
from tests.core.table import a_table, name_of, person, say, theme

ADA = person("Ada")


def test_replies_and_themes_that_quote_somebody_are_found_whatever_the_case_and_the_signs() -> None:
    _, question, [desk] = a_table("desk")
    note = say(desk, question, "My neighbour Rosa cannot reach the upper gate.")
    short = say(desk, question, "Rosa's chair")
    say(desk, question, "Ramps", by="Ben")
    quoted = theme(desk, question, "“Rosa’s chair”")
    ramps = theme(desk, question, "Ramps", [note, short])
    desk.sees_and_does(
        GiveReply(subject=ramps, text="You told us: my NEIGHBOUR Rosa cannot – we go there."),
        GiveReply(subject=ramps, text="We will go to the upper gate."),
        GiveReply(subject=note, text="We cannot reach everybody."),
        RewordNote(note, "The upper gate is closed to wheels"),
    )
    found = quoting(desk.board, ADA)
    assert [(each.subject, each.text) for each in found] == [
        (quoted, "“Rosa’s chair”"), (ramps, "You told us: my NEIGHBOUR Rosa cannot – we go there."),
    ]  # fmt: skip
    assert quoting(desk.board, person("Ben")) == []    # one word is no quotation


def test_what_was_answered_back_is_looked_for_too() -> None:
    _, question, [desk] = a_table("desk")
    note = say(desk, question, "Steep")
    desk.sees_and_does(AnswerBack(note, ADA, "I meant the stairs by the school", BackId(name_of("b"))), actor=ADA)
    desk.sees_and_does(GiveReply(subject=name_of("b"), text="Yes: the stairs by the school are mended."))
    assert [each.subject for each in quoting(desk.board, ADA)] == [name_of("b")]
