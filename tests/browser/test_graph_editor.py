"""The program's editor in a real Chromium: words completed, calls explained, numbers dragged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import (
    FIRST,
    MINUS,
    NEURON,
    box_of,
    open_program,
    program_text,
    type_program,
    value_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TEXT_BOX = """([text, occurrence]) => {
  const content = document.querySelector('[data-testid="editor"]');
  const lines = [...content.querySelectorAll(".cm-line")];
  const places = [];
  for (const line of lines) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    const at = (offset) => {
      for (const node of nodes) {
        if (offset <= node.length) return [node, offset];
        offset -= node.length;
      }
    };
    const whole = line.textContent;
    for (let from = whole.indexOf(text); from >= 0; from = whole.indexOf(text, from + 1)) {
      const range = document.createRange();
      range.setStart(...at(from));
      range.setEnd(...at(from + text.length));
      // the last box: a range may begin with an empty one at the end of the text before
      const boxes = [...range.getClientRects()].filter(({ width }) => width > 0);
      const { left, top, width, height } = boxes.at(-1);
      places.push({ x: left, y: top, width, height });
    }
  }
  return places[occurrence];
}"""


def middle(page: Page, text: str, occurrence: int = 0) -> tuple[float, float]:
    """Where a piece of the program stands in the window."""
    box = page.evaluate(TEXT_BOX, [text, occurrence])
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(page: Page, text: str, by: float, occurrence: int = 0) -> None:
    """Take hold of a number in the program and drag it sideways, in small moves."""
    x, y = middle(page, text, occurrence)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=12)
    page.mouse.up()


def completions(page: Page) -> Locator:
    """The list of what the word being typed may become."""
    return page.locator(".cm-tooltip-autocomplete li")


def ready_to_complete(page: Page) -> None:
    """Wait until the table of functions is there: then Ctrl+Space lists them on an empty line."""
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("editor")).to_have_attribute("aria-autocomplete", "list")
    page.keyboard.press("Control+Space")
    expect(completions(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(completions(page)).to_have_count(0)


def test_a_word_is_completed_from_the_op_table(page: Page) -> None:
    open_program(page, FIRST)
    ready_to_complete(page)
    page.keyboard.type("g = cli")
    expect(completions(page).first).to_contain_text("clip(x, low, high)")
    expect(completions(page).first).to_contain_text("between two bounds")
    page.keyboard.press("Tab")
    expect(completions(page)).to_have_count(0)
    page.keyboard.type("f, low=-10, hig")
    expect(completions(page).first).to_have_text("high=")
    page.keyboard.press("Tab")
    page.keyboard.type("10)")
    expect(value_of(page, "output:g")).to_have_text(f"{MINUS}10")
    assert program_text(page).endswith("g = clip(f, low=-10, high=10)")


def test_names_of_the_program_and_initializers_are_offered_too(page: Page) -> None:
    open_program(page, "weight = 2\nf = weight * 3")
    ready_to_complete(page)
    page.keyboard.type("g = wei")
    expect(completions(page)).to_have_text(["weight"])
    page.keyboard.press("Enter")
    page.keyboard.type(" + xav")
    expect(completions(page).first).to_contain_text("xavier(rows, columns)")


def test_enter_after_a_whole_word_is_a_new_line(page: Page) -> None:
    open_program(page, "weight = 2\nf = weight * 3")
    ready_to_complete(page)
    page.keyboard.type("g = weight")
    expect(completions(page)).to_have_text(["weight"])
    page.keyboard.press("Enter")
    page.keyboard.type("h = g + 1")
    expect(value_of(page, "output:h")).to_have_text("3")
    assert program_text(page).endswith("g = weight\nh = g + 1")


def test_nothing_is_offered_in_numbers_and_comments(page: Page) -> None:
    open_program(page, FIRST)
    ready_to_complete(page)
    page.keyboard.type("# exp")
    page.keyboard.press("Enter")
    page.keyboard.type("g = 12")
    page.keyboard.press("Control+Space")
    page.keyboard.type(" + lo")
    # the list that comes now is the only one there was
    expect(completions(page).first).to_contain_text("log")
    assert "# exp\ng = 12 + lo" in program_text(page)


def test_escape_closes_the_list_first_and_then_leaves(page: Page) -> None:
    open_program(page, FIRST)
    ready_to_complete(page)
    page.keyboard.type("g = ex")
    expect(completions(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(completions(page)).to_have_count(0)
    expect(page.get_by_test_id("editor")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("editor")).not_to_be_focused()


def test_inside_a_call_its_present_argument_is_bold(page: Page) -> None:
    open_program(page, FIRST)
    ready_to_complete(page)
    page.keyboard.type("g = clip(f, ")
    box = page.get_by_test_id("signature")
    expect(box).to_contain_text("clip(x, low, high)")
    expect(box.locator("b")).to_have_text("low")
    page.keyboard.type("-1, sum(x, keepdims=")
    expect(box.locator("b")).to_have_text("keepdims=False")
    page.keyboard.type("True), ")
    expect(box).to_contain_text("clip(x, low, high)")
    page.keyboard.type("1)")
    expect(box).to_have_count(0)


def test_a_function_pointed_at_says_what_it_is(page: Page) -> None:
    open_program(page, NEURON)
    ready_to_complete(page)
    page.mouse.move(*middle(page, "exp"))
    expect(page.get_by_test_id("signature")).to_contain_text("exp(x)")
    expect(page.get_by_test_id("signature")).to_contain_text("its own derivative")


def test_a_mistake_says_what_to_do_where_it_is(page: Page) -> None:
    open_program(page, FIRST)
    type_program(page, "x = 2\nf = x +")
    expect(page.get_by_test_id("problem-mark")).to_have_text("+")
    expect(page.get_by_test_id("mistake")).to_have_count(0)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("mistake")).to_contain_text("Put a number, a name or a bracket there.")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("mistake")).not_to_be_visible()
    page.mouse.move(*middle(page, "+"))
    expect(page.get_by_test_id("mistake").filter(visible=True)).to_contain_text("missing")


@pytest.mark.parametrize(
    ("source", "number", "by", "after", "output"),
    [
        # 4 pixels are a step, and a step is a tenth of a number's size
        ("x = 2\nf = 3*x", "2", 40, "x = 3\n", "9"),
        ("x = -2\nf = 3*x", "-2", 40, "x = -1\n", f"{MINUS}3"),
        ("x = -2\nf = 3*x", "2", -40, "x = -3\n", f"{MINUS}9"),
        ("x = 0.001\nf = 1000*x", "0.001", 20, "x = 0.0015\n", "1.5"),
        ("x = 5\nf = x - 2", "2", -120, "x - -1", "6"),
    ],
)
def test_a_number_dragged_is_followed(
    page: Page, source: str, number: str, by: float, after: str, output: str
) -> None:
    open_program(page, source)
    drag(page, number, by)
    expect(value_of(page, "output:f")).to_have_text(output)
    assert after in program_text(page)


def test_the_graph_follows_while_a_number_is_dragged(page: Page) -> None:
    open_program(page, "x = 2\nf = 3*x")
    x, y = middle(page, "2")
    page.mouse.move(x, y)
    assert page.get_by_test_id("draggable").first.evaluate("(e) => getComputedStyle(e).cursor") == "ew-resize"
    page.mouse.down()
    page.mouse.move(x + 20, y, steps=5)
    expect(value_of(page, "output:f")).to_have_text("7.5")
    page.mouse.move(x - 20, y, steps=5)
    expect(value_of(page, "output:f")).to_have_text("4.5")
    page.mouse.up()


def test_one_drag_is_one_step_of_undo(page: Page) -> None:
    open_program(page, "x = 2\nf = 3*x")
    drag(page, "2", 40)
    expect(value_of(page, "output:f")).to_have_text("9")
    drag(page, "3", 40, occurrence=1)
    expect(value_of(page, "output:f")).to_have_text("12")
    page.keyboard.press("Control+z")
    expect(value_of(page, "output:f")).to_have_text("9")
    page.keyboard.press("Control+z")
    expect(value_of(page, "output:f")).to_have_text("6")
    # what the page opened with stays
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+y")
    expect(value_of(page, "output:f")).to_have_text("9")
    assert program_text(page) == "x = 3\nf = 3*x"


def test_shift_drags_finer(page: Page) -> None:
    open_program(page, "x = 2\nf = 3*x")
    page.keyboard.down("Shift")
    drag(page, "2", 40)
    page.keyboard.up("Shift")
    expect(value_of(page, "output:f")).to_have_text("6.3")


def test_a_size_is_dragged_in_whole_steps(page: Page) -> None:
    open_program(page, "W = zeros(2, 3)\nf = sum(W)")
    ready_to_complete(page)
    drag(page, "2", 8)
    expect(page.get_by_test_id("editor")).to_contain_text("zeros(4, 3)")


def test_the_number_at_the_cursor_moves_by_keys(page: Page) -> None:
    open_program(page, "x = 1\nf = 3*x")
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    expect(value_of(page, "output:f")).to_have_text("2.4")
    page.keyboard.press("Alt+Shift+ArrowUp")
    expect(value_of(page, "output:f")).to_have_text("2.43")


def test_a_click_on_a_number_places_the_cursor(page: Page) -> None:
    open_program(page, "x = 1234\nf = 2*x")
    page.mouse.click(*middle(page, "1234"))
    expect(page.get_by_test_id("editor")).to_be_focused()
    page.keyboard.type(".")
    expect(value_of(page, "output:f")).to_have_text("24.68")


def test_a_finger_drags_a_number(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    open_program(page, "x = 2\nf = 3*x")
    x, y = middle(page, "2")
    fingers = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        fingers.send(
            "Input.dispatchTouchEvent",
            {"type": kind, "touchPoints": [{"x": px, "y": py} for px, py in points]},
        )

    touch("touchStart", (x, y))
    for moved in range(4, 84, 4):
        touch("touchMove", (x + moved, y))
    touch("touchEnd")
    # the browser keeps the first pixels to itself, to tell a drag from a scroll
    page.wait_for_function("!document.querySelector('.cm-line').textContent.endsWith('= 2')")
    assert re.match(r"x = (3|4|3\.\d)\n", program_text(page)), program_text(page)
    assert page.evaluate("scrollX") == 0


def test_a_place_in_the_program_points_at_its_gate(page: Page) -> None:
    open_program(page, NEURON)
    pointed = page.get_by_test_id("pointed-text")
    page.mouse.move(*middle(page, "*", 1))
    expect(pointed).to_have_text("w1*x1")
    page.mouse.move(*middle(page, "exp"))
    expect(pointed.first).to_contain_text("exp(")
    page.mouse.move(*middle(page, "x1 ="))
    expect(pointed).to_have_text("-2")
    box = box_of(page.get_by_test_id("drawing"))
    page.mouse.move(box["x"] + 2, box["y"] + 2)
    expect(pointed).to_have_count(0)


def test_pointing_survives_edits_since_the_answer(page: Page) -> None:
    open_program(page, "x = 2\ny = 3\nf = x*y + x")
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("# a line that is new\nx + (\n")
    expect(page.get_by_test_id("problem-mark")).to_have_count(1)
    page.mouse.move(*middle(page, "*"))
    expect(page.get_by_test_id("pointed-text")).to_have_text("x*y")


def test_a_gate_pointed_at_shows_its_text(page: Page) -> None:
    open_program(page, FIRST)
    page.locator('[data-testid="gate"][data-key="q"]').hover()
    expect(page.get_by_test_id("pointed-text")).to_have_text("x + y")
    # one frame, also around numbers that can be dragged
    open_program(page, "v = [1, -2.5]\nf = sum(v)")
    page.locator('[data-part="node"][data-key="v"]').hover()
    expect(page.get_by_test_id("pointed-text")).to_have_text(["[1, -2.5]"])


def test_the_line_of_the_step_is_lit(page: Page) -> None:
    open_program(page, FIRST, step=1)
    expect(page.get_by_test_id("lit-line")).to_have_text("q = x + y")
    expect(page.get_by_test_id("lit-text")).to_have_text("x + y")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("lit-line")).to_have_text("f = q * z")


def test_a_choice_writes_the_program_and_keeps_the_readers_numbers(page: Page) -> None:
    page.goto("/graph?example=recurrent-cell")
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    choice = page.get_by_test_id("choice").get_by_role("radio")
    page.get_by_test_id("input-w").fill("0.25")
    expect(page.get_by_test_id("editor")).to_contain_text("w = 0.25")
    page.get_by_test_id("choice-1").click()
    expect(choice.nth(1)).to_be_checked()
    two = program_text(page)
    assert "w = 0.25" in two
    page.keyboard.press("ArrowRight")
    expect(choice.nth(2)).to_be_checked()
    expect(page.get_by_test_id("editor")).to_contain_text("h3")
    assert "w = 0.25" in program_text(page)
    # edited beyond the options, the control stays with nothing chosen
    type_program(page, "f = 2 * 3")
    expect(value_of(page, "output:f")).to_have_text("6")
    expect(page.get_by_test_id("choice").get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_test_id("choice-0").click()
    expect(choice.nth(0)).to_be_checked()


def test_the_gallery_is_found_through_by_keys_alone(page: Page) -> None:
    open_program(page, FIRST)
    page.get_by_test_id("examples").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("find-example")).to_be_focused()
    rows = page.locator('[data-testid^="example-"] .row').all_inner_texts()
    assert rows == sorted(rows, key=lambda text: int(text.removeprefix("L")))
    page.keyboard.type("swaps")
    expect(page.locator('[data-testid^="example-"]')).to_have_count(1)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_test_id("example-multiply-swaps")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("editor")).to_contain_text("5 * (x * y)")
    page.get_by_test_id("examples").click()
    expect(page.get_by_test_id("example-multiply-swaps")).to_have_attribute("aria-current", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("find-example")).not_to_be_visible()


def test_the_network_is_completed_too(page: Page) -> None:
    page.goto("/train")
    expect(page.get_by_test_id("editor")).to_contain_text("scores")
    ready_to_complete(page)
    page.keyboard.type("extra = leak")
    expect(completions(page).first).to_contain_text("leaky_relu(x, slope=0.01)")
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("editor")).to_contain_text("extra = leaky_relu(")
