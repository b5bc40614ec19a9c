"""All heavy work goes through one executor: who is let in, what is tried again, how failures are told."""

import asyncio
from collections.abc import Callable
from functools import cached_property
from typing import ParamSpec, TypeVar

from app.executors import NoWorkersError, WorkerLostError, Workers
from app.problems import ProblemError

TRIES = 2
"""How often a task is tried whose worker is lost each time."""
PURE_TRIES = 4
"""How often one that depends on its arguments alone is."""

P = ParamSpec("P")
T = TypeVar("T")


class Compute:
    """Owns the executor; deadlines and the replacement of lost workers are the executor's own affair."""

    def __init__(self, executor: Workers, queue: int) -> None:
        self._executor = executor
        self._queue = queue
        self._waiting = 0
        self._open = False

    @cached_property
    def _turns(self) -> asyncio.Semaphore:
        """As many calls at once as there are workers, a cluster's counted once it has been joined."""
        return asyncio.Semaphore(self.workers)

    @property
    def workers(self) -> int:
        """Tasks that run at once."""
        return self._executor.count

    @property
    def shortest_slice(self) -> float:
        """Seconds of training that a task is worth sending for."""
        return self._executor.shortest_slice

    def open(self) -> None:
        """Wait until the workers are ready, once; raises NoWorkersError when there are none to be had."""
        if not self._open:
            self._executor.open()
            self._open = True

    async def start(self) -> None:
        """Wait until the workers are ready."""
        await asyncio.to_thread(self.open)

    async def stop(self) -> None:
        """Take no more work and wait for what runs."""
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task for a caller who waits; raises ProblemError 503 when too many wait already.

        Calls wait here and not before the workers: a live session's slice stands behind few of them.
        """
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
            async with self._turns:
                return await self.run(function, *args, **kwargs)
        finally:
            self._waiting -= 1

    async def run_pure(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task that depends on its arguments alone, so that one whose worker was lost is run again."""
        return await self._tried(PURE_TRIES, function, *args, **kwargs)

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a task, a second time if its worker was lost; the caller bounds how many it sends."""
        return await self._tried(TRIES, function, *args, **kwargs)

    async def _tried(self, tries: int, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        while True:
            tries -= 1
            try:
                return await self._answer(function, *args, **kwargs)
            except NoWorkersError as error:
                raise _unavailable("no_workers", error.detail, error.hint) from error
            except WorkerLostError as error:
                if tries == 0 or not error.again:
                    raise _unavailable(
                        "worker_lost", "the worker that computed this was lost", "try again"
                    ) from error

    async def _answer(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        patience = self._executor.patience
        waiting = asyncio.timeout(patience)
        try:
            async with waiting:
                return await asyncio.wrap_future(self._executor.submit(function, *args, **kwargs))
        except TimeoutError as error:
            # a task may raise it too
            if not waiting.expired():
                raise
            detail = f"no worker has answered within {patience:g} seconds"
            raise _unavailable("no_answer", detail, "try again when there is less to compute") from error


def _unavailable(code: str, detail: str, hint: str) -> ProblemError:
    return ProblemError(503, code, detail, hint=hint, headers={"retry-after": "1"})
