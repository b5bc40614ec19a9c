"""One frame in flight, the newest wins."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from app.settings import Settings
from engine.learning import write_program

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]


def test_one_frame_is_in_flight_and_the_newest_follows(live: Any, reference: Any) -> None:
    live.configure()
    live.draws = False
    live.say("play")
    first = live.hear_frame()
    with pytest.raises(TimeoutError):
        live.hear(timeout=0.5)
    live.say("drawn", step=first["step"])
    second = live.hear_frame()
    # the training went on meanwhile, and what was in between is not sent
    assert second["step"] > first["step"] + 1
    assert second["state"] == reference(second["step"])


def test_client_that_draws_nothing_stops_its_own_training(
    run_server: Run, join: Join, reference: Any
) -> None:
    with run_server(Settings(workers=1, unseen_seconds=0.2)) as server, join(server) as live:
        live.configure()
        live.draws = False
        live.say("play")
        first = live.hear_frame()
        with pytest.raises(TimeoutError):
            live.hear(timeout=1)
        live.say("drawn", step=first["step"])
        waited = live.hear_frame()
        live.draws = True
        live.say("drawn", step=waited["step"])
        later = live.hear_frame()
        # far fewer updates than a second of training would make
        assert later["step"] > waited["step"]
        assert later["state"] == reference(later["step"])


def test_default_frame_is_small(live: Any, spec: dict[str, Any]) -> None:
    live.say("configure", spec={"program": write_program(classes=3, hidden=(16,))} | {"data": {"classes": 3}})
    live.hear_kind("ready")
    content = live.socket.recv(10)
    assert len(content) < 16 * 1024
