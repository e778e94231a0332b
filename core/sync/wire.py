"""Events and words as JSON between desks, and back. What comes in is believed only where every field has its form."""

import json
import re
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from core.base.ids import EventId, PictureHash, WordsHash, is_id
from core.base.pictures import LONGEST_SIDE, Picture, PictureKind
from core.domain.events import Event, State
from core.domain.words import Words
from core.session import Answer, Mark, Parcel, Row, to_event, to_row

PROTOCOL = 1
"""What two desks must have in common."""
EVENTS_AT_MOST = 1_000
"""In what is pushed, or asked about."""
EVENTS_IN_A_PAGE = 4_000
"""In what is pulled by a desk that says that it takes so many."""
TEXT_AT_MOST = 1_000_000
SHORT = 64
LARGEST = 2**63 - 1
LATEST = 253_402_300_799_000
"""The last second of the year 9999, in milliseconds."""
SHA256_SIGNS = 64
HEX = frozenset("0123456789abcdef")
FORMS = re.compile("([0-9a-f]{32} ){5}[0-9a-f]{64}")
"""Of an event's ids and its hash, one after another."""
WORDS_FORM = re.compile("[0-9a-f]{64} ([0-9a-f]{2}){0,32}")
"""Of a text's hash and its salt."""
SENT = itemgetter(*(name for name in Row._fields if name != "state"))
BEGINS = {PictureKind.JPEG: b"\xff\xd8\xff", PictureKind.PNG: b"\x89PNG\r\n\x1a\n"}
Json = Mapping[str, Any]


class Garbled(ValueError):
    """What came is not what a desk of ours sends."""


def event_told(event: Event) -> Json:
    """An event for the way."""
    return row_told(to_row(event))


def row_told(row: Row) -> Json:
    """An event as the file keeps it, for the way: how it stands here is nobody else's business."""
    return {name: value for name, value in zip(Row._fields, row, strict=True) if name != "state"}


def rows_told(rows: Iterable[Row], words: Iterable[Words]) -> Json:
    """Events as the file keeps them, and words, for the way."""
    return {"events": [row_told(row) for row in rows], "words": words_told(words)}


def parcel_told(parcel: Parcel) -> Json:
    """Events and words for the way."""
    return {"events": [event_told(event) for event in parcel.events], "words": words_told(parcel.words)}


def picture_of(digest: str, kind: str, size: Mapping[str, str], data: bytes) -> Picture:
    """A picture that came. Raises Garbled where it is not what its name says."""
    try:
        width, height = int(size["width"]), int(size["height"])
        picture = Picture(data, PictureKind(kind), width, height)
    except (ValueError, KeyError) as error:
        raise Garbled("picture") from error
    is_ours = 0 < max(width, height) <= LONGEST_SIDE and data.startswith(BEGINS[picture.kind])
    if picture.hash != digest or not is_ours:
        raise Garbled("picture")
    return picture


def digests_of(told: Json) -> list[PictureHash]:
    """Names of pictures. Raises Garbled."""
    found = _list(told.get("pictures"))
    if len(found) > EVENTS_AT_MOST or not all(map(_is_digest, found)):
        raise Garbled("pictures")
    return [PictureHash(each) for each in found]


def hashes_of(told: Json) -> list[WordsHash]:
    """Names of words. Raises Garbled."""
    found = _list(told.get("words"))
    if len(found) > EVENTS_AT_MOST or not all(map(_is_digest, found)):
        raise Garbled("words")
    return [WordsHash(each) for each in found]


def words_told(words: Iterable[Words]) -> list[Json]:
    """Words for the way."""
    return [{"hash": each.hash, "salt": each.salt.hex(), "text": each.text} for each in words]


def words_of(told: Json) -> list[Words]:
    """Words that came. Raises Garbled."""
    return [_words(_object(each)) for each in _list(told.get("words"))]


def answer_told(answer: Answer) -> Json:
    """What became of one pushed event."""
    return {"id": answer.id, "seq": answer.seq, "refused": answer.refused, "already": answer.already}


def parsed(raw: bytes) -> Json:
    """A JSON object. Raises Garbled."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Garbled("no JSON") from error
    return _object(found)


def parcel_of(told: Json) -> Parcel:
    """Events and words that came. Raises Garbled."""
    rows = tuple(_row(_object(each)) for each in _list(told.get("events")))
    return Parcel(tuple(map(to_event, rows)), tuple(words_of(told)), rows)


def answer_of(told: Json) -> Answer:
    """What the home answered. Raises Garbled."""
    told = _object(told)
    refused = told.get("refused")
    seq = told.get("seq")
    return Answer(
        EventId(_id(told, "id")), None if seq is None else number_of(seq, 1),
        None if refused is None else text_of(refused, SHORT * 16), bool(told.get("already")),
    )  # fmt: skip


def mark_of(told: Json) -> Mark:
    """How far the home has come. Raises Garbled."""
    digest = told.get("hash")
    if digest != "" and not _is_digest(digest):
        raise Garbled("hash")
    return Mark(number_of(told.get("seq"), 0), str(digest))


def _row(told: Json) -> Row:
    try:
        seq, *others = SENT(told)
        row = Row(seq, (State.PENDING if seq is None else State.CONFIRMED).value, *others)
        forms = FORMS.fullmatch(" ".join((row.id, row.workshop, row.origin, row.desk, row.act, row.hash)))
        names, texts = (row.kind, row.actor, row.subject), (row.base, row.body, "" if row.was is None else row.was)
        text_of("".join((*names, *texts)), 3 * TEXT_AT_MOST)
    except (TypeError, KeyError) as error:    # a field too few, or none of its kind
        raise Garbled("event") from error
    if forms is None or max(map(len, names)) > SHORT or max(map(len, texts)) > TEXT_AT_MOST:
        raise Garbled("event")
    for value in (row.origin_seq, row.schema, 1 if seq is None else seq):
        number_of(value, 1)
    for moment in (row.said_at, row.received_at):
        number_of(moment, 0, LATEST)
    return row


def _words(told: Json) -> Words:
    try:
        digest, salt = told["hash"], told["salt"]
        if WORDS_FORM.fullmatch(f"{digest:s} {salt:s}") is None:
            raise Garbled("words")
        return Words(WordsHash(digest), bytes.fromhex(salt), text_of(told.get("text"), TEXT_AT_MOST))
    except (KeyError, TypeError, ValueError) as error:    # a field too few, or none of its kind
        raise Garbled("words") from error


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise Garbled("no object")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > EVENTS_IN_A_PAGE * 8:
        raise Garbled("no list, or a long one")
    return value


def _id(told: Json, name: str) -> str:
    value = told.get(name)
    if not is_id(value):
        raise Garbled(name)
    return str(value)


def text_of(value: object, most: int) -> str:
    """A text of at most so many signs. Raises Garbled."""
    if not isinstance(value, str) or len(value) > most:
        raise Garbled("text")
    try:
        value.encode()
    except UnicodeEncodeError as error:    # half a character: no file could keep it
        raise Garbled("text") from error
    return value


def number_of(value: object, least: int, most: int = LARGEST) -> int:
    """A whole number. Raises Garbled."""
    if type(value) is not int or not least <= value <= most:
        raise Garbled("number")
    return value


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and len(value) == SHA256_SIGNS and HEX.issuperset(value)
