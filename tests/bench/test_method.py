"""The bench measures what it says: from the moment a note was due to its first sight on each other phone."""

import asyncio
import math

import pytest

from tests.bench.load import Figures, Step, milliseconds
from tests.bench.rows import Row, table
from tests.bench.wire import Answer, Poster, Stream, marked


def a_step() -> Step:
    step = Step()
    for number, sender in ((1, 0), (2, 1)):
        step.due[number] = 10.0
        step.sender[number] = sender
        step.thanked[number] = 0.01
    return step


def figures(**changes: float) -> Figures:
    fine = {
        "phones": 65, "rate": 100, "seconds": 4, "sent": 400, "kept": 400, "refused": 0, "failed": 0, "unseen": 0,
        "p50": 10, "p99": 40, "thanked_p99": 30, "generator_p99": 1, "server_ms": 1, "server_mb": 50, "streams_lost": 0,
    }  # fmt: skip
    return Figures(**{**fine, **changes})  # type: ignore[arg-type]    # counts are whole numbers here


def test_latency_runs_from_when_a_note_was_due_to_its_first_sight() -> None:
    step = a_step()
    step.saw(1, 1, 10.25)
    step.saw(1, 1, 10.75)
    assert step.latencies == [0.25]


def test_its_own_sender_does_not_count() -> None:
    step = a_step()
    step.saw(0, 1, 10.25)
    assert step.latencies == []


def test_a_note_of_an_earlier_step_does_not_count() -> None:
    step = a_step()
    step.saw(1, 99, 10.25)
    assert step.latencies == []


def test_every_other_watching_phone_must_see_every_note() -> None:
    step = a_step()
    assert step.unseen(2) == 2
    step.saw(1, 1, 10.25)
    assert step.unseen(2) == 1
    step.saw(0, 2, 10.25)
    assert step.unseen(2) == 0
    assert step.is_settled(2)


def test_shares_are_of_the_sorted_values() -> None:
    values = [number / 1000 for number in range(100, 0, -1)]
    assert milliseconds(values, 0.5) == 51
    assert milliseconds(values, 0.99) == 100
    assert math.isinf(milliseconds([], 0.99))


@pytest.mark.parametrize("wrong", [{"kept": 399}, {"unseen": 1}, {"streams_lost": 1}, {"p99": 1001}])
def test_a_rate_is_not_sustained_where_anything_is_missing_or_late(wrong: dict[str, float]) -> None:
    assert figures().is_sustained
    assert not figures(**wrong).is_sustained


def test_a_mark_is_found_however_the_network_cuts_it() -> None:
    async def look() -> list[int]:
        seen: list[int] = []
        stream = Stream(b"", lambda number, at: seen.append(number))
        stream.open = True
        sent = f"data: {marked(7)}\n\ndata: {marked(1234567)}\n\n".encode()
        for byte in sent:
            stream.data_received(bytes([byte]))
        return seen

    assert sorted(set(asyncio.run(look()))) == [7, 1234567]


def test_an_answer_that_comes_in_pieces_is_one_answer() -> None:
    async def ask() -> Answer:
        poster = Poster()
        asked: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        poster.current = asked
        for piece in (b"HTTP/1.1 20", b"0 OK\r\nContent-Le", b"ngth: 4\r\n\r\nab", b"cd"):
            poster.data_received(piece)
        return await asked

    answer = asyncio.run(ask())
    assert (answer.status, answer.body, answer.header("content-length")) == (200, b"abcd", "4")


def test_the_table_says_what_is_reached_and_what_is_not() -> None:
    said = table(
        [
            Row(what="fast", figure=10, unit="ms", goal=50, floor=5),
            Row(what="slow", figure=60, unit="ms", goal=50),
            Row(what="few", figure=100, unit="notes/s", goal=1000, more_is_better=True),
            Row(what="told", figure=math.inf, unit="ms"),
        ]
    ).splitlines()
    assert [line.split()[-1] for line in said[2:5]] == ["reached", "REACHED", "REACHED"]
    assert "NOT" not in said[2]
    assert "NOT REACHED" in said[3]
    assert "NOT REACHED" in said[4]
    assert "never" in said[5]
