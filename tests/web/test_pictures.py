"""A photo of a drawing or a paper note: sent by a plain form, drawn anew, kept with its note, seen by whoever may see
that (attacks.md A38, A39, A22; faults.md F38)."""

import os
import resource
from pathlib import Path

import httpx2
import pytest

from core.base.ids import QuestionId
from core.domain.board import Note
from core.domain.commands import HideNotes, ShowNotes
from core.domain.running import SetQuestion
from core.domain.terms import Asking, Mode, Reason, Reveal
from core.store.files import pictures_file
from core.web.limits import Limits, Rate
from core.web.seen import picture_of
from tests.core.pictures import photo
from tests.core.workshops import SECONDS, opened
from tests.web.phones import CODE, SCRIPT, Phone, Place, phone, serving
from tests.web.test_redrawing import HTML_AND_GIF, SVG, blank_png

PHOTO = f"/{CODE}/q/1/photo"
SORRY = "That photo is too big, or it is not a photo."


def send(
    who: Phone, file: bytes = b"", text: str = "", *, script: bool = False, name: str = "photo.jpg", **fields: str
) -> httpx2.Response:
    """Send the form of the page with this file chosen, as it is."""
    return who.http.post(
        f"{who.base}/{CODE}/photo", data={"text": text, **who.form, **fields}, files={"photo": (name, file)},
        headers={**who.origin, **(SCRIPT if script else {})}, follow_redirects=False,
    )  # fmt: skip


def sent(who: Phone, file: bytes | None = None, text: str = "") -> httpx2.Response:
    """Choose a photo, send it, and follow where the answer leads."""
    who.open(PHOTO)
    response = send(who, photo() if file is None else file, text)
    assert response.status_code == 303, response.text
    return who.open(response.headers["location"])


def only_note(place: Place) -> Note:
    (note,) = place.session.board.notes.values()
    return note


def look(who: Phone, path: str) -> httpx2.Response:
    return who.http.get(who.base + path)


def ask(place: Place, asking: Asking) -> QuestionId:
    question = place.session.board.questions_in_order()[0].id
    place.session.do(SetQuestion(question, asking)).result(SECONDS)
    return question


# -- sending


def test_a_photo_is_a_note_of_its_own_kept_drawn_anew_and_shown_to_its_writer(place: Place, ada: Phone) -> None:
    page = sent(ada)
    note = only_note(place)
    assert note.picture is not None
    kept = place.session.picture(note.picture)
    assert kept is not None
    assert (kept.kind, kept.width, kept.height) == ("image/jpeg", 64, 48)
    assert f'src="{picture_of(place.session.board, note)}"' in page.text
    assert 'alt="Photo of a note, not typed in yet"' in page.text
    shown = look(ada, picture_of(place.session.board, note))
    assert shown.content == kept.data
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["cross-origin-resource-policy"] == "same-origin"
    assert "default-src 'none'" in shown.headers["content-security-policy"]


def test_words_beside_a_photo_are_its_alt_text_on_every_page(place: Place, ada: Phone) -> None:
    sent(ada, text='The "ramp" & me')
    for page in (f"/{CODE}/mine", f"/{CODE}/wall"):
        assert 'alt="The &#34;ramp&#34; &amp; me"' in ada.open(page).text
    assert place.texts() == ['The "ramp" & me']


def test_a_form_without_a_photo_is_a_note_of_words(place: Place, ada: Phone) -> None:
    sent(ada, b"", "words alone")
    assert (only_note(place).picture, place.texts()) == (None, ["words alone"])


