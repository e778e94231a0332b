"""An erasure reaches every copy, and who erased sees at which desks it has been carried out."""

from core.domain.commands import ErasePerson
from core.domain.ledger import ConfirmErasures, ledger, unconfirmed
from core.domain.terms import ONLINE
from core.domain.venues import PlaceDesk
from tests.core.table import a_table, person, say


def test_each_desk_confirms_once_and_the_ledger_says_who_is_left() -> None:
    table, question, (ann, ben, cem) = a_table("ann", "ben", "cem")
    for seat in (ann, ben):
        say(seat, question, "Words", by="Ada")
    ann.sees_and_does(PlaceDesk(cem.desk, ONLINE))    # it looks on, and has a copy all the same
    assert ledger(table.board) == []
    ann.sees_and_does(ErasePerson(person("Ada")))
    [copies] = ledger(table.board)
    assert (copies.gone, set(copies.left)) == ((ann.desk,), {ben.desk, cem.desk})
    assert unconfirmed(table.board, ann.desk) == []    # it erased before it said so
    ben.catches_up()
    assert len(ben.sees_and_does(ConfirmErasures(ben.desk))) == 1
    assert ben.sees_and_does(ConfirmErasures(ben.desk)) == ()
    [copies] = ledger(table.board)
    assert (set(copies.gone), copies.left) == ({ann.desk, ben.desk}, (cem.desk,))
    assert copies.erasure.subject == person("Ada")
