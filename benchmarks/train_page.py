"""The training page in a real Chromium: how often it is painted, how soon it has learnt, what it keeps.

    .venv/bin/python -m benchmarks.train_page [paintings] [learning] [memory]

Without names it measures all three, `memory` for ten minutes. Needs what `benchmarks.page` needs; writes its
tables in Markdown to the standard output.
"""

import statistics
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise

from playwright.sync_api import Browser, Page

from benchmarks import browser as chromium

NETS = {
    "default net, 2-16-16-3": "/train?v=1&data=spiral",
    "2-8x6-3": "/train?v=1&data=spiral&hidden=8-8-8-8-8-8&activation=relu",
}
SETTLE = 3_000
"""Milliseconds of training before paintings are counted."""
SPAN = 10_000
"""Milliseconds of training in which they are."""
RUNS = 7
WANTED = 95
"""Per cent of the validation points classified as labelled."""
MINUTES = 10
PATIENCE = 60_000
"""How long anything else may take, in milliseconds."""

HEAD = """
## The training page, in {browser}
"""

PROBES = """
{
  const plane = () => document.querySelector('[data-testid="plane"]');

  // Times at which another step was drawn, each from within the frame that shows it.
  window.paintings = (span) => new Promise((resolve) => {
    const times = [];
    const watcher = new MutationObserver(() => times.push(performance.now()));
    watcher.observe(plane(), { attributeFilter: ["data-step"] });
    setTimeout(() => { watcher.disconnect(); resolve(times); }, span);
  });

  // From the press of play to the frame that shows a validation accuracy of so many per cent.
  window.learnt = (percent) => new Promise((resolve) => {
    const shown = () => parseFloat(document.querySelector('[data-testid="validation-accuracy"]').textContent);
    const watcher = new MutationObserver(() => {
      if (!(shown() >= percent)) return;
      watcher.disconnect();
      const step = Number(plane().dataset.step);
      requestAnimationFrame((now) => resolve([now - pressed, step]));
    });
    watcher.observe(plane(), { attributeFilter: ["data-step"] });
    const pressed = performance.now();
    document.querySelector('[data-testid="play"]').click();
  });
}
"""
PRESS = """document.querySelector('[data-testid="play"]').click()"""


def main() -> None:
    """Measure what is named, or everything, and write the tables."""
    parts: dict[str, Callable[[Browser, str], list[str]]] = {
        "paintings": paintings,
        "learning": learning,
        "memory": memory,
    }
    wanted = sys.argv[1:] or list(parts)
    with chromium.opened() as (browser, url):
        lines = [HEAD.format(browser=f"Chromium {browser.version}")]
        for name in wanted:
            lines += parts[name](browser, url)
    sys.stdout.write("\n".join(lines) + "\n")


def paintings(browser: Browser, url: str) -> list[str]:
    """Painted frames a second while it trains: at least 30 with the default net, 20 at 2-8x6-3."""
    rows = [
        "\n| while it trains, no speed limit | frames painted a second | 95th percentile apart | longest |",
        "| --- | --- | --- | --- |",
    ]
    for name, address in NETS.items():
        with _opened(browser, url + address) as page:
            page.evaluate(PRESS)
            page.wait_for_timeout(SETTLE)
            times: list[float] = page.evaluate(f"paintings({SPAN})")
        between = sorted(later - sooner for sooner, later in pairwise(times))
        late = between[int(0.95 * len(between))]
        rows.append(f"| {name} | {1000 * len(times) / SPAN:.0f} | {late:.0f} ms | {between[-1]:.0f} ms |")
    return rows


def learning(browser: Browser, url: str) -> list[str]:
    """From pressing play to 95 % of the spiral's validation points: under 3 s."""
    times: list[float] = []
    updates: list[int] = []
    for seed in range(RUNS):
        with _opened(browser, f"{url}/train?v=1&data=spiral&seed={seed}") as page:
            milliseconds, step = page.evaluate(f"learnt({WANTED})")
        times.append(milliseconds / 1000)
        updates.append(step)
    return [
        f"\nThe spiral to {WANTED} % validation accuracy, from pressing play, {RUNS} seeds: median "
        f"{statistics.median(times):.2f} s and {statistics.median(updates):,.0f} updates, "
        f"longest {max(times):.2f} s."
    ]


def memory(browser: Browser, url: str) -> list[str]:
    """What the page holds after each minute of training, garbage collected: no growth over ten."""
    rows = [
        "\n| minutes of training | heap of the script | elements and texts | listeners |",
        "| --- | --- | --- | --- |",
    ]
    with _opened(browser, url + NETS["default net, 2-16-16-3"]) as page:
        devtools = page.context.new_cdp_session(page)
        page.evaluate(PRESS)
        for minute in range(1, MINUTES + 1):
            page.wait_for_timeout(60_000)
            devtools.send("HeapProfiler.collectGarbage")
            heap = devtools.send("Runtime.getHeapUsage")["usedSize"] / 2**20
            counted = devtools.send("Memory.getDOMCounters")
            rows.append(f"| {minute} | {heap:.1f} MiB | {counted['nodes']} | {counted['jsEventListeners']} |")
    return rows


@contextmanager
def _opened(browser: Browser, address: str) -> Iterator[Page]:
    context = chromium.context(browser, PROBES)
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector('[data-testid="plane"][data-step="0"]')
    yield page
    context.close()


if __name__ == "__main__":
    main()
