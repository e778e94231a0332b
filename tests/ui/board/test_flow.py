"""How notes flow through the columns of a frame: whatever came and went, they lie as if laid anew, each only once."""

from hypothesis import given
from hypothesis import strategies as st

from core.base.ids import NoteId, WordsHash
from ui.board.flow import Card, Flow
from ui.board.words import Lines

COLUMNS, TOP = 3, 50.0
LINES = st.integers(1, 6)


class Counted(Card):
    """A card that counts how often it was laid."""

    times = 0

    def put(self, x: float, y: float) -> None:
        super().put(x, y)
        self.times += 1


def card(number: int, count: int) -> Counted:
    return Counted(NoteId(f"{number:032x}"), ("", number, NoteId(f"{number:032x}")), WordsHash(""), lines(count))


def lines(count: int) -> Lines:
    return Lines(("words",) * count)


def lying(flow: Flow) -> list[tuple[str, float, float]]:
    flow.settle()
    return [(each.note_id, each.x, each.y) for each in flow.cards]


@given(
    st.lists(LINES, max_size=12),
    st.lists(st.tuples(st.sampled_from(("come", "go", "reword", "look")), st.integers(0, 40), LINES), max_size=30),
)
def test_what_came_and_went_lies_as_if_laid_out_anew(
    first: list[int], deeds: list[tuple[str, int, int]]
) -> None:
    flow = Flow(COLUMNS, TOP)
    there = {number: card(number, count) for number, count in enumerate(first)}
    flow.fill(list(there.values()))
    for deed, number, count in deeds:
        if deed == "come" and number not in there:
            there[number] = card(number, count)
            flow.insert(there[number])
        elif deed == "go" and number in there:
            flow.remove(there.pop(number))
        elif deed == "reword" and number in there:
            there[number].reword(WordsHash("other"), lines(count))
            flow.lay_from(there[number])
        elif deed == "look":
            assert flow.bottom >= TOP
    anew = Flow(COLUMNS, TOP)
    anew.fill([card(number, len(each.lines.texts)) for number, each in there.items()])
    assert lying(flow) == lying(anew)
    assert flow.bottom == anew.bottom


def test_however_many_go_at_once_the_others_are_laid_once() -> None:
    flow = Flow(COLUMNS, TOP)
    cards = [card(number, 2) for number in range(1_000)]
    flow.fill(list(cards))
    flow.settle()
    for each in cards[:500:5]:
        flow.remove(each)
    flow.settle()
    assert {each.times for each in cards if each in flow.cards} == {2}


def test_one_that_comes_last_moves_no_other() -> None:
    flow = Flow(COLUMNS, TOP)
    cards = [card(number, 2) for number in range(10)]
    flow.fill(list(cards))
    flow.settle()
    relaid = flow.relaid
    flow.insert(card(10, 2))
    flow.settle()
    assert flow.relaid == relaid
    assert {each.times for each in cards} == {1}
