"""Votes in the record: phones, hands and paper dots apart, of closed rounds only, and of nobody who is not counted."""

import io

from pypdf import PdfReader

from core.base.ids import ContributorId, RoundId, ThemeId, new_id
from core.domain.commands import NewTheme
from core.domain.contributing import CastVote
from core.domain.promising import CountVotes
from core.domain.running import BlockPerson, CloseVote, OpenVote
from core.domain.terms import CountWay, VoteOn
from core.record.html import make_html
from core.record.model import VoteLine
from core.record.pdf import lay_out, make_pdf
from core.record.plan import plan
from tests.core.record.boards import Hall
from tests.core.table import person

HOMES, STREETS = ThemeId("a" * 32), ThemeId("b" * 32)
VOTE = RoundId(new_id())


def casts(made: Hall, who: ContributorId, theme: ThemeId, dots: int) -> None:
    """Somebody votes by phone."""
    made.does(CastVote(VOTE, who, theme, dots), actor=who)


def hall(*, closed: bool = True) -> Hall:
    """A vote on two themes, by phone, by hands at two tables, and by paper dots."""
    made = Hall()
    (question,) = made.board.questions_in_order()
    made.does(NewTheme(question.id, "Homes", theme_id=HOMES))
    made.does(NewTheme(question.id, "Streets", theme_id=STREETS))
    made.does(OpenVote(question.id, VoteOn.THEMES, 3, VOTE))
    casts(made, person("Ada"), HOMES, 2)
    casts(made, person("Ben"), STREETS, 3)
    made.does(BlockPerson(person("Ben")))
    for table, number in ((1, 4), (4, 8)):
        made.does(CountVotes(round_id=VOTE, way=CountWay.HANDS, table=table, dots={STREETS: number}))
    made.does(CountVotes(round_id=VOTE, way=CountWay.DOTS, table=0, dots={HOMES: 9}))
    if closed:
        made.does(CloseVote(VOTE))
    return made


def test_ways_of_voting_stand_apart_and_who_is_stopped_does_not_count() -> None:
    (question,) = plan(hall().board).questions
    assert question.votes == ((
        VoteLine(words="Streets", phones=0, hands=12, dots=0),
        VoteLine(words="Homes", phones=2, hands=0, dots=9),
    ),)  # fmt: skip


def test_votes_stand_on_the_page_and_in_the_pdf() -> None:
    record = plan(hall().board)
    page = make_html(record).decode().replace("\u00a0", " ")
    assert "<td>phones 2 + paper dots 9</td><td>11</td>" in page
    pdf = PdfReader(io.BytesIO(make_pdf(lay_out(record))))
    said = " ".join(" ".join(each.extract_text() for each in pdf.pages).split()).replace("\u00a0", " ")
    assert "Homes phones 2 + paper dots 9 11" in said
    assert "Streets hands 12 12" in said


def test_a_vote_that_is_open_is_in_no_record() -> None:
    assert plan(hall(closed=False).board).questions[0].votes == ()
