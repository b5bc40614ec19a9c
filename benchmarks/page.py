"""The graph page in a real Chromium: how soon it is redrawn, how fluid its walk is, how soon it is there.

    .venv/bin/python -m benchmarks.page

Needs the built front-end and a Chromium, and the environment of the browser tests; writes its tables in
Markdown to the standard output.
"""

import gzip
import statistics
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote

from playwright.sync_api import Browser, Page, expect

from app.assets import Manifest
from app.places import STATIC
from benchmarks import browser as chromium
from benchmarks import page_probes as probes
from benchmarks.page_programs import KINDS

SIZES = (30, 300)
PRESSES = 12
ROUNDS = 7
STEPS_BACK = 60
PATIENCE = 60_000
"""How long anything may take, in milliseconds."""

HEAD = """
## The graph page, in {browser}

Medians. A key press counts from the event to the end of the frame that shows the new numbers, or the new
gates, in their places or gliding to them. *Digit*: a digit typed into a literal. *Gate*: a minus typed that
adds a gate at the start of the program, again and again up to the number of gates in the heading.
"""


def main() -> None:
    """Measure everything and write the tables."""
    with chromium.opened() as (browser, url):
        parts = [
            HEAD.format(browser=f"Chromium {browser.version}"),
            *redrawing(browser, url),
            *walking(browser, url),
            *loading(browser, url),
        ]
    sys.stdout.write("\n".join(parts) + "\n")


def redrawing(browser: Browser, url: str) -> list[str]:
    """From key press to redrawn graph: under 100 ms at 30 gates and under 300 ms at 300."""
    names = [f"{key}, {gates} gates" for gates in SIZES for key in ("digit", "gate")]
    rows = [f"\n| key press to redrawn graph | {' | '.join(names)} |", "| --- |" + " --- |" * len(names)]
    for kind, program in KINDS.items():
        cells: list[str] = []
        for gates in SIZES:
            with _opened(browser, url, program(gates)) as page:
                cells.append(_median(_digits(page)))
            with _opened(browser, url, program(gates - PRESSES)) as page:
                cells.append(_median(_gates(page)))
        rows.append(f"| {kind} | {' | '.join(cells)} |")
    return rows


def walking(browser: Browser, url: str) -> list[str]:
    """Stepping at 300 gates: no frame longer than 50 ms."""
    rows = [
        "\n| stepping at 300 gates | median frame | 99th percentile | longest | tasks above 50 ms |",
        "| --- | --- | --- | --- | --- |",
    ]
    for kind, program in KINDS.items():
        with _opened(browser, url, program(SIZES[-1])) as page:
            frames, tasks = _walk(page)
        ordered = sorted(frames)
        late = ordered[int(0.99 * len(ordered))]
        rows.append(f"| {kind} | {_median(frames)} | {late:.0f} ms | {ordered[-1]:.0f} ms | {len(tasks)} |")
    return rows


def loading(browser: Browser, url: str) -> list[str]:
    """First graph on screen under 1.5 s on a cold load; the page's script under 250 KB compressed."""
    addresses = {"the first example": "/graph"} | {
        f"{kind}, 300 gates": f"/graph?source={quote(program(300))}" for kind, program in KINDS.items()
    }
    rows = ["\n| cold load to first graph on screen | median |", "| --- | --- |"]
    for name, address in addresses.items():
        rows.append(f"| {name} | {_median([_cold(browser, url + address) for _ in range(ROUNDS)])} |")
    kilobytes = script_bytes() / 1000
    return [*rows, f"\nThe page's script before what it loads later: {kilobytes:.0f} KB compressed."]


def script_bytes() -> int:
    """Bytes, compressed by gzip, of the graph page's script and of all that it imports at once."""
    entry = Manifest(STATIC).entry("src/graph/main.ts")
    if entry is None:
        raise FileNotFoundError("the front-end is not built: run `make web`")
    return sum(len(gzip.compress((STATIC / file).read_bytes())) for file in (entry.script, *entry.preloads))


def _digits(page: Page) -> list[float]:
    """Types a digit at the end of the first line, and deletes it, again and again."""
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    gates = page.evaluate(probes.GATES)
    return [
        _redraw(page, key, gates, text)
        for i in range(PRESSES // 2)
        for key, text in ((str(i + 1), f"0.5{i + 1}"), ("Backspace", "0.5"))
    ]


def _gates(page: Page) -> list[float]:
    """Types one minus after another before the `x` of the second line: each a graph not laid out before."""
    page.get_by_test_id("editor").click()
    for key in ("Control+Home", "ArrowDown", "End", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    gates = page.evaluate(probes.GATES)
    return [_redraw(page, "-", gates + i, "") for i in range(1, PRESSES + 1)]


def _redraw(page: Page, key: str, gates: int, text: str) -> float:
    _settle(page)
    page.evaluate("([gates, text]) => watchRedraw(gates, text)", [gates, text])
    page.keyboard.press(key)
    return page.evaluate(probes.REDRAWN)


def _walk(page: Page) -> tuple[list[float], list[float]]:
    """Steps through the whole walk and a part of it back, one key press a frame."""
    page.keyboard.press("Home")
    _settle(page)
    steps = int(page.get_by_test_id("walk-scrubber").get_attribute("max") or 0)
    page.evaluate("watchFrames()")
    for key in ["ArrowRight"] * steps + ["ArrowLeft"] * STEPS_BACK:
        page.keyboard.press(key)
        page.evaluate("nextFrame()")
    seen = page.evaluate(probes.STOP_FRAMES)
    return seen["frames"], seen["tasks"]


def _cold(browser: Browser, address: str) -> float:
    context = chromium.context(browser, probes.INSTALL)
    page = context.new_page()
    page.goto(address, wait_until="commit")
    seconds = page.evaluate("firstGraph")
    context.close()
    return seconds


@contextmanager
def _opened(browser: Browser, url: str, source: str) -> Iterator[Page]:
    context = chromium.context(browser, probes.INSTALL)
    page = context.new_page()
    page.goto(f"{url}/graph?source={quote(source)}")
    _settle(page)
    yield page
    context.close()


def _settle(page: Page) -> None:
    """Wait until nothing glides and no frame is late."""
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true", timeout=PATIENCE)
    page.evaluate("nextFrame()")


def _median(times: list[float]) -> str:
    return f"{statistics.median(times):.0f} ms"


if __name__ == "__main__":
    main()
