"""What the tests of the graph page do and read on it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from playwright.sync_api import FloatRect

MINUS = "\u2212"
FIRST = "x = -2\ny = 5\nz = -4\nq = x + y\nf = q * z"
NEURON = "w0 = 2; x0 = -1\nw1 = -3; x1 = -2\nw2 = -3\nf = 1 / (1 + exp(-(w0*x0 + w1*x1 + w2)))"

OVERLAPS = """() => {
  const drawing = document.querySelector('[data-testid="drawing"]');
  const outlines = ["gate", "input", "constant"].map((kind) => `[data-testid="${kind}"] > rect`);
  const select = [...outlines, ".frame", "text:not(.symbol)"].join();
  const boxes = [...drawing.querySelectorAll(select)].map((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    return { name: element.textContent || element.parentElement.textContent, left, right, top, bottom };
  });
  const found = [];
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    // the boxes of two lines of text may touch: their glyphs are smaller
    if (wide > 1 && high > 4) found.push(`${a.name} / ${b.name}`);
  }));
  for (const wire of drawing.querySelectorAll('[data-testid="wire"] > path:first-of-type')) {
    const toScreen = wire.getScreenCTM();
    for (let at = 0; at <= wire.getTotalLength(); at += 3) {
      const { x, y } = wire.getPointAtLength(at).matrixTransform(toScreen);
      const on = boxes.find((box) =>
        x > box.left + 3 && x < box.right - 3 && y > box.top + 4 && y < box.bottom - 4);
      if (on) found.push(`a wire runs through ${on.name} at ${x} ${y}`);
    }
  }
  return [...new Set(found)];
}"""


def open_program(page: Page, source: str, step: int | None = None) -> None:
    """Open a program by its link and wait until it is drawn."""
    page.goto(f"/graph?source={quote(source)}" + ("" if step is None else f"&step={step}"))
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


def type_program(page: Page, source: str) -> None:
    """Replace the program by typing."""
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(source)


def value_of(page: Page, wire: str) -> Locator:
    """The number above the wire with this key."""
    return page.locator(f'[data-testid="wire"][data-key="{wire}"]').get_by_test_id("wire-value")


def gradient_of(page: Page, wire: str) -> Locator:
    """The number below the wire with this key."""
    return page.locator(f'[data-testid="wire"][data-key="{wire}"]').get_by_test_id("wire-gradient")


def row(page: Page, argument: int) -> Locator:
    """The line of the panel that says what this argument receives."""
    return page.locator(f'[data-testid="backward-row"][data-argument="{argument}"]')


def factors(page: Page, argument: int) -> list[str]:
    """Upstream, local and downstream as the panel shows them."""
    return [
        row(page, argument).get_by_test_id(name).inner_text() for name in ("upstream", "local", "downstream")
    ]


def program_text(page: Page) -> str:
    """The program in the editor."""
    return "\n".join(page.locator(".cm-line").all_inner_texts())


def box_of(locator: Locator) -> FloatRect:
    """Where an element stands in the window."""
    box = locator.bounding_box()
    assert box is not None, "the element has no box"
    return box
