"""When rounds begin, and what they make."""

import asyncio
import time

import pytest

from app.streams.rounds import rounds

pytestmark = pytest.mark.anyio


async def test_the_last_round_makes_what_is_left() -> None:
    assert [made async for made in rounds(10, 4, None)] == [4, 4, 2]
    assert [made async for made in rounds(3, 4, None)] == [3]
    assert [made async for made in rounds(0, 4, None)] == []


async def test_rounds_are_paced_and_a_late_one_does_not_hurry_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0

    async def sleep(seconds: float) -> None:
        nonlocal now
        now += max(0.0, seconds)

    monkeypatch.setattr(time, "monotonic", lambda: now)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    begun: list[float] = []
    async for _ in rounds(4, 1, 2.0):
        begun.append(now - 100)
        # the second one takes longer than a round may
        now += 0.1 if len(begun) != 2 else 1.2
    assert begun == pytest.approx([0.5, 1.0, 2.2, 2.7])
