"""What a worker of a cluster does around a task, in a thread of this process."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from threadpoolctl import threadpool_limits

from app.cluster_task import attempt, use_one_thread, within
from app.identity import identity
from engine.errors import LimitError
from tests.app.test_cluster import busy, mistake, threads_of_linear_algebra


def swallow() -> str:
    try:
        return busy(60)
    except Exception:
        return "swallowed"


def test_a_task_is_interrupted_in_any_thread_and_its_thread_lives_on() -> None:
    with ThreadPoolExecutor(1) as threads:
        with pytest.raises(LimitError):
            threads.submit(within, 0.05, swallow).result()
        assert threads.submit(within, 60.0, threading.get_ident).result() != threading.get_ident()


def test_an_interrupt_that_comes_with_the_end_strikes_nothing_else() -> None:
    for _ in range(300):
        try:
            assert within(0.002, lambda: busy(0.002)) == "done"
        except LimitError:
            continue
        # a stray one would be raised by any of these instructions
        assert sum(range(2_000)) == 1_999_000


def test_a_task_in_time_leaves_no_timer_behind() -> None:
    before = threading.active_count()
    assert within(60.0, lambda: "done") == "done"
    end = time.monotonic() + 10
    while threading.active_count() > before and time.monotonic() < end:
        pass
    assert threading.active_count() == before


def test_a_process_of_another_identity_runs_nothing() -> None:
    outcome = attempt(replace(identity(), numpy="1.0"), 10.0, mistake)
    assert outcome.error is None
    assert outcome.refusal == f"NumPy {identity().numpy}"


def test_linear_algebra_goes_back_to_one_thread() -> None:
    with threadpool_limits(limits=2):
        assert threads_of_linear_algebra() == {2}
        use_one_thread()
        assert threads_of_linear_algebra() == {1}
