"""A server that tells how late its event loop is, for `benchmarks.sessions` to put under load.

Prints its port; then, for each line it reads, one line of JSON on what passed since the line before.
"""

import asyncio
import json
import resource
import sys
import time

from app.server import Server, configure
from app.settings import Settings

INTERVAL = 0.005
"""Seconds between two looks at how late a timer is."""


class Probe:
    """How late the event loop wakes a task that sleeps, and what the process takes of a processor."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._since = (time.monotonic(), _used())

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            due = time.monotonic() + INTERVAL
            await asyncio.sleep(INTERVAL)
            self._late.append(time.monotonic() - due)

    def tell(self) -> None:
        """Print what was found, and begin anew."""
        if not sys.stdin.readline():
            return
        begun, used = self._since
        late = sorted(self._late) or [0.0]
        now, total = time.monotonic(), _used()
        found = {
            "late_p50": late[len(late) // 2],
            "late_p99": late[int(0.99 * len(late))],
            "late_most": late[-1],
            "processor": (total - used) / (now - begun),
        }
        _write(json.dumps(found))
        self._late.clear()
        self._since = (now, total)


def _write(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


async def serve(server: Server) -> None:
    """Serve, with the probe beside it."""
    probe = Probe()
    asyncio.get_running_loop().add_reader(sys.stdin, probe.tell)
    task = asyncio.create_task(probe.run())
    await server.serve()
    task.cancel()


def main() -> None:
    """Serve with as many workers as the command line says, on any free port."""
    server = Server(configure(Settings(workers=int(sys.argv[1])), "127.0.0.1", 0))
    server.when_started = lambda: _write(str(server.port))
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(serve(server))


if __name__ == "__main__":
    main()
