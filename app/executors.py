"""Where heavy work runs: executors that keep deadlines, and heal when a worker dies."""

import os
import threading
from abc import abstractmethod
from collections import deque
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from typing import Any, ParamSpec, TypeVar

from app.worker import ONE_THREAD, guarded, prepare, warm

P = ParamSpec("P")
T = TypeVar("T")

SHORTEST_SLICE = 0.002
"""Seconds of training below which a task is mostly the cost of sending it to another process."""


class WorkerLostError(BrokenExecutor):
    """The worker that computed this is gone; `again` says whether it is worth asking another one."""

    def __init__(self, detail: str, again: bool = True) -> None:
        super().__init__(detail)
        self.again = again


class NoWorkersError(BrokenExecutor):
    """Nobody can be asked now; the message says why in one line, the hint what to do."""

    def __init__(self, detail: str, hint: str = "try again in a few seconds") -> None:
        super().__init__(detail)
        self.detail = detail
        self.hint = hint


class Workers(Executor):
    """An executor whose tasks run by themselves, each within its deadline.

    A task that takes longer fails with LimitError, one whose worker was lost with WorkerLostError,
    one that nobody can be asked to run with NoWorkersError. Lost workers are replaced.
    """

    count: int
    """Tasks that run at once."""
    shortest_slice: float
    """Seconds of training that a task is worth sending for."""
    patience: float | None
    """Seconds after which a task that has not answered is given up; None where its deadline is enough."""

    @abstractmethod
    def open(self) -> None:
        """Wait until the workers are ready; raises NoWorkersError when there are none to be had."""


class Crew(Workers):
    """Worker processes, each a pool of one: a process that dies takes along only the task it ran.

    One pool of all processes would break as a whole, and a task that kills its worker would cost
    every other session a start of all workers.
    """

    shortest_slice = SHORTEST_SLICE
    patience = None

    def __init__(self, count: int, deadline: float) -> None:
        self.count = count
        self._deadline = deadline
        self._lock = threading.Lock()
        self._pools: set[ProcessPoolExecutor] = set()
        self._idle: deque[ProcessPoolExecutor] = deque()
        self._waiting: deque[tuple[Future[Any], Callable[[], Any]]] = deque()
        self._closed = False

    def open(self) -> None:
        """Start the processes; each is ready once it has loaded what it needs."""
        # a new process imports the program's main module before anything else, and that may load numpy
        os.environ.update(ONE_THREAD)
        pools = [_pool() for _ in range(self.count)]
        ready = [pool.submit(warm) for pool in pools]
        self._pools.update(pools)
        for future in ready:
            future.result()
        self._idle.extend(pools)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task in the next process that is free; first come, first served."""
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise _stopping()
            self._waiting.append((future, partial(guarded, self._deadline, fn, *args, **kwargs)))
        self._hand_out()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Take no more work; what waits fails with NoWorkersError, what runs may end."""
        del cancel_futures
        with self._lock:
            self._closed = True
            dropped, pools = list(self._waiting), list(self._pools)
            self._waiting.clear()
            self._idle.clear()
        for future, _ in dropped:
            if future.set_running_or_notify_cancel():
                future.set_exception(_stopping())
        for pool in pools:
            pool.shutdown(wait=wait)

    def _hand_out(self) -> None:
        """Give what waits to whoever is idle."""
        while True:
            with self._lock:
                if not (self._idle and self._waiting):
                    return
                future, task = self._waiting.popleft()
                # its caller may have gone meanwhile
                if not future.set_running_or_notify_cancel():
                    continue
                pool = self._idle.popleft()
            try:
                pool, running = self._begin(pool, task)
            except RuntimeError:
                # the server began to stop in between
                future.set_exception(_stopping())
                continue
            running.add_done_callback(partial(self._done, pool, future))

    def _begin(
        self, pool: ProcessPoolExecutor, task: Callable[[], Any]
    ) -> tuple[ProcessPoolExecutor, Future[Any]]:
        try:
            return pool, pool.submit(task)
        except BrokenExecutor:
            # this one had died while it was idle: the task has not begun
            pool = self._replace(pool)
            return pool, pool.submit(task)

    def _done(self, pool: ProcessPoolExecutor, future: Future[Any], ran: Future[Any]) -> None:
        error = ran.exception()
        if isinstance(error, BrokenExecutor):
            error = WorkerLostError("the worker process that computed this was lost")
            pool = self._replace(pool)
        with self._lock:
            if not self._closed:
                self._idle.append(pool)
        # the next task first: whoever waits for this one may send another at once
        self._hand_out()
        if error is None:
            future.set_result(ran.result())
        else:
            future.set_exception(error)

    def _replace(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        """A new process in place of one that died; it begins to load what it needs at once."""
        with self._lock:
            self._pools.discard(broken)
            if self._closed:
                return broken
            pool = _pool()
            self._pools.add(pool)
        pool.submit(warm)
        return pool


def _stopping() -> NoWorkersError:
    return NoWorkersError("the server is stopping")


def _pool() -> ProcessPoolExecutor:
    """One worker process, started afresh: a forked one would inherit the server's threads and sockets."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=prepare)
