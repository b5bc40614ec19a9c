"""An answer of lines: a slow reader, one that reads nothing, failures on the way."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.compute import Compute
from app.executors import Crew
from app.problems import ProblemError
from app.settings import Settings
from app.streams.admission import Streams
from app.streams.response import LineStream, Write

pytestmark = pytest.mark.anyio

Message = dict[str, Any]
TRAINING = {"network": {"hidden": [4]}, "updates": 40, "every": 2}


class Reader:
    """The other end of a connection: reads on only as far as it is let."""

    def __init__(self, body: bytes = b"") -> None:
        self.lines: list[bytes] = []
        self.reads = asyncio.Event()
        self.stuck = asyncio.Event()
        self.closed = asyncio.Event()
        self.ended = False
        self._messages = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive(self) -> Message:
        if self._messages:
            return self._messages.pop()
        await self.closed.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] != "http.response.body":
            return
        if not message["more_body"]:
            self.ended = True
            return
        if len(self.lines) == 3:
            self.stuck.set()
            await self.reads.wait()
        self.lines.append(message["body"])


def scope(body: bytes) -> Message:
    return {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/v1/trainings",
        "raw_path": b"/api/v1/trainings",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))],
        "client": ("127.0.0.1", 1),
        "server": ("chainrule.test", 80),
    }


async def test_a_slow_reader_slows_only_itself(application: FastAPI, client: httpx.AsyncClient) -> None:
    body = json.dumps(TRAINING).encode()
    reader = Reader(body)
    slow = asyncio.create_task(application(scope(body), reader.receive, reader.send))
    await reader.stuck.wait()
    # a neighbour is served from beginning to end meanwhile
    answer = await client.post("/api/v1/trainings", json=TRAINING)
    assert len(answer.content.splitlines()) == 23
    # and nothing is computed ahead for the one that does not read
    assert len(reader.lines) == 3
    assert application.state.streams.share.load() == 0
    assert len(application.state.streams) == 1
    reader.reads.set()
    await slow
    assert b"".join(reader.lines) == answer.content
    assert reader.ended
    assert len(application.state.streams) == 0


async def test_a_stuck_reader_that_goes_leaves_nothing(application: FastAPI) -> None:
    body = json.dumps(TRAINING).encode()
    reader = Reader(body)
    slow = asyncio.create_task(application(scope(body), reader.receive, reader.send))
    await reader.stuck.wait()
    reader.closed.set()
    await slow
    assert len(reader.lines) == 3
    assert len(application.state.streams) == 0


def served(tell: Callable[[Write], Awaitable[None]], **settings: Any) -> tuple[Streams, LineStream]:
    """A stream without a server around it."""
    compute = Compute(Crew(1, 1.0), 1)
    streams = Streams(compute, Settings(workers=1, **settings), lambda: 0)
    return streams, LineStream(streams.enter(("here", "")), tell)


async def endless(write: Write) -> None:
    while True:
        await write(b"{}\n")


async def test_a_reader_that_reads_nothing_is_given_up(caplog: pytest.LogCaptureFixture) -> None:
    streams, answer = served(endless, unread_seconds=0.05)
    reader = Reader()
    with caplog.at_level(logging.WARNING, "chainrule"):
        await answer({}, reader.receive, reader.send)
    assert (len(reader.lines), reader.ended, len(streams)) == (3, False, 0)
    assert "reads nothing" in caplog.text


async def test_a_failure_is_the_last_line(caplog: pytest.LogCaptureFixture) -> None:
    for error, status in ((ProblemError(503, "worker_lost", "lost"), 503), (ValueError("secret"), 500)):

        async def fail(write: Write, error: Exception = error) -> None:
            await write(b"{}\n")
            raise error

        streams, answer = served(fail)
        reader = Reader()
        await answer({}, reader.receive, reader.send)
        last = json.loads(reader.lines[-1])
        assert (last["version"], last["type"], last["problem"]["status"]) == (1, "problem", status)
        assert "secret" not in reader.lines[-1].decode()
        assert reader.ended
        assert len(streams) == 0
    # the one that nobody foresaw is in the log, with its particulars
    assert "secret" in caplog.text


async def test_a_server_that_stops_calls_off_what_is_told() -> None:
    streams, answer = served(endless)
    reader = Reader()
    reader.reads.set()

    async def send(message: Any) -> None:
        await asyncio.sleep(0)
        await reader.send(message)
        if len(reader.lines) == 10:
            streams.stop()

    await answer({}, reader.receive, send)
    assert json.loads(reader.lines[-1])["problem"]["code"] == "stopping"
    assert reader.ended
