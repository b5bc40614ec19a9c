"""What a worker of a Dask cluster does around every task.

Dask runs tasks in threads of a process that other people's tasks may share, so nothing of the kind
that worker.py does to a process of our own may be done there.
"""

import ctypes
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from threadpoolctl import ThreadpoolController

from app.identity import Identity, identity
from engine.errors import LimitError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What a task came to: an answer or an error of its own, or why this worker would not run it.

    Errors are handed back, not raised, so that those of Dask's own are told from them.
    """

    value: T | None = None
    error: Exception | None = None
    refusal: str | None = None


class OverdueError(BaseException):
    """Raised in the thread of a task that has taken too long; a task that catches Exception lets it pass."""


def attempt(expected: Identity, deadline: float, task: Callable[[], T]) -> Outcome[T]:
    """Run a task, if this process comes to the same bits as the server's."""
    use_one_thread()
    difference = expected.difference(identity())
    if difference is not None:
        return Outcome(refusal=difference)
    try:
        return Outcome(value=within(deadline, task))
    except Exception as error:
        # the way back loses the traceback, not the notes
        error.add_note(traceback.format_exc())
        return Outcome(error=error)


def identify() -> Identity:
    """The identity of this worker."""
    use_one_thread()
    return identity()


def use_one_thread() -> None:
    """One thread of linear algebra: the same bits however many processors a worker has.

    Dask's nanny asks for that by the environment, but not every worker has a nanny, and another
    task of the same process may have asked for more since.
    """
    _linear_algebra().limit(limits=1)


@cache
def _linear_algebra() -> Any:
    # found among the libraries loaded by now: identity.py has imported NumPy
    return ThreadpoolController()


def within(deadline: float, task: Callable[[], T]) -> T:
    """Run a task in this thread; raises LimitError when it takes longer than `deadline` seconds.

    A task caught in one long call of compiled code ends only after it.
    """
    thread, lock, done = threading.get_ident(), threading.Lock(), False

    def interrupt() -> None:
        with lock:
            if not done:
                _raise_in(thread, OverdueError)

    timer = threading.Timer(deadline, interrupt)
    timer.daemon = True
    # two blocks: it may strike anywhere from the timer's start to the end of the inner one
    try:
        try:
            timer.start()
            return task()
        finally:
            timer.cancel()
            with lock:
                done = True
            # one that was on its way must not strike what this thread does next
            _raise_in(thread, None)
    except OverdueError:
        raise LimitError("seconds", deadline, deadline, what="seconds of computing") from None


def _raise_in(thread: int, error: type[BaseException] | None) -> None:
    """Have a thread raise this before its next instruction, or take that back."""
    raised = None if error is None else ctypes.py_object(error)
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), raised)
