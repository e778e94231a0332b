"""Events and words as JSON between desks, and back. What comes in is believed only where every field has its form."""

import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, TypeVar

from msgspec import Meta, Struct, convert, json, structs

from core.base.ids import EventId, PictureHash, WordsHash
from core.base.pictures import LONGEST_SIDE, Picture, PictureKind
from core.domain.events import State
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
FORMS = re.compile("([0-9a-f]{32} ){5}[0-9a-f]{64}")
"""Of an event's ids and its hash, one after another."""
STATE_AT = Row._fields.index("state")
PENDING, CONFIRMED = State.PENDING.value, State.CONFIRMED.value
BEGINS = {PictureKind.JPEG: b"\xff\xd8\xff", PictureKind.PNG: b"\x89PNG\r\n\x1a\n"}
Json = Mapping[str, Any]
Sent = TypeVar("Sent")


Name = Annotated[str, Meta(max_length=SHORT)]
Text = Annotated[str, Meta(max_length=TEXT_AT_MOST)]
Count = Annotated[int, Meta(ge=1, le=LARGEST)]
Moment = Annotated[int, Meta(ge=0, le=LATEST)]
"""Milliseconds since 1970."""
Digest = Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]


class SentEvent(Struct):
    """An event on its way: what the file keeps of it (`Row`), but how it stands there is nobody else's business. The
    form of its ids is looked at once for all of them (`FORMS`)."""

    seq: Count | None
    id: str
    workshop: str
    origin: str
    origin_seq: Count
    desk: str
    actor: Name
    act: str
    kind: Name
    subject: Name
    base: Text
    was: Text | None
    body: Text
    schema: Count
    said_at: Moment
    received_at: Moment
    hash: str


class SentWords(Struct):
    """A text on its way; its salt in hexadecimal."""

    hash: Digest
    salt: Annotated[str, Meta(pattern=r"\A([0-9a-f]{2}){0,32}\Z")]
    text: Text


class SentMark(Struct):
    """How far a log goes."""

    seq: Annotated[int, Meta(ge=0, le=LARGEST)]
    hash: Annotated[str, Meta(pattern=r"\A([0-9a-f]{64})?\Z")]


Many = Meta(max_length=EVENTS_IN_A_PAGE * 8)


class SentTexts(Struct):
    """Words on their way."""

    words: Annotated[list[SentWords], Many]


class SentPage(SentTexts, kw_only=True, omit_defaults=True):
    """Events and the words they name; of a page of the home's log also whether there is more, and the home's mark at
    its end."""

    events: Annotated[list[SentEvent], Many]
    more: bool = False
    mark: SentMark | None = None


class SentAnswer(Struct):
    """What became of one pushed event."""

    id: Annotated[str, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
    seq: Count | None = None
    refused: Annotated[str, Meta(max_length=SHORT * 16)] | None = None
    already: bool = False


class SentAnswers(Struct):
    """The same of all of them."""

    answers: list[SentAnswer]


class SentHashes(Struct):
    """Names of words."""

    words: Annotated[list[Digest], Meta(max_length=EVENTS_AT_MOST)]


class SentDigests(Struct):
    """Names of pictures."""

    pictures: Annotated[list[Digest], Meta(max_length=EVENTS_AT_MOST)]


class Garbled(ValueError):
    """What came is not what a desk of ours sends."""


def written(parcel: Parcel) -> bytes:
    """Events and words for the way."""
    events = [_sent(to_row(event)) for event in parcel.events]
    return json.encode(SentPage(events=events, words=_sent_words(parcel.words)))


def page_written(rows: Iterable[Row], words: Iterable[Words], mark: Mark | None, *, more: bool) -> bytes:
    """A page of the log as it is kept, for the way."""
    at = None if mark is None else SentMark(mark.seq, mark.hash)
    return json.encode(SentPage(events=list(map(_sent, rows)), words=_sent_words(words), more=more, mark=at))


def _sent(row: Row) -> SentEvent:
    told: tuple[Any, ...] = row[:STATE_AT] + row[STATE_AT + 1 :]
    return SentEvent(*told)


def _sent_words(words: Iterable[Words]) -> list[SentWords]:
    return [SentWords(each.hash, each.salt.hex(), each.text) for each in words]


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


def digests_of(raw: bytes) -> list[PictureHash]:
    """Names of pictures. Raises Garbled."""
    return [PictureHash(each) for each in _read(_digests, raw).pictures]


def hashes_of(raw: bytes) -> list[WordsHash]:
    """Names of words. Raises Garbled."""
    return [WordsHash(each) for each in _read(_hashes, raw).words]


def words_written(words: Iterable[Words]) -> bytes:
    """Words for the way."""
    return json.encode(SentTexts(_sent_words(words)))


def answers_written(answers: Iterable[Answer]) -> bytes:
    """What became of pushed events, for the way."""
    return json.encode(SentAnswers([SentAnswer(each.id, each.seq, each.refused, each.already) for each in answers]))


def parsed(raw: bytes) -> Json:
    """A JSON object. Raises Garbled."""
    try:
        return _object(json.decode(raw))
    except (ValueError, RecursionError) as error:
        raise Garbled("no JSON") from error


def page_of(raw: bytes) -> SentPage:
    """What came, where every field has its form. Raises Garbled."""
    return _read(_pages, raw)


def words_in(raw: bytes) -> list[Words]:
    """Words that came. Raises Garbled."""
    return _words(_read(_texts, raw))


def parcel_of(page: SentPage) -> Parcel:
    """Its events and words. Raises Garbled."""
    rows = tuple(map(_row, page.events))
    return Parcel(tuple(map(to_event, rows)), tuple(_words(page)), rows)


_pages, _texts = json.Decoder(SentPage), json.Decoder(SentTexts)
_answers, _hashes, _digests = json.Decoder(SentAnswers), json.Decoder(SentHashes), json.Decoder(SentDigests)


def _read(decoder: json.Decoder[Sent], raw: bytes) -> Sent:
    try:
        return decoder.decode(raw)
    except (ValueError, RecursionError) as error:
        raise Garbled("another form") from error


def _words(sent: SentTexts) -> list[Words]:
    return [Words(WordsHash(each.hash), bytes.fromhex(each.salt), each.text) for each in sent.words]


def answers_of(raw: bytes) -> list[Answer]:
    """What the home answered. Raises Garbled."""
    return [
        Answer(EventId(each.id), each.seq, each.refused, each.already) for each in _read(_answers, raw).answers
    ]


def mark_of(told: Json) -> Mark:
    """How far the home has come. Raises Garbled."""
    try:
        return _mark(convert(told, SentMark))
    except ValueError as error:
        raise Garbled("another form") from error


def mark_at_its_end(page: SentPage) -> Mark | None:
    """The home's mark at the end of a page, where it tells it."""
    return None if page.mark is None else _mark(page.mark)


def _mark(sent: SentMark) -> Mark:
    return Mark(sent.seq, sent.hash)


def _row(sent: SentEvent) -> Row:
    state = PENDING if sent.seq is None else CONFIRMED
    told: tuple[Any, ...] = structs.astuple(sent)
    row = Row._make((*told[:STATE_AT], state, *told[STATE_AT:]))
    if FORMS.fullmatch(" ".join((row.id, row.workshop, row.origin, row.desk, row.act, row.hash))) is None:
        raise Garbled("event")
    return row


def _object(value: object) -> Json:
    if not isinstance(value, dict):
        raise Garbled("no object")
    return value


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
