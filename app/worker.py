"""What a worker process does before its first task and around every one.

NumPy reads the number of its threads when it is loaded, so nothing here may import it, nor the
engine, until `prepare` has run.
"""

import faulthandler
import importlib
import os
import signal
import threading
from collections.abc import Callable, Mapping
from multiprocessing import parent_process
from types import FrameType
from typing import NoReturn, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

ONE_THREAD: Mapping[str, str] = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""One thread of linear algebra: the same bits on every run, and no two workers on one processor."""

GRACE = 2.0
"""Seconds after its deadline at which a task that cannot be interrupted takes its process with it."""


def prepare() -> None:
    """Run once in each new worker: one thread of linear algebra, no part in the server's signals."""
    os.environ.update(ONE_THREAD)
    # an interrupt typed at the terminal reaches every process; only the server acts on it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()
    for tasks in ("app.tasks", "app.slices", "app.streams.work", "app.listings"):
        importlib.import_module(tasks)


def _end_with_parent() -> None:
    """A server that was killed cannot tell its workers to stop."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def guarded(deadline: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a task; raises LimitError when it takes longer than `deadline` seconds."""

    def interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
        from engine.errors import LimitError

        raise LimitError("seconds", deadline, deadline, what="seconds of computing")

    # a task caught in one long call of compiled code never sees the interrupt: this ends its process
    faulthandler.dump_traceback_later(deadline + GRACE, exit=True)
    has_timer = hasattr(signal, "setitimer")
    # two blocks: an interrupt that strikes in the inner one must not leave the process to be ended
    try:
        if has_timer:
            signal.signal(signal.SIGALRM, interrupt)
            signal.setitimer(signal.ITIMER_REAL, deadline)
        try:
            return function(*args, **kwargs)
        finally:
            if has_timer:
                signal.setitimer(signal.ITIMER_REAL, 0)
    finally:
        faulthandler.cancel_dump_traceback_later()


def warm() -> int:
    """The worker's process id, once it is ready."""
    return os.getpid()
