"""How many updates a slice makes."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from app.live import pace as module
from app.live.pace import MOST_UPDATES, Pace, slice_seconds

FRAME = 1 / 30


@pytest.fixture
def clock(clock_of: Callable[[ModuleType], Any]) -> Any:
    return clock_of(module)


def test_slices_shrink_only_when_frames_would_come_too_seldom() -> None:
    assert slice_seconds(0.03, 0.004, 0.1, 1, 2) == 0.03
    assert slice_seconds(0.03, 0.004, 0.1, 6, 2) == 0.03
    assert slice_seconds(0.03, 0.004, 0.1, 20, 2) == pytest.approx(0.01)
    assert slice_seconds(0.03, 0.004, 0.1, 1000, 2) == 0.004
    assert slice_seconds(0.03, 0.004, 0.1, 0, 2) == 0.03


def test_no_slice_is_shorter_than_it_is_worth_sending() -> None:
    assert slice_seconds(0.03, 0.1, 0.1, 1, 2) == 0.1


def run(pace: Pace, clock: Any, slices: int, cost: float, overhead: float, target: float = 0.03) -> int:
    """So many slices on a machine where an update costs so much; answers the last slice's updates."""
    updates = 0
    for _ in range(slices):
        clock.now += pace.wait(FRAME)
        updates = pace.updates()
        seconds = overhead + updates * cost
        clock.now += seconds
        pace.done(updates, seconds, target)
    return updates


def test_updates_fit_the_time(clock: Any) -> None:
    pace = Pace()
    assert run(pace, clock, 20, cost=0.0001, overhead=0.002) == pytest.approx(280, abs=5)
    assert run(pace, clock, 20, cost=0.001, overhead=0.002) == pytest.approx(28, abs=1)
    assert run(pace, clock, 20, cost=0.1, overhead=0.002) == 1
    assert run(pace, clock, 30, cost=1e-9, overhead=0) == MOST_UPDATES


def test_rate_is_what_was_made(clock: Any) -> None:
    pace = Pace()
    run(pace, clock, 100, cost=0.001, overhead=0)
    assert pace.rate == pytest.approx(1000, rel=0.05)


@pytest.mark.parametrize("speed", [1, 7, 30, 100, 1000])
def test_speed_is_kept(speed: float, clock: Any) -> None:
    pace = Pace()
    pace.set_speed(speed)
    begun, made = clock.now, 0
    while clock.now - begun < 10:
        clock.now += pace.wait(FRAME)
        updates = pace.updates()
        made += updates
        clock.now += 0.002
        pace.done(updates, 0.002, 0.03)
    assert made == pytest.approx(10 * speed, abs=max(2, 0.05 * 10 * speed))


def test_a_machine_too_slow_does_not_run_up_a_debt(clock: Any) -> None:
    pace = Pace()
    pace.set_speed(1000)
    # each update takes ten times as long as asked for
    run(pace, clock, 100, cost=0.01, overhead=0)
    assert run(pace, clock, 1, cost=0.01, overhead=0) <= 4


def test_a_pause_is_not_caught_up_with(clock: Any) -> None:
    pace = Pace()
    pace.set_speed(10)
    run(pace, clock, 5, cost=0.001, overhead=0)
    clock.now += 3600
    pace.restart()
    assert pace.updates() == 1
