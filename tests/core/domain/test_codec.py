"""Events as JSON: what was written is read again, and what cannot be read is kept as it came."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.base.ids import ContributorId, NoteId, OriginId, QuestionId, RoundId, ThemeId, WordsHash
from core.domain import codec
from core.domain.bodies import (
    ActUndone,
    AnsweredBack,
    EventBody,
    NoteHidden,
    NoteMoved,
    NoteReworded,
    NoteSaid,
    NoteShown,
    QuestionAsked,
    ThemeMade,
    ThemePlaced,
    ThemeRekeyed,
    Unknown,
    WorkshopMade,
)
from core.domain.events import Base
from core.domain.keys import DIGITS, is_key
from core.domain.registers import NoteCopied, PartsRevealed, ReplyGiven, ThemeCarried, VotesCounted
from core.domain.terms import (
    NOWHERE,
    PLAINLY_SHOWN,
    Box,
    Carried,
    Count,
    CountWay,
    Mode,
    Parts,
    Reason,
    Reply,
    Spot,
    Standing,
    Status,
    Visibility,
)

A, B = "a" * 32, "b" * 32
WORDS, OTHER = WordsHash("c" * 64), WordsHash("d" * 64)

# The bytes below are what the chains of every file ever written are made of: changing one breaks them all.
WRITTEN: list[tuple[EventBody, str, str | None]] = [
    (
        WorkshopMade(title=WORDS, code="ABC234", promise=OTHER),
        f'{{"code":"ABC234","promise":"{OTHER}","title":"{WORDS}"}}',
        None,
    ),
    (QuestionAsked(words=WORDS, key="V"), f'{{"key":"V","words":"{WORDS}"}}', None),
    (NoteSaid(question=QuestionId(A), words=WORDS), f'{{"question":"{A}","words":"{WORDS}"}}', None),
    (
        NoteSaid(question=QuestionId(A), words=WORDS, mode=Mode.PAPER, contributor=ContributorId(B)),
        f'{{"contributor":"{B}","mode":"paper","question":"{A}","words":"{WORDS}"}}',
        None,
    ),
    (NoteReworded(words=WORDS, was=OTHER), f'{{"words":"{WORDS}"}}', f'"{OTHER}"'),
    (NoteMoved(to=Spot(ThemeId(A), "V"), was=NOWHERE), f'{{"to":["{A}","V"]}}', "[null,null]"),
    (
        NoteHidden(reason=Reason.NAMES_SOMEONE, was=PLAINLY_SHOWN),
        '{"reason":"names someone"}',
        '["shown",null]',
    ),
    (NoteShown(was=Standing(Visibility.HELD, Reason.HURTFUL)), "{}", '["held","hurtful"]'),
    (
        ThemeMade(question=QuestionId(A), name=WORDS, colour=3, box=Box(1, 2.5, 300, 200)),
        f'{{"box":[1,2.5,300,200],"colour":3,"name":"{WORDS}","question":"{A}"}}',
        None,
    ),
    (ThemePlaced(box=Box(1, 2, 3, 4), was=None), '{"box":[1,2,3,4]}', "null"),
    (ThemeRekeyed(keys=((A, "8"), (B, "V"))), f'{{"keys":[["{A}","8"],["{B}","V"]]}}', None),
    (
        VotesCounted(to=Count(round=RoundId(A), way=CountWay.DOTS, table=4, dots=((B, 3),)), was=None),
        f'{{"to":{{"dots":[["{B}",3]],"round":"{A}","table":4,"way":"dots"}}}}',
        "null",
    ),
    (
        PartsRevealed(to=Parts(themes=(ThemeId(A),), tables=(4,), modes=(Mode.REMOTE,)), was=Parts()),
        f'{{"to":{{"modes":["remote"],"tables":[4],"themes":["{A}"]}}}}',
        "{}",
    ),
    (
        ReplyGiven(to=Reply(status=Status.CANNOT, because=WORDS, who=OTHER, by=738_000), was=Reply(text=OTHER)),
        f'{{"to":{{"because":"{WORDS}","by":738000,"status":"cannot","who":"{OTHER}"}}}}',
        f'{{"text":"{OTHER}"}}',
    ),
    (
        ThemeCarried(to=Carried(first=ThemeId(A), times=2, day=738_000, reply=Reply(text=WORDS)), was=None),
        f'{{"to":{{"day":738000,"first":"{A}","reply":{{"text":"{WORDS}"}},"times":2}}}}',
        "null",
    ),
    (AnsweredBack(note=NoteId(A), words=WORDS), f'{{"note":"{A}","words":"{WORDS}"}}', None),
    (NoteCopied(to=(ThemeId(A),), was=()), f'{{"to":["{A}"]}}', "[]"),
    (ActUndone(), "{}", None),
    (Unknown("vote.set", '{"n":2}', "1"), '{"n":2}', "1"),
]


@pytest.mark.parametrize(("body", "written", "was"), WRITTEN)
def test_every_file_ever_written_has_these_bytes(body: EventBody, written: str, was: str | None) -> None:
    assert codec.write_body(body) == (written, was)
    assert codec.read_body(codec.kind_of(body), 1, written, was) == body


def everything() -> st.SearchStrategy[EventBody]:
    kinds = [kind for kind in get_args(EventBody) if kind is not Unknown]
    return st.one_of([st.from_type(kind) for kind in kinds])


KEYS = st.text(DIGITS, min_size=1, max_size=8).filter(is_key)
st.register_type_strategy(Spot, st.just(NOWHERE) | st.builds(Spot, st.text().map(ThemeId), KEYS))
st.register_type_strategy(ThemeRekeyed, st.builds(ThemeRekeyed, keys=st.lists(st.tuples(st.text(), KEYS)).map(tuple)))
st.register_type_strategy(Box, st.builds(Box, *[st.floats(-1e9, 1e9)] * 4))


@given(everything())
def test_what_was_written_is_read_again(body: EventBody) -> None:
    assert codec.read_body(codec.kind_of(body), 1, *codec.write_body(body)) == body


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(["words", "was", "to", "box", "keys", "question", "mode", "contributor", "name", "reason"])


@pytest.mark.slow
@given(
    st.sampled_from(sorted(codec.KINDS)) | st.text(max_size=20),
    st.integers(0, 3),
    (st.dictionaries(FIELDS, JSON, max_size=5) | JSON).map(json.dumps) | st.text(max_size=60),
    st.none() | JSON.map(json.dumps) | st.text(max_size=20),
)
def test_reading_never_fails_and_keeps_what_it_does_not_know(
    kind: str, schema: int, body: str, was: str | None
) -> None:
    found = codec.read_body(kind, schema, body, was)
    if isinstance(found, Unknown):
        assert (found.kind, *codec.write_body(found)) == (kind, body, was)


@pytest.mark.parametrize(
    "body",
    [
        "[" * 200_000,
        '{"box":[NaN,0,1,1]}',
        '{"box":[1e999,0,1,1]}',
        '{"box":[0,0,1,true]}',
        '{"box":[0,0,1]}',
        "9" * 5000,
        "",
        "\0",
    ],
)
def test_a_frame_that_nobody_could_draw_is_kept_but_not_used(body: str) -> None:
    assert codec.read_body("theme.placed", 1, body, "null") == Unknown("theme.placed", body, "null")


@pytest.mark.parametrize("key", ["", "V0", "é", "a-b", None])
def test_a_place_without_a_proper_key_is_kept_but_not_used(key: str | None) -> None:
    body = json.dumps({"to": [A, key]}, separators=(",", ":"))
    assert isinstance(codec.read_body("note.moved", 1, body, "[null,null]"), Unknown)


def test_an_event_of_a_newer_desk_is_kept_as_it_came() -> None:
    assert codec.read_body("vote.set", 1, '{"dots":3}', None) == Unknown("vote.set", '{"dots":3}')
    newer = '{"question":"q","words":"w","voice":"v"}'
    assert codec.read_body("note.said", 2, newer, None) == Unknown("note.said", newer)
    assert codec.read_body("note.said", 1, newer, None) == Unknown("note.said", newer)


def test_an_event_of_an_older_desk_gets_the_defaults_of_what_it_did_not_know() -> None:
    found = codec.read_body("note.said", 1, f'{{"question":"{A}","words":"{WORDS}"}}', None)
    assert found == NoteSaid(question=QuestionId(A), words=WORDS, mode=Mode.ROOM, contributor=None)


@given(
    st.builds(
        Base,
        st.integers(0, 2**60),
        st.lists(st.integers(0, 2**60), max_size=3).map(tuple),
        st.dictionaries(
            st.text("0123456789abcdef", min_size=32, max_size=32).map(OriginId), st.integers(0, 2**40), max_size=4
        ).map(lambda seen: tuple(sorted(seen.items()))),
    )
)
def test_what_an_author_had_seen_is_written_and_read_again(base: Base) -> None:
    assert codec.read_base(codec.write_base(base)) == base


@pytest.mark.slow
@given(
    JSON.map(json.dumps)
    | st.text(max_size=40)
    | st.dictionaries(st.sampled_from(["seq", "earlier", "origins"]), JSON).map(json.dumps)
)
def test_a_base_that_cannot_be_read_says_its_author_saw_nothing(text: str) -> None:
    assert isinstance(codec.read_base(text), Base)


@pytest.mark.parametrize("text", ['{"seq":1e999}', "[" * 200_000, '{"seq":1,"origins":[]}', '{"seq":null}', ""])
def test_a_damaged_base_is_an_empty_one(text: str) -> None:
    assert codec.read_base(text) == Base()


@given(JSON)
def test_values_are_written_as_the_json_of_everywhere(value: object) -> None:
    assert codec.dump(value) == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1) | st.text()))
def test_what_is_hashed_is_what_is_written(values: list[str | int | None]) -> None:
    assert codec.canonical(values).decode() == codec.dump(values)


def test_the_same_value_gives_the_same_bytes() -> None:
    assert codec.dump({"b": [1, None], "a": "é"}) == '{"a":"é","b":[1,null]}'
