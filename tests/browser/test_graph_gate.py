"""A gate or an edge opened: its factors, its Jacobian, what one element touches, its cost at other sizes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import FIRST, MINUS, NEURON, box_of

if TYPE_CHECKING:
    from collections.abc import Callable

RELU = "x = [1, -2, 3, -1]\ny = relu(x)"
PRODUCT = "X = [[1, 2], [3, 4], [5, 6]]\nW = [[1, 0, 3], [4, 5, 6]]\nY = X @ W\nf = sum(Y)"
LECTURE_SIZES = {"X": [64, 4096], "W": [4096, 4096]}


def open_gate(page: Page, source: str, key: str, **parameters: str) -> Locator:
    """Open a program by a link that opens a gate or edge beside it; answers the panel."""
    page.goto("/graph?" + urlencode({"source": source, "opened": key, "beside": "gate", **parameters}))
    panel = page.get_by_test_id("gate-panel")
    expect(panel.get_by_test_id("gate-title").or_(panel.get_by_test_id("gate-gone"))).to_be_visible()
    return panel


def rows_of(grid: Locator, columns: int) -> list[list[str]]:
    """The texts of a grid's cells, row by row."""
    cells = grid.get_by_test_id("cell").all_inner_texts()
    return [cells[start : start + columns] for start in range(0, len(cells), columns)]


def test_a_gate_shows_what_it_holds_and_what_it_hands_on(page: Page) -> None:
    panel = open_gate(page, FIRST, "f")
    expect(panel.get_by_test_id("gate-value")).to_have_text(f"{MINUS}12")
    expect(panel.get_by_test_id("gate-gradient")).to_have_text("1")
    arguments = panel.get_by_test_id("gate-argument")
    expect(arguments.nth(0)).to_have_text(re.compile(rf"q\s*1\s*×\s*{MINUS}4\s*=\s*{MINUS}4"))
    expect(arguments.nth(1)).to_have_text(re.compile(r"z\s*1\s*×\s*3\s*=\s*3"))
    expect(panel.get_by_test_id("gate-pattern")).to_contain_text("swap: hands each argument")
    expect(panel.get_by_test_id("jacobian-matrix")).to_have_count(0)


def test_an_edge_shows_the_three_factors_and_is_in_the_link(page: Page) -> None:
    panel = open_gate(page, FIRST, "f")
    panel.get_by_test_id("gate-argument").first.click()
    expect(panel.get_by_test_id("edge-upstream")).to_have_text("1")
    expect(panel.get_by_test_id("edge-local")).to_have_text(f"{MINUS}4")
    expect(panel.get_by_test_id("edge-downstream")).to_have_text(f"{MINUS}4")
    tops = [box_of(panel.get_by_test_id(f"edge-{name}"))["y"] for name in ("upstream", "local", "downstream")]
    assert max(tops) - min(tops) < 1
    expect(page).to_have_url(re.compile(r"opened=f%3C0"))
    page.reload()
    expect(page.get_by_test_id("edge-local")).to_have_text(f"{MINUS}4")


def test_shares_add_up_where_a_value_is_used_twice(page: Page) -> None:
    panel = open_gate(page, "x = 1\nf = 4*x + 2*x", "x")
    expect(panel.get_by_test_id("gate-use")).to_have_count(2)
    expect(panel.get_by_test_id("gate-gradient")).to_have_text("6")
    expect(panel.get_by_test_id("gate-sum").locator(".katex-html")).to_have_text("4+2=6")


def test_a_lumped_sigmoid_shows_its_derived_local_gradient_and_opens_up(page: Page) -> None:
    panel = open_gate(page, NEURON, "f")
    panel.get_by_role("button", name="Draw as one sigmoid").click()
    expect(panel.get_by_test_id("gate-title")).to_contain_text("sigmoid")
    argument = panel.get_by_test_id("gate-argument")
    expect(argument).to_contain_text(re.compile(r"1\s*×\s*0.1966\s*=\s*0.1966"))
    expect(panel.get_by_test_id("gate-local").locator(".katex-html")).to_contain_text("(1−f)⋅f")
    panel.get_by_test_id("gate-unlump").click()
    expect(panel.get_by_test_id("gate-argument")).to_have_count(2)
    expect(panel.get_by_role("button", name="Draw as one sigmoid")).to_be_visible()


