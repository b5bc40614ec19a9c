"""Driving the training page: wait for a number, for rest, for the start; type into a box or a line."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import box_of

START = '[data-testid="plane"][data-step="0"]'
# the rings around mistakes come with a frame of their own
MARKED = '[data-testid="plane"][data-marked="true"]'

# true once the step has not moved for as long as a dozen slices would take
SETTLED = """() => {
  const step = document.querySelector('[data-testid="step"]').textContent;
  const seen = window.__settled;
  if (!seen || seen.step !== step) {
    window.__settled = { step, since: performance.now() };
    return false;
  }
  return performance.now() - seen.since > 500;
}"""
AT_LEAST = """([testid, least]) => {
  const shown = document.querySelector(`[data-testid="${testid}"]`).textContent;
  return parseFloat(shown.replaceAll(",", "")) >= least;
}"""
PIXELS = """() => document.querySelector('[data-testid="plane"]').toDataURL()"""


def opened(page: Page, query: str = "") -> Page:
    """Open the page and wait for its first frame."""
    page.goto(f"/train{query}")
    expect(page.locator(START)).to_be_visible()
    return page


def at_least(page: Page, testid: str, least: float) -> None:
    """Wait until the number shown has come so far."""
    page.wait_for_function(AT_LEAST, arg=[testid, least])


def settled(page: Page) -> int:
    """The step, once it no longer changes."""
    page.evaluate("() => { window.__settled = undefined }")
    page.wait_for_function(SETTLED)
    return int(page.get_by_test_id("step").inner_text().replace(",", ""))


def play(page: Page) -> Locator:
    """The button that plays and pauses."""
    return page.get_by_test_id("play")


def edit_line(page: Page, line: int, text: str) -> None:
    """Replace a line of the program, counted from 1, by typing."""
    page.locator(".cm-line").nth(line - 1).click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.insert_text(text)


def program(page: Page) -> str:
    """The program in the editor."""
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def address(page: Page) -> dict[str, str]:
    """What the page's address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def fill(page: Page, testid: str, text: str) -> None:
    """Type a number into its box and leave it."""
    page.get_by_test_id(testid).fill(text)
    page.get_by_test_id(testid).press("Enter")


def overlap(one: Locator, other: Locator) -> bool:
    """Whether two boxes share a pixel."""
    a, b = box_of(one), box_of(other)
    return (
        a["x"] < b["x"] + b["width"]
        and b["x"] < a["x"] + a["width"]
        and a["y"] < b["y"] + b["height"]
        and b["y"] < a["y"] + a["height"]
    )
