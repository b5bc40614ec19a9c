"""The application in this process, and a real server of it for streams and sockets."""

import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.main import create_app
from app.server import Server, configure
from app.settings import Settings

Post = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """One event loop for all of these tests, so that they share one application."""
    return "asyncio"


@pytest.fixture(scope="session")
async def application(anyio_backend: str) -> AsyncIterator[FastAPI]:
    # calls_per_second: the tests ask faster than a classroom does
    app = create_app(Settings(workers=1, calls_per_second=10_000))
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="session")
async def client(application: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    # an unexpected failure is to be answered too, so it is not raised here
    transport = httpx.ASGITransport(app=application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://chainrule.test") as client:
        yield client


@pytest.fixture(scope="session")
async def graph(client: httpx.AsyncClient) -> Post:
    async def post(source: str, **fields: Any) -> httpx.Response:
        return await client.post("/api/v1/graph", json={"source": source, **fields})

    return post


@dataclass(frozen=True)
class Running:
    app: FastAPI
    port: int

    @property
    def http(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def live(self) -> str:
        return f"ws://127.0.0.1:{self.port}/api/v1/trainings/live"


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """A real server in a thread of its own."""
    server = Server(configure(settings, "127.0.0.1", 0))
    started = threading.Event()
    thread = threading.Thread(target=_serve, args=(server, started))
    thread.start()
    try:
        assert started.wait(30)
        assert server.started
        yield Running(server.config.app, server.port)  # type: ignore[arg-type]
    finally:
        server.should_exit = True
        thread.join(30)
    assert not thread.is_alive()


def _serve(server: Server, started: threading.Event) -> None:
    server.when_started = started.set
    try:
        server.run()
    finally:
        started.set()


@pytest.fixture(scope="session")
def run_server() -> Callable[[Settings], AbstractContextManager[Running]]:
    return running


@pytest.fixture(scope="session")
def server() -> Iterator[Running]:
    with running(Settings(workers=2)) as server:
        yield server


@pytest.fixture(scope="session")
def problem() -> Callable[[httpx.Response, int, str], dict[str, Any]]:
    """Check that an answer is the one problem document, whole, and answer the document."""
    return _problem


def _problem(response: httpx.Response, status: int, code: str) -> dict[str, Any]:
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    document = response.json()
    assert list(document) == [
        *("type", "title", "status", "detail", "code", "span", "hint"),
        *("limit", "actual", "allowed", "parameters"),
    ]
    assert document["status"] == status
    assert document["code"] == code
    assert document["type"] == f"urn:chainrule:problem:{code}"
    assert document["detail"]
    assert document["title"]
    return document
