"""A Dask cluster in place of worker processes: the same bits, deadlines, workers that die or do not fit."""

import asyncio
import os
import signal
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

import app.cluster as module
from app.cluster import Cluster
from app.compute import Compute
from app.encoding import to_msgpack
from app.executors import Crew, NoWorkersError
from app.identity import identity
from app.problems import ProblemError
from app.slices import Slice, train
from engine.errors import InputError, LimitError
from engine.learning import DataSpec, TrainingSpec, start, write_program
from tests.app.dask_processes import DaskProcesses

pytestmark = pytest.mark.anyio

SPEC = TrainingSpec(
    write_program(2, (16, 16), 3, ("tanh", "gelu")), DataSpec("spiral", 3, 150, 0.1, 3), batch_size=32, seed=5
)


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskProcesses]:
    """One scheduler and two workers for this file."""
    processes = DaskProcesses(tmp_path_factory.mktemp("dask"), allowed_failures=1)
    try:
        processes.start(workers=2)
        yield processes
    finally:
        processes.stop()


@asynccontextmanager
async def joined(dask: DaskProcesses, deadline: float = 20.0) -> AsyncIterator[Compute]:
    compute = Compute(Cluster(dask.address, deadline), queue=8)
    await compute.start()
    try:
        yield compute
    finally:
        await compute.stop()


@pytest.fixture(scope="module")
async def compute(dask: DaskProcesses) -> AsyncIterator[Compute]:
    async with joined(dask) as compute:
        yield compute


# what the workers run: importable by name there


def where() -> tuple[int, bool]:
    return os.getpid(), threading.current_thread() is threading.main_thread()


def threads_of_linear_algebra() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


def busy(seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def mistake() -> None:
    raise InputError("odd", "that is odd", span=(1, 2), parameters={"a": [1]})


def touch(mark: str) -> None:
    Path(mark).touch()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def train_but_die_first(mark: str, spec: TrainingSpec, state: bytes, updates: int) -> Slice:
    """Train, and the first time die in the middle of it."""
    half = train(spec, state, updates // 2, False)
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return train(spec, half.state, updates - updates // 2, False)
    die()
    raise AssertionError("unreachable")


def begun() -> bytes:
    return to_msgpack(start(SPEC).to_plain())


def same(one: Slice, other: Slice) -> bool:
    return replace(one, seconds=0) == replace(other, seconds=0)


async def test_tasks_run_in_threads_of_other_processes(compute: Compute) -> None:
    process, is_main = await compute.call(where)
    assert process != os.getpid()
    assert not is_main
    assert compute.workers == 2
    assert compute.shortest_slice >= 0.1


async def test_the_same_bits_here_in_a_process_and_on_a_cluster(compute: Compute) -> None:
    here = train(SPEC, begun(), 60, False)
    crew = Compute(Crew(1, 20.0), queue=1)
    await crew.start()
    try:
        assert same(await crew.call(train, SPEC, begun(), 60, False), here)
    finally:
        await crew.stop()
    assert same(await compute.call(train, SPEC, begun(), 60, False), here)


async def test_workers_use_one_thread_of_linear_algebra(compute: Compute) -> None:
    assert await compute.call(threads_of_linear_algebra) == {1}


async def test_mistakes_arrive_whole(compute: Compute) -> None:
    with pytest.raises(InputError) as caught:
        await compute.call(mistake)
    assert (caught.value.code, caught.value.span, caught.value.parameters) == ("odd", (1, 2), {"a": [1]})
    assert "in mistake" in caught.value.__notes__[0]


async def test_task_beyond_its_deadline_is_interrupted(dask: DaskProcesses) -> None:
    async with joined(dask, deadline=1.0) as compute:
        with pytest.raises(LimitError) as caught:
            await compute.call(busy, 60)
        assert caught.value.limit == "seconds"
        # both workers are free again
        assert await asyncio.gather(*[compute.call(busy, 0.1) for _ in range(2)]) == ["done"] * 2


async def test_task_that_cannot_be_interrupted_is_given_up(dask: DaskProcesses) -> None:
    async with joined(dask, deadline=0.2) as compute:
        with pytest.raises(ProblemError) as caught:
            await compute.call(time.sleep, 3)
        assert (caught.value.status_code, caught.value.code) == (503, "no_answer")


async def test_task_nobody_waits_for_is_taken_back(compute: Compute, tmp_path: Path) -> None:
    ahead = [asyncio.create_task(compute.call(busy, 0.5)) for _ in range(6)]
    unwanted = asyncio.create_task(compute.call(touch, f"{tmp_path}/mark"))
    await asyncio.sleep(0)
    unwanted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await unwanted
    assert await asyncio.gather(*ahead) == ["done"] * 6
    # sent after it, so that it would have run by now
    await asyncio.gather(*[compute.call(busy, 0.0) for _ in range(4)])
    assert not (tmp_path / "mark").exists()


async def test_slice_whose_worker_is_killed_comes_to_the_same_bits(compute: Compute, tmp_path: Path) -> None:
    half = train(SPEC, begun(), 30, False)
    undisturbed = train(SPEC, half.state, 30, False)
    found = await compute.call(train_but_die_first, f"{tmp_path}/mark", SPEC, begun(), 60)
    assert same(found, undisturbed)


async def test_task_that_kills_its_workers_is_given_up(compute: Compute) -> None:
    with pytest.raises(ProblemError) as caught:
        await compute.call(die)
    assert (caught.value.status_code, caught.value.code) == (503, "worker_lost")
    assert await compute.call(busy, 0.0) == "done"


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ({"numpy": "1.0"}, "of the Dask cluster has NumPy "),
        ({"code": "0"}, "of the Dask cluster has Chainrule from other code"),
        ({"bits": "0"}, "has another kind of processor or another build of NumPy"),
    ],
)
def test_cluster_that_comes_to_other_bits_is_refused(
    dask: DaskProcesses, monkeypatch: pytest.MonkeyPatch, other: dict[str, str], words: str
) -> None:
    monkeypatch.setattr(module, "identity", lambda: replace(identity(), **other))
    with pytest.raises(NoWorkersError, match=words) as caught:
        Cluster(dask.address, 10.0).open()
    assert "install there what this server runs" in caught.value.hint


def test_address_where_something_else_listens_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OPEN_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(NoWorkersError, match=f"no Dask scheduler answers at {address}"):
            Cluster(address, 10.0).open()


async def test_worker_that_joins_later_and_comes_to_other_bits_is_refused(
    compute: Compute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "identity", lambda: replace(identity(), numpy="1.0"))
    with pytest.raises(ProblemError) as caught:
        await compute.call(busy, 0.0)
    assert caught.value.code == "no_workers"
    assert "has NumPy" in caught.value.detail
