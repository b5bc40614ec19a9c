"""Bodies counted while they stream: small ones pass, large ones are answered after being read on."""

import json
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import httpx
import pytest

from app.settings import Settings

KIB = 1024
GRAPH = "/api/v1/graph"
PROGRAM = "/api/v1/trainings/program"
JSON = {"content-type": "application/json"}
Run = Callable[[Settings], AbstractContextManager[Any]]
Problem = Callable[[httpx.Response, int, str], dict[str, Any]]


def padded(size: int) -> bytes:
    """A good request of exactly so many bytes."""
    body = json.dumps({"source": "f = 1"}).encode()
    return body + b" " * (size - len(body))


def in_chunks(body: bytes, size: int = 8 * KIB) -> Iterator[bytes]:
    for start in range(0, len(body), size):
        yield body[start : start + size]


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "chunked"])
def test_limit_is_exact(chunked: bool, server: Any, problem: Problem) -> None:
    for size, fits in ((64 * KIB, True), (64 * KIB + 1, False)):
        body = padded(size)
        response = httpx.post(server.http + GRAPH, content=in_chunks(body) if chunked else body, headers=JSON)
        if fits:
            assert response.status_code == 200, response.text
        else:
            document = problem(response, 413, "body_too_large")
            assert (document["limit"], document["allowed"]) == ("body", 64 * KIB)
            assert document["actual"] > 64 * KIB


@pytest.mark.parametrize("chunked", [False, True], ids=["with a length", "chunked"])
def test_client_that_sends_5_mib_can_read_the_answer(chunked: bool, server: Any, problem: Problem) -> None:
    body = b" " * (5 * KIB * KIB)
    response = httpx.post(server.http + GRAPH, content=in_chunks(body) if chunked else body, headers=JSON)
    problem(response, 413, "body_too_large")


def test_trainings_may_be_larger(server: Any, problem: Problem) -> None:
    body = b"{}" + b" " * (3 * KIB * KIB)
    assert httpx.post(server.http + PROGRAM, content=body, headers=JSON).status_code == 200
    body = b"{}" + b" " * (4 * KIB * KIB)
    document = problem(httpx.post(server.http + PROGRAM, content=body, headers=JSON), 413, "body_too_large")
    assert document["allowed"] == 4 * KIB * KIB


@pytest.fixture(scope="module")
def patient(run_server: Run) -> Iterator[Any]:
    """A server that reads on for longer than any test waits."""
    with run_server(Settings(workers=1, discard_seconds=60)) as server:
        yield server


def test_endless_body_is_answered(patient: Any) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", patient.port), timeout=10) as connection:
        connection.sendall(
            b"POST /api/v1/graph HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"transfer-encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        sent = 0
        connection.settimeout(0.2)
        answer = b""
        while not answer and time.monotonic() - begun < 30:
            try:
                connection.sendall(chunk)
                sent += 0x10000
            except (TimeoutError, ConnectionError):
                pass
            try:
                connection.settimeout(0.001)
                answer = connection.recv(100)
            except (TimeoutError, BlockingIOError):
                connection.settimeout(0.2)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert sent >= 8 * KIB * KIB - 0x10000


def read_until_closed(connection: socket.socket) -> bytes:
    answer = b""
    while part := connection.recv(65536):
        answer += part
    return answer


def test_stalled_large_body_is_answered_after_two_seconds(server: Any) -> None:
    begun = time.monotonic()
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(
            b"POST /api/v1/graph HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000000\r\n\r\n{"
        )
        answer = read_until_closed(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")
    assert b'"code":"body_too_large"' in answer
    assert b'"actual":1000000' in answer
    assert time.monotonic() - begun > 1.5


def test_client_that_asks_first_is_told_at_once(patient: Any) -> None:
    with socket.create_connection(("127.0.0.1", patient.port), timeout=10) as connection:
        connection.sendall(
            b"POST /api/v1/graph HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b"content-length: 1000000\r\nexpect: 100-continue\r\n\r\n"
        )
        answer = read_until_closed(connection)
    assert answer.startswith(b"HTTP/1.1 413 ")


def test_body_that_never_arrives_is_given_up(
    run_server: Callable[[Settings], AbstractContextManager[Any]],
) -> None:
    with (
        run_server(Settings(workers=1, body_seconds=0.2)) as server,
        socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection,
    ):
        connection.sendall(
            b"POST /api/v1/graph HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
            b'content-length: 100\r\n\r\n{"source"'
        )
        answer = read_until_closed(connection)
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b'"code":"body_too_slow"' in answer


def test_client_that_leaves_while_sending_harms_nobody(server: Any) -> None:
    for head in (b"content-length: 1000", b"content-length: 1000000", b"transfer-encoding: chunked"):
        with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
            connection.sendall(
                b"POST /api/v1/graph HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                + head
                + b"\r\n\r\n"
            )
    assert httpx.get(server.http + "/healthz").json()["status"] == "ok"


def test_nonsense_instead_of_http_harms_nobody(server: Any) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as connection:
        connection.sendall(b"\x00\xff nonsense\r\n\r\n")
        assert read_until_closed(connection).startswith(b"HTTP/1.1 400 ")
    assert httpx.get(server.http + "/healthz").json()["status"] == "ok"
