"""The time of an answer tells nothing of a guessed code: not how near it is, nor whether the workshop goes on (A17).

Each kind of guess is made a thousand times, all kinds in turn, in an order drawn anew for each turn, and its time is
compared with that of the usual guess of the same turn: what else the machine does falls on both alike. What counts is
the middle one of these thousand ratios, and the bounds in which it lies with 99 in 100.
"""

import random
import socket
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import pytest

from core.base.identity import new_secret, receipt_of
from core.domain.running import EndWorkshop
from core.web.limits import Limits, Rate
from tests.web.phones import CODE, Place, serving
from tests.web.strangers import FORM, connected, heard_once, host, request

TURNS = 1000
SAME = 0.2
"""By so much of it may one time differ from another (attacks.md A17)."""
BOUND = 2.576
"""So many standard deviations to either side hold 99 in 100."""
SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ANSWERING = Limits.raised()
SHUT = Limits(wrong_codes=Rate(1, 1e-6), all_wrong_codes=Rate(1, 1e-6))
Guess = Callable[[random.Random], str]
Act = Callable[[], tuple[int, bytes]]


class Middle(NamedTuple):
    """The bounds of a middle ratio of two times."""

    low: float
    high: float

    @classmethod
    def of(cls, times: Sequence[float], usual: Sequence[float]) -> "Middle":
        """By the order of the ratios alone: nothing is taken for granted of how they spread."""
        ratios = sorted(time / other for time, other in zip(times, usual, strict=True))
        half, width = len(ratios) / 2, BOUND * len(ratios) ** 0.5 / 2
        return cls(ratios[int(half - width)], ratios[int(half + width)])

    @property
    def is_same(self) -> bool:
        """Whether the two times are the same but for a fifth, wherever in its bounds the ratio lies."""
        return 1 - SAME <= self.low <= self.high <= 1 + SAME


class Door(NamedTuple):
    """Where a guess is made: a connection to a workshop."""

    place: Place
    sock: socket.socket

    def open_address(self, guess: str) -> tuple[int, bytes]:
        """As a guess in the address."""
        return self._answer(request(f"GET /{guess} HTTP/1.1", host(self.place)))

    def type_code(self, guess: str) -> tuple[int, bytes]:
        """As a guess typed on the first page."""
        body = f"code={guess}".encode()
        stated = f"Origin: {self.place.base}", f"Content-Type: {FORM}", f"Content-Length: {len(body)}"
        return self._answer(request("POST / HTTP/1.1", host(self.place), *stated, body=body))

    def _answer(self, asked: bytes) -> tuple[int, bytes]:
        self.sock.sendall(asked)
        answer = heard_once(self.sock)
        return answer.status, answer.body


def far(chance: random.Random) -> str:
    """No sign of it is right."""
    return "".join(chance.choice([sign for sign in SIGNS if sign not in CODE]) for _ in CODE)


def near(chance: random.Random) -> str:
    """All signs but the last are right."""
    return CODE[:-1] + far(chance)[-1]


def a_receipt(chance: random.Random) -> str:
    """The receipt of nobody."""
    return receipt_of(new_secret())


@pytest.fixture(params=[ANSWERING, SHUT], ids=["answered", "waiting"])
def doors(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Mapping[str, Door]]:
    """Of a workshop that goes on, and of one that has ended."""
    with ExitStack() as stack:
        places = {name: stack.enter_context(serving(tmp_path / f"{name}.sayback", limits=request.param))
                  for name in ("open", "closed")}  # fmt: skip
        places["closed"].session.do(EndWorkshop()).result()
        yield {name: Door(place, stack.enter_context(connected(place))) for name, place in places.items()}


def timed(acts: Mapping[str, Act]) -> tuple[Mapping[str, Middle], set[tuple[int, bytes]]]:
    """How the time of each act compares with that of the first one, and every different answer."""
    chance, names = random.Random(17), list(acts)
    times: dict[str, list[float]] = {name: [] for name in names}
    answers = set()
    for _turn in range(TURNS):
        for name in chance.sample(names, len(names)):
            began = time.perf_counter()
            answer = acts[name]()
            times[name].append(time.perf_counter() - began)
            answers.add(answer)
    usual = times[names[0]]
    return {name: Middle.of(found, usual) for name, found in times.items() if name != names[0]}, answers


def guessing(door: Door, way: str, guess: Guess) -> Act:
    """One guess after the other, none of them twice in a row."""
    chance, ask = random.Random(guess.__name__), getattr(door, way)
    return lambda: ask(guess(chance))


def test_a_difference_of_a_quarter_is_noticed_and_what_is_not_sure_does_not_count_as_the_same() -> None:
    chance = random.Random(1)
    times, others = ([chance.lognormvariate(0, 0.5) for _ in range(TURNS)] for _ in range(2))
    assert Middle.of(times, others).is_same
    assert not Middle.of([1.25 * each for each in times], others).is_same
    assert not Middle.of([0.75 * each for each in times], others).is_same
    assert not Middle.of(times[:30], others[:30]).is_same


@pytest.mark.long
@pytest.mark.parametrize("way", ["open_address", "type_code"])
def test_no_answer_to_a_wrong_code_tells_by_its_time_how_wrong_it_is(doors: Mapping[str, Door], way: str) -> None:
    kinds: Sequence[tuple[str, Guess]] = [("open", far), ("open", near), ("closed", far), ("closed", near)]
    if way == "type_code":
        kinds = [*kinds, ("open", a_receipt)]
    acts = {f"{guess.__name__} {name}": guessing(doors[name], way, guess) for name, guess in kinds}
    for act in acts.values():
        act()    # the first of each may be one try that is free
        act()
    middles, answers = timed(acts)
    assert len(answers) == 1, "one body for all"
    assert {name: middle for name, middle in middles.items() if not middle.is_same} == {}
