"""A client of the live session, and the engine's own word on what it should see."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from types import ModuleType
from typing import Any

import msgpack
import pytest
from websockets.sync.client import ClientConnection, connect

from app.encoding import to_msgpack
from app.states import fingerprint
from engine.learning import (
    DataSpec,
    OptimizerSpec,
    TrainingSpec,
    TrainingState,
    run_slice,
    start,
    write_program,
)

SPEC: dict[str, Any] = {
    "program": write_program(classes=3, hidden=(8,)),
    "data": {"name": "spiral", "classes": 3, "samples": 120, "noise": 0.1, "seed": 3},
    "optimizer": {"name": "adam", "learning_rate": 0.02},
    "batch_size": 16,
    "seed": 5,
}

Message = dict[str, Any]

REFUSED = ("unknown_name", "not_configured")
"""What an edit of nothing is answered."""


class Client:
    """Speaks the protocol; draws each frame and takes each state at once unless told not to."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.draws = True
        self.takes = True
        self.kept = b""

    def say(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, **fields}))

    def hear(self, timeout: float = 20) -> Message:
        """The next message that is no state: of those, the newest is kept."""
        while (message := self.hear_anything(timeout))["type"] == "state":
            pass
        return message

    def hear_anything(self, timeout: float = 20) -> Message:
        content = self.socket.recv(timeout)
        assert isinstance(content, bytes)
        message = msgpack.unpackb(content)
        assert message["version"] == 1
        if message["type"] == "frame" and self.draws:
            self.say("drawn", step=message["step"])
        if message["type"] == "state":
            self.kept = message["state"]
            if self.takes:
                self.say("taken", step=message["step"])
        return message

    def state(self, frame: Message) -> bytes:
        """The state of a frame that is shown."""
        self.say("state", step=frame["step"])
        while fingerprint(self.kept) != frame["fingerprint"]:
            message = self.hear_anything()
            assert message["type"] in ("state", "frame"), message
        return self.kept

    def hear_all(self) -> list[Message]:
        """What is still said to a client that wishes for nothing more."""
        heard: list[Message] = []
        while more := self._hear_until_done():
            heard += more
        return heard

    def _hear_until_done(self) -> list[Message]:
        """What is said until a change that cannot be is refused: it waits for the slice under way."""
        self.say("edit", parameter="nobody", index=[], value=0)
        heard: list[Message] = []
        while (message := self.hear())["type"] != "problem" or message["problem"]["code"] not in REFUSED:
            heard.append(message)
        return heard

    def hear_kind(self, kind: str) -> Message:
        while True:
            message = self.hear()
            if message["type"] == kind:
                return message
            assert message["type"] != "problem", message

    def hear_frame(self, until: Callable[[Message], bool] = lambda frame: True) -> Message:
        while not until(frame := self.hear_kind("frame")):
            pass
        return frame

    def hear_end(self, reason: str) -> Message:
        """The frame that says why a training ended, once its status does too; either may come first."""
        end: Message | None = None
        playing = True
        while end is None or playing:
            message = self.hear()
            assert message["type"] != "problem", message
            if message["type"] == "status":
                playing = message["playing"]
            elif message["type"] == "frame" and message[reason] is not None:
                end = message
        return end

    def hear_problem(self, code: str) -> Message:
        while (message := self.hear())["type"] != "problem":
            pass
        assert message["problem"]["code"] == code, message
        assert list(message["problem"])[:5] == ["type", "title", "status", "detail", "code"]
        return message["problem"]

    def configure(self, spec: dict[str, Any] | None = None, **fields: Any) -> tuple[Message, Message]:
        self.say("configure", spec=spec or SPEC, **fields)
        return self.hear_kind("ready"), self.hear_frame()


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[ModuleType], Clock]:
    """Puts a clock in the place of `time` in a module."""

    def set_clock(module: ModuleType) -> Clock:
        clock = Clock()
        monkeypatch.setattr(module, "time", clock)
        return clock

    return set_clock


@contextmanager
def joined(server: Any, query: str = "", **options: Any) -> Iterator[Client]:
    with connect(server.live + query, max_size=None, **options) as socket:
        yield Client(socket)


@pytest.fixture(scope="session")
def join() -> Callable[..., AbstractContextManager[Client]]:
    return joined


@pytest.fixture
def live(server: Any) -> Iterator[Client]:
    with joined(server) as client:
        yield client


@pytest.fixture(scope="session")
def spec() -> dict[str, Any]:
    return SPEC


class Reference:
    """What the engine reaches by itself, undisturbed and in this process."""

    def __init__(self) -> None:
        self.spec = TrainingSpec(
            SPEC["program"],
            DataSpec(**SPEC["data"]),
            OptimizerSpec(**SPEC["optimizer"]),
            SPEC["batch_size"],
            SPEC["seed"],
        )
        self.known = {0: start(self.spec)}

    def fingerprint(self, step: int) -> str:
        """What tells the state after so many updates from others."""
        return fingerprint(self(step))

    def __call__(self, step: int) -> bytes:
        """The state after so many updates."""
        before = max(known for known in self.known if known <= step)
        self.known[step], _ = run_slice(self.spec, self.known[before], step - before)
        return to_msgpack(self.known[step].to_plain())

    def parameters(self, content: bytes) -> dict[str, bytes]:
        """The parameters of a state."""
        state = TrainingState.from_plain(msgpack.unpackb(content))
        return {name: array.tobytes() for name, array in state.parameters.items()}


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()
