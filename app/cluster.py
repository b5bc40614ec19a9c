"""An existing Dask cluster in place of worker processes of our own."""

import threading
import time
import warnings
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, ParamSpec, TypeVar

from distributed import Client
from distributed.scheduler import KilledWorker
from distributed.versions import VersionMismatchWarning

from app.cluster_task import Outcome, attempt, identify, use_one_thread
from app.executors import NoWorkersError, WorkerLostError, Workers
from app.identity import Identity, identity

P = ParamSpec("P")
T = TypeVar("T")

SHORTEST_SLICE = 0.1
"""Seconds of training that a task is worth sending for: a client of Dask gathers messages for 10 ms."""
CONNECT_SECONDS = 5.0
"""How long a scheduler may take to answer."""
OPEN_SECONDS = 20.0
"""How long its workers may take to load the program and tell what they are."""
PATIENCE = 3
"""Deadlines after which a task is given up, its wait for a free worker included."""
WATCH_SECONDS = 0.25
"""How often to look whether the scheduler is still there while somebody waits for an answer."""
LATER = "start the cluster, or wait until it is back: trainings go on from where they are"

# what matters of that is checked here more closely, and told in one line
warnings.filterwarnings("ignore", category=VersionMismatchWarning)


class Cluster(Workers):
    """The workers behind one Dask scheduler.

    Dask itself runs a task again whose worker died, elsewhere; what it gives up is not sent again.
    One thread of our own talks to the client, whose calls may block, and makes it anew when the
    scheduler was lost.
    """

    shortest_slice = SHORTEST_SLICE

    def __init__(self, address: str, deadline: float) -> None:
        self.address = address
        self.count = 1
        self.patience = PATIENCE * deadline
        self._deadline = deadline
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="cluster")
        # the library's own types leave most things open
        self._client: Any = None
        self._connection: Any = None
        self._executor: Executor | None = None
        self._lost: NoWorkersError | None = None
        self._lost_at = 0.0
        # sent and not answered
        self._lock = threading.Lock()
        self._sent: set[Future[Any]] = set()

    def open(self) -> None:
        """Connect, and see that every worker comes to the bits this server would."""
        self._thread.submit(self._connected, time.monotonic()).result()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run a task on any worker; cancelling its future takes it back from the scheduler."""
        future: Future[T] = Future()
        try:
            self._thread.submit(self._send, future, time.monotonic(), partial(fn, *args, **kwargs))
        except RuntimeError as error:
            raise NoWorkersError("the server is stopping") from error
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Take no more work, take back what was sent, and leave the cluster."""
        with suppress(RuntimeError):
            self._thread.submit(self._leave)
        self._thread.shutdown(wait=wait)
        del cancel_futures

    # -- in the thread of our own ------------------------------------------------------------

    def _send(self, future: Future[T], asked: float, task: Callable[[], T]) -> None:
        if future.cancelled():
            return
        try:
            executor = self._connected(asked)
        except NoWorkersError as error:
            settle(future, error=error)
            return
        try:
            # no `retries`: those are for tasks that raised, and ours would raise the same again
            sent = executor.submit(attempt, identity(), self._deadline, task)
        except Exception as error:
            # the scheduler was lost between the look and the call
            settle(future, error=WorkerLostError(_line(error)))
            return
        with self._lock:
            self._sent.add(future)
        sent.add_done_callback(partial(self._answered, future))
        future.add_done_callback(partial(self._take_back, sent))

    def _take_back(self, sent: Future[Any], future: Future[Any]) -> None:
        with self._lock:
            self._sent.discard(future)
        if future.cancelled():
            with suppress(RuntimeError):
                self._thread.submit(sent.cancel)

    def _connected(self, asked: float) -> Executor:
        """The executor, of a new client where the scheduler was lost.

        What was asked for during an attempt that failed fails with it; what comes later tries anew.
        """
        client, executor = self._client, self._executor
        if client is not None and executor is not None and _holds(client, self._connection):
            return executor
        if self._lost is not None and asked <= self._lost_at:
            raise self._lost
        self._leave()
        try:
            return self._connect()
        except NoWorkersError as error:
            self._lost, self._lost_at = error, time.monotonic()
            raise

    def _connect(self) -> Executor:
        opening: Future[tuple[Any, int]] = Future()
        # the library waits for ever for one that takes the connection and says nothing
        threading.Thread(target=self._open_client, args=(opening,), daemon=True).start()
        try:
            client, self.count = opening.result(OPEN_SECONDS)
        except OSError as error:
            opening.cancel()
            raise NoWorkersError(f"no Dask scheduler answers at {self.address}", LATER) from error
        except ImportError as error:
            detail = f"the Dask scheduler at {self.address} refuses this server ({_line(error)})"
            raise NoWorkersError(detail, "install the same version of `distributed` on both sides") from error
        # no answer from memory: a task that is tried again has to run again
        executor: Executor = client.get_executor(pure=False)
        self._client, self._executor, self._lost = client, executor, None
        self._connection = client.scheduler_comm
        threading.Thread(target=self._watch, args=(client, self._connection), daemon=True).start()
        return executor

    def _leave(self) -> None:
        client, self._client, self._executor = self._client, None, None
        if client is not None:
            client.close(timeout=CONNECT_SECONDS)

    # -- in a thread that may be left behind -------------------------------------------------

    def _open_client(self, opening: Future[tuple[Any, int]]) -> None:
        client: Any = None
        # before this process finds out what it is
        use_one_thread()
        try:
            client = Client(f"tcp://{self.address}", timeout=CONNECT_SECONDS, set_as_default=False)
            count = self._admitted(client)
        except Exception as error:
            settle(opening, error=error)
        else:
            if settle(opening, (client, count)):
                return
        if client is not None:
            client.close(timeout=CONNECT_SECONDS)

    def _admitted(self, client: Any) -> int:
        """Threads of the cluster, once all of its workers are known to be fit."""
        threads: dict[str, int] = client.nthreads()
        if not threads:
            raise NoWorkersError(
                f"the Dask cluster at {self.address} has no workers",
                f"start some where Chainrule is installed: `dask worker {self.address}`",
            )
        identities: dict[str, Identity | Exception] = client.run(identify, on_error="return")
        for worker, found in identities.items():
            if isinstance(found, Exception):
                raise _unfit(worker, f"cannot run Chainrule ({_line(found)})")
            difference = identity().difference(found)
            if difference is not None:
                raise _unfit(worker, f"has {difference}")
        return sum(threads.values())

    # -- in a thread that lives as long as the client ----------------------------------------

    def _watch(self, client: Any, connection: object) -> None:
        """Fail what was sent when the scheduler is lost: the library forgets answers it was fetching then."""
        while _holds(client, connection):
            time.sleep(WATCH_SECONDS)
        with self._lock:
            sent = list(self._sent)
        for future in sent:
            self._settle(future, error=self._gone())

    # -- in the client's thread --------------------------------------------------------------

    def _answered(self, future: Future[T], sent: Future[Outcome[T]]) -> None:
        try:
            outcome = sent.result()
        except CancelledError:
            # by Dask: it lost its scheduler, or the client is closed
            self._settle(future, error=self._gone())
        except KilledWorker as error:
            # tried on several workers, all of which died
            self._settle(future, error=WorkerLostError(_line(error), again=False))
        except Exception as error:
            self._settle(future, error=_unfit("a worker", f"cannot run Chainrule ({_line(error)})"))
        else:
            if outcome.refusal is not None:
                self._settle(future, error=_unfit("a worker", f"has {outcome.refusal}"))
            else:
                self._settle(future, outcome.value, outcome.error)

    # -- anywhere ----------------------------------------------------------------------------

    def _gone(self) -> WorkerLostError:
        return WorkerLostError(f"the Dask cluster at {self.address} was lost")

    def _settle(self, future: Future[Any], value: object = None, error: Exception | None = None) -> None:
        """Answer what was sent, once."""
        with self._lock:
            if future not in self._sent:
                return
            self._sent.remove(future)
        settle(future, value, error)


def settle(future: Future[Any], value: object = None, error: Exception | None = None) -> bool:
    """Answer whoever waits; False where nobody does any more."""
    if not future.set_running_or_notify_cancel():
        return False
    if error is None:
        future.set_result(value)
    else:
        future.set_exception(error)
    return True


def _holds(client: Any, connection: object) -> bool:
    """Whether this is still the connection: one the client has renewed may lead to other workers."""
    return client.status == "running" and client.scheduler_comm is connection


def _unfit(worker: str, what: str) -> NoWorkersError:
    return NoWorkersError(
        f"{worker} of the Dask cluster {what}",
        "install there what this server runs: the same Chainrule, with its extra `dask`, and NumPy",
    )


def _line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())
