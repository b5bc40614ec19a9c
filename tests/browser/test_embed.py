"""The graph in a frame of another site's page, in a real Chromium."""

from __future__ import annotations

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.graph_page import FIRST, MINUS, NEURON, box_of, open_program

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser.conftest import PageMaker
    from tests.browser.server import Server

WIRE = '[data-testid="wire"][data-key="{}"]'


class Quiet(SimpleHTTPRequestHandler):
    """Files, without a line of log for each."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class Host:
    """A site of its own: another port, so another origin."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def page(self, body: str) -> str:
        """Put up a page and return its address."""
        (self._folder / "index.html").write_text(
            f'<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">{body}', "utf-8"
        )
        return f"{self.url}/index.html"

    def close(self) -> None:
        """Take the site down."""
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    """Another site."""
    site = Host(tmp_path)
    yield site
    site.close()


def embed(page: Page, host: Host, address: str, width: int = 800, height: int = 500) -> FrameLocator:
    """Open a page of the other site that holds this address in a frame."""
    page.goto(host.page(f'<iframe src="{address}" width="{width}" height="{height}"></iframe>'))
    return page.frame_locator("iframe")


def test_a_pasted_frame_shows_the_graph_and_walks(new_page: PageMaker, server: Server, host: Host) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_program(page, FIRST, step=2)
    page.get_by_test_id("open-take").click()
    page.get_by_test_id("embed-copy").click()
    expect(page.get_by_test_id("embed-copy")).to_have_text("Copied")
    markup = page.evaluate("navigator.clipboard.readText()")
    assert markup.startswith(f'<iframe src="{server.url}/embed/graph?')

    page.goto(host.page(markup))
    frame = page.frame_locator("iframe")
    expect(frame.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(frame.get_by_test_id("walk-position")).to_contain_text("2/5")
    expect(frame.get_by_test_id("explain")).to_contain_text("forward")
    frame.get_by_test_id("walk-last").click()
    expect(frame.locator(WIRE.format("f<1")).get_by_test_id("wire-gradient")).to_have_text("3")
    expect(frame.locator(WIRE.format("output:f")).get_by_test_id("wire-value")).to_have_text(f"{MINUS}12")
    expect(frame.get_by_test_id("editor")).to_have_count(0)


def test_the_rest_refuses_frames(page: Page, server: Server, host: Host, expected_errors: list[str]) -> None:
    expected_errors.append("frame-ancestors")
    for path in ("/graph", "/train", "/"):
        with page.expect_console_message(lambda message: "frame-ancestors" in message.text):
            frame = embed(page, host, server.url + path)
        expect(frame.locator("#app")).to_have_count(0)


def test_an_example_is_embedded_by_its_name(page: Page, server: Server, host: Host) -> None:
    frame = embed(page, host, f"{server.url}/embed/graph?example=first-graph")
    expect(frame.locator(WIRE.format("output:f")).get_by_test_id("wire-value")).to_have_text(f"{MINUS}12")


def test_parts_are_hidden_and_colours_chosen_by_the_address(page: Page, server: Server, host: Host) -> None:
    program = quote(FIRST)
    frame = embed(page, host, f"{server.url}/embed/graph?source={program}&hide=explanation,walk&theme=dark")
    expect(frame.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(frame.get_by_test_id("walk-play")).to_have_count(0)
    expect(frame.get_by_test_id("embed-explain")).to_have_count(0)
    assert frame.locator("html").evaluate("(root) => getComputedStyle(root).colorScheme") == "dark"


def test_the_explanation_is_unfolded_and_folded(page: Page, server: Server, host: Host) -> None:
    frame = embed(page, host, f"{server.url}/embed/graph?source={quote(FIRST)}", 640, 360)
    button = frame.get_by_test_id("embed-explain")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.click()
    expect(frame.get_by_test_id("explain")).to_be_visible()
    button.click()
    expect(frame.get_by_test_id("explain")).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [(320, 240), (640, 400), (1200, 700)])
def test_it_fills_its_frame_and_nothing_is_cut_off(
    page: Page, server: Server, host: Host, width: int, height: int
) -> None:
    frame = embed(page, host, f"{server.url}/embed/graph?source={quote(NEURON)}", width, height)
    expect(frame.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    sizes = "(root) => [root.scrollWidth, root.clientWidth, root.scrollHeight, root.clientHeight]"
    wide, room, high, tall = frame.locator("html").evaluate(sizes)
    assert (wide, high) == (room, tall) == (width, height)
    assert box_of(frame.locator('[data-testid="drawing"] svg[role="group"]'))["height"] >= 100
    expect(frame.get_by_test_id("walk-forward")).to_be_in_viewport()
    expect(frame.get_by_test_id("embed-open")).to_be_in_viewport()


def test_the_full_page_opens_where_the_frame_stands(page: Page, server: Server, host: Host) -> None:
    frame = embed(page, host, f"{server.url}/embed/graph?source={quote(FIRST)}&step=1")
    frame.get_by_test_id("walk-forward").click()
    expect(frame.get_by_test_id("walk-position")).to_contain_text("2/5")
    with page.context.expect_page() as opened:
        frame.get_by_test_id("embed-open").click()
    whole = opened.value
    expect(whole.get_by_test_id("walk-position")).to_contain_text("2/5")
    expect(whole.get_by_test_id("editor")).to_be_visible()
    assert whole.evaluate("opener") is None


def test_a_mistaken_program_is_said_in_the_frame(page: Page, server: Server, host: Host) -> None:
    frame = embed(page, host, f"{server.url}/embed/graph?source={quote('f = x +')}")
    expect(frame.get_by_test_id("problem-detail")).to_be_visible()


def test_a_training_stands_in_a_frame_without_what_it_leaves_out(
    new_page: PageMaker, server: Server, host: Host
) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/train?data=circles&classes=2&hidden=6")
    page.get_by_test_id("take").click()
    for group in ("data", "features", "network", "loss", "stop", "bench"):
        page.get_by_test_id(f"hide-{group}").check()
    page.get_by_test_id("copy-embed").click()
    expect(page.get_by_test_id("copy-embed")).to_have_text("Copied")
    markup = page.evaluate("navigator.clipboard.readText()")
    assert markup.startswith(f'<iframe src="{server.url}/embed/train?')

    page.goto(host.page(markup))
    frame = page.frame_locator("iframe")
    expect(frame.locator('[data-testid="plane"][data-step="0"]')).to_be_visible()
    expect(frame.get_by_role("banner")).to_have_count(0)
    expect(frame.get_by_test_id("learning-rate")).to_be_attached()
    for part in ("group-stop", "noise", "bench", "take"):
        expect(frame.get_by_test_id(part)).to_have_count(0)
    frame.get_by_test_id("play").click()
    expect(frame.get_by_test_id("step")).not_to_have_text("0")
    frame.get_by_test_id("play").click()
    sizes = "(root) => [root.scrollWidth, root.clientWidth]"
    wide, room = frame.locator("html").evaluate(sizes)
    assert wide == room
    with page.context.expect_page() as opened:
        frame.get_by_test_id("embed-open").click()
    expect(opened.value.get_by_test_id("group-stop")).to_be_attached()
    assert "/train?v=1&data=circles" in opened.value.url


def test_a_training_in_a_narrow_frame_stands_as_on_a_phone(new_page: PageMaker) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto("/embed/train?hide=data,learning")
    expect(page.locator('[data-testid="plane"][data-step="0"]')).to_be_visible()
    # the plane first, then the drawn net, and room for it
    plane, net = page.get_by_test_id("plane").bounding_box(), page.get_by_test_id("net-canvas").bounding_box()
    assert plane is not None
    assert net is not None
    assert net["y"] >= plane["y"] + plane["height"]
    assert net["height"] > 150