def test_a_gate_is_taken_apart_and_put_together_again(page: Page) -> None:
    panel = open_gate(page, "x = 1\nf = sigmoid(x)", "f")
    panel.get_by_test_id("gate-apart").click()
    expect(page.get_by_test_id("gate")).to_have_count(4)
    panel.get_by_role("button", name="Draw as one sigmoid").click()
    expect(page.get_by_test_id("gate")).to_have_count(1)


def test_backward_starts_from_the_gate_that_is_made_the_output(page: Page) -> None:
    panel = open_gate(page, FIRST, "q")
    expect(panel.get_by_test_id("gate-gradient")).to_have_text(f"{MINUS}4")
    panel.get_by_test_id("gate-output").click()
    expect(panel.get_by_test_id("gate-gradient")).to_have_text("1")
    panel.get_by_test_id("gate-last").click()
    expect(panel.get_by_test_id("gate-gradient")).to_have_text(f"{MINUS}4")


def test_what_was_opened_may_be_edited_away(page: Page) -> None:
    panel = open_gate(page, "x = 1\nf = x * x", "g<0")
    expect(panel).to_contain_text("no longer in the graph")


def test_a_gate_that_was_lumped_is_found_in_the_one_that_stands_for_it(page: Page) -> None:
    panel = open_gate(page, NEURON, "f")
    panel.get_by_test_id("gate-argument").last.click()
    panel.get_by_test_id("gate-title").get_by_role("button").first.click()
    expect(panel.get_by_test_id("gate-title")).to_contain_text("add")
    panel.get_by_role("button", name="Draw as one sigmoid").click()
    expect(panel.get_by_test_id("gate-gone")).to_contain_text("now part of the gate f")
    panel.get_by_role("button", name="Open that gate").click()
    expect(panel.get_by_test_id("gate-title")).to_contain_text("sigmoid")


def test_the_jacobian_of_relu_is_diagonal_and_sparse(page: Page) -> None:
    panel = open_gate(page, RELU, "y<0", upstream="[4, -1, 5, 9]")
    expect(panel.get_by_test_id("jacobian-pattern")).to_have_text("diagonal")
    assert rows_of(panel.get_by_test_id("jacobian-matrix"), 4) == [
        ["1", "", "", ""],
        ["", "", "", ""],
        ["", "", "1", ""],
        ["", "", "", ""],
    ]
    expect(panel.get_by_test_id("jacobian-density")).to_have_text("2 of 16 entries are not 0")
    expect(panel.get_by_test_id("explicit-bytes")).to_have_text("128 B")
    expect(panel.get_by_test_id("product-bytes")).to_have_text("32 B")
    assert rows_of(panel.get_by_test_id("edge-downstream"), 4) == [["4", "0", "5", "0"]]
    expect(panel.get_by_test_id("product-code")).to_contain_text("grad_x = grad_y * (y > 0)")


def test_a_jacobian_states_its_layout_and_is_transposed(page: Page) -> None:
    panel = open_gate(page, PRODUCT, "Y<0")
    layout = panel.get_by_test_id("jacobian-layout")
    expect(layout).to_contain_text("input × output, 6 × 9")
    expect(layout).to_contain_text("downstream = J @ upstream")
    first = rows_of(panel.get_by_test_id("jacobian-matrix"), 9)[1]
    panel.get_by_test_id("jacobian-transpose").click()
    expect(layout).to_contain_text("output × input, 9 × 6")
    expect(layout).to_contain_text("downstream = J.T @ upstream")
    turned = rows_of(panel.get_by_test_id("jacobian-matrix"), 6)
    assert [row[1] for row in turned] == first == ["4", "5", "6", *[""] * 6]


