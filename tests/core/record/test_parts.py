"""The parts of the record beside themes and cards: what only the team reads, quotes, late notes, live questions."""


import pytest

from core.base.ids import RoundId, new_id
from core.domain.commands import SayNote
from core.domain.contributing import CastVote, ShowPerson, SupportNote
from core.domain.promising import MakePledge
from core.domain.running import AnswerNote, CloseVote, MarkNote, OpenVote, SetQuestion
from core.domain.terms import AS_USUAL, Mark, Naming, Reveal, VoteOn
from core.domain.values import changed
from core.record import telling
from core.record.html import make_html
from core.record.model import Headcount
from core.record.options import Options
from core.record.plan import plan
from core.record.spreadsheet import notes_csv
from tests.core.record.boards import Hall
from tests.core.table import person


def quoted(hall: Hall) -> list[str]:
    return [quote.card.text for question in plan(hall.board).questions for quote in question.quotes]


def test_notes_that_only_the_team_reads_are_counted_and_in_no_form() -> None:
    """People were told so on their phones."""
    hall = Hall()
    hall.does(SetQuestion(hall.question(), changed(AS_USUAL, reveal=Reveal.NEVER)))
    hall.theme("Money", "I cannot pay the rent")
    hall.say("Nor the heating")
    record = plan(hall.board)
    (question,) = record.questions
    assert (question.for_team, question.notes, question.themes[0].notes) == (True, 2, 1)
    assert telling.for_team(question) == "Only the team reads the notes to this question."
    for form in (make_html(record).decode(), notes_csv(record).decode(), repr(record)):
        assert "the rent" not in form
        assert "the heating" not in form


def test_only_those_are_quoted_who_said_that_they_may_be() -> None:
    hall = Hall()
    hall.say("Nobody asked me", by="Ben", theme=hall.theme("Benches"))
    hall.theme("Light")
    hall.say("You may quote this", by="Ada", theme=hall.board.themes_of(hall.question())[1].id)
    hall.say("And this", by="Ada")
    hall.does(ShowPerson(person("Ada"), Naming.NO_NAME, "", may_quote=True), actor=person("Ada"))
    assert quoted(hall) == ["You may quote this", "And this"]
    assert "Nobody asked me" not in quoted(hall)


def test_the_quote_of_a_question_is_the_one_with_the_most_votes() -> None:
    hall, vote = Hall("One?", "Two?"), RoundId(new_id())
    notes = [hall.say(text, by="Ada") for text in ("few votes", "most votes", "no votes")]
    hall.does(ShowPerson(person("Ada"), Naming.NO_NAME, "", may_quote=True), actor=person("Ada"))
    hall.does(OpenVote(hall.question(), VoteOn.NOTES, 9, vote))
    for note, dots in zip(notes, (1, 3, 0), strict=True):
        if dots:
            hall.does(CastVote(vote, person("Ben"), note, dots), actor=person("Ben"))
    assert plan(hall.board).questions[0].quotes[0].card.votes == 0    # the vote is still open
    hall.does(CloseVote(vote))
    assert quoted(hall) == ["most votes", "few votes"]


def test_votes_rank_themes_and_stand_on_cards() -> None:
    hall, vote = Hall(), RoundId(new_id())
    small, large = hall.theme("Small", "one"), hall.theme("Large", "two", "three", "four")
    hall.does(OpenVote(hall.question(), VoteOn.NOTES, 9, vote))
    wanted = hall.board.notes_in(small)[0].id
    hall.does(CastVote(vote, person("Ben"), wanted, 5), actor=person("Ben"))
    hall.does(CastVote(vote, person("Ben"), hall.board.notes_in(large)[2].id, 2), actor=person("Ben"))
    hall.does(CloseVote(vote))
    record = plan(hall.board)
    (question,) = record.questions
    assert [(theme.name, theme.votes, theme.notes) for theme in question.themes] == [("Small", 5, 1), ("Large", 2, 3)]
    assert [card.text for card in question.themes[1].cards] == ["four", "two", "three"]
    assert telling.under_a_card(question.themes[0].cards[0]).replace("\u00a0", " ") == "By phone, 5 votes"
    assert record.votes == 7


