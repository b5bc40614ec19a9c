"""A reader of streams, and the engine's own word on what it should read."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest

from app.encoding import to_msgpack
from engine.learning import DataSpec, OptimizerSpec, TrainingSpec, run_slice, start, write_program

Line = dict[str, Any]
Read = Callable[..., list[Line]]

SPEC: dict[str, Any] = {
    "data": {"name": "spiral", "classes": 3, "samples": 120, "noise": 0.1, "seed": 3},
    "optimizer": {"name": "adam", "learning_rate": 0.02},
    "batch_size": 16,
    "seed": 5,
}


@contextmanager
def streamed(server: Any, path: str, client: str = "", **body: Any) -> Iterator[Iterator[Line]]:
    """The lines of a stream as they come; leaving the block closes the connection."""
    with (
        httpx.Client(timeout=30) as http,
        http.stream(
            "POST", f"{server.http}/api/v1/trainings{path}", json=body, headers={"client-id": client}
        ) as answer,
    ):
        if answer.status_code != 200:
            answer.read()
            pytest.fail(answer.text)
        assert answer.headers["content-type"] == "application/jsonl"
        yield (json.loads(line) for line in answer.iter_lines())


@pytest.fixture(scope="session")
def stream() -> Callable[..., AbstractContextManager[Iterator[Line]]]:
    return streamed


@pytest.fixture(scope="session")
def read(server: Any) -> Read:
    """All lines of a stream of the shared server."""

    def read(path: str, **body: Any) -> list[Line]:
        with streamed(server, path, **body) as lines:
            return list(lines)

    return read


@pytest.fixture(scope="session")
def refused(server: Any, problem: Callable[..., Line]) -> Callable[..., Line]:
    """The problem that a request is answered with in place of a stream."""

    def refused(path: str, code: str, **body: Any) -> Line:
        return problem(httpx.post(f"{server.http}/api/v1/trainings{path}", json=body, timeout=30), 422, code)

    return refused


@pytest.fixture(scope="session")
def asked() -> dict[str, Any]:
    return SPEC


class Reference:
    """What the engine reaches in this process, in one slice."""

    def spec(self, hidden: tuple[int, ...] = (8,), rate: float = 0.02) -> TrainingSpec:
        return TrainingSpec(
            write_program(classes=3, hidden=hidden),
            DataSpec(**SPEC["data"]),
            OptimizerSpec("adam", rate),
            SPEC["batch_size"],
            SPEC["seed"],
        )

    def __call__(self, updates: int, spec: TrainingSpec | None = None) -> Line:
        """The frame after so many updates, and the state, as a stream would write them."""
        spec = spec or self.spec()
        state, frame = run_slice(spec, start(spec), updates)
        written = frame.to_plain() | {"state": to_msgpack(state.to_plain())}
        return json.loads(json.dumps(written, default=lambda value: base64.b64encode(value).decode()))


@pytest.fixture(scope="session")
def reference() -> Reference:
    return Reference()
