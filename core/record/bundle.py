"""workshop.json: the whole log as lists of events, words and pictures, beside a board that people can read; and back.

Of a file that comes in only known fields are read, within limits, and every hash is made anew (A40, A41). The readable
board in it is for people: it is never believed.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import ValidationError, convert, structs

from core.base.errors import NewerWorkshop, NotAWorkshop
from core.base.ids import WordsHash, is_id
from core.base.language import _
from core.base.pictures import Picture
from core.domain.events import Event, State
from core.domain.words import Words
from core.record.carried import as_text, from_text
from core.record.model import Card, Record
from core.store.rows import Row, chain_hash, to_event

FORMAT = "sayback workshop"
VERSION = 1
SIZE_LIMIT = 256_000_000    # bytes
COUNT_LIMIT = 1_000_000    # events, and words
DEPTH_LIMIT = 8
LARGEST = 2**63 - 1
LATEST = 253_402_300_799_000    # the last second of the year 9999, in milliseconds
TEXT_LIMIT = 100_000
STATES = frozenset(state.value for state in State)
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


@dataclass(frozen=True, slots=True)
class Bundle:
    """A log that was read from a file, each hash of it verified: events in their order, words, and pictures."""

    events: tuple[Event, ...]
    words: tuple[Words, ...]
    pictures: tuple[Picture, ...] = ()


def bundle_json(
    record: Record, rows: Sequence[Row], words: Sequence[Words], pictures: Iterable[Picture] = ()
) -> bytes:
    """Everything, as JSON in UTF-8, an event, a text or a picture on each line. The same log gives the same bytes."""
    about = _("This is the whole workshop. Keep it with the team: it also holds notes that were not shown.")
    parts = {
        "format": _dumped(FORMAT),
        "version": _dumped(VERSION),
        "about": _dumped(about),
        "board": json.dumps(readable(record), ensure_ascii=False, indent=1),
        "events": _listed([row._asdict() for row in rows]),
        "words": _listed([{"hash": each.hash, "salt": each.salt.hex(), "text": each.text} for each in words]),
        "pictures": _listed([as_text(each) for each in pictures]),
    }
    return ("{" + ",".join(f'\n"{name}": {value}' for name, value in parts.items()) + "\n}\n").encode()


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _listed(values: Sequence[object]) -> str:
    return "[" + ",".join("\n" + _dumped(value) for value in values) + "\n]"


def readable(record: Record) -> Mapping[str, object]:
    """The board for people who open the file in an editor."""
    return {
        "title": record.cover.title,
        "purpose": record.cover.purpose,
        "promise": record.cover.promise,
        "notes": structs.asdict(record.balance) | {"received": record.balance.received},
        "questions": [
            {
                "question": question.words,
                "themes": [{"theme": theme.name, "notes": _texts(theme.cards)} for theme in question.themes],
                "notes that stand alone": _texts(question.alone),
            }
            for question in record.questions
        ],
    }


def read_bundle(path: Path) -> Bundle:
    """The log in a workshop.json. Raises NotAWorkshop or NewerWorkshop; nothing is ever changed."""
    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise not_ours(_("it is too large"))
        raw = path.read_bytes()
    except OSError as error:
        why = _("The file cannot be read: {why}").format(why=error.strerror)
        raise NotAWorkshop(why, _("Check its name, and the folder it is in.")) from error
    return parse(raw)


def parse(raw: bytes) -> Bundle:
    """The log in these bytes. Raises NotAWorkshop or NewerWorkshop."""
    content = _object(_loaded(raw))
    if content.get("format") != FORMAT:
        raise not_ours(_("it does not say that it is one"))
    if content.get("version") != VERSION:
        raise NewerWorkshop(
            _("A newer Sayback wrote this file."), _("Open it with the newest Sayback, or ask for the .sayback file.")
        )
    rows = [_row(each) for each in _list(content.get("events"))]
    words = [_words(each) for each in _list(content.get("words"))]
    pictures = [_picture(each) for each in _list(content.get("pictures", []))]
    return replace(checked(rows, words), pictures=tuple(pictures))


def checked(rows: Sequence[Row], words: Sequence[Words]) -> Bundle:
    """The log in these rows, every hash made anew. Raises NotAWorkshop."""
    _require_chains(rows)
    _require_words(words)
    kept = [to_event(row) for row in rows if row.state != State.REFUSED.value]
    return Bundle(tuple(kept), tuple(words))


def not_ours(why: str) -> NotAWorkshop:
    """The answer to a file that is not taken."""
    return NotAWorkshop(
        _("This is no workshop.json that can be used: {why}.").format(why=why),
        _("Take the workshop.json that Sayback wrote, as it was written."),
    )


def _loaded(raw: bytes) -> Json:
    try:
        text = raw.decode("utf-8-sig")
        _require_shallow(text)
        found: Json = json.loads(text, parse_constant=_no_constant)
        return found
    except (ValueError, RecursionError) as error:
        raise not_ours(_("it is no JSON")) from error


def _require_shallow(text: str) -> None:
    """Deep nesting is refused before anything is built from it."""
    depth = 0
    for bracket in re.finditer(r'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', text):
        sign = bracket[0][0]
        if sign in "[{":
            depth += 1
            if depth > DEPTH_LIMIT:
                raise not_ours(_("it is nested too deep"))
        elif sign in "]}":
            depth -= 1


def _no_constant(name: str) -> Json:
    raise ValueError(f"{name} is no number")


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise not_ours(_("its parts are not where they belong"))
    return value


def _list(value: Json) -> list[Json]:
    if not isinstance(value, list) or len(value) > COUNT_LIMIT:
        raise not_ours(_("its parts are not where they belong"))
    return value


def _row(value: Json) -> Row:
    """An event: known fields, each of its kind; anything else in it is left out."""
    found = _object(value)
    try:
        row = convert([found.get(name) for name in Row._fields], Row)
    except ValidationError as error:
        raise not_ours(_("an event in it is not whole")) from error
    ids = (row.id, row.workshop, row.origin, row.desk, row.act)
    in_time = all(0 <= when <= LATEST for when in (row.said_at, row.received_at))
    is_ours = all(map(is_id, ids)) and row.state in STATES and row.origin_seq >= 1 and in_time
    if not is_ours or not all(map(_is_small, row)):
        raise not_ours(_("an event in it is not whole"))
    return row


def _is_small(value: object) -> bool:
    return len(value) <= TEXT_LIMIT if isinstance(value, str) else not isinstance(value, int) or abs(value) <= LARGEST


def _words(value: Json) -> Words:
    found = _object(value)
    digest, salt, text = found.get("hash"), found.get("salt"), found.get("text")
    if not isinstance(digest, str) or not isinstance(salt, str) or not isinstance(text, str) or len(text) > TEXT_LIMIT:
        raise not_ours(_("words in it are not whole"))
    try:
        return Words(WordsHash(digest), bytes.fromhex(salt), text)
    except ValueError as error:
        raise not_ours(_("words in it are not whole")) from error


def _picture(value: Json) -> Picture:
    try:
        return from_text(_object(value))
    except ValueError as error:
        raise not_ours(_("a picture in it is not whole")) from error


def _require_chains(rows: Sequence[Row]) -> None:
    """Every event follows, by its hash, from the one before of its origin; no event and no number is there twice."""
    hashes = {(row.origin, row.origin_seq): row.hash for row in rows}
    numbers = [row.seq for row in rows if row.seq is not None]
    if len(hashes) < len(rows) or len(set(numbers)) < len(numbers) or len({row.id for row in rows}) < len(rows):
        raise not_ours(_("something in it is there twice"))
    if len({row.workshop for row in rows}) != 1:
        raise not_ours(_("it holds more than one workshop, or none"))
    for row in rows:
        before = "" if row.origin_seq == 1 else hashes.get((row.origin, row.origin_seq - 1))
        if before is None or chain_hash(before, row) != row.hash:
            raise not_ours(_("something in it was changed"))


def _require_words(words: Sequence[Words]) -> None:
    """Every text is the one its hash was made from, and such as people can have sent."""
    if not all(each.are_true and not CONTROLS.search(each.text) for each in words):
        raise not_ours(_("words in it were changed"))


def _texts(cards: Sequence[Card]) -> list[str]:
    return [card.text for card in cards]
