"""Live sessions beside one another: frames a second end to end, and how late the server's event loop is.

    .venv/bin/python -m benchmarks.sessions

The server is a process of its own on the loopback, its clients another, all on one machine; writes its
tables in Markdown to the standard output.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgpack
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.sessions_server import INTERVAL
from engine.learning import write_program

ROOT = Path(__file__).parents[1]
COUNTS = (1, 2, 4, 8, 16, 32, 64)
FRAMES = 30
"""Frames a second that a client draws at most."""
SPEED = 300
"""Updates a second where the speed is limited."""
SETTLE = 2.0
"""Seconds until slices have found their length."""
SECONDS = 4.0
"""Seconds measured."""
HALL = 32
"""Sessions of the default net that two cores are to hold at 10 frames a second each."""
SPEC = {
    "program": write_program(hidden=(16, 16), classes=3),
    "data": {"name": "spiral", "classes": 3},
    "batch_size": 32,
}

HEAD = """
## Live sessions

The default net (2-16-16-3, a spiral of three arms, batch 32) trained in several sessions at once. Each has
its own WebSocket, acknowledges frames as a page does that draws {frames} a second, and takes the states it is
handed. Frames are counted where they arrive. *Slowest* is the session with the fewest, *late* how much later
than asked a timer of {interval:.0f} ms wakes in the server's event loop, *web* what that loop's process takes
of a processor. The clients share the machine with the server. Load average before: {load:.1f}.
"""


@dataclass(slots=True)
class Tally:
    """What one client has seen."""

    frames: int = 0
    step: int = 0
    first_step: int = 0
    trains: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Result:
    """What was seen of some sessions at once."""

    sessions: int
    frames: list[float]
    updates: float
    late: dict[str, float]


class Running:
    """A server under load, and what its probe says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self.port = int(self._read())

    def probe(self) -> dict[str, float]:
        """What the event loop went through since the last call."""
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        return json.loads(self._read())

    def _read(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@contextmanager
def running(workers: int, processors: set[int]) -> Iterator[Running]:
    """A server on these processors alone."""
    command = [sys.executable, "-m", "benchmarks.sessions_server", str(workers)]
    process = subprocess.Popen(  # noqa: S603
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: os.sched_setaffinity(0, processors),
    )
    try:
        yield Running(process)
    finally:
        process.terminate()
        process.wait(30)


def measure(server: Running, count: int, speed: float | None) -> Result:
    """So many sessions for some seconds."""
    return asyncio.run(_measure(server, count, speed))


async def _measure(server: Running, count: int, speed: float | None) -> Result:
    tallies = [Tally() for _ in range(count)]
    clients = [
        asyncio.create_task(_client(server.port, number, speed, tally))
        for number, tally in enumerate(tallies)
    ]
    await asyncio.gather(*(tally.trains.wait() for tally in tallies))
    await asyncio.sleep(SETTLE)
    server.probe()
    for tally in tallies:
        tally.frames, tally.first_step = 0, tally.step
    begun = time.monotonic()
    await asyncio.sleep(SECONDS)
    seconds = time.monotonic() - begun
    frames = sorted(tally.frames / seconds for tally in tallies)
    updates = sum(tally.step - tally.first_step for tally in tallies) / seconds
    late = server.probe()
    for client in clients:
        client.cancel()
    await asyncio.gather(*clients, return_exceptions=True)
    return Result(count, frames, updates, late)


async def _client(port: int, number: int, speed: float | None, tally: Tally) -> None:
    address = f"ws://127.0.0.1:{port}/api/v1/trainings/live?client={number}"
    async with connect(address, max_size=None, compression=None) as socket:
        await _say(socket, "configure", spec=SPEC | {"seed": number})
        await _say(socket, "speed", updates_per_second=speed)
        await _say(socket, "play")
        due = time.monotonic()
        while True:
            content = await socket.recv()
            message: dict[str, Any] = msgpack.unpackb(content)
            if message["type"] == "problem":
                raise RuntimeError(message["problem"]["detail"])
            if message["type"] == "state":
                await _say(socket, "taken", step=message["step"])
            if message["type"] != "frame":
                continue
            tally.frames += 1
            tally.step = message["step"]
            if tally.step > 0:
                tally.trains.set()
            # as a screen does: each is drawn at the next of its turns
            await asyncio.sleep(due - time.monotonic())
            due = max(due + 1 / FRAMES, time.monotonic())
            await _say(socket, "drawn", step=message["step"])


async def _say(socket: ClientConnection, kind: str, **fields: object) -> None:
    await socket.send(json.dumps({"type": kind, **fields}))


def table(title: str, results: list[Result]) -> list[str]:
    """One row for each number of sessions."""
    rows = [
        f"\n| {title} | frames/s each | slowest | updates/s in all | late, median | late, p99 | web |",
        "| --- |" + " --- |" * 6,
    ]
    for result in results:
        late = result.late
        rows.append(
            f"| {result.sessions} | {statistics.median(result.frames):.1f} | {result.frames[0]:.1f} "
            f"| {result.updates:,.0f} | {1000 * late['late_p50']:.1f} ms | {1000 * late['late_p99']:.1f} ms "
            f"| {100 * late['processor']:.0f} % |"
        )
    return rows


def held(results: list[Result]) -> int:
    """The most sessions of which each had all the frames it could draw, but one in ten."""
    return max((r.sessions for r in results if r.frames[0] >= 0.9 * FRAMES), default=0)


def told(results: list[Result]) -> list[str]:
    """What became of a hall of sessions, if it was measured."""
    return [
        f"\n{HALL} sessions as fast as they go: {r.frames[0]:.1f} frames a second or better each, the event\n"
        f"loop late by {1000 * r.late['late_p99']:.1f} ms (p99), {r.updates:,.0f} updates a second in all."
        for r in results
        if r.sessions == HALL
    ]


def main() -> None:
    """Measure everything and write the tables."""
    counts = [int(text) for text in sys.argv[1:]] or list(COUNTS)
    processors = os.sched_getaffinity(0)
    load = os.getloadavg()[0]
    parts: list[str] = []
    one = {min(processors)}
    with running(1, one) as server:
        results = [measure(server, count, SPEED) for count in counts]
    parts += table(f"one core, {SPEED} updates/s each", results)
    parts.append(f"\nA core holds {held(results)} of these sessions at {FRAMES} frames a second.")
    with running(len(processors), processors) as server:
        for title, speed in ((f"{SPEED} updates/s each", SPEED), ("as fast as it goes", None)):
            results = [measure(server, count, speed) for count in counts]
            parts += table(f"{len(processors)} cores, {title}", results)
    parts += told(results)
    head = HEAD.format(frames=FRAMES, interval=1000 * INTERVAL, load=load)
    sys.stdout.write(head + "\n".join(parts) + "\n")


if __name__ == "__main__":
    main()
