"""The inputs panel in a real Chromium: pasted blocks, seeds, nudges, gradient steps, gradient checks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.graph_page import (
    FIRST,
    MINUS,
    gradient_of,
    open_program,
    program_text,
    type_program,
    value_of,
)
from tests.browser.test_accessibility import AXE, PHONE, WIDE

if TYPE_CHECKING:
    from tests.browser.conftest import PageMaker

MATRIX = "X = [[1, 2, 3], [4, 5, 6]]\nf = sum(X * X)"
SQUARE = "x = 3\nf = x * x"
NET = "X = [[1, 2]]\nW = he(2, 3)\nb = zeros(3)\nf = sum((X @ W + b)**2)"
PASTE = """(element, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  element.focus();
  element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
COPY = """(element) => {
  const clipboardData = new DataTransfer();
  element.focus();
  element.setSelectionRange(0, 0);
  element.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData("text/plain");
}"""

RUN = """async () => {
  const { violations } = await axe.run("[data-testid=inputs]");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" | ")}`);
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the inputs panel as it is now."""
    page.evaluate(AXE)
    found: list[str] = page.evaluate(RUN)
    return found


def paste(page: Page, box: str, text: str) -> None:
    """Paste a text into the box with this test id."""
    page.get_by_test_id(box).evaluate(PASTE, text)


def first_line(page: Page) -> str:
    """The first line of the program."""
    return program_text(page).split("\n")[0]


def expect_first_line(page: Page, line: str) -> None:
    """Wait until the program begins with this line."""
    expect(page.locator(".cm-line").first).to_have_text(line)


def test_a_pasted_block_of_the_same_shape_replaces_the_grid(page: Page) -> None:
    open_program(page, MATRIX)
    paste(page, "input-X[1, 2]", "1\t0\t0\r\n0\t2\t0\r\n")
    expect(value_of(page, "output:f")).to_have_text("5")
    expect_first_line(page, "X = [[1, 0, 0], [0, 2, 0]]")
    notice = page.get_by_test_id("paste-notice")
    expect(notice).to_contain_text("all of X replaced")
    notice.get_by_role("button", name="Undo").click()
    expect_first_line(page, "X = [[1, 2, 3], [4, 5, 6]]")
    expect(value_of(page, "output:f")).to_have_text("91")
    expect(notice).to_have_count(0)


def test_a_smaller_block_is_written_from_the_cell_on(page: Page) -> None:
    open_program(page, MATRIX)
    paste(page, "input-X[1, 1]", "0,5\t-1,5")
    expect_first_line(page, "X = [[1, 2, 3], [4, 0.5, -1.5]]")
    notice = page.get_by_test_id("paste-notice")
    expect(notice).to_contain_text("from X[1, 1] on")
    notice.get_by_role("button", name="Make X (1, 2) instead").click()
    expect_first_line(page, "X = [[0.5, -1.5]]")
    expect(value_of(page, "output:f")).to_have_text("2.5")


def test_a_block_that_does_not_fit_gives_its_shape(page: Page) -> None:
    open_program(page, MATRIX)
    paste(page, "input-X[0, 0]", "1;2\n3;4\n5;6\n")
    expect(page.get_by_test_id("paste-notice")).to_contain_text("X is now (3, 2), it was (2, 3)")
    expect(page.get_by_test_id("input-X[2, 1]")).to_have_value("6")
    expect(value_of(page, "output:f")).to_have_text("91")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("1\t2\n3\toops", "row 2, column 2: ‘oops’ is no finite number"),
        ("1\t2\n3", "row 2 has 1 columns where row 1 has 2"),
        ("1\t\n3\t4", "row 1, column 2 is empty"),
        ("\n".join(["1\t2"] * 600), "1200 numbers are too many"),
    ],
)
def test_a_block_with_a_fault_changes_nothing(page: Page, text: str, says: str) -> None:
    open_program(page, MATRIX)
    paste(page, "input-X[0, 0]", text)
    expect(page.get_by_test_id("paste-notice")).to_contain_text(says)
    assert first_line(page) == "X = [[1, 2, 3], [4, 5, 6]]"
    page.get_by_test_id("input-X[0, 0]").fill("0")
    expect(page.get_by_test_id("paste-notice")).to_have_count(0)
    expect(value_of(page, "output:f")).to_have_text("90")