def test_an_empty_form_is_told_so(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    response = send(ada)
    assert response.status_code == 400
    assert "There are no words in your note yet." in response.text
    assert not place.session.board.notes


def test_the_script_is_told_where_its_note_is(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    told = send(ada, photo(), "from the script", script=True).json()
    assert (told["saved"], told["text"]) == (True, "from the script")
    assert only_note(place).picture


def test_a_photo_sent_twice_is_one_note(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    first, again = send(ada, photo(), "ramp"), send(ada, photo(), "ramp")
    assert first.headers["location"] == again.headers["location"]
    assert len(place.session.board.notes) == 1


def test_a_note_with_a_photo_is_still_there_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "park.sayback"
    with serving(path) as place, phone(place) as ada:
        sent(ada)
        picture = only_note(place).picture
    with opened(path) as session:
        assert picture is not None
        assert session.picture(picture) is not None


def test_only_known_fields_count(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    send(ada, photo(), status="approved", contributor="f" * 32, picture="f" * 64, mode="paper", two="1")
    note = only_note(place)
    assert note.picture != "f" * 64
    assert note.contributor != "f" * 32
    assert note.mode is Mode.ROOM


def test_limits_are_those_of_notes(tmp_path: Path) -> None:
    limits = Limits(contributor=Rate(1, 0.001))
    with serving(tmp_path / "park.sayback", limits=limits) as place, phone(place) as ada:
        sent(ada)
        ada.open(PHOTO)
        response = send(ada, photo(of=2), "keep my words")
        assert response.status_code == 429
        assert int(response.headers["retry-after"]) > 0
        assert "keep my words" in response.text


def test_a_form_of_somebody_else_is_not_taken(place: Place, ada: Phone, ben: Phone) -> None:
    sent(ada)
    sent(ben)
    ada.open(PHOTO)
    ben.form = ada.form
    assert send(ben, photo(of=3), "not mine").status_code == 403
    assert "not mine" not in place.texts()


# -- what is no photo


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(blank_png(12_000), id="144 million dots"),
        pytest.param(blank_png(30_000), id="900 million dots"),
        pytest.param(photo()[:-200], id="cut off"),
        pytest.param(HTML_AND_GIF, id="page and GIF at once"),
        pytest.param(SVG, id="drawing with a script"),
        pytest.param(bytes(8 * 2**20 + 200_000), id="over 8 MiB"),
    ],
)
def test_what_is_no_photo_is_refused_kindly_with_the_words_kept(place: Place, ada: Phone, file: bytes) -> None:
    ada.open(PHOTO)
    response = send(ada, file, "my words")
    assert response.status_code == 400
    assert SORRY in response.text
    assert "Your words are kept. Please try another photo." in response.text
    assert "my words</textarea>" in response.text
    assert not place.session.board.notes
    assert not pictures_file(place.session.path).exists()
    told = send(ada, file, "my words", script=True)
    assert (told.status_code, told.json()["what"]) == (400, SORRY)
    assert send(ada, photo(), "my words").status_code == 303


def test_nothing_but_the_dots_of_a_photo_is_in_any_file(place: Place, ada: Phone) -> None:
    sent(ada, photo(comment=b"taken at home 51.5N") + b"<script>alert(1)</script>")
    place.session.local("port").result(SECONDS)
    everything = b"".join(each.read_bytes() for each in place.session.path.parent.iterdir())
    assert b"taken at home" not in everything
    assert b"<script>" not in everything


def test_a_question_that_takes_words_only_takes_no_photo(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    ask(place, Asking(pictures=False))
    response = send(ada, photo(), "my words")
    assert response.status_code == 400
    assert "my words" in response.text
    assert not place.session.board.notes
    assert "Add a photo" not in ada.open(f"/{CODE}/q/1").text
    assert look(ada, PHOTO).status_code == 303


@pytest.mark.slow
def test_the_server_stays_small_whatever_is_sent(place: Place, ada: Phone) -> None:
    ada.open(PHOTO)
    send(ada, blank_png(12_000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(4):
        send(ada, blank_png(12_000))
        send(ada, photo(4000, 3000), id=os.urandom(16).hex())
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 80 * 1024


# -- forms that no page of ours sends


def multipart(*parts: tuple[str, bytes], boundary: str = "limit") -> bytes:
    heads = [f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode() for head, _ in parts]
    bodies = (body for _, body in parts)
    whole = b"".join(head + body + b"\r\n" for head, body in zip(heads, bodies, strict=True))
    return whole + f"--{boundary}--\r\n".encode()


def files(count: int) -> bytes:
    return multipart(*((f'name="photo"; filename="{n}.jpg"', b"x") for n in range(count)))


def fields(count: int) -> bytes:
    return multipart(*((f'name="field{n}"', b"x") for n in range(count)))


GOOD_TYPE = "multipart/form-data; boundary=limit"


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        pytest.param(GOOD_TYPE, files(1000), 400, id="1,000 files"),
        pytest.param(GOOD_TYPE, fields(2000), 400, id="2,000 fields"),
        pytest.param("multipart/form-data", fields(1), 400, id="no boundary"),
        pytest.param("multipart/form-data; boundary=other", fields(1), 400, id="another boundary"),
        pytest.param(GOOD_TYPE, b"no form at all", 400, id="no parts"),
        pytest.param(GOOD_TYPE, fields(2)[:-30], 400, id="cut off"),
        pytest.param(GOOD_TYPE, multipart(('name="text"', b"a"), ('name="text"', b"b")), 400, id="a field twice"),
        pytest.param(GOOD_TYPE, multipart(('name="other"; filename="x"', photo())), 400, id="another file"),
        pytest.param(GOOD_TYPE, multipart(('name="text"', b"a" * 70_000)), 400, id="a long field"),
        pytest.param(GOOD_TYPE, multipart(("nameless", b"a")), 400, id="no name"),
        pytest.param(GOOD_TYPE, multipart(('name="text"', b"a\0b")), 400, id="a control sign"),
        pytest.param(GOOD_TYPE, multipart(('name="photo"; filename="x"', bytes(34 * 2**20))), 413, id="34 MiB"),
        pytest.param("application/x-www-form-urlencoded", b"text=a", 415, id="a plain form"),
        pytest.param("application/json", b"{}", 415, id="JSON"),
        pytest.param("", b"x", 415, id="no kind"),
    ],
)
def test_a_form_that_no_page_of_ours_sends_is_refused(
    place: Place, ada: Phone, kind: str, body: bytes, status: int
) -> None:
    headers = {**ada.origin, "content-type": kind}
    response = ada.http.post(f"{ada.base}/{CODE}/photo", content=body, headers=headers)
    assert response.status_code == status
    assert not place.session.board.notes
    sent(ada)


# -- looking


def test_others_see_a_picture_once_they_may_see_its_note(place: Place, ada: Phone, ben: Phone) -> None:
    ask(place, Asking(reveal=Reveal.LATER))
    sent(ada)
    path = picture_of(place.session.board, only_note(place))
    own = look(ada, path)
    assert (own.status_code, own.headers["cache-control"]) == (200, "private, no-store")
    assert look(ben, path).status_code == 404
    ask(place, Asking(reveal=Reveal.AT_ONCE))
    assert look(ben, path).headers["cache-control"] == "private, max-age=300"
    assert path in ben.open(f"/{CODE}/wall").text


def test_a_picture_of_a_hidden_note_is_its_writers_alone(place: Place, ada: Phone, ben: Phone) -> None:
    sent(ada)
    note = only_note(place)
    place.session.do(HideNotes((note.id,), Reason.NAMES_SOMEONE)).result(SECONDS)
    path = picture_of(place.session.board, note)
    assert (look(ada, path).status_code, look(ben, path).status_code) == (200, 404)
    place.session.do(ShowNotes((note.id,))).result(SECONDS)
    assert look(ben, path).status_code == 200


def test_a_picture_of_an_erased_person_is_gone(place: Place, ada: Phone) -> None:
    sent(ada)
    note = only_note(place)
    path = picture_of(place.session.board, note)
    assert note.contributor is not None
    place.session.erase(note.contributor).result(SECONDS)
    with phone(place) as somebody:
        assert look(somebody, path).status_code == 404
    assert look(ada, path).headers["content-type"].startswith("text/html")
    assert "<img" not in ada.open(f"/{CODE}/mine").text


def test_neither_hash_nor_id_opens_a_picture(place: Place, ada: Phone) -> None:
    sent(ada)
    note = only_note(place)
    for name in (note.picture, note.id, "0" * 16, "..%2fx"):
        assert look(ada, f"/{CODE}/picture/{name}").status_code == 404
    assert note.picture is not None
    assert note.picture not in ada.open(f"/{CODE}/wall").text
