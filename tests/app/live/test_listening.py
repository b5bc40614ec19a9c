"""A client is heard no faster than it may speak, and not for ever."""

import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from app.compute import Compute
from app.live import listening
from app.live.listening import listen
from app.live.messages import Message
from app.live.outbox import Outbox
from app.settings import Settings

Join = Callable[..., AbstractContextManager[Any]]
Run = Callable[[Settings], AbstractContextManager[Any]]


class Clock:
    """Time that passes only while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


class Speaker:
    """A client that has said everything already."""

    def __init__(self, texts: list[str]) -> None:
        self._events = [{"type": "websocket.receive", "text": text} for text in texts]

    async def receive(self) -> dict[str, Any]:
        return self._events.pop(0) if self._events else {"type": "websocket.disconnect"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(listening, "time", clock)
    monkeypatch.setattr(listening, "sleep", clock.sleep)
    return clock


Listen = Callable[[list[str], Callable[[Message], Awaitable[None]], float], Awaitable[None]]


@pytest.fixture
def listening_to() -> Listen:
    async def run(texts: list[str], hear: Callable[[Message], Awaitable[None]], rate: float) -> None:
        socket: Any = Speaker(texts)
        settings = Settings(messages_per_second=rate, lifetime_seconds=1e9, idle_seconds=1e9)
        compute: Any = SimpleNamespace(spec=Compute)
        await listen(socket, settings, compute, Outbox(socket, dict), hear)

    return run


@pytest.mark.anyio
async def test_messages_beyond_the_rate_have_to_wait(clock: Clock, listening_to: Listen) -> None:
    heard: list[float] = []

    async def hear(_message: Message) -> None:
        heard.append(clock.now - 1000)

    await listening_to(['{"type": "play"}'] * 100, hear, 10)
    # a second's worth at once, then one at a time
    assert heard[9] == 0
    assert heard[-1] == pytest.approx(9, abs=0.2)
    late = heard[20:]
    assert all(later - early == pytest.approx(0.1) for early, later in pairwise(late))


def test_client_that_floods_and_never_listens_takes_nothing_from_others(
    run_server: Run, join: Join, spec: dict[str, Any]
) -> None:
    with run_server(Settings(workers=1)) as server, join(server) as other, join(server) as flood:
        other.configure()
        other.say("play")

        def pour() -> None:
            try:
                while True:
                    flood.say("step", unit="update")
            except (ConnectionClosed, OSError):
                pass

        pouring = threading.Thread(target=pour)
        pouring.start()
        steps = [other.hear_frame()["step"] for _ in range(60)]
        assert steps == sorted(set(steps))
        # it is still being held up, not sent away
        assert pouring.is_alive()
        # unlike `close`, it ends a `send` that waits in another thread
        flood.socket.socket.shutdown(socket.SHUT_RDWR)
        pouring.join(30)
        assert not pouring.is_alive()
        other.say("pause")
        while other.hear_kind("status")["playing"]:
            pass


def test_more_steps_than_may_wait_are_refused_one_by_one(live: Any) -> None:
    live.configure()
    for _ in range(300):
        live.say("step", unit="epoch", count=100_000)
    problem = live.hear_problem("too_many_waiting")
    assert (problem["status"], problem["limit"], problem["allowed"]) == (429, "waiting", 256)
    live.say("pause")
    live.say("step", unit="update")


def test_large_message_is_read_apart_and_mistakes_in_it_are_told(live: Any, spec: dict[str, Any]) -> None:
    count = 4000
    own = {
        "x": [(i % 97) / 97 for i in range(count)],
        "y": [(i % 89) / 89 for i in range(count)],
        "label": [i % 3 for i in range(count)],
    }
    data = {"name": "own", "own": own}
    ready, _ = live.configure(spec | {"data": data})
    assert len(ready["points"]["train"]["label"]) + len(ready["points"]["validation"]["label"]) == count
    live.say("configure", spec=spec | {"data": data | {"own": own | {"x": ["a"] * count}}})
    assert live.hear_problem("invalid_request")["parameters"]["field"] == "spec.data.own.x[0]"
    live.say("configure", spec=spec | {"data": data | {"own": own | {"x": own["x"][1:]}}})
    live.hear_problem("unequal_columns")
    live.socket.send("[" * 100_000)
    live.hear_problem("too_deep")
    live.say("step", unit="update")
    assert live.hear_frame()["step"] == 1
