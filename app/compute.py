"""All heavy work goes through one executor: admission, deadline, a new pool after a death, one retry."""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

from app.problems import ProblemError
from app.worker import ONE_THREAD, guarded, prepare, warm

TRIES = 3
"""How often a pure task is tried whose worker is lost each time."""

P = ParamSpec("P")
T = TypeVar("T")


def process_pool(workers: int) -> Executor:
    """Worker processes, started afresh: a forked one would inherit the server's threads and sockets."""
    # a new process imports the program's main module before anything else, and that may load numpy
    os.environ.update(ONE_THREAD)
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=prepare)


class Compute:
    """Owns the executor. One dead worker breaks a whole process pool, so the pool is made anew."""

    def __init__(self, make: Callable[[], Executor], workers: int, queue: int, deadline: float) -> None:
        self._make = make
        self.workers = workers
        self._queue = queue
        self._deadline = deadline
        self._waiting = 0
        self._pool: Executor | None = None
        self._renewal = asyncio.Lock()

    async def start(self) -> None:
        """Start the workers and wait until they are ready."""
        self._pool, ready = await asyncio.to_thread(self._open)
        await asyncio.gather(*map(asyncio.wrap_future, ready))

    def _open(self) -> tuple[Executor, list[Future[int]]]:
        pool = self._make()
        # each task starts a process as long as none is idle
        return pool, [pool.submit(warm) for _ in range(self.workers)]

    async def stop(self) -> None:
        """Take no more work and wait for what runs."""
        pool, self._pool = self._pool, None
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task for a caller who waits; raises ProblemError 503 when too many wait already."""
        if self._waiting >= self._queue:
            raise ProblemError(
                503,
                "busy",
                "the server has as much to compute as it can hold",
                hint="try again in a second",
                limit="queue",
                actual=self._waiting + 1,
                allowed=self._queue,
                headers={"retry-after": "1"},
            )
        self._waiting += 1
        try:
            return await self.run(function, *args, **kwargs)
        finally:
            self._waiting -= 1

    async def run_pure(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task that depends on its arguments alone, so that one whose worker was lost is run again."""
        for attempt in range(1, TRIES + 1):
            try:
                return await self.run(function, *args, **kwargs)
            except ProblemError as error:
                if error.code != "worker_lost" or attempt == TRIES:
                    raise
        raise AssertionError("unreachable")

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task, a second time if its worker died; the caller bounds how many it sends."""
        for last in (False, True):
            pool = self._pool
            if pool is None:
                break
            try:
                task = pool.submit(guarded, self._deadline, function, *args, **kwargs)
                return await asyncio.wrap_future(task)
            except BrokenExecutor:
                await self._renew(pool)
                if last:
                    break
            except RuntimeError:
                # the pool was closed between the look and the call
                if self._pool is pool:
                    raise
        raise ProblemError(
            503,
            "worker_lost",
            "the worker process that computed this was lost",
            hint="try again",
            headers={"retry-after": "1"},
        )

    async def _renew(self, broken: Executor) -> None:
        """Replace the broken pool, once however many tasks it took along."""
        async with self._renewal:
            if self._pool is broken:
                self._pool, _ = await asyncio.to_thread(self._open)
                broken.shutdown(wait=False)
