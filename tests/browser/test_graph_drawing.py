"""The drawing in a real Chromium: widths, groups, heatmaps, the view menu, gestures, keys, overlaps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import (
    FIRST,
    MINUS,
    NEURON,
    OVERLAPS,
    box_of,
    gradient_of,
    open_program,
    program_text,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

ROUTED = "x = 4; y = 5\nf = 9 * max(x, y)"
BATCH = "X = normal(64, 50); W = normal(50, 40)\nh = relu(X @ W)\nloss = mean(h**2)"
LABELS = "x = [[1, 2, 3]]; y = [2]\nloss = cross_entropy(2 * x, y)"
WIDE = "x = 1\n" + "\n".join(f"x{i} = tanh(x{i - 1 if i > 1 else ''} + 1)" for i in range(1, 13))


def part(page: Page, key: str) -> Locator:
    """The box or wire of a key."""
    return page.locator(f'[data-testid="drawing"] [data-part][data-key="{key}"]')


def gates(page: Page) -> Locator:
    """Every gate, in order of computation."""
    return page.get_by_test_id("gate")


def line_width(page: Page, wire: str) -> float:
    """The width at which the line of a wire comes to rest."""
    return float(part(page, wire).evaluate("wire => parseFloat(wire.style.getPropertyValue('--width'))"))


def choose(page: Page, words: str) -> None:
    """Switch a line of the view menu."""
    page.get_by_test_id("view-menu").click()
    page.get_by_test_id("view").get_by_text(words).click()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("view")).to_be_hidden()


def settled(page: Page) -> None:
    """Wait until no box glides."""
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


def middle(locator: Locator) -> tuple[float, float]:
    """The middle of an element."""
    box = box_of(locator)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def wires_of(page: Page) -> list[str]:
    """The keys of the wires into the first gate, and of the output."""
    keys = page.get_by_test_id("wire").evaluate_all("all => all.map(({ dataset }) => dataset.key)")
    first = gates(page).first.get_attribute("data-key")
    return [*(key for key in keys if key.startswith(f"{first}<")), "output:f"]


def test_the_width_of_a_wire_tells_its_gradient(page: Page) -> None:
    open_program(page, ROUTED)
    nothing, all_of_it, end = (line_width(page, key) for key in wires_of(page))
    assert nothing < end < all_of_it
    dashes = page.locator(".wire.zero > .line").evaluate("line => getComputedStyle(line).strokeDasharray")
    assert dashes != "none"
    page.keyboard.press("Home")
    expect(page.locator(".wire.zero, .wire.carries")).to_have_count(0)


def test_gates_inputs_data_and_groups_are_told_apart(page: Page) -> None:
    open_program(page, LABELS)
    expect(part(page, "y")).to_have_class(re.compile(r"\bdata\b"))
    expect(part(page, "x")).not_to_have_class(re.compile(r"\bdata\b"))
    page.goto("/graph?source=" + quote(NEURON) + "&lump=" + quote('["sigmoid"]'))
    settled(page)
    expect(part(page, "f")).to_contain_text("σ")
    expect(part(page, "f").locator(".inner")).to_have_count(1)
    expect(part(page, "f")).to_have_attribute("aria-label", re.compile("4 gates in one"))
    expect(page.locator(".inner")).to_have_count(1)
    assert page.evaluate(OVERLAPS) == []


def test_a_tensor_too_large_to_be_sent_is_a_heatmap_with_its_range(page: Page) -> None:
    open_program(page, BATCH)
    value = part(page, "h<0")
    expect(value).to_contain_text("64×40")
    expect(value.locator(".range").first).to_have_text(re.compile(rf"^\s*{MINUS}[\d.]+ … [\d.]+\s*$"))
    assert value.locator(".cell.value").count() > 2
    assert value.locator(".cell.gradient").count() > 2
    assert page.evaluate(OVERLAPS) == []


def test_the_view_menu_shows_and_hides(page: Page) -> None:
    open_program(page, NEURON)
    expect(page.get_by_test_id("constant")).to_have_count(2)
    choose(page, "constants")
    expect(page.get_by_test_id("constant")).to_have_count(0)
    expect(part(page, "f")).to_contain_text("1 ÷")
    expect(page).to_have_url(re.compile("constants=off"))
    settled(page)
    assert page.evaluate(OVERLAPS) == []
    choose(page, "draw as one sigmoid gate")
    expect(part(page, "f")).to_contain_text("σ")
    expect(gates(page)).to_have_count(5)
    choose(page, "all")
    expect(gates(page)).to_have_count(1)
    expect(part(page, "f")).to_contain_text("gates")
    expect(value_of(page, "output:f")).to_have_text("0.7311")
    choose(page, "none")
    expect(gates(page)).to_have_count(5)


def test_copies_are_drawn_and_written_ops_taken_apart(page: Page) -> None:
    open_program(page, "x = 3\nf = sigmoid(x) * x")
    choose(page, "copy gates")
    expect(part(page, "x:copy")).to_contain_text("adder")
    choose(page, "take sigmoid apart")
    expect(gates(page).filter(has_text="exp")).to_have_count(1)
    settled(page)
    assert page.evaluate(OVERLAPS) == []
    # the branches leave the copy gate itself
    expect(page.locator('.wire[data-role="trunk"]')).to_have_count(0)
    choose(page, "take sigmoid apart")
    expect(gates(page).filter(has_text="exp")).to_have_count(0)


def test_digits_are_the_readers_choice(page: Page) -> None:
    open_program(page, NEURON)
    page.get_by_test_id("view-menu").click()
    for many, text in (("10", "0.7310585786"), ("2", "0.73")):
        page.get_by_test_id("digits").fill(many)
        expect(value_of(page, "output:f")).to_have_text(text)
        # the room that longer numbers want comes with the next layout
        page.wait_for_function(f"() => ({OVERLAPS})().length === 0")
    page.get_by_test_id("digits").fill("4")


def test_a_gate_and_an_edge_open_at_a_click(page: Page) -> None:
    open_program(page, FIRST)
    gates(page).first.click()
    expect(page.get_by_test_id("beside")).to_be_visible()
    expect(part(page, "q")).to_have_class(re.compile("opened"))
    # beside the line, not on it
    x, y = middle(gradient_of(page, "f<1"))
    page.mouse.click(x, y)
    expect(part(page, "f<1")).to_have_class(re.compile("opened"))
    expect(page).to_have_url(re.compile("opened=f%3C1"))


def pick_sum(page: Page) -> None:
    """Pick the two products and their sum."""
    for position in range(3):
        gates(page).nth(position).click(modifiers=["Shift"])


def test_gates_picked_are_lumped_and_opened_again(page: Page) -> None:
    open_program(page, NEURON)
    pick_sum(page)
    expect(page.get_by_test_id("pick-bar")).to_contain_text("3 gates picked")
    expect(page.get_by_test_id("beside")).to_have_count(0)
    page.get_by_test_id("pick-name").fill("weighted")
    page.get_by_test_id("pick-name").press("Enter")
    lumped = gates(page).filter(has_text="weighted")
    expect(lumped).to_have_count(1)
    expect(lumped).to_contain_text("3 gates")
    expect(page.get_by_test_id("pick-bar")).to_have_count(0)
    expect(value_of(page, "output:f")).to_have_text("0.7311")
    settled(page)
    assert page.evaluate(OVERLAPS) == []
    lumped.dblclick()
    expect(lumped).to_have_count(0)
    expect(gates(page)).to_have_count(8)


def test_a_selection_that_cannot_be_lumped_says_why_and_stays_picked(page: Page) -> None:
    open_program(page, NEURON)
    for position in range(2):
        gates(page).nth(position).click(modifiers=["Shift"])
    page.get_by_test_id("pick-lump").click()
    expect(page.get_by_test_id("pick-refused")).to_contain_text("one gate has one output")
    expect(page.get_by_test_id("pick-bar")).to_contain_text("2 gates picked")
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-dimmed", "false")
    expect(page).not_to_have_url(re.compile("lump"))
    gates(page).nth(2).click(modifiers=["Shift"])
    expect(page.get_by_test_id("pick-refused")).to_have_count(0)
    page.get_by_test_id("pick-lump").click()
    expect(gates(page).filter(has_text="block")).to_have_count(1)


def test_a_rectangle_picks_what_is_in_it(page: Page) -> None:
    open_program(page, NEURON)
    first, last = box_of(gates(page).nth(0)), box_of(gates(page).nth(2))
    page.keyboard.down("Shift")
    page.mouse.move(first["x"] - 2, first["y"] - 40)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] + 4, box_of(gates(page).nth(1))["y"] + 60, steps=4)
    expect(page.locator(".rectangle")).to_be_visible()
    page.mouse.up()
    page.keyboard.up("Shift")
    expect(page.get_by_test_id("pick-bar")).to_contain_text("3 gates picked")
    page.get_by_test_id("pick-clear").click()
    expect(page.locator(".picked")).to_have_count(0)


def test_a_pattern_is_lumped_by_a_double_click_and_opened_by_another(page: Page) -> None:
    open_program(page, NEURON)
    gates(page).filter(has_text="exp").dblclick()
    expect(gates(page)).to_have_count(5)
    expect(part(page, "f")).to_contain_text("σ")
    settled(page)
    part(page, "f").dblclick()
    expect(gates(page)).to_have_count(8)


def test_a_long_touch_picks(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True)
    open_program(page, FIRST)
    gate = gates(page).first
    gate.scroll_into_view_if_needed()
    x, y = middle(gate)
    touch = {"pointerType": "touch", "pointerId": 7, "button": 0, "bubbles": True, "clientX": x, "clientY": y}
    gate.dispatch_event("pointerdown", touch)
    expect(page.get_by_test_id("pick-bar")).to_contain_text("1 gate picked")
    gate.dispatch_event("pointerup", touch)
    expect(page.get_by_test_id("beside")).to_have_count(0)


def test_a_number_is_dragged_in_the_graph(page: Page) -> None:
    open_program(page, FIRST)
    x, y = middle(part(page, "x").locator(".outline"))
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=5)
    expect(page.get_by_test_id("turned")).to_have_text(f"{MINUS}1")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}16")
    page.mouse.up()
    expect(page.get_by_test_id("turned")).to_have_count(0)
    assert program_text(page).startswith("x = -1\n")
    expect(page.get_by_test_id("beside")).to_have_count(0)


def test_a_number_is_stepped_by_the_arrow_keys(page: Page) -> None:
    open_program(page, FIRST)
    part(page, "y").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(value_of(page, "q<1")).to_have_text("5.2")
    page.keyboard.press("Shift+ArrowDown")
    expect(value_of(page, "q<1")).to_have_text("4.2")
    expect(part(page, "y")).to_have_attribute("aria-valuenow", "4.2")


def test_what_an_initializer_drew_is_not_dragged(page: Page) -> None:
    open_program(page, BATCH)
    expect(part(page, "X")).to_have_attribute("role", "button")
    expect(part(page, "X")).not_to_have_class(re.compile("turnable"))


def test_the_gradient_check_is_a_badge_on_each_input(page: Page) -> None:
    page.goto("/graph?check=on&source=" + quote("x = 3; y = 0\nf = x*x + relu(y)"))
    settled(page)
    expect(part(page, "x").get_by_test_id("check-badge")).to_have_attribute("data-verdict", "agrees")
    expect(part(page, "y").get_by_test_id("check-badge")).to_have_attribute("data-verdict", "kink")
    expect(part(page, "x").locator("title")).to_contain_text("relative error")


def test_a_gate_pointed_at_is_outlined(page: Page) -> None:
    open_program(page, FIRST)
    gates(page).first.hover()
    expect(part(page, "q")).to_have_class(re.compile("pointed"))
    expect(part(page, "q<0")).to_have_class(re.compile("pointed"))
    expect(part(page, "f<0")).not_to_have_class(re.compile("pointed"))
    page.mouse.move(2, 2)
    expect(page.locator(".pointed")).to_have_count(0)


def test_every_gate_is_reached_and_worked_by_keys(page: Page) -> None:
    open_program(page, NEURON)
    part(page, "w0").focus()
    seen: list[str | None] = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.key"))
    order = gates(page).evaluate_all("all => all.map(({ dataset }) => dataset.key)")
    assert seen[-8:] == order
    label = gates(page).last.get_attribute("aria-label")
    assert label == "gate ÷, f, value 0.7311, gradient 1"
    expect(part(page, "f")).to_be_focused()
    page.keyboard.press("s")
    expect(page.get_by_test_id("pick-bar")).to_contain_text("1 gate picked")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("pick-bar")).to_have_count(0)
    page.keyboard.press("u")
    expect(part(page, "f")).to_contain_text("σ")
    part(page, "f").focus()
    page.keyboard.press("u")
    expect(gates(page)).to_have_count(8)
    part(page, "f").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("beside")).to_be_visible()


def test_what_is_too_wide_begins_readable_and_follows_the_walk(page: Page) -> None:
    open_program(page, WIDE, step=0)
    expect(page.get_by_test_id("minimap")).to_be_visible()
    small = page.locator('[data-testid="drawing"] .pattern').first
    assert small.evaluate("text => text.getBoundingClientRect().height") > 9
    surface = box_of(page.get_by_test_id("drawing"))
    last = part(page, "x12")
    assert box_of(last)["x"] > surface["x"] + surface["width"]
    last.focus()
    page.wait_for_function(
        """edge => {
          const gate = document.querySelector('[data-part="node"][data-key="x12"] .outline');
          return gate.getBoundingClientRect().right < edge;
        }""",
        arg=surface["x"] + surface["width"],
    )
    page.get_by_test_id("fit").click()
    expect(page.get_by_test_id("minimap")).to_have_count(0)


SPOILED = {
    "a number on a number": """() => {
      const [a, b] = [...document.querySelectorAll('[data-testid="wire-value"]')];
      const [from, to] = [b.getBoundingClientRect(), a.getBoundingClientRect()];
      const scale = b.getScreenCTM().a;
      b.setAttribute("x", (to.left - from.left) / scale);
      b.setAttribute("y", Number(b.getAttribute("y")) + (to.top - from.top) / scale);
    }""",
    "a gate on a gate": """() => {
      const [a, b] = [...document.querySelectorAll('[data-testid="gate"]')];
      b.setAttribute("transform", a.getAttribute("transform"));
    }""",
    "a wire through a gate": """() => {
      const [a, b] = [...document.querySelectorAll('[data-testid="gate"]')];
      const [from, to] = [a, b].map((gate) => gate.transform.baseVal[0].matrix);
      document.querySelector('[data-testid="wire"] > path')
        .setAttribute("d", `M${from.e - 60},${from.f}L${to.e + 60},${to.f}`);
    }""",
}


@pytest.mark.parametrize("spoil", SPOILED.values(), ids=SPOILED.keys())
def test_the_search_for_overlaps_finds_them(page: Page, spoil: str) -> None:
    open_program(page, FIRST)
    assert page.evaluate(OVERLAPS) == []
    page.evaluate(spoil)
    assert page.evaluate(OVERLAPS) != []
