"""Attacks by words and in others' names (attacks.md A01, A02, A14, A17, A21, A32, A37, A38, A46, A47, A49)."""

import json
import logging
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from pathlib import Path

import pytest

from core.base.ids import new_id
from core.domain.commands import MakeWorkshop
from core.web.limits import Limits, Rate
from tests.web.phones import CODE, SCRIPT, Phone, Place, phone, serving, until
from tests.web.strangers import FORM, asked, connected, heard_once, host, request

MARKUP = (
    "<script>alert(1)</script>", '"><svg onload=alert(1)>', "'><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "<!--", "]]>", "<b>bold", "&lt;b&gt;",
    "<a href=javascript:alert(1)>x</a>", "{{7*7}}", "{% raw %}", "${7*7}", "<style>*{display:none}</style>",
    "<iframe srcdoc=x>", "<base href=//evil>", "<meta http-equiv=refresh content=0>", "</body></html>",
    "<details open>", "&#60;script&#62;", "%3Cscript%3E",
)  # fmt: skip
READING = (f"/{CODE}", f"/{CODE}/mine", f"/{CODE}/wall", f"/{CODE}/help")


class Elements(HTMLParser):
    """Which elements and event handlers a page has, and what it says."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.said = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1
        self.found.update(f"{tag} {name}" for name, _ in attrs if name.startswith("on"))

    def handle_data(self, data: str) -> None:
        self.said += data


DANGEROUS = ("iframe", "base", "meta", "style", "script", "details")


def looked_at(each: Phone, path: str) -> Elements:
    return Elements(each.http.get(each.base + path).text)


@pytest.mark.parametrize("text", MARKUP)
def test_markup_in_a_note_is_shown_as_it_was_written_and_adds_no_element(place: Place, text: str) -> None:
    with phone(place) as ada:
        ada.say("plain words")
        before = {path: looked_at(ada, path).found for path in READING}
        ada.say(text)
        for path in READING:
            after = looked_at(ada, path).found
            assert {tag: after[tag] for tag in DANGEROUS} == {tag: before[path][tag] for tag in DANGEROUS}
            assert not any(" on" in name for name in after)
        assert text in looked_at(ada, f"/{CODE}/mine").said
        assert text in looked_at(ada, f"/{CODE}/wall").said


@pytest.mark.slow
def test_markup_in_what_the_desk_writes_is_shown_as_it_was_written(tmp_path: Path) -> None:
    plain = MakeWorkshop(title="t", questions=("q",), code=CODE, promise="p", host="h")
    with serving(tmp_path / "plain.sayback", workshop=plain) as place, phone(place) as ada:
        before = {path: looked_at(ada, path).found for path in READING}
    for number, text in enumerate(MARKUP):
        odd = MakeWorkshop(title=text, questions=(text,), code=CODE, promise=text, host=text)
        with serving(tmp_path / f"{number}.sayback", workshop=odd) as place, phone(place) as ada:
            for path in READING:
                found = looked_at(ada, path).found
                assert {tag: found[tag] for tag in DANGEROUS} == {tag: before[path][tag] for tag in DANGEROUS}
                assert not any(" on" in name for name in found)


def test_the_live_stream_tells_markup_as_words(place: Place, ada: Phone) -> None:
    with connected(place) as sock:
        sock.sendall(request(f"GET /{CODE}/live HTTP/1.1", host(place)))
        ada.say("</script>\n\ndata: {}\n\n<b>")
        told = b""
        while b"notes" not in told:
            told += sock.recv(65_536)
    data = next(line for line in told.decode().splitlines() if line.startswith("data: ") and "notes" in line)
    assert "</script>\n\ndata: {}\n\n<b>" in [note["text"] for note in json.loads(data[6:])["notes"]]


def test_a_flood_of_one_phone_is_mostly_refused_kindly_and_the_desk_learns_of_it(place: Place, ada: Phone) -> None:
    ada.say("first")
    ada.open()
    (contributor,) = place.session.board.by_contributor
    token, begun = ada.form["token"], time.monotonic()
    answers = [ada.send(f"note {number}", script=True, id=new_id(), token=token) for number in range(60)]
    allowed = 9 + (time.monotonic() - begun) + 1
    assert len(place.texts()) <= allowed + 1
    refused = [answer for answer in answers if answer.status_code == 429]
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in refused)
    assert len(refused) >= 60 - allowed
    assert place.server.too_fast() == {contributor}
    with phone(place) as ben:
        ben.say("Nobody holds me up")
    assert "Nobody holds me up" in place.texts()


@pytest.fixture
def guessed(tmp_path: Path) -> Iterator[Place]:
    """Where guessing is limited for each address alone: one test guesses as fast as it can."""
    with serving(tmp_path / "a.sayback", limits=Limits(all_wrong_codes=Rate(1e6, 1e6))) as place:
        yield place


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Place]:
    """Where nobody is asked to wait."""
    with serving(tmp_path / "a.sayback", limits=Limits.raised()) as place:
        yield place


@pytest.mark.slow
def test_a_thousand_guesses_find_no_code_and_soon_meet_a_wait(guessed: Place, ada: Phone) -> None:
    statuses, bodies, waits = [], set(), []
    with connected(guessed) as sock:
        for number in range(1000):
            sock.sendall(request(f"GET /ZZ{number:04d} HTTP/1.1", host(guessed)))
            answer = heard_once(sock)
            statuses.append(answer.status)
            if answer.status == 404:
                bodies.add(answer.body)
            else:
                waits.append(int(answer.headers["retry-after"]))
    assert Counter(statuses).keys() == {404, 429}
    assert Counter(statuses)[404] <= 12
    assert len(bodies) == 1
    assert max(waits) >= 10


def test_guesses_from_everywhere_together_meet_a_wait(place: Place) -> None:
    statuses: list[int] = []
    for number in range(12):
        with connected(place, f"127.0.1.{number + 1}") as sock:
            sock.sendall(request(f"GET /ZZ{number:04d} HTTP/1.1", host(place)))
            statuses.append(heard_once(sock).status)
    assert statuses[0] == 404
    assert 429 in statuses


def test_guessed_handles_lead_nowhere(place: Place, ada: Phone, ben: Phone) -> None:
    ada.say("The ramp is steep")
    ben.say("Mine")
    note = next(iter(place.session.board.notes))
    for guess in (note, "0" * 16, "1", "-1", note[:16], f"{note}.html"):
        assert ben.open(f"/{CODE}/sent/{guess}").status_code == 404
    assert "The ramp is steep" not in ben.open(f"/{CODE}/mine").text


COOKIES = ("0" * 16, "ABCDEFGH", "' OR 1=1 --", "<b>", "é", "x" * 4000, "", "null", "ZZZZZZZZZZZZZZZZ")


@pytest.mark.parametrize("value", COOKIES)
def test_a_cookie_of_one_s_own_making_is_no_cookie(place: Place, value: str) -> None:
    name = f"sb_{place.session.workshop_id}"
    for path in (f"/{CODE}", f"/{CODE}/mine?sid={'0' * 16}", "/"):
        cookie = f"Cookie: {name}={value}".encode().decode("latin-1")
        answer = asked(place, f"GET {path} HTTP/1.1", host(place), cookie)
        assert answer.status == 200
        assert "set-cookie" not in answer.headers
        assert b"You sent" not in answer.body


JSON = (b"[" * 100_000, b"9" * 6_000, b"NaN", b'"\xff"', b'{"text": 1, "text": 2}', b'"\\ud800"', b"{}", b"")


@pytest.mark.parametrize("body", JSON, ids=range(len(JSON)))
def test_json_is_not_what_our_pages_send(place: Place, ada: Phone, body: bytes) -> None:
    headers = {"origin": ada.base, "content-type": "application/json", **SCRIPT}
    answer = ada.http.post(f"{ada.base}/{CODE}/note", content=body, headers=headers)
    assert answer.status_code in {413, 415}
    assert place.texts() == []


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1", "https://127.0.0.1:{port}"])
def test_a_page_of_another_site_hears_nothing_of_the_stream(place: Place, origin: str) -> None:
    stated = f"Origin: {origin.format(port=place.server.join.port)}"
    for path in ("/live", "", "/mine", "/wall"):
        answer = asked(place, f"GET /{CODE}{path} HTTP/1.1", host(place), stated)
        assert answer.status == 403
        assert "access-control-allow-origin" not in answer.headers
    assert asked(place, "GET /hello HTTP/1.1", host(place), stated).status == 204


def test_the_same_note_fifty_times_at_once_is_one_note_with_one_answer(place: Place) -> None:
    """Under the usual limits: what is there already costs nobody anything."""
    with phone(place) as ada:
        ada.open()
        form = dict(ada.form)

    def sent(_number: int) -> tuple[int, str]:
        with phone(place) as each:
            each.form = form
            answer = each.send("The ramp is steep")
            return answer.status_code, answer.headers["location"]

    with ThreadPoolExecutor(50) as pool:
        answers = set(pool.map(sent, range(50)))
    assert place.texts() == ["The ramp is steep"]
    assert len(answers) == 1
    assert answers.pop()[0] == 303


def test_nothing_of_anybody_is_in_a_log(place: Place, ada: Phone, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    agent = "Secret-Agent\x1b[31m/1.0"
    ada.http.headers["user-agent"] = agent.replace("\x1b", "")
    ada.say("a very private sentence\r\nINFO a forged line")
    ada.open()
    assert ada.send("private \x1b[31m").status_code == 400
    ada.open("/ZZZZZZ?q=very-private")
    (cookie,) = (each.value or "none" for each in ada.http.cookies.jar if each.name.startswith("sb_"))
    asked(place, f"GET /{CODE} HTTP/1.1", host(place), f"User-Agent: {agent}", f"Cookie: x={cookie}")
    asked(place, "very private nonsense")
    asked(place, f"POST /{CODE}/note HTTP/1.1", host(place), "Content-Length: private")
    ours = [record for record in caplog.records if record.name.startswith(("sayback", "uvicorn", "asyncio"))]
    told = "\n".join(record.getMessage() + (record.exc_text or "") for record in ours)
    for secret in ("private", "forged", "Secret-Agent", cookie, "127.0.0.1", "\x1b"):
        assert secret not in told


def test_no_request_that_only_reads_changes_the_file(place: Place, ada: Phone) -> None:
    ada.say("The ramp is steep")
    file = place.session.path
    before = (file.read_bytes(), Path(f"{file}-wal").read_bytes())
    for method in ("GET", "HEAD"):
        for path in (*READING, f"/{CODE}/note", f"/{CODE}/q/2", "/", "/claim", f"/{CODE}/sent/x?text=a&question=b"):
            ada.http.request(method, ada.base + path)
    until(lambda: place.server.here() == 1)
    assert (file.read_bytes(), Path(f"{file}-wal").read_bytes()) == before


def test_a_form_with_too_many_fields_or_files_is_refused(place: Place, ada: Phone) -> None:
    ada.open()
    many = b"&".join(b"a%d=1" % number for number in range(2000))
    files = b"".join(
        b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\n\r\nc\r\n' for _ in range(500)
    ) + b"--x--\r\n"  # fmt: skip
    odd = ((FORM, many, 400), ("multipart/form-data; boundary=x", files, 415), ("multipart/form-data", b"", 415))
    for kind, body, expected in odd:
        headers = {"origin": ada.base, "content-type": kind}
        assert ada.http.post(f"{ada.base}/{CODE}/note", content=body, headers=headers).status_code == expected
