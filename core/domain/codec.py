"""Events as JSON and back. Reading never fails: what it cannot read it keeps as Unknown."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache, lru_cache
from math import isfinite
from types import UnionType
from typing import Union, get_args, get_origin, get_type_hints

from core.base.ids import OriginId, ThemeId
from core.domain.bodies import EventBody, Unknown
from core.domain.events import Base
from core.domain.keys import is_key
from core.domain.terms import NOWHERE, Box, Reason, Spot, Standing, Visibility

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

KINDS: dict[str, type[EventBody]] = {body.KIND: body for body in get_args(EventBody) if body is not Unknown}
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError)
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
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(f"{value!r} has no form in the log")
    return {name: said for name, usual in _usual(type(value)) if (said := getattr(value, name)) != usual}


@cache
def _usual(kind: type) -> tuple[tuple[str, object], ...]:
    """The fields of a frozen value, each with its default."""
    return tuple((each.name, each.default) for each in fields(kind))


def read_body(kind: str, schema: int, body: str, was: str | None) -> EventBody:
    """The body, or Unknown where kind, version or a value in it is not known here."""
    known = KINDS.get(kind)
    if known is None or schema > SCHEMA:
        return Unknown(kind, body, was)
    try:
        values: dict[str, object] = dict(_parsed(body))  # type: ignore[call-overload]
        if was is not None:
            values["was"] = _parsed(was)
        make: Callable[..., EventBody] = known
        readers = _READERS[kind]
        return make(**{name: readers[name](value) for name, value in values.items()})
    except UNREADABLE:
        return Unknown(kind, body, was)


def _parsed(text: str) -> object:
    """The JSON value, by the scanner behind `json.loads`, which is twice as fast without its checks for what our own
    columns do not hold. Raises ValueError."""
    try:
        value, end = _scan(text, 0)
    except StopIteration:
        raise ValueError(f"{text!r} holds no value") from None
    if end != len(text):
        raise ValueError(f"{text!r} goes on after its value")
    return value


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


_scan: Callable[[str, int], tuple[object, int]] = vars(json.JSONDecoder())["scan_once"]
_encode: Callable[[object, int], tuple[str, ...]] = vars(json.encoder)["c_make_encoder"](
    None, said_of, json.encoder.encode_basestring, None, ":", ",", True, False, True
)
"""What `json.dumps` with `default=said_of, ensure_ascii=False, sort_keys=True` and no spaces makes anew for each value,
which takes longer than writing one of ours."""


def dump(value: object) -> str:
    """JSON with sorted keys and no spaces: the same value gives the same bytes everywhere."""
    return "".join(_encode(value, 0))


def _reader(hint: object) -> Callable[[object], object]:
    """What turns a JSON value into a value of this type; raises TypeError or ValueError where it does not fit."""
    if get_origin(hint) in (Union, UnionType):
        inner = next(part for part in get_args(hint) if part is not type(None))
        read = _reader(inner)
        return lambda value: None if value is None else read(value)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        known: dict[object, StrEnum] = {each.value: each for each in hint}
        return known.__getitem__
    if hint is Spot:
        return _spot
    if hint is Standing:
        return _standing
    if hint is Box:
        return lambda value: Box(*_numbers(value, 4))
    if get_origin(hint) is tuple:
        return _tuple_reader(get_args(hint)[0])
    if isinstance(hint, type) and is_dataclass(hint):
        return value_reader(hint)
    plain = getattr(hint, "__supertype__", hint)
    return _text if plain is str else lambda value: _plain(value, plain)


def _tuple_reader(each: object) -> Callable[[object], object]:
    """Many of a kind; pairs of texts are notes with their keys."""
    if get_args(each) == (str, str):
        return lambda value: tuple((str(note), _key(key)) for note, key in value)  # type: ignore[attr-defined]
    if get_origin(each) is tuple:
        parts = [_reader(part) for part in get_args(each)]
        return lambda value: tuple(_parts(item, parts) for item in _list(value))
    read = _reader(each)
    return lambda value: tuple(read(item) for item in _list(value))


def _parts(value: object, readers: list[Callable[[object], object]]) -> tuple[object, ...]:
    return tuple(read(part) for read, part in zip(readers, _list(value), strict=True))


def value_reader(kind: Callable[..., object]) -> Callable[[object], object]:
    """Reads a frozen value of this kind from an object that leaves defaults out; raises UNREADABLE."""
    readers = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}

    def read(value: object) -> object:
        if not isinstance(value, dict):
            raise TypeError(f"{value!r} is no object")
        return kind(**{name: readers[name](item) for name, item in value.items()})

    return read


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    return value


def _spot(value: object) -> Spot:
    theme, key = _pair(value)
    return NOWHERE if theme is None and key is None else Spot(ThemeId(str(theme)), _key(key))


def _key(value: object) -> str:
    if not isinstance(value, str) or not is_key(value):
        raise ValueError(f"{value!r} is no key")
    return value


def _standing(value: object) -> Standing:
    visibility, reason = _pair(value)
    return Standing(Visibility(str(visibility)), None if reason is None else Reason(reason))


def _text(value: object) -> str:
    if type(value) is not str:
        raise TypeError(f"{value!r} is no text")
    return value


def _plain(value: object, kind: object) -> object:
    if not isinstance(kind, type) or not isinstance(value, kind) or isinstance(value, bool) is not (kind is bool):
        raise TypeError(f"{value!r} is no {kind}")
    return value


def _pair(value: object) -> tuple[str | None, str | None]:
    """Two texts, each of which may be missing."""
    if type(value) is list and len(value) == 2:
        first, second = value
        if (first is None or type(first) is str) and (second is None or type(second) is str):
            return first, second
    raise TypeError(f"{value!r} is no pair of texts")


def _numbers(value: object, count: int) -> list[float]:
    if (
        not isinstance(value, list)
        or len(value) != count
        or not all(type(v) in (int, float) and isfinite(v) for v in value)
    ):
        raise TypeError(f"{value!r} is no list of {count} numbers")
    return value


_READERS = {
    kind: {each.name: _reader(get_type_hints(body)[each.name]) for each in fields(body)}
    for kind, body in KINDS.items()
}
