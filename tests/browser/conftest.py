"""Fixtures for a real Chromium against the real server: each page is watched, complaints fail the test."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, expect, sync_playwright

from tests.browser.server import Server

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TIMEOUT = 30_000
# Chromium itself reports every answer of 4xx; a mistaken program is answered 422, no fault of the page
ALWAYS_EXPECTED = r"Failed to load resource: the server responded with a status of 422"
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} refused ${event.blockedURI} ${event.sample}`));
"""

PageMaker = Callable[..., Page]


def _started(log: Any) -> Iterator[Server]:
    server = Server(log)
    server.start()
    try:
        yield server
    finally:
        server.stop()
    assert "Traceback" not in server.text(), server.text()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that all tests share."""
    yield from _started(tmp_path_factory.mktemp("server") / "log.txt")


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of this test alone, to stop() or kill() and start() again; open own_server.url + "/train"."""
    yield from _started(tmp_path_factory.mktemp("own_server") / "log.txt")


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """The driver; its event loop holds this thread until the file is done, and no other test may need one."""
    with sync_playwright() as driver:
        expect.set_options(timeout=TIMEOUT)
        yield driver


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if path is None:
        pytest.fail("no Chromium for the browser tests: run scripts/chromium.sh")
    chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
    yield chromium
    chromium.close()


@pytest.fixture
def expected_errors() -> list[str]:
    """Patterns of the console errors this test provokes: expected_errors.append(r"WebSocket .* failed")."""
    return [ALWAYS_EXPECTED]


@pytest.fixture
def new_page(browser: Browser, server: Server, expected_errors: list[str]) -> Iterator[PageMaker]:
    """Make a watched page: new_page(viewport=..., color_scheme="dark", reduced_motion="reduce", ...)."""
    complaints: list[str] = []
    contexts = []

    def note_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            place = message.location
            complaints.append(f"console: {message.text} ({place.get('url')}:{place.get('lineNumber')})")

    def note_address(address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            complaints.append(f"request to another host: {address}")

    def make(**options: Any) -> Page:
        context = browser.new_context(
            **{"base_url": server.url, "viewport": {"width": 1280, "height": 720}, **options}
        )
        contexts.append(context)
        context.set_default_timeout(TIMEOUT)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", note_console)
        context.on("weberror", lambda fault: complaints.append(f"page error: {fault.error}"))
        context.on("request", lambda request: note_address(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: note_address(socket.url)))
        return context.new_page()

    yield make
    for context in contexts:
        context.close()
    unexpected = [
        complaint
        for complaint in complaints
        if not any(re.search(pattern, complaint) for pattern in expected_errors)
    ]
    assert not unexpected, "the page complained:\n" + "\n".join(unexpected)


@pytest.fixture
def page(new_page: PageMaker) -> Page:
    """One watched page of projector size; page.goto("/graph") opens it on the shared server."""
    return new_page()
