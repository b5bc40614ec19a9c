"""Turns at the workers: a few at a time, and short while somebody plays."""

import asyncio
from typing import Any

import pytest

from app.compute import Compute
from app.executors import Crew
from app.settings import Settings
from app.streams.turns import Share, Turns

pytestmark = pytest.mark.anyio


class Idle(Compute):
    """Runs nothing until it is let, and counts."""

    def __init__(self, workers: int) -> None:
        super().__init__(Crew(workers, 1.0), 1)
        self.running = 0
        self.go = asyncio.Event()

    async def run_pure(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        self.running += 1
        await self.go.wait()
        return function(*args, **kwargs)


async def test_many_members_leave_room_to_a_stream_that_comes_later() -> None:
    compute = Idle(workers=2)
    share = Share(compute, Settings(), lambda: 0)
    order: list[str] = []
    many, one = Turns(share), Turns(share)
    tasks = [asyncio.create_task(many.take(order.append, "many")) for _ in range(20)]
    await asyncio.sleep(0)
    tasks.append(asyncio.create_task(one.take(order.append, "one")))
    for _ in range(5):
        await asyncio.sleep(0)
    assert compute.running == share.load() == 3
    compute.go.set()
    await asyncio.gather(*tasks)
    assert order.index("one") < 7
    assert (len(order), share.load()) == (21, 0)


async def test_a_turn_called_off_frees_its_place() -> None:
    compute = Idle(workers=1)
    share = Share(compute, Settings(), lambda: 0)
    turns = Turns(share)
    tasks = [asyncio.create_task(turns.take(len, "")) for _ in range(4)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert share.load() == 0
    compute.go.set()
    assert await turns.take(len, "four") == 4


def test_slices_are_short_while_somebody_plays() -> None:
    playing = 0
    share = Share(Idle(workers=2), Settings(), lambda: playing)
    assert share.slice_seconds() == Settings().stream_slice_seconds
    playing = 1
    assert share.slice_seconds() == Settings().slice_seconds
    playing = 40
    assert share.slice_seconds() < Settings().slice_seconds / 2
