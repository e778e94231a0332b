"""Counted hands, paper dots and pledges: entered by people, kept apart from what phones say, undone like anything."""

from core.base.ids import RoundId
from core.domain.commands import Undo
from core.domain.promising import CountVotes, MakePledge, RemovePledge
from core.domain.running import OpenVote
from core.domain.terms import CountWay, VoteOn
from tests.core.table import a_table, name_of, theme

ROUND = RoundId(name_of("round"))


def test_a_table_counted_twice_counts_as_it_was_counted_last() -> None:
    table, question, [ann, ben] = a_table("Ann", "Ben")
    ways = theme(ann, question, "Ways in")
    ann.sees_and_does(OpenVote(question, VoteOn.THEMES, 3, ROUND))
    ann.sees_and_does(CountVotes(round_id=ROUND, way=CountWay.HANDS, table=4, dots={ways: 7}, voters=9))
    ben.sees_and_does(CountVotes(round_id=ROUND, way=CountWay.HANDS, table=4, dots={ways: 8}, voters=9))
    ben.sees_and_does(CountVotes(round_id=ROUND, way=CountWay.DOTS, table=4, dots={ways: 2}))
    counted = [(count.way, count.table, count.voters, count.dots) for _, count in table.board.counts_of(ROUND)]
    assert counted == [(CountWay.DOTS, 4, 0, ((ways, 2),)), (CountWay.HANDS, 4, 9, ((ways, 8),))]
    assert not table.board.tally(ROUND)    # never mixed with what phones say
    ben.sees_and_does(CountVotes(round_id=ROUND, way=CountWay.DOTS, table=4, dots={}))
    assert len(ben.board.counts_of(ROUND)) == 1
    ben.sees_and_does(Undo(ben.desk))
    assert len(ben.board.counts_of(ROUND)) == 2


def test_pledges_stand_in_the_order_they_were_made_and_can_be_put_right_and_taken_off() -> None:
    _, _, [desk] = a_table("desk")
    desk.sees_and_does(MakePledge(what="Mend the ramp", who="Parks team", by=738_000))
    desk.sees_and_does(MakePledge(what="Ask the school"))
    first, second = (id for id, _ in desk.board.pledge_list())
    desk.sees_and_does(MakePledge(what="Mend both ramps", who="Parks team", pledge_id=first))
    listed = [
        (desk.board.text(each.what), desk.board.text(each.who), each.by) for _, each in desk.board.pledge_list()
    ]
    assert listed == [("Mend both ramps", "Parks team", None), ("Ask the school", "", None)]
    desk.sees_and_does(RemovePledge(second))
    assert [id for id, _ in desk.board.pledge_list()] == [first]
    desk.sees_and_does(Undo(desk.desk), Undo(desk.desk))
    assert desk.board.text(desk.board.pledges[first].what) == "Mend the ramp"
