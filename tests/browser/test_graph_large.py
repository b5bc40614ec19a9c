"""The graph page with hundreds of gates: drawn in part, walked, collapsed into statements and expanded."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.assets import Manifest
from app.places import STATIC
from benchmarks.page import script_bytes
from benchmarks.page_programs import KINDS
from tests.browser.graph_page import open_program, value_of

STATEMENTS = "x = 0.5\n" + "\n".join(
    f"a{i} = {'tanh(' * 11}{f'a{i - 1}' if i > 1 else 'x'}{')' * 11}" for i in range(1, 42)
)
"""451 gates in 41 statements."""


FORCED_BY_A_STEP = """async () => {
  const { get } = Object.getOwnPropertyDescriptor(Selection.prototype, "anchorNode");
  let reads = 0;
  Object.defineProperty(Selection.prototype, "anchorNode", {
    get() {
      reads += 1;
      return get.call(this);
    },
    configurable: true,
  });
  dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
  await new Promise((drawn) => queueMicrotask(() => queueMicrotask(drawn)));
  return reads;
}"""
"""To read the selection lays the page out, in the midst of what changes in it."""


def gates(page: Page) -> int:
    return page.get_by_test_id("gate").count()


@pytest.mark.parametrize("kind", KINDS)
def test_300_gates_are_all_there(page: Page, kind: str) -> None:
    open_program(page, KINDS[kind](300))
    assert 290 <= gates(page) <= 300


def test_the_walk_shows_the_wires_it_reaches(page: Page) -> None:
    open_program(page, KINDS["unrolled recurrent net"](300), step=0)
    wire = page.locator('[data-testid="wire"][data-key="output:h74"]')
    expect(wire).to_have_count(0)
    assert page.evaluate(FORCED_BY_A_STEP) == 0
    expect(page.get_by_test_id("lit-text")).to_have_text("tanh(x)")
    page.keyboard.press("End")
    expect(page.get_by_test_id("walk-position")).to_contain_text(re.compile(r"(\d+)/\1"))
    page.get_by_test_id("walk-scrubber").fill("297")
    expect(value_of(page, "output:h74")).to_be_visible()
    page.get_by_test_id("fit").click()
    expect(page.locator('[data-testid="wire"][data-key="y<0"]')).to_have_count(1)
    expect(wire).to_have_count(1)


def test_more_than_300_gates_open_as_one_gate_per_statement(page: Page) -> None:
    open_program(page, STATEMENTS)
    expect(page.get_by_test_id("gate")).to_have_count(41)
    expect(page.get_by_test_id("problem")).to_have_count(0)
    page.get_by_test_id("gate").first.focus()
    page.keyboard.press("Enter")
    page.get_by_test_id("gate-unlump").click()
    expect(page.get_by_test_id("gate")).to_have_count(51)
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


def test_an_edit_of_a_large_program_overtakes_its_layout(page: Page) -> None:
    open_program(page, KINDS["wide sum"](300))
    before = gates(page)
    page.get_by_test_id("editor").click()
    for key in ("Control+Home", "ArrowDown", "End", "ArrowLeft", "ArrowLeft", "-", "-", "-", "Backspace"):
        page.keyboard.press(key)
    expect(page.get_by_test_id("gate")).to_have_count(before + 2)
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


def test_the_script_is_small_before_what_it_loads_later() -> None:
    assert Manifest(STATIC).entry("src/graph/main.ts") is not None
    assert script_bytes() < 250_000
