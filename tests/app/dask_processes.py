"""A real Dask scheduler and its workers, as processes of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from distributed import Client

ROOT = Path(__file__).resolve().parents[2]
DASK = Path(sys.executable).with_name("dask")
START_SECONDS = 60


class DaskProcesses:
    """A scheduler on a free port of this machine and workers of one thread each; a killed one comes again."""

    def __init__(self, folder: Path, allowed_failures: int = 10) -> None:
        self.folder = folder
        self._allowed_failures = allowed_failures
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self.address = f"127.0.0.1:{taken.getsockname()[1]}"
        self._scheduler: subprocess.Popen[bytes] | None = None
        self._workers: subprocess.Popen[bytes] | None = None

    def start(self, workers: int) -> None:
        """Start them and return once all workers are known to the scheduler."""
        host, port = self.address.split(":")
        self._scheduler = self._run("scheduler", "--host", host, "--port", port)
        if workers:
            self._workers = self._run(
                *("worker", f"tcp://{self.address}", "--host", host, "--nworkers", str(workers)),
                *("--nthreads", "1", "--local-directory", str(self.folder)),
            )
        with Client(f"tcp://{self.address}", timeout=START_SECONDS, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=START_SECONDS)

    def stop(self) -> None:
        """End them all at once, as a power cut would."""
        for process in (self._workers, self._scheduler):
            if process is not None:
                # it leads a session of its own: the workers are in its group
                with suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self._scheduler = self._workers = None

    def kill_a_worker(self) -> None:
        """Kill the process of one worker; its nanny starts another."""
        with Client(f"tcp://{self.address}", timeout=START_SECONDS, set_as_default=False) as client:
            # one that was killed before may still be listed, or not yet be there again
            while not (living := client.run(os.getpid, on_error="ignore")):
                client.wait_for_workers(1, timeout=START_SECONDS)
        os.kill(next(iter(living.values())), signal.SIGKILL)

    def text(self) -> str:
        """What they have printed so far."""
        return (self.folder / "log.txt").read_text()

    def _run(self, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
        # no worker is to be set up well by chance
        environment |= {
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(self._allowed_failures),
            "OPENBLAS_NUM_THREADS": "3",
        }
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [DASK, *arguments, "--no-dashboard"],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
