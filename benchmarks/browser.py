"""The real server and a real Chromium, for benchmarks of pages."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.browser.conftest import CHROMIUM_ARGUMENTS, CHROMIUM_NAMES
from tests.browser.server import Server

WINDOW = {"width": 1280, "height": 720}


@contextmanager
def opened() -> Iterator[tuple[Browser, str]]:
    """A browser without a window, and the address of a server of its own."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    with _server() as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=list(CHROMIUM_ARGUMENTS))
        yield browser, server.url
        browser.close()


def context(browser: Browser, script: str) -> BrowserContext:
    """A profile without a past, whose pages run a script before their own."""
    fresh = browser.new_context(viewport=WINDOW)
    fresh.add_init_script(script)
    return fresh


@contextmanager
def _server() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "log.txt")
        server.start()
        try:
            yield server
        finally:
            server.stop()
