"""Reading what a phone sends: caps, encodings and refusals in one place."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from starlette.requests import Request

from core.base.ids import NoteId, is_id
from core.domain.events import NOBODY
from core.domain.terms import Mode, NoteKind
from core.web.guard import header
from core.web.problem import Problem, odd, too_big

FIELDS_AT_MOST = 20
FORM_TYPE = "application/x-www-form-urlencoded"
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

KINDS = frozenset(kind.value for kind in NoteKind)
MODES = {"home": Mode.REMOTE, "scribe": Mode.SCRIBE}
"""How somebody came, by what their link says (`?m=home`); every other came in the room."""

Fields = dict[str, str]


@dataclass(frozen=True, slots=True)
class Form:
    """What could be read of a form, and what was wrong with it."""

    fields: Fields
    fault: Problem | None = None

    def __getitem__(self, name: str) -> str:
        """A field; empty where it was not sent."""
        return self.fields.get(name, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteForm:
    """What the page of a question sends. A value of the wrong form counts as not sent. `start` are the bits that the
    secret of a newcomer grows from, `mode` how they came in by the link they used."""

    text: str = ""
    question: str = ""
    note_id: NoteId | None = None
    start: str = ""
    token: str = ""
    kind: NoteKind | None = None
    mode: str = ""
    is_nobodys: bool = False
    late: bool = False
    as_two: bool = False
    is_sure: bool = False

    @classmethod
    def of(cls, form: Form) -> "NoteForm":
        """The fields of a note."""
        note_id, start = form["id"], form["start"]
        return cls(
            text=form["text"],
            question=form["question"],
            note_id=NoteId(note_id) if is_id(note_id) else None,
            start=start if is_id(start) else "",
            token=form["token"],
            kind=NoteKind(form["kind"]) if form["kind"] in KINDS else None,
            mode=form["m"] if form["m"] in MODES else "",
            is_nobodys=form["as"] == NOBODY,
            late=form["late"] == "1",
            as_two=form["two"] == "1",
            is_sure=form["sure"] == "1",
        )


async def read_form(request: Request, wanted: Collection[str], needed: Collection[str], cap: int) -> Form:
    """The wanted fields of a form; others are left where they are. Raises a Problem only where nothing was read."""
    body = await _read_body(request, cap)
    fields, whole = _parse(body)
    found = {name: value for name, value in fields.items() if name in wanted}
    if header(request.scope["headers"], b"content-type").partition(";")[0].strip().lower() != FORM_TYPE:
        return Form(found, odd(415, fields.get("text", "")))
    if not whole or not fields.keys() >= set(needed):
        return Form(found, odd(400, fields.get("text", "")))
    return Form(found)


async def _read_body(request: Request, cap: int) -> bytes:
    if int(header(request.scope["headers"], b"content-length") or "0") > cap:    # the parser lets only digits through
        raise too_big()
    body, is_whole = b"", False
    while not is_whole:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise odd()
        body += message["body"]
        if len(body) > cap:
            raise too_big()
        is_whole = not message["more_body"]
    return body


def _parse(body: bytes) -> tuple[Fields, bool]:
    """The first fields of a form, and whether it was one a browser would send. Nothing readable is dropped."""
    pairs = body.split(b"&", FIELDS_AT_MOST)
    fields: Fields = {}
    whole = len(pairs) <= FIELDS_AT_MOST
    for pair in pairs[:FIELDS_AT_MOST]:
        name, _, raw = pair.partition(b"=")
        key = name.decode("ascii", "replace")
        text, clean = _read(unquote_to_bytes(raw.replace(b"+", b" ")))
        whole = whole and clean and key not in fields
        fields.setdefault(key, text)
    return fields, whole


def _read(value: bytes) -> tuple[str, bool]:
    """What can be read of a field, and whether that was all of it."""
    text = value.decode("utf-8", "replace")
    if text.encode() == value and not CONTROLS.search(text):
        return text, True
    return CONTROLS.sub("", text), False
