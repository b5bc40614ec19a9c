"""The executor: admission, deadlines, workers that die."""

import asyncio
import multiprocessing
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.compute import Compute
from app.executors import Crew, NoWorkersError
from app.problems import ProblemError
from app.worker import ONE_THREAD
from engine.errors import InputError, LimitError

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def pool(workers: int = 1, queue: int = 8, deadline: float = 10.0) -> AsyncIterator[Compute]:
    compute = Compute(Crew(workers, deadline), queue)
    await compute.start()
    try:
        yield compute
    finally:
        await compute.stop()


@pytest.fixture(scope="module")
async def shared() -> AsyncIterator[Compute]:
    """A pool for the tests that leave it as it was."""
    async with pool() as compute:
        yield compute


# what the workers run: importable by name there


def process_id() -> int:
    return os.getpid()


def threads_of_linear_algebra() -> list[str | None]:
    return [os.environ.get(name) for name in ONE_THREAD]


def busy(seconds: float) -> str:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "done"


def deaf(seconds: float) -> str:
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    return busy(seconds)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(mark: str) -> str:
    """Die when called for the first time, answer the second time."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return "done"
    die()
    return "never"


def die_three_times(mark: str) -> str:
    """Die when called for the first three times: longer than one retry lasts."""
    for number in (1, 2):
        if not Path(f"{mark}{number}").exists():
            return die_once(f"{mark}{number}")
    return die_once(f"{mark}3")


def process_id_once_there(mark: str) -> int:
    """Note that this has begun, and answer when the mark is there."""
    Path(f"{Path(mark).parent}/begun-{os.getpid()}").touch()
    while not Path(mark).exists():
        pass
    return os.getpid()


def begun_in(folder: Path) -> int:
    return len(list(folder.glob("begun-*")))


def mistake() -> None:
    raise InputError("odd", "that is odd", span=(1, 2), parameters={"a": [1]})


async def test_answers_come_from_another_process(shared: Compute) -> None:
    assert await shared.call(process_id) != os.getpid()


async def test_workers_use_one_thread_of_linear_algebra(shared: Compute) -> None:
    assert set(await shared.call(threads_of_linear_algebra)) == {"1"}


async def test_mistakes_arrive_whole(shared: Compute) -> None:
    with pytest.raises(InputError) as caught:
        await shared.call(mistake)
    assert (caught.value.code, caught.value.span, caught.value.parameters) == ("odd", (1, 2), {"a": [1]})


async def test_one_too_many_is_turned_away() -> None:
    async with pool(queue=2) as compute:
        running = [asyncio.create_task(compute.call(busy, 0.3)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(ProblemError) as caught:
            await compute.call(process_id)
        assert (caught.value.status_code, caught.value.code) == (503, "busy")
        assert (caught.value.headers or {})["retry-after"] == "1"
        assert await asyncio.gather(*running) == ["done", "done"]
        assert await compute.call(process_id)


async def test_slices_go_before_calls_that_wait(shared: Compute, tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    order: list[str] = []

    async def noted(name: str, task: Awaitable[object]) -> None:
        await task
        order.append(name)

    first = asyncio.create_task(noted("first call", shared.call(process_id_once_there, str(mark))))
    while begun_in(tmp_path) < 1:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    later = [asyncio.create_task(noted(f"call {n}", shared.call(process_id))) for n in range(5)]
    await asyncio.sleep(0)
    piece = asyncio.create_task(noted("slice", shared.run_pure(process_id)))
    await asyncio.sleep(0)
    mark.touch()
    await asyncio.gather(first, *later, piece)
    assert order == ["first call", "slice", *(f"call {n}" for n in range(5))]


async def test_event_loop_stays_free_meanwhile(shared: Compute) -> None:
    task = asyncio.create_task(shared.call(busy, 0.3))
    turns = 0
    while not task.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns > 3


async def test_task_beyond_its_deadline_is_interrupted() -> None:
    # long enough for the other two calls on a machine with much to do
    async with pool(deadline=1.0) as compute:
        before = await compute.call(process_id)
        with pytest.raises(LimitError) as caught:
            await compute.call(busy, 30)
        assert caught.value.limit == "seconds"
        assert await compute.call(process_id) == before


async def test_task_that_cannot_be_interrupted_loses_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    async with pool(deadline=0.5) as compute:
        with pytest.raises(ProblemError) as caught:
            await compute.call(deaf, 60)
        assert (caught.value.status_code, caught.value.code) == (503, "worker_lost")
        assert await compute.call(process_id)


async def test_lost_worker_is_replaced_and_the_task_runs_again(tmp_path: object) -> None:
    async with pool() as compute:
        assert await compute.call(die_once, f"{tmp_path}/mark") == "done"


async def test_task_that_kills_twice_is_given_up() -> None:
    async with pool() as compute:
        with pytest.raises(ProblemError) as caught:
            await compute.call(die)
        assert (caught.value.status_code, caught.value.code) == (503, "worker_lost")
        assert caught.value.headers
        assert await compute.call(process_id)


async def test_pure_task_is_tried_more_often_than_any_other(tmp_path: object) -> None:
    async with pool() as compute:
        assert await compute.run_pure(die_three_times, f"{tmp_path}/mark") == "done"
        with pytest.raises(ProblemError) as caught:
            await compute.run_pure(die)
        assert caught.value.code == "worker_lost"


async def test_neighbours_of_a_dying_worker_get_their_answers(tmp_path: object) -> None:
    async with pool(workers=2) as compute:
        tasks = [compute.call(busy, 0.2), compute.call(die_once, f"{tmp_path}/mark"), compute.call(busy, 0.1)]
        assert await asyncio.gather(*tasks) == ["done"] * 3


async def test_a_death_costs_no_other_worker(tmp_path: Path) -> None:
    async with pool(workers=2) as compute:
        go = tmp_path / "go"
        neighbour = asyncio.create_task(compute.call(process_id_once_there, str(go)))
        assert await compute.call(die_once, f"{tmp_path}/mark") == "done"
        go.touch()
        # one answer, of a process that has run nothing else
        assert await neighbour in {child.pid for child in multiprocessing.active_children()}
        assert begun_in(tmp_path) == 1


async def test_workers_killed_while_idle_are_replaced() -> None:
    others = set(multiprocessing.active_children())
    async with pool(workers=2) as compute:
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
            child.join()
        assert await asyncio.gather(*[compute.call(busy, 0.0) for _ in range(4)]) == ["done"] * 4


def test_a_task_that_meets_a_stop_half_way_is_refused_in_words() -> None:
    crew = Crew(1, 10.0)
    crew.open()
    try:
        (pool,) = crew._pools
        # as when `shutdown` comes between the choice of a worker and the handing over
        pool.shutdown()
        with pytest.raises(NoWorkersError, match="the server is stopping"):
            crew.submit(process_id).result(10)
    finally:
        crew.shutdown()


async def test_stopping_leaves_no_process_behind() -> None:
    before = set(multiprocessing.active_children())
    async with pool(workers=2) as compute:
        started = set(multiprocessing.active_children()) - before
        assert len(started) == 2
        assert await compute.call(process_id) in {process.pid for process in started}
    assert not [process for process in started if process.is_alive()]
    with pytest.raises(ProblemError):
        await compute.call(process_id)
