"""Events as JSON and back. Reading never fails: what it cannot read it keeps as Unknown."""

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from typing import Any, get_args

from msgspec import MsgspecError, Struct, convert, structs
from msgspec.json import Decoder, encode

from core.base.ids import OriginId
from core.domain.bodies import EventBody, NoteMoved, Unknown
from core.domain.events import Base
from core.domain.keys import is_key
from core.domain.terms import Spot

KINDS: dict[str, type[EventBody]] = {body.KIND: body for body in get_args(EventBody) if body is not Unknown}
UNREADABLE = (MsgspecError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
"""What reading raises where the text is no JSON, nests without end, or holds other values than expected."""
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
    values = said_of(body)
    was = dump(values.pop("was")) if "was" in values else None
    return dump(values), was


def said_of(value: object) -> dict[str, object]:
    """The fields of a frozen value that do not have their default."""
    if not isinstance(value, Struct):
        raise TypeError(f"{value!r} has no form in the log")
    return {name: said for name, usual in _usual(type(value)) if (said := getattr(value, name)) != usual}


@cache
def _usual(kind: type[Struct]) -> tuple[tuple[str, object], ...]:
    """The fields of a frozen value, each with its default; NODEFAULT equals nothing."""
    return tuple((each.name, each.default) for each in structs.fields(kind))


def read_body(kind: str, schema: int, body: str, was: str | None) -> EventBody:
    """The body, or Unknown where kind, version or a value in it is not known here."""
    read = _read.get(kind)
    if read is None or schema > SCHEMA:
        return Unknown(kind, body, was)
    try:
        found: EventBody = read(body) if was is None else convert(_with_was(body, was), KINDS[kind])
    except UNREADABLE:
        return Unknown(kind, body, was)
    if isinstance(found, NoteMoved) and not (_is_place(found.to) and _is_place(found.was)):
        return Unknown(kind, body, was)
    return found


def _with_was(body: str, was: str) -> dict[str, object]:
    values: dict[str, object] = _json(body)
    values["was"] = _json(was)
    return values


def _is_place(spot: Spot) -> bool:
    """Whether a note can lie there: a theme and a key in it, or neither."""
    theme, key = spot
    return key is None if theme is None else key is not None and is_key(key)


def write_base(base: Base) -> str:
    """{"seq": highest number seen, "earlier": [those of earlier epochs], "origins": {origin: origin_seq}} as JSON."""
    earlier = f'"earlier":[{",".join(map(str, base.earlier))}],' if base.earlier else ""
    origins = f'"origins":{dump(dict(base.origins))},' if base.origins else ""
    return f'{{{earlier}{origins}"seq":{base.seq}}}'


@lru_cache(maxsize=256)
def read_base(text: str) -> Base:
    """The base; an empty one (its author saw nothing) where it cannot be read. Nearly all are {"seq":N}, and many in a
    row the same."""
    plain = text[7:-1]
    if text == f'{{"seq":{plain}}}' and plain.isascii() and plain.isdigit() and len(plain) < 20:
        return Base(int(plain))
    try:
        values = json.loads(text)
        origins = tuple((OriginId(name), int(seen)) for name, seen in values.get("origins", {}).items())
        return Base(int(values["seq"]), tuple(map(int, values.get("earlier", ()))), origins)
    except UNREADABLE:
        return Base()


_encode: Callable[[object, int], tuple[str, ...]] = vars(json.encoder)["c_make_encoder"](
    None, said_of, json.encoder.encode_basestring, None, ":", ",", True, False, True
)
"""What `json.dumps` with `default=said_of, ensure_ascii=False, sort_keys=True` and no spaces makes anew for each value,
which takes longer than writing one of ours."""


def dump(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value gives the same bytes everywhere."""
    return "".join(_encode(value, 0))


def canonical(values: Sequence[str | int | None]) -> bytes:
    """The bytes that are hashed: the same as of `dump`, five times as fast where there are only texts, whole numbers
    and nothing."""
    return encode(values)


_json: Callable[[str], Any] = Decoder().decode
_read: dict[str, Callable[[str], Any]] = {kind: Decoder(body).decode for kind, body in KINDS.items()}
