"""The real server as a subprocess on a free port."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CHAINRULE = Path(sys.executable).with_name("chainrule")
START_SECONDS = 60
STOP_SECONDS = 20


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server that a test may stop and start again on the same port."""

    def __init__(self, log: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and return once it answers on /healthz."""
        assert self._process is None, "this server is running already"
        # as a user starts it: it has to set its own workers' threads
        environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [CHAINRULE, "serve", "--host", "127.0.0.1", "--port", str(self.port)],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self.answers():
            if self._ended_within(0.05):
                self._process = None
                raise AssertionError(f"the server ended at its start:\n{self.text()}")
            if time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"the server gave no answer in {START_SECONDS} s:\n{self.text()}")

    def stop(self) -> None:
        """Ask it to end, and wait until it has."""
        if self._process is None:
            return
        self._process.terminate()
        if not self._ended_within(STOP_SECONDS):
            self.kill()
            raise AssertionError(
                f"the server did not end within {STOP_SECONDS} s of being asked:\n{self.text()}"
            )
        self._process = None

    def kill(self) -> None:
        """End it and its workers at once, as a power cut would."""
        if self._process is None:
            return
        # it leads a session of its own, so the group holds nothing but itself and its workers
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def answers(self) -> bool:
        """Tell whether /healthz answers 200 now."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def text(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def _ended_within(self, seconds: float) -> bool:
        assert self._process is not None
        try:
            self._process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return False
        return True
