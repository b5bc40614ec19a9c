"""Things done side by side, none of which outlives whoever asked for them."""

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

T = TypeVar("T")


@asynccontextmanager
async def side_by_side(calls: Iterable[Coroutine[Any, Any, T]]) -> AsyncGenerator[list[asyncio.Task[T]]]:
    """Run calls at once, each a task to be awaited inside; what still runs at the end is called off."""
    tasks = [asyncio.create_task(call) for call in calls]
    try:
        yield tasks
    finally:
        await called_off(*tasks)


async def called_off(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks, and wait until nothing of them runs any more."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