def test_commas_that_can_be_read_in_two_ways(page: Page) -> None:
    open_program(page, "x = [0, 0]\nf = sum(x)")
    paste(page, "input-x[0]", "1,5\n2,5")
    notice = page.get_by_test_id("paste-notice")
    expect(notice).to_contain_text("commas read as separators")
    notice.get_by_role("button", name="Read commas as decimals").click()
    expect_first_line(page, "x = [1.5, 2.5]")


def test_a_free_name_takes_a_pasted_block(page: Page) -> None:
    page.goto(f"/graph?source={quote('f = sum(a)')}")
    paste(page, "missing-a", "1\tx")
    expect(page.get_by_test_id("missing-fault")).to_contain_text("row 1, column 2")
    paste(page, "missing-a", "1\t2\n3\t4\n")
    expect(value_of(page, "output:f")).to_have_text("10")
    expect(page.get_by_test_id("input-a[1, 0]")).to_have_value("3")


def test_many_pasted_numbers_are_kept_beside_the_program(page: Page) -> None:
    open_program(page, MATRIX)
    paste(page, "input-X[0, 0]", "\n".join(["\t".join(["1"] * 20)] * 20))
    expect(value_of(page, "output:f")).to_have_text("400")
    assert first_line(page) == "X = [[1, 2, 3], [4, 5, 6]]"
    page.get_by_test_id("fold-X").click()
    expect(page.get_by_test_id("input-X[19, 19]")).to_have_value("1")
    page.get_by_test_id("drop-X").click()
    expect(value_of(page, "output:f")).to_have_text("91")


def test_a_grid_grows_shrinks_and_is_copied(page: Page) -> None:
    open_program(page, MATRIX)
    page.get_by_test_id("grid-X").click()
    page.get_by_role("button", name="add a row").click()
    expect_first_line(page, "X = [[1, 2, 3], [4, 5, 6], [0, 0, 0]]")
    expect(page.get_by_test_id("input-X[2, 2]")).to_be_visible()
    page.get_by_role("button", name="remove the last column").click()
    expect_first_line(page, "X = [[1, 2], [4, 5], [0, 0]]")
    expect(page.get_by_test_id("input-X[0, 2]")).to_have_count(0)
    assert page.get_by_test_id("input-X[0, 0]").evaluate(COPY) == "1\t2\n4\t5\n0\t0"
    page.get_by_test_id("input-X[0, 1]").press("Enter")
    expect(page.get_by_test_id("input-X[1, 1]")).to_be_focused()


def test_initializers_are_drawn_again_and_edited(page: Page) -> None:
    open_program(page, NET)
    page.get_by_test_id("fold-W").click()
    cell = page.get_by_test_id("input-W[0, 0]")
    first = cell.input_value()
    page.get_by_test_id("new-seed").click()
    expect(cell).not_to_have_value(first)
    expect(page).to_have_url(re.compile("seed=1"))
    page.get_by_test_id("seed").fill("0")
    page.get_by_test_id("seed").press("Enter")
    expect(cell).to_have_value(first)
    cell.fill("7")
    expect(page.get_by_test_id("row-W")).to_contain_text("your own numbers")
    # only this element is another one
    other = page.get_by_test_id("input-W[1, 0]").input_value()
    page.get_by_test_id("drop-W").click()
    expect(cell).to_have_value(first)
    assert page.get_by_test_id("input-W[1, 0]").input_value() == other
    assert "W = he(2, 3)" in program_text(page)


def test_one_element_of_the_output_is_seeded(page: Page) -> None:
    page.goto(f"/graph?source={quote('x = [1, 2, 3]' + chr(10) + 'h = x * x')}")
    page.get_by_test_id("seed-one").click()
    page.get_by_test_id("seed-[1]").click()
    expect(gradient_of(page, "trunk:x").locator("text")).to_have_text(["0", "4", "0"])
    # the elements now show the output's own numbers
    expect(page.get_by_test_id("seed-[2]")).to_have_text("9")
    page.get_by_test_id("seed-[2]").click()
    expect(gradient_of(page, "trunk:x").locator("text")).to_have_text(["0", "0", "6"])
    expect(page.get_by_test_id("seed-[2]")).to_have_attribute("aria-pressed", "true")
    page.get_by_test_id("seed-ones").click()
    expect(gradient_of(page, "trunk:x").locator("text")).to_have_text(["2", "4", "6"])


