"""Where things stand on the graph page: nothing covers the drawing, nothing said of a step is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph_page import NEURON, box_of, open_program

if TYPE_CHECKING:
    from tests.browser.conftest import PageMaker

PROJECTOR = "document.documentElement.setAttribute('data-projector', 'on')"
CUT_OFF = """() => {
  const { scrollWidth, clientWidth } = document.querySelector('[data-testid="explain"]');
  return scrollWidth > clientWidth + 1 || document.documentElement.scrollWidth > innerWidth;
}"""
NOTE_FRESH = """() => {
  window.fresh = new Set();
  const note = () => document.querySelectorAll(".fresh").forEach((part) => fresh.add(part.dataset.key));
  const options = { subtree: true, childList: true, attributes: true };
  new MutationObserver(note).observe(document.querySelector('[data-testid="drawing"]'), options);
}"""


def open_example(page: Page, name: str) -> None:
    page.goto(f"/graph?example={name}")
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


def test_nothing_covers_the_drawing_and_a_step_has_room_for_its_words(page: Page) -> None:
    open_example(page, "two-layer-net")
    sheet = box_of(page.locator('[data-testid="drawing"] svg').first)
    assert box_of(page.get_by_test_id("minimap"))["y"] >= sheet["y"] + sheet["height"]
    # narrow matrices: what is said about them stands beside them, so that both shares are seen at once
    page.get_by_test_id("walk-scrubber").fill("23")
    for row in page.get_by_test_id("backward-row").all():
        expect(row).to_be_in_viewport(ratio=1)
    open_example(page, "neuron")
    page.get_by_test_id("walk-scrubber").fill("13")
    whole = "(title) => title.scrollWidth <= title.clientWidth"
    assert page.get_by_test_id("backward-row").locator(".to").evaluate(whole)
    # three large ones stand in a row, and each is scrolled by keys
    open_program(page, "x = normal(6, 9)\nf = sum(x*x)")
    large = page.get_by_role("group", name="a tensor of shape (6, 9)").first
    large.focus()
    expect(large).to_be_focused()
    assert not page.evaluate(CUT_OFF)
    page.evaluate(PROJECTOR)
    assert not page.evaluate(CUT_OFF)


@pytest.mark.parametrize("width", [900, 1024])
def test_an_opened_gate_covers_nothing_on_an_old_projector(new_page: PageMaker, width: int) -> None:
    page = new_page(viewport={"width": width, "height": 768})
    open_example(page, "matrix-product")
    beside, walk = box_of(page.get_by_test_id("beside")), box_of(page.get_by_test_id("walk"))
    assert walk["x"] + walk["width"] <= beside["x"]
    assert box_of(page.get_by_test_id("drawing"))["width"] > 300
    assert not page.evaluate(CUT_OFF)


def test_what_is_opened_stands_from_top_to_bottom(page: Page) -> None:
    open_example(page, "matrix-product")
    beside = box_of(page.get_by_test_id("beside"))
    assert beside["height"] > 600
    assert box_of(page.get_by_test_id("walk"))["x"] < beside["x"]
    for row in page.get_by_test_id("backward-row").all():
        expect(row).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    ("options", "arranged"),
    [({}, "null"), ({}, PROJECTOR), ({"viewport": {"width": 390, "height": 844}}, "null")],
    ids=["window", "projector", "phone"],
)
def test_nothing_said_of_a_step_is_cut_off(new_page: PageMaker, options: Any, arranged: str) -> None:
    page = new_page(reduced_motion="reduce", **options)
    cut = []
    for name in ("neuron", "gradient-check", "recurrent-cell", "two-layer-net"):
        open_example(page, name)
        page.evaluate(arranged)
        for step in range(int(page.get_by_test_id("walk-scrubber").get_attribute("max") or 0), 0, -1):
            if page.evaluate(CUT_OFF):
                cut.append((name, step))
            page.keyboard.press("ArrowLeft")
    assert not cut


def test_an_argument_without_a_name_is_written_out(page: Page) -> None:
    open_program(page, "x = 1; y = 2\nf = exp(x + y)")
    page.get_by_test_id("walk-scrubber").fill("4")
    local = page.get_by_test_id("backward-row").locator(".katex-mathml annotation").last
    expect(local).to_contain_text(r"\partial (x + y)")


def test_new_gates_fade_in_and_old_ones_glide(page: Page) -> None:
    open_program(page, NEURON)
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+End")
    page.evaluate(NOTE_FRESH)
    page.keyboard.insert_text("\ng = f * x0")
    expect(page.locator('[data-part="node"][data-key="g"]')).to_be_visible()
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    fresh = page.evaluate("[...fresh]")
    assert {"g", "g<0", "g<1"} <= set(fresh)
    assert "f" not in fresh
    assert "w0" not in fresh
    expect(page.locator(".fresh")).to_have_count(0)


def test_where_the_system_gives_the_colours_what_is_lit_and_chosen_is_seen(new_page: PageMaker) -> None:
    page = new_page(forced_colors="active")
    open_example(page, "change-the-loss")
    style = "(element, name) => getComputedStyle(element)[name]"
    chosen, other = (
        page.locator("label:has(:checked) > span"),
        page.locator("label:not(:has(:checked)) > span"),
    )
    assert chosen.first.evaluate(style, "outlineStyle") == "solid"
    assert other.first.evaluate(style, "outlineStyle") == "none"
    lines = page.locator(".cm-line")
    lit = page.get_by_test_id("lit-line").evaluate(style, "backgroundColor")
    assert lit != lines.first.evaluate(style, "backgroundColor")
    track = page.get_by_test_id("walk-scrubber").evaluate(style, "forcedColorAdjust")
    assert track == "none"
