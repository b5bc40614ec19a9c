"""The `chainrule` command as a process of its own."""

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from websockets.sync.client import connect

from app.cli import main
from tests.app.dask_processes import DaskProcesses

COMMAND = [sys.executable, "-c", "from app.cli import main; main()"]


@contextmanager
def serving(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", "--workers", "1", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout
        line = process.stdout.readline()
        match = re.fullmatch(r"Chainrule is at (http://\S+)\n", line)
        assert match, line
        yield process, match[1]
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_prints_its_address_and_stops_when_told(number: signal.Signals) -> None:
    with serving() as (process, address):
        answer = httpx.post(f"{address}/api/v1/graph", json={"source": "f = 3 * x", "inputs": {"x": 2}})
        assert answer.json()["gradients"] == {"x": 3.0}
        with connect(f"{address.replace('http', 'ws')}/api/v1/trainings/live"):
            process.send_signal(number)
            _, errors = process.communicate(timeout=20)
    # uvicorn hands the signal on once it has stopped
    assert process.returncode in {0, -number}
    assert "Traceback" not in errors.replace("KeyboardInterrupt", "")


def test_address_is_written_as_a_browser_wants_it() -> None:
    with serving("--host", "::1") as (_, address):
        assert address.startswith("http://[::1]:")
        assert httpx.get(f"{address}/healthz").status_code == 200


def test_port_in_use_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "serve", "--workers", "1", "--port", port], capture_output=True, text=True, timeout=60
        )
    assert done.returncode != 0
    assert "address already in use" in done.stderr
    assert f"cannot listen on port {port} of 127.0.0.1: choose another port" in done.stderr
    assert not done.stdout


@pytest.mark.parametrize("count", ["0", "-1", "two", ""])
def test_impossible_number_of_workers(count: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--workers={count}"])
    assert caught.value.code == 2
    assert "give 1 or more" in capsys.readouterr().err


def refused(dask: DaskProcesses) -> str:
    """What the command prints that cannot compute on this cluster."""
    command = [*COMMAND, "serve", "--port", "0", "--executor", f"dask://{dask.address}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.returncode == 4
    assert not done.stdout
    (line,) = done.stderr.splitlines()
    return line


def test_cluster_that_is_not_there_is_told_in_one_line(tmp_path: Path) -> None:
    absent = DaskProcesses(tmp_path)
    assert refused(absent).startswith(f"cannot compute: no Dask scheduler answers at {absent.address}; ")


def test_cluster_without_workers_is_told_in_one_line(tmp_path: Path) -> None:
    empty = DaskProcesses(tmp_path)
    try:
        empty.start(workers=0)
        words = f"cannot compute: the Dask cluster at {empty.address} has no workers; start some"
        assert refused(empty).startswith(words)
    finally:
        empty.stop()


@pytest.mark.parametrize("address", ["127.0.0.1:8786", "dask://127.0.0.1", "dask://x:0", "tcp://x:1", ""])
def test_impossible_cluster(address: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["serve", f"--executor={address}"])
    assert caught.value.code == 2
    assert "give one as in `dask://127.0.0.1:8786`" in capsys.readouterr().err


def test_workers_end_with_a_server_that_was_killed() -> None:
    with serving() as (process, address):
        assert httpx.post(f"{address}/api/v1/graph", json={"source": "f = 1"}).status_code == 200
        process.kill()
        # the workers share this pipe: it closes when the last of them has gone
        assert process.stderr
        process.communicate(timeout=20)
