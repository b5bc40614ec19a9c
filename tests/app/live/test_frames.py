"""One frame in flight, the newest wins."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import msgpack
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
    assert second["fingerprint"] == reference.fingerprint(second["step"])


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
        assert later["fingerprint"] == reference.fingerprint(later["step"])


def many_parameters(count: int) -> str:
    """A program of so many parameters beside its weights."""
    names = [f"p{number:02x}" for number in range(count)]
    lines = [f"{name} = zeros(2)" for name in names]
    loss = f"loss = cross_entropy(scores, y) + {' + '.join(f'{name}[0]' for name in names)}"
    return "\n".join(["W = he(2, 10)", *lines, "scores = X @ W", loss])


@pytest.mark.parametrize(
    ("program", "features", "points", "most"),
    [
        (write_program(classes=10, hidden=(16, 16)), 2, 20_000, 32),
        # the layer builder's largest: none of its 200,000 numbers is in a frame
        (write_program(16, (256, 256, 256, *(96,) * 5), 10), 16, 6_000, 64),
        (many_parameters(110), 2, 300, 64),
    ],
)
def test_default_frame_is_small_however_large_the_training(
    program: str, features: int, points: int, most: int, live: Any
) -> None:
    own = {
        "x": [(i % 97) / 97 for i in range(points)],
        "y": [(i % 89) / 89 for i in range(points)],
        "label": [i % 10 for i in range(points)],
    }
    columns = [f"x + {number} * y" for number in range(features)]
    spec = {"program": program, "data": {"name": "own", "own": own}, "features": columns}
    live.say("configure", spec=spec)
    ready = live.hear_kind("ready")
    assert ready["classes"] == 10
    content = live.socket.recv(30)
    frame = msgpack.unpackb(content)
    assert (frame["type"], frame["boundary"]["size"]) == ("frame", 64)
    assert len(content) < most * 1024
