"""Events and words as JSON between desks, and back. What comes in is believed only where every field has its form."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from core.base.clock import from_milliseconds, to_milliseconds
from core.base.ids import ActId, DeskId, EventId, OriginId, PictureHash, WordsHash, WorkshopId, is_id
from core.base.pictures import LONGEST_SIDE, Picture, PictureKind
from core.domain import codec
from core.domain.events import Event, State
from core.domain.words import Words
from core.session import Answer, Mark, Parcel

PROTOCOL = 1
"""What two desks must have in common."""
EVENTS_AT_MOST = 1_000
TEXT_AT_MOST = 1_000_000
SHORT = 64
LARGEST = 2**63 - 1
LATEST = 253_402_300_799_000
"""The last second of the year 9999, in milliseconds."""
SHA256_SIGNS = 64
HEX = frozenset("0123456789abcdef")
IDS = ("id", "workshop", "origin", "desk", "act")
BEGINS = {PictureKind.JPEG: b"\xff\xd8\xff", PictureKind.PNG: b"\x89PNG\r\n\x1a\n"}
Json = Mapping[str, Any]


class Garbled(ValueError):
    """What came is not what a desk of ours sends."""


def event_told(event: Event) -> Json:
    """An event for the way."""
    body, was = codec.write_body(event.body)
    return {
        "seq": event.seq, "id": event.id, "workshop": event.workshop, "origin": event.origin,
        "origin_seq": event.origin_seq, "desk": event.desk, "actor": event.actor, "act": event.act,
        "kind": codec.kind_of(event.body), "subject": event.subject, "base": codec.write_base(event.base),
        "was": was, "body": body, "schema": event.schema, "said_at": to_milliseconds(event.said_at),
        "received_at": to_milliseconds(event.received_at), "hash": event.hash,
    }  # fmt: skip


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
    return Parcel(tuple(_event(_object(each)) for each in _list(told.get("events"))), tuple(words_of(told)))


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


def _event(told: Json) -> Event:
    ids = {name: _id(told, name) for name in IDS}
    seq, was, digest = told.get("seq"), told.get("was"), told.get("hash")
    schema, kind = number_of(told.get("schema"), 1, 1_000_000), text_of(told.get("kind"), SHORT)
    if not _is_digest(digest):
        raise Garbled("hash")
    body = codec.read_body(
        kind, schema, text_of(told.get("body"), TEXT_AT_MOST), None if was is None else text_of(was, TEXT_AT_MOST)
    )
    return Event(
        id=EventId(ids["id"]), workshop=WorkshopId(ids["workshop"]), origin=OriginId(ids["origin"]),
        origin_seq=number_of(told.get("origin_seq"), 1), desk=DeskId(ids["desk"]), act=ActId(ids["act"]),
        actor=text_of(told.get("actor"), SHORT), subject=text_of(told.get("subject"), SHORT), body=body,
        base=codec.read_base(text_of(told.get("base"), TEXT_AT_MOST)), schema=schema, hash=str(digest),
        said_at=from_milliseconds(number_of(told.get("said_at"), 0, LATEST)),
        received_at=from_milliseconds(number_of(told.get("received_at"), 0, LATEST)),
        seq=None if seq is None else number_of(seq, 1), state=State.PENDING if seq is None else State.CONFIRMED,
    )  # fmt: skip


def _words(told: Json) -> Words:
    digest, salt = told.get("hash"), told.get("salt")
    if not _is_digest(digest) or not isinstance(salt, str) or len(salt) > SHORT or not HEX.issuperset(salt):
        raise Garbled("words")
    try:
        return Words(WordsHash(str(digest)), bytes.fromhex(salt), text_of(told.get("text"), TEXT_AT_MOST))
    except ValueError as error:
        raise Garbled("salt") from error


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise Garbled("no object")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list) or len(value) > EVENTS_AT_MOST * 8:
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
