"""Whoever reads what came of their notes counts as answered, from the first round of letters on and not before."""

from core.domain.delivery import Kind, State
from core.post.office import Office
from tests.web.phones import CODE, SECONDS, Phone, Place

MINE = f"/{CODE}/mine"


def answered(place: Place) -> tuple[int, int]:
    account = Office(place.session).account()
    return account.answered, account.all


def test_reading_my_notes_is_an_answer_once_there_is_something_to_read(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("The ramp is steep")
    ben.say("More bees")
    ada.open(MINE)
    assert answered(place) == (0, 2)
    assert not place.session.path.with_suffix(".post").exists()
    Office(place.session).begin(Kind.RECORD)
    assert answered(place) == (0, 2)
    for _again in range(2):
        assert "The ramp is steep" in ada.open(MINE).text
    assert answered(place) == (1, 2)
    [row] = place.session.with_deliveries(lambda post: post.all()).result(SECONDS)
    assert row.state is State.COLLECTED
    assert row.contributor in place.session.board.by_contributor
