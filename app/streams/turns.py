"""The streams' turns at the workers: a few slices at a time, so that nobody else waits long."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import ParamSpec, TypeVar

from app.compute import Compute
from app.live.pace import slice_seconds
from app.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")


class Share:
    """What all streams together take of the workers: a slice on each, and one that waits.

    `playing` counts the live sessions that train meanwhile: slices are then as short as theirs.
    """

    def __init__(self, compute: Compute, settings: Settings, playing: Callable[[], int]) -> None:
        self._compute = compute
        self._settings = settings
        self._playing = playing
        self._asked = 0

    @cached_property
    def most(self) -> int:
        """How many turns there are at once; a cluster's workers are counted once it has been joined."""
        return self._compute.workers + 1

    @cached_property
    def _free(self) -> asyncio.Semaphore:
        return asyncio.Semaphore(self.most)

    def load(self) -> int:
        """How many take turns at the workers here, as live sessions do that play."""
        return min(self._asked, self.most)

    def slice_seconds(self) -> float:
        """How long the next slice should take."""
        longest = max(self._settings.stream_slice_seconds, self._compute.shortest_slice)
        playing = self._playing()
        if not playing:
            return longest
        turns = playing + self.load()
        wanted, frame = self._settings.slice_seconds, self._settings.frame_seconds
        shortest, workers = self._compute.shortest_slice, self._compute.workers
        return min(longest, slice_seconds(wanted, shortest, frame, turns, workers))

    async def take(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a pure task when it is its turn."""
        self._asked += 1
        try:
            async with self._free:
                return await self._compute.run_pure(function, *args, **kwargs)
        finally:
            self._asked -= 1


class Turns:
    """One stream's turns: never more than the share holds, so that a sweep of many leaves room to others."""

    def __init__(self, share: Share) -> None:
        self._share = share
        self.slice_seconds = share.slice_seconds
        self._free = asyncio.Semaphore(share.most)

    async def take(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a pure task when it is this stream's turn, then its own."""
        async with self._free:
            return await self._share.take(function, *args, **kwargs)
