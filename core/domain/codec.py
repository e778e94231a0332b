"""Events as JSON and back, and the canonical bytes that the chain is made of. Reading never fails: it keeps what it
cannot read as Unknown."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from core.base.clock import to_milliseconds
from core.base.ids import OriginId
from core.domain.events import Base, Box, Event, EventBody, Reason, Spot, Standing, Unknown, Visibility

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

KINDS: dict[str, type[EventBody]] = {
    body.KIND: body for body in get_args(EventBody) if body is not Unknown
}
SCHEMA = 1
"""The newest version of the kinds above; an event of a later one is kept as Unknown."""


def kind_of(body: EventBody) -> str:
    """The kind as the log names it."""
    return body.kind if isinstance(body, Unknown) else body.KIND


def write_body(body: EventBody) -> tuple[str, str | None]:
    """The columns `body` and `was`: two JSON texts, the second None where the kind has none. What has its default
    is left out, so that a kind that later gains a field still gives the same bytes (and hash) for older events."""
    if isinstance(body, Unknown):
        return body.body, body.was
    values = {each.name: getattr(body, each.name) for each in fields(body)}
    values = {name: value for name, value in values.items() if value != _defaults(type(body)).get(name, MISSING)}
    was = dump(values.pop("was")) if "was" in values else None
    return dump(values), was


def read_body(kind: str, schema: int, body: str, was: str | None) -> EventBody:
    """The body, or Unknown where kind, version or a value in it is not known here."""
    known = KINDS.get(kind)
    if known is None or schema > SCHEMA:
        return Unknown(kind, body, was)
    try:
        values = json.loads(body)
        if was is not None:
            values["was"] = json.loads(was)
        readers = _readers(known)
        make: Callable[..., EventBody] = known
        return make(**{name: readers[name](value) for name, value in values.items()})
    except (ValueError, TypeError, KeyError, AttributeError):
        return Unknown(kind, body, was)


def write_base(base: Base) -> str:
    """{"seq": highest number seen, "earlier": [those of earlier epochs], "origins": {origin: origin_seq}} as JSON."""
    values: dict[str, Json] = {"seq": base.seq}
    if base.earlier:
        values["earlier"] = list(base.earlier)
    if base.origins:
        values["origins"] = dict(base.origins)
    return dump(values)


def read_base(text: str) -> Base:
    """The base; an empty one (its author saw nothing) where it cannot be read."""
    try:
        values = json.loads(text)
        origins = tuple((OriginId(name), int(seen)) for name, seen in values.get("origins", {}).items())
        return Base(int(values["seq"]), tuple(map(int, values.get("earlier", ()))), origins)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Base()


def dump(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value gives the same bytes everywhere."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def chain_hash(previous: str, event: Event) -> str:
    """SHA-256(hash of this origin's event before + canonical bytes), as 64 hexadecimal digits. The bytes hold all
    of the event but seq, state, received_at and the words themselves."""
    body, was = write_body(event.body)
    canonical = dump(
        [
            event.workshop, event.origin, event.origin_seq, event.id, event.desk, event.actor, event.act,
            kind_of(event.body), event.subject, write_base(event.base), was, body, event.schema,
            to_milliseconds(event.said_at),
        ]
    )  # fmt: skip
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()


@cache
def _defaults(body: type[EventBody]) -> dict[str, object]:
    return {each.name: each.default for each in fields(body)}


@cache
def _readers(body: type[EventBody]) -> dict[str, Callable[[object], object]]:
    hints = get_type_hints(body)
    return {each.name: _reader(hints[each.name]) for each in fields(body)}


def _reader(hint: object) -> Callable[[object], object]:
    """What turns a JSON value into a value of this type; raises TypeError or ValueError where it does not fit."""
    if get_origin(hint) in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return hint
    if hint is Spot:
        return lambda value: Spot(*_strings(value, 2))  # type: ignore[arg-type]
    if hint is Standing:
        return _standing
    if hint is Box:
        return lambda value: Box(*_numbers(value, 4))
    if get_origin(hint) is tuple:
        return lambda value: tuple((str(note), str(key)) for note, key in value)  # type: ignore[attr-defined]
    plain = getattr(hint, "__supertype__", hint)
    return lambda value: _plain(value, plain)


def _standing(value: object) -> Standing:
    visibility, reason = _strings(value, 2)
    return Standing(Visibility(str(visibility)), None if reason is None else Reason(reason))


def _plain(value: object, kind: object) -> object:
    if not isinstance(kind, type) or not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r} is no {kind}")
    return value


def _strings(value: object, count: int) -> list[str | None]:
    if not isinstance(value, list) or len(value) != count or not all(v is None or isinstance(v, str) for v in value):
        raise TypeError(f"{value!r} is no list of {count} texts")
    return value


def _numbers(value: object, count: int) -> list[float]:
    if not isinstance(value, list) or len(value) != count or not all(type(v) in (int, float) for v in value):
        raise TypeError(f"{value!r} is no list of {count} numbers")
    return value
