"""A live session whose slices run on a Dask cluster."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.settings import Settings
from tests.app.dask_processes import DaskProcesses

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]


@pytest.fixture
def dask(tmp_path: Any) -> Iterator[DaskProcesses]:
    processes = DaskProcesses(tmp_path)
    try:
        processes.start(workers=2)
        yield processes
    finally:
        processes.stop()


def test_live_session_over_the_cluster_outlives_workers_and_scheduler(
    dask: DaskProcesses, run_server: Run, join: Join, reference: Any
) -> None:
    with run_server(Settings(executor=dask.address)) as server, join(server) as client:
        client.configure()
        client.say("speed", updates_per_second=2000)
        client.say("play")
        last = -1
        for _ in range(4):
            frame = client.hear_frame()
            assert frame["step"] > last
            last = frame["step"]
            assert frame["fingerprint"] == reference.fingerprint(last)
            if last:
                # a slice runs at any time: one of these kills hits it
                dask.kill_a_worker()
        dask.stop()
        problem = client.hear_problem("no_workers")
        assert dask.address in problem["detail"]
        assert problem["hint"]
        assert not client.hear_kind("status")["playing"]
        # one problem, then silence until something else is asked for
        client.say("edit", parameter="b1", index=[0], value=0)
        assert client.hear()["problem"]["code"] == "no_workers"
        dask.start(workers=2)
        client.say("play")
        frame = client.hear_frame(lambda frame: frame["step"] > last)
        assert frame["fingerprint"] == reference.fingerprint(frame["step"])