def test_a_nudge_compares_the_predicted_change_with_the_real_one(page: Page) -> None:
    open_program(page, SQUARE)
    page.get_by_test_id("nudge-x").click()
    page.get_by_test_id("nudge-delta").fill("1")
    expect(page.get_by_test_id("nudge-predicted")).to_have_text("6")
    expect(page.get_by_test_id("nudge-real")).to_have_text("7")
    expect(page.get_by_test_id("nudge-difference")).to_have_text("1")
    expect(page.get_by_test_id("nudge-curve")).to_be_visible()
    page.get_by_role("button", name="δ ÷10").click()
    expect(page.get_by_test_id("nudge-predicted")).to_have_text("0.6")
    expect(page.get_by_test_id("nudge-real")).to_have_text("0.61")
    # the program is as it was until the nudge is made
    assert first_line(page) == "x = 3"
    page.get_by_test_id("nudge-apply").click()
    expect_first_line(page, "x = 3.1")
    expect(page.get_by_test_id("nudge-predicted")).to_have_text("0.62")


def test_a_nudge_of_one_element(page: Page) -> None:
    open_program(page, "x = [1, 2, 3]\nf = sum(x * x)")
    page.get_by_test_id("nudge-x").click()
    page.get_by_test_id("input-x[2]").focus()
    expect(page.get_by_test_id("nudge")).to_contain_text("x[2]")
    page.get_by_test_id("nudge-delta").fill("-1")
    expect(page.get_by_test_id("nudge-predicted")).to_have_text(f"{MINUS}6")
    expect(page.get_by_test_id("nudge-real")).to_have_text(f"{MINUS}5")


def test_one_tool_is_open_at_a_time(page: Page) -> None:
    open_program(page, FIRST)
    page.get_by_test_id("nudge-x").click()
    expect(page.get_by_test_id("nudge")).to_contain_text("x")
    page.get_by_test_id("nudge-y").click()
    expect(page.get_by_test_id("nudge")).to_have_count(1)
    page.get_by_test_id("descend").click()
    expect(page.get_by_test_id("descent")).to_be_visible()
    expect(page.get_by_test_id("nudge")).to_have_count(0)


def test_gradient_steps_bring_the_output_down(page: Page) -> None:
    open_program(page, SQUARE)
    page.get_by_test_id("descend").click()
    page.get_by_test_id("descent-step").click()
    expect_first_line(page, "x = 2.4")
    expect(page.get_by_test_id("descent-output")).to_have_text("5.76")
    history = page.get_by_test_id("descent-history")
    expect(history).to_have_attribute("data-steps", "1")
    page.get_by_test_id("descent-many").click()
    expect(history).to_have_attribute("data-steps", "11")
    # x is 3 * 0.8**11
    expect(value_of(page, "output:f")).to_have_text("0.06641")
    page.get_by_test_id("descent-back").click()
    expect_first_line(page, "x = 3")
    expect(value_of(page, "output:f")).to_have_text("9")
    # each step is undone on its own
    page.get_by_test_id("descent-step").click()
    expect_first_line(page, "x = 2.4")
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+z")
    expect_first_line(page, "x = 3")


def test_gradient_steps_on_chosen_inputs_together(page: Page) -> None:
    open_program(page, FIRST)
    page.get_by_test_id("descend").click()
    page.get_by_test_id("step-z").uncheck()
    page.get_by_test_id("descent-rate").fill("0.5")
    page.get_by_test_id("descent-step").click()
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}28")
    assert program_text(page).startswith("x = 0\ny = 7\nz = -4\n")


def test_gradient_steps_play_until_stopped(page: Page) -> None:
    open_program(page, SQUARE)
    page.get_by_test_id("descend").click()
    page.get_by_test_id("descent-rate").fill("0.01")
    play = page.get_by_test_id("descent-play")
    play.click()
    page.wait_for_function(
        "() => Number(document.querySelector('[data-testid=descent-history]').dataset.steps) >= 5"
    )
    play.click()
    expect(play).to_have_text("Play")
    expect(page.get_by_test_id("descent-step")).to_be_enabled()
    page.get_by_test_id("descent-back").click()
    expect_first_line(page, "x = 3")


def test_gradient_steps_stop_where_numbers_end(page: Page) -> None:
    open_program(page, SQUARE)
    page.get_by_test_id("descend").click()
    page.get_by_test_id("descent-rate").fill("1e200")
    page.get_by_test_id("descent-many").click()
    expect(page.get_by_test_id("descent-word")).to_contain_text("not finite")
    expect(page.get_by_test_id("descent-step")).to_be_enabled()
    page.get_by_test_id("descent-back").click()
    expect(value_of(page, "output:f")).to_have_text("9")


