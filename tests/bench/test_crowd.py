"""The model of a million people says what can be worked out by hand, and loses nobody."""

import pytest

from tests.bench.crowd import Coming, Site, instances, simulated
from tests.bench.million import coming_at_random

CALM = Coming(people=2_000, seconds=20, burst=1)
RUSH = Coming(people=20_000, seconds=60, burst=10, burst_seconds=2)


def test_as_many_come_as_are_said_to_and_a_tenfold_beginning_is_tenfold() -> None:
    moments = list(coming_at_random(RUSH))
    early = sum(moment < RUSH.burst_seconds for moment in moments)
    assert len(moments) == pytest.approx(RUSH.people, rel=0.05)
    assert early / 2 == pytest.approx(10 * (len(moments) - early) / 58, rel=0.1)


def test_where_there_is_room_everybody_is_thanked_at_once() -> None:
    outcome = simulated(CALM, Site(instances=4, work=0.002))
    assert outcome.thanked == pytest.approx(CALM.people, rel=0.1)
    assert outcome.asked_to_wait == 0
    assert outcome.p99 < 0.1
    assert outcome.busy == pytest.approx(CALM.people / 20 * 0.002 / 4, rel=0.1)


def test_a_queue_grows_by_what_comes_less_what_is_served_and_nobody_is_lost() -> None:
    site = Site(instances=1, work=0.001, patience=1_000)
    outcome = simulated(RUSH, site)
    at_most = RUSH.burst_seconds * (RUSH.rate(0) - site.rate)
    assert outcome.longest_queue == pytest.approx(at_most, rel=0.1)
    assert outcome.longest == pytest.approx(at_most / site.rate, rel=0.2)
    assert outcome.thanked == pytest.approx(RUSH.people, rel=0.05)


def test_who_is_asked_to_wait_comes_again_and_is_thanked() -> None:
    outcome = simulated(RUSH, Site(instances=1, work=0.001, patience=0.5))
    assert outcome.asked_to_wait > 100
    assert outcome.longest_queue <= 0.5 / 0.001 + 1
    assert outcome.thanked == simulated(RUSH, Site(instances=9, work=0.001)).thanked


def test_instances_are_added_until_nobody_waits_long() -> None:
    *fewer, (_site, enough) = instances(RUSH, 0.001, 0.01)
    assert enough.p99 <= 1.0
    assert fewer
    assert all(outcome.p99 > 1.0 for _site, outcome in fewer)
