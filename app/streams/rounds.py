"""The rounds of a stream: one frame of every training in each."""

import asyncio
import time
from collections.abc import AsyncIterator


async def rounds(updates: int, every: int, frames_per_second: float | None) -> AsyncIterator[int]:
    """The updates that each round makes, as soon as it may begin; the last one makes what is left.

    A round that came late does not hurry the next.
    """
    interval = 0.0 if frames_per_second is None else 1 / frames_per_second
    due = time.monotonic()
    for done in range(0, updates, every):
        due = max(time.monotonic(), due + interval)
        await asyncio.sleep(due - time.monotonic())
        yield min(every, updates - done)