def test_parameters_are_stepped_and_data_is_not(page: Page) -> None:
    open_program(page, NET)
    page.get_by_test_id("descend").click()
    expect(page.get_by_test_id("step-X")).not_to_be_checked()
    expect(page.get_by_test_id("step-W")).to_be_checked()
    output = page.get_by_test_id("descent-output")
    before = output.inner_text()
    page.get_by_test_id("descent-rate").fill("0.01")
    page.get_by_test_id("descent-many").click()
    expect(page.get_by_test_id("descent-history")).to_have_attribute("data-steps", "10")
    assert float(output.inner_text()) < float(before)
    assert "W = he(2, 3)" in program_text(page)
    page.get_by_test_id("descent-back").click()
    expect(output).to_have_text(before)
    expect(page.get_by_test_id("drop-W")).to_have_count(0)


def test_every_gradient_is_checked(page: Page) -> None:
    open_program(page, FIRST)
    page.get_by_test_id("check-gradients").click()
    for name in "xyz":
        expect(page.get_by_test_id(f"check-{name}")).to_have_attribute("data-verdict", "agrees")
    expect(page.get_by_test_id("check-price")).to_contain_text("6 forward passes")
    expect(page.get_by_test_id("check-price")).to_contain_text("1 backward pass")
    page.get_by_test_id("check-z").click()
    expect(page.get_by_test_id("check-analytical")).to_have_text("3")
    expect(page.get_by_test_id("check-numerical")).to_have_text("3")
    assert float(page.get_by_test_id("check-error").inner_text().replace(MINUS, "-")) < 1e-6
    expect(page).to_have_url(re.compile("check=on"))


@pytest.mark.parametrize(
    ("source", "verdict", "says"),
    [
        ("x = 0\nf = relu(x)", "kink", "slopes"),
        ("x = -1000\nf = 1 / (1 + exp(-x))", "not_finite", "nothing to compare"),
        ("x = 20\nf = 1 / (1 + exp(-x))", "agrees", "rounding"),
    ],
)
def test_a_verdict_is_explained(page: Page, source: str, verdict: str, says: str) -> None:
    open_program(page, source)
    page.get_by_test_id("check-gradients").click()
    badge = page.get_by_test_id("check-x")
    expect(badge).to_have_attribute("data-verdict", verdict)
    badge.click()
    expect(page.get_by_test_id("check-details")).to_contain_text(says)


def test_the_tools_work_by_keyboard(page: Page) -> None:
    open_program(page, SQUARE)
    page.get_by_test_id("slider-x").focus()
    page.keyboard.press("ArrowRight")
    expect_first_line(page, "x = 3.1")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("input-x")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect_first_line(page, "x = 3.2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("nudge")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("nudge-delta")).to_be_focused()


def test_another_program_leaves_no_notice_behind(page: Page) -> None:
    open_program(page, MATRIX)
    page.get_by_test_id("nudge-X").click()
    expect(page.get_by_test_id("nudge-curve")).to_be_visible()
    type_program(page, "x = 7\nf = x + 1")
    expect(page.get_by_test_id("nudge")).to_have_count(0)
    expect(value_of(page, "output:f")).to_have_text("8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_open_tools_under_axe(new_page: PageMaker, viewport: dict[str, int], scheme: str) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    open_program(page, MATRIX)
    page.get_by_test_id("check-gradients").click()
    page.get_by_test_id("check-X").click()
    expect(page.get_by_test_id("check-details")).to_be_visible()
    assert violations(page) == []
    page.get_by_test_id("nudge-X").click()
    expect(page.get_by_test_id("nudge-curve")).to_be_visible()
    assert violations(page) == []
    page.get_by_test_id("grid-X").click()
    assert violations(page) == []
    page.get_by_test_id("descend").click()
    page.get_by_test_id("descent-step").click()
    expect(page.get_by_test_id("descent-history")).to_have_attribute("data-steps", "1")
    assert violations(page) == []
    page.get_by_test_id("inputs").scroll_into_view_if_needed()
    inside = "(panel) => panel.scrollWidth <= panel.clientWidth"
    assert page.get_by_test_id("inputs").evaluate(inside)
