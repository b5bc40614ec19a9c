"""Sessions beside one another, and workers that die under them."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import Any

import msgpack
import numpy as np

from app.settings import Settings
from engine.learning import TrainingState

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]


def test_two_tabs_get_fair_shares(run_server: Run, join: Join) -> None:
    with run_server(Settings(workers=1)) as server, join(server) as one, join(server) as two:
        steps = {0: 0, 1: 0}

        def watch(number: int, client: Any) -> None:
            end = time.monotonic() + 3
            while time.monotonic() < end:
                steps[number] = client.hear_frame()["step"]

        for client in (one, two):
            client.configure()
        for client in (one, two):
            client.say("play")
        watchers = [threading.Thread(target=watch, args=pair) for pair in enumerate((one, two))]
        for watcher in watchers:
            watcher.start()
        for watcher in watchers:
            watcher.join()
        share = steps[0] / (steps[0] + steps[1])
        assert 0.3 < share < 0.7, steps


def kill_one(others: set[Any], killed: list[int]) -> None:
    """End a worker of the server that was started after `others` were there."""
    workers = [child for child in multiprocessing.active_children() if child not in others]
    victim = next(worker for worker in workers if worker.pid not in killed)
    assert victim.pid
    os.kill(victim.pid, signal.SIGKILL)
    killed.append(victim.pid)


def test_worker_killed_in_mid_slice_costs_no_frame(run_server: Run, join: Join, reference: Any) -> None:
    others = set(multiprocessing.active_children())
    with run_server(Settings(workers=2)) as server, join(server) as one, join(server) as two:
        for client in (one, two):
            client.configure()
            # fast enough for a slice to run at any time, slow enough to be followed by the reference
            client.say("speed", updates_per_second=2000)
            client.say("play")
        last = {one: -1, two: -1}
        killed: list[int] = []
        while len(killed) < 4:
            for client in (one, two):
                for _ in range(5):
                    frame = client.hear_frame()
                    assert frame["step"] > last[client]
                    assert frame["finished"] is None
                    last[client] = frame["step"]
                    # bit for bit what an undisturbed run reaches
                    assert frame["fingerprint"] == reference.fingerprint(frame["step"])
            kill_one(others, killed)
        for client in (one, two):
            frame = client.hear_frame(lambda frame: frame["step"] > max(last.values()))
            assert frame["fingerprint"] == reference.fingerprint(frame["step"])


def test_worker_killed_under_steps_rewinds_and_edits_costs_no_frame(
    run_server: Run, join: Join, reference: Any
) -> None:
    others = set(multiprocessing.active_children())
    killed: list[int] = []
    with run_server(Settings(workers=1)) as server, join(server) as one, join(server) as two:
        for client in (one, two):
            client.configure()
        # the first slice of many runs, or is about to
        one.say("step", unit="update", count=5000)
        assert one.hear_kind("status")["playing"] is False
        kill_one(others, killed)
        frame = one.hear_frame()
        assert (frame["step"], frame["fingerprint"]) == (5000, reference.fingerprint(5000))
        # replays in one session, an edit in the other, neither of which changes for the loss
        two.say("step", unit="update", count=3)
        two.hear_frame()
        for step in (4999, 2500, 1, 5000):
            one.say("rewind", step=step)
            two.say("edit", parameter="b1", index=[0], value=step / 10_000)
            kill_one(others, killed)
            frame = one.hear_frame()
            assert (frame["step"], frame["fingerprint"]) == (step, reference.fingerprint(step))
            edited = two.hear_frame()
            assert edited["step"] == 3
            state = TrainingState.from_plain(msgpack.unpackb(two.state(edited)))
            assert state.parameters["b1"][0] == np.float32(step / 10_000)
        # nothing was made twice, and nothing is still to come
        assert one.hear_all() == two.hear_all() == []


def test_workers_killed_under_eight_sessions_cost_none_of_them_a_frame(
    run_server: Run, join: Join, reference: Any
) -> None:
    others = set(multiprocessing.active_children())
    killed: list[int] = []
    with run_server(Settings(workers=2)) as server, ExitStack() as joined:
        clients = [joined.enter_context(join(server)) for _ in range(8)]
        for client in clients:
            client.configure()
        players, steppers = clients[:4], clients[4:]
        for client in players:
            client.say("speed", updates_per_second=300)
            client.say("play")
        last = dict.fromkeys(players, -1)
        for made in range(50, 601, 50):
            for client in steppers:
                client.say("step", unit="update", count=50)
            if made % 200 == 50:
                kill_one(others, killed)
            for client in steppers:
                frame = client.hear_frame()
                assert (frame["step"], frame["fingerprint"]) == (made, reference.fingerprint(made))
            for client in players:
                frame = client.hear_frame(lambda frame, client=client: frame["step"] > last[client])
                assert frame["fingerprint"] == reference.fingerprint(frame["step"])
                last[client] = frame["step"]