def test_the_jacobian_follows_the_program(page: Page) -> None:
    panel = open_gate(page, "x = [1, 2]\ny = x * x\nf = sum(y)", "y<0")
    matrix = panel.get_by_test_id("jacobian-matrix")
    expect(matrix.get_by_test_id("cell").first).to_have_text("1")
    box = page.get_by_test_id("input-x[0]")
    box.fill("7")
    box.press("Enter")
    expect(matrix.get_by_test_id("cell").first).to_have_text("7")
    expect(panel.get_by_test_id("jacobian-of")).to_have_attribute("data-current", "true")


def test_a_matrix_too_large_to_build_is_told_in_bytes(page: Page) -> None:
    panel = open_gate(page, "x = normal(30, 40)\ny = exp(x)\nf = sum(y)", "y")
    expect(panel.get_by_test_id("jacobian-too-large")).to_contain_text("10.99 MiB")
    expect(panel.get_by_test_id("jacobian-matrix")).to_have_count(0)


def test_one_element_of_x_touches_one_row_of_y(page: Page) -> None:
    panel = open_gate(page, PRODUCT, "Y")
    panel.get_by_test_id("jacobian-argument").filter(has_text="X").click()
    expect(panel.get_by_test_id("jacobian-pattern")).to_have_text("sparse")
    panel.get_by_test_id("touch-from").get_by_test_id("cell").nth(1).hover()
    says = panel.get_by_test_id("touch-says")
    expect(says).to_have_text("X[0, 1] touches row 0 of Y; the local gradients there are W[1, :] = [4, 5, 6]")
    cells = panel.get_by_test_id("touch-to").get_by_test_id("cell")
    lit = [bool(re.search(r"\blit\b", cell.get_attribute("class") or "")) for cell in cells.all()]
    assert lit == [True] * 3 + [False] * 6
    cells.nth(2).hover()
    expect(panel.get_by_test_id("touch-one")).to_have_text("dY[0, 2] / dX[0, 1] = W[1, 2] = 6")
    panel.get_by_test_id("jacobian-argument").filter(has_text="W").click()
    panel.get_by_test_id("touch-from").get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(says).to_have_text(
        "W[0, 1] touches column 1 of Y; the local gradients there are X[:, 0] = [1, 3, 5]"
    )


def test_the_lectures_sizes_cost_what_the_lecture_says(page: Page) -> None:
    panel = open_gate(page, PRODUCT, "Y", sizes=json.dumps(LECTURE_SIZES), dtype="float32")
    explicit, product = panel.get_by_test_id("size-explicit"), panel.get_by_test_id("size-product")
    expect(explicit).to_have_text(["2³⁸ B = 256 GiB", "2⁴⁴ B = 16 TiB"])
    expect(product).to_have_text(["2²⁰ B = 1 MiB", "2²⁶ B = 64 MiB"])
    panel.get_by_test_id("size-dtype").select_option("float64")
    expect(explicit).to_have_text(["2³⁹ B = 512 GiB", "2⁴⁵ B = 32 TiB"])
    panel.get_by_test_id("size-X").fill("64, 17")
    expect(panel.get_by_test_id("problem-detail")).to_contain_text("17 and 4096 differ")
    panel.get_by_test_id("size-X").fill("32 × 4096")
    expect(explicit.first).to_have_text("2³⁷ B = 128 GiB")
    expect(page).to_have_url(re.compile(r"sizes=.*%5B32%2C4096%5D"))


def test_a_broadcast_argument_says_what_is_summed(page: Page) -> None:
    panel = open_gate(page, "X = [[1, 2], [3, 4]]\nb = [1, 2]\nh = X + b\nf = sum(h * h)", "h<1")
    expect(panel.get_by_test_id("edge-summed")).to_contain_text("added up over 1 axis: 0")


def test_the_panel_fits_a_phone(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    panel = open_gate(page, PRODUCT, "Y")
    expect(panel.get_by_test_id("jacobian-pattern")).to_be_visible()
    box = panel.bounding_box()
    assert box is not None
    wide = panel.evaluate("(panel) => panel.scrollWidth - panel.clientWidth")
    assert wide == 0