def test_notes_that_came_late_stand_apart_and_say_so() -> None:
    hall = Hall()
    hall.say("In time")
    said = SayNote(question=hall.question(), text="Too late", contributor=None, note_id=new_id(), late=True)  # type: ignore[arg-type]
    hall.does(said)
    (question,) = plan(hall.board).questions
    assert [card.text for card in question.alone] == ["In time"]
    assert [telling.under_a_card(card) for card in question.late] == ["By phone, late"]
    assert question.lone == 2


@pytest.fixture
def panel() -> Hall:
    """Three live questions: asked on the day, answered in writing, and one nobody has answered."""
    hall = Hall("Ask the panel")
    hall.does(SetQuestion(hall.question(), changed(AS_USUAL, live=True)))
    first, second, _third = (hall.say(text, by=text) for text in ("How?", "Who pays?", "Why?"))
    for number in range(9):
        hall.does(SupportNote(second, person(f"p{number}")), actor=person(f"p{number}"))
    hall.does(SupportNote(first, person("p1")), actor=person("p1"))
    hall.does(MarkNote(first, Mark.ASKED))
    hall.does(AnswerNote(second, "We all do."))
    return hall


def test_live_questions_stand_with_their_answers_and_nobody_can_be_counted(panel: Hall) -> None:
    (question,) = plan(panel.board).questions
    found = [
        (item.text, telling.state_of_live(item).replace("\u00a0", " "), item.answer.text if item.answer else "")
        for item in question.live
    ]
    assert found == [
        ("Who pays?", "Answered in writing, about 10 people wanted to know", "We all do."),
        ("How?", "Asked on the day, fewer than 8 people wanted to know", ""),
        ("Why?", "Not answered yet", ""),
    ]
    assert question.live[1].support == Headcount(None)
    page = make_html(plan(panel.board)).decode()
    assert page.index("Who pays?") < page.index("We all do.") < page.index("Why?")
    assert "3 questions came in." in page


def test_a_name_stands_by_a_note_only_where_it_is_wanted_and_was_chosen() -> None:
    hall = Hall()
    hall.does(ShowPerson(person("Ada"), Naming.FIRST_NAME, "Ada L."), actor=person("Ada"))
    hall.say("named", by="Ada")
    hall.say("not named", by="Ben")
    assert "Ada L." not in repr(plan(hall.board))
    with_names = plan(hall.board, options=Options(names=True))
    assert [card.name for card in with_names.questions[0].alone] == ["Ada L.", ""]
    hall.does(ShowPerson(person("Ada"), Naming.NO_NAME), actor=person("Ada"))
    assert "Ada L." not in repr(plan(hall.board, options=Options(names=True)))


def test_one_question_alone_themes_only_and_every_note_in_its_order() -> None:
    hall = Hall("One?", "Two?")
    theme = hall.theme("Benches", "the first", question=0)
    hall.say("second", question=0)
    hall.say("third", question=0, theme=theme)
    hall.say("other question", question=1)
    hall.does(MakePledge(what="Count the benches", theme=theme))
    only_two = plan(hall.board, options=Options(question=2))
    assert [(part.number, part.notes) for part in only_two.questions] == [(2, 1)]
    assert (only_two.of, only_two.pledges) == (2, ())
    themes_only = plan(hall.board, options=Options(themes_only=True))
    assert "the first" not in repr(themes_only)
    assert [(part.grouped, part.lone) for part in themes_only.questions] == [(2, 1), (0, 1)]
    verbatim = plan(hall.board, options=Options(verbatim=True)).questions[0]
    assert [card.text for card in verbatim.alone] == ["the first", "second", "third"]
    assert verbatim.themes == ()
