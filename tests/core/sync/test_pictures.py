"""Pictures travel before the notes that name them, and only such as are what their names say."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from core.base.ids import NoteId, new_id
from core.base.pictures import Picture
from core.domain.commands import SayNote
from core.domain.events import Author
from core.session import Session
from core.store.check import check
from core.sync.certificate import client_context
from core.sync.known import Home
from core.sync.roles import Role
from tests.core.pictures import drawing, picture
from tests.core.sync.desks import First, Second, a_first_desk, a_second_desk, are_alike, let_in, until
from tests.core.table import person
from tests.core.workshops import SECONDS, first_question


@pytest.fixture
def first(tmp_path: Path) -> Iterator[First]:
    with a_first_desk(tmp_path / "first") as first:
        yield first


@pytest.fixture
def second(first: First, tmp_path: Path) -> Iterator[Second]:
    show(first.session, picture(1), "drawn before")
    with a_second_desk(tmp_path / "second", let_in(first)) as second:
        until(second.is_on)
        yield second


def show(session: Session, shown: Picture, text: str) -> None:
    by = person("Ada")
    said = SayNote(
        question=first_question(session), text=text, contributor=by, note_id=NoteId(new_id()), picture=shown.hash
    )
    session.do_with_picture(said, shown, Author(session.desk, by)).result(SECONDS)


def test_pictures_are_at_both_desks_whoever_took_them(first: First, second: Second) -> None:
    show(second.session, picture(2), "from the second")
    show(first.session, drawing(), "from the first")
    until(are_alike(first, second))
    for shown in (picture(1), picture(2), drawing()):
        assert first.session.picture(shown.hash) == second.session.picture(shown.hash) == shown
    for session in (first.session, second.session):
        assert check(session.path).ok


def test_what_one_desk_lost_it_gets_again_when_they_meet(first: First, second: Second) -> None:
    until(are_alike(first, second))
    second.close()
    second.path.with_suffix(".pictures").unlink()
    second.reopen()
    until(lambda: second.session.picture(picture(1).hash) == picture(1))


def put(home: Home, shown: Picture, name: str, **headers: str) -> int:
    said = {"content-type": shown.kind.value, "width": str(shown.width), "height": str(shown.height), **headers}
    with httpx2.Client(verify=client_context(home.certificate), trust_env=False) as client:
        answer = client.put(
            f"https://{home.host}:{home.port}/picture/{name}", content=shown.data,
            headers={**said, "authorization": f"Bearer {home.token}"},
        )  # fmt: skip
    return answer.status_code


def test_what_is_no_picture_of_ours_is_not_kept(first: First) -> None:
    home, shown = let_in(first), picture(3)
    assert put(home, shown, picture(4).hash) == 400
    assert put(home, shown, shown.hash, width="5000") == 400
    assert put(home, shown, shown.hash, **{"content-type": "image/png"}) == 400
    assert put(home, shown, shown.hash, **{"content-type": "text/html"}) == 400
    assert put(home, shown, shown.hash) == 200
    assert put(let_in(first, role=Role.READER), shown, shown.hash) == 403


def test_only_pictures_that_notes_name_are_given_out(first: First) -> None:
    home, shown = let_in(first), picture(5)
    assert put(home, shown, shown.hash) == 200
    with httpx2.Client(verify=client_context(home.certificate), trust_env=False) as client:
        answer = client.get(
            f"https://{home.host}:{home.port}/picture/{shown.hash}", headers={"authorization": f"Bearer {home.token}"}
        )
    assert answer.status_code == 404
