"""The graph page in a real Chromium: programs drawn, numbers read, the walk walked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph_page import (
    FIRST,
    MINUS,
    NEURON,
    OVERLAPS,
    box_of,
    factors,
    gradient_of,
    open_program,
    program_text,
    row,
    type_program,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

RECURRENT = """x0 = 1; x1 = -1; x2 = 0.5; w = 0.6; u = 0.9; h = 0
h1 = tanh(w*h + u*x0)
h2 = tanh(w*h1 + u*x1)
h3 = tanh(w*h2 + u*x2)
loss = (h3 - 1)**2"""
UNUSED = """x = 2; y = 3; rate = 7
a_rather_long_name = tanh(x) * x
unused = y + 1
f = maximum(a_rather_long_name, 0.1) - x / 3"""


def test_an_expression_is_typed_and_its_numbers_are_read(page: Page) -> None:
    open_program(page, "x = 1")
    type_program(page, FIRST)
    expect(value_of(page, "q<0")).to_have_text(f"{MINUS}2")
    expect(gradient_of(page, "q<0")).to_have_text(f"{MINUS}4")
    expect(value_of(page, "q<1")).to_have_text("5")
    expect(gradient_of(page, "q<1")).to_have_text(f"{MINUS}4")
    expect(value_of(page, "f<0")).to_have_text("3")
    expect(gradient_of(page, "f<0")).to_have_text(f"{MINUS}4")
    expect(gradient_of(page, "f<1")).to_have_text("3")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    expect(gradient_of(page, "output:f")).to_have_text("1")


def test_the_first_example_opens_without_a_link(page: Page) -> None:
    page.goto("/graph")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    expect(page.get_by_test_id("look")).to_be_visible()


def test_operands_stand_in_written_order_and_time_runs_right(page: Page) -> None:
    open_program(page, FIRST)
    tops = [box_of(page.get_by_label(f"input {name},"))["y"] for name in "xyz"]
    assert tops == sorted(tops)
    lefts = [box_of(gate)["x"] for gate in page.get_by_test_id("gate").all()]
    assert len(lefts) == 2
    assert lefts == sorted(lefts)


def test_a_step_back_reads_upstream_local_downstream(page: Page) -> None:
    open_program(page, NEURON)
    expect(page.get_by_test_id("walk-position")).to_contain_text("17/17")
    assert factors(page, 0) == ["0.1966", f"{MINUS}1", f"{MINUS}0.1966"]
    assert factors(page, 1) == ["0.1966", "2", "0.3932"]
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    expect(page.get_by_test_id("explain")).to_contain_text("exp")
    assert factors(page, 0) == [f"{MINUS}0.5344", "0.3679", f"{MINUS}0.1966"]
    expect(page.locator('[data-testid="gate"][data-lit="backward"]')).to_contain_text("exp")
    expect(page.get_by_test_id("lit-text").first).to_contain_text("exp(")
    expect(page.get_by_test_id("account")).to_contain_text(
        "upstream \u22120.5344 times local 0.3679 is \u22120.1966"
    )


def test_a_forward_step_says_the_rule_with_its_numbers(page: Page) -> None:
    open_program(page, FIRST, step=1)
    equation = page.get_by_test_id("forward-equation")
    expect(equation).to_contain_text("q")
    expect(equation).to_contain_text("x + y")
    expect(equation.locator(".katex-html")).to_have_text(re.compile(rf"^{MINUS}2\s*\+\s*5$"))
    expect(page.get_by_test_id("forward-value")).to_have_text("3")
    # what has not happened yet is not shown
    expect(value_of(page, "f<0")).to_have_text("3")
    expect(value_of(page, "output:f")).to_have_count(0)
    expect(page.get_by_test_id("wire-gradient")).to_have_count(0)


def test_x_times_x_adds_up_to_6_over_two_wires(page: Page) -> None:
    open_program(page, "x = 3\nf = x * x")
    expect(gradient_of(page, "f<0")).to_have_text("3")
    expect(gradient_of(page, "f<1")).to_have_text("3")
    expect(gradient_of(page, "trunk:x")).to_have_text("6")
    expect(value_of(page, "trunk:x")).to_have_text("3")
    expect(page.get_by_test_id("fan-out").locator(".katex-html")).to_have_text(
        re.compile(r"3\s*\+\s*3\s*=\s*6")
    )


def test_the_walk_by_keys_and_buttons(page: Page) -> None:
    open_program(page, FIRST)
    position = page.get_by_test_id("walk-position")
    expect(position).to_contain_text("5/5")
    walked = [("Home", 0), ("PageDown", 1), ("ArrowRight", 2), ("PageUp", 1), ("End", 5)]
    for key, steps in walked:
        page.keyboard.press(key)
        expect(position).to_contain_text(f"{steps}/5")
    page.get_by_test_id("walk-first").click()
    expect(page.get_by_test_id("explain")).to_have_attribute("data-kind", "start")
    page.get_by_test_id("walk-forward").click()
    expect(position).to_contain_text("1/5")
    page.get_by_test_id("walk-scrubber").fill("3")
    expect(page.get_by_test_id("explain")).to_have_attribute("data-kind", "seed")
    expect(page.get_by_test_id("seed")).to_have_text("1")
    page.locator("body").click(position={"x": 2, "y": 2})
    page.keyboard.press("?")
    expect(page.get_by_test_id("help")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("help")).to_be_hidden()


def test_play_walks_to_the_end_and_stops(page: Page) -> None:
    open_program(page, "x = 3\nf = x * x")
    page.evaluate(
        """() => {
          const play = document.querySelector('[data-testid="walk-play"]');
          const position = document.querySelector('[data-testid="walk-position"]');
          window.walked = [];
          window.labels = [];
          const seen = () => {
            walked.push(position.textContent.match(/\\d+\\/\\d+/)[0]);
            labels.push(play.ariaLabel);
          };
          const watched = { subtree: true, childList: true, characterData: true, attributes: true };
          for (const element of [position, play]) new MutationObserver(seen).observe(element, watched);
        }"""
    )
    page.keyboard.press("Space")
    page.wait_for_function("() => labels.includes('Pause') && labels.at(-1) === 'Play'")
    assert page.evaluate("[...new Set(walked)]") == ["0/3", "1/3", "2/3", "3/3"]


def test_a_gate_clicked_is_explained(page: Page) -> None:
    open_program(page, NEURON)
    page.get_by_test_id("gate").filter(has_text="exp").click()
    expect(page.get_by_test_id("walk-position")).to_contain_text("12/17")


def test_a_vector_and_its_gradient(page: Page) -> None:
    page.goto("/graph?example=relu-vector")
    expect(gradient_of(page, "h<0").locator("text")).to_have_text(["4", "0", "5", "0"])
    expect(value_of(page, "output:h").locator("text")).to_have_text(["1", "0", "3", "0"])
    page.get_by_test_id("input-x[1]").fill("2")
    expect(gradient_of(page, "h<0").locator("text")).to_have_text(["4", f"{MINUS}1", "5", "0"])
    assert program_text(page).startswith("x = [1, 2, 3, -1]")


def test_a_matrix_product_shows_its_jacobian_as_a_product(page: Page) -> None:
    page.goto("/graph?example=matrix-product")
    expect(row(page, 0).get_by_test_id("downstream").locator("td")).to_have_text(
        ["3", "1", f"{MINUS}5", "3", "2", f"{MINUS}1"]
    )
    expect(row(page, 0).get_by_test_id("local")).to_contain_text("upstream")


def test_what_is_not_finite_is_red_and_explained(page: Page) -> None:
    open_program(page, "x = -1000\nf = 1 / (1 + exp(-x))")
    expect(page.locator(".broken", has_text="NaN").first).to_be_visible()
    expect(page.locator(".broken", has_text="\u221e").first).to_be_visible()
    expect(page.get_by_test_id("notes")).to_contain_text("larger than a float can hold")
    type_program(page, "x = 0\nf = relu(x)")
    expect(page.get_by_test_id("notes")).to_contain_text("no derivative at 0")


def test_division_by_zero_is_an_answer(page: Page) -> None:
    open_program(page, "x = 0\nf = 1 / x")
    expect(value_of(page, "output:f")).to_have_text("\u221e")
    expect(page.get_by_test_id("notes")).to_contain_text("division by zero")


def test_the_gallery_opens_each_example_without_overlaps(page: Page) -> None:
    page.goto("/graph")
    page.get_by_test_id("examples").click()
    buttons = page.locator('[data-testid^="example-"]')
    names = buttons.evaluate_all("all => all.map(({ dataset }) => dataset.testid)")
    # rooms among the examples have pages of their own
    for room in ("activations", "numpy", "compare"):
        names.remove(f"example-{room}")
    assert len(names) >= 8
    for name in names:
        page.goto(f"/graph?example={name.removeprefix('example-')}")
        expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
        expect(page.get_by_test_id("problem")).to_have_count(0)
        assert page.evaluate(OVERLAPS) == [], name
        surface = box_of(page.get_by_test_id("drawing"))
        # what is too wide to be read whole begins where the walk is
        gate = box_of(page.locator('[data-testid="gate"][data-lit]').first)
        assert surface["x"] <= gate["x"]
        assert gate["x"] + gate["width"] <= surface["x"] + surface["width"]


@pytest.mark.parametrize("source", [RECURRENT, UNUSED])
def test_no_number_lies_on_another(page: Page, source: str) -> None:
    open_program(page, source)
    assert page.evaluate(OVERLAPS) == []


def test_zoom_pan_and_fit(page: Page) -> None:
    open_program(page, FIRST)
    gate = page.get_by_test_id("gate").first
    before = box_of(gate)
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.mouse.wheel(0, -600)
    page.wait_for_function(
        """before => {
          const { width } = document.querySelector("[data-testid=gate]").getBoundingClientRect();
          return width > 1.3 * before.width;
        }""",
        arg=before,
    )
    page.get_by_test_id("fit").click()
    page.wait_for_function(
        """before => {
          const { left, top, width } = document.querySelector("[data-testid=gate]").getBoundingClientRect();
          return [left - before.x, top - before.y, width - before.width].every((much) => Math.abs(much) < 1);
        }""",
        arg=before,
    )
    surface = box_of(page.get_by_test_id("drawing"))
    page.mouse.move(surface["x"] + 30, surface["y"] + 30)
    page.mouse.down()
    page.mouse.move(surface["x"] + 90, surface["y"] + 60, steps=4)
    page.mouse.up()
    moved = box_of(gate)
    assert abs(moved["x"] - before["x"] - 60) < 8
    assert abs(moved["y"] - before["y"] - 30) < 8


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_fits_its_window(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 720 if width > 800 else 844})
    open_program(page, NEURON)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width > 800:
        assert page.evaluate("document.documentElement.scrollHeight") <= 720
        page.keyboard.press("p")
        expect(page.locator("html")).to_have_attribute("data-projector", "on")
        assert page.evaluate("document.documentElement.scrollHeight") <= 720
