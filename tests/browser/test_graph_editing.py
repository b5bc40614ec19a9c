"""The graph page in a real Chromium: mistakes marked, inputs changed, links restored, a lost server found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

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

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.browser.server import Server


@pytest.mark.parametrize(
    ("source", "marked", "column", "line", "says"),
    [
        ("x = 2\nf = (x + 1", "(", 4, 2, "never closed"),
        ("x = 2\nf = x +", "+", 6, 2, "missing"),
        ("x = 2\nf = x $ 3", "$", 6, 2, "$"),
        # U+1D465 is one code point and two UTF-16 units
        ("\U0001d465 = 2\nf = \U0001d465 * foo(\U0001d465)", "foo", 9, 2, "foo"),
    ],
)
def test_a_mistake_is_marked_where_it_is(
    page: Page, source: str, marked: str, column: int, line: int, says: str
) -> None:
    open_program(page, FIRST)
    type_program(page, source)
    mark = page.get_by_test_id("problem-mark").first
    expect(mark).to_have_text(marked)
    before = mark.evaluate(
        """(mark) => {
          const line = mark.closest(".cm-line");
          const range = document.createRange();
          range.setStart(line, 0);
          range.setEnd(mark, 0);
          const lines = [...document.querySelectorAll(".cm-line")];
          return { column: range.toString().length, line: lines.indexOf(line) + 1 };
        }"""
    )
    assert before == {"column": column, "line": line}
    expect(page.get_by_test_id("problem")).to_contain_text(says)
    # the last good drawing stays, dimmed
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-dimmed", "true")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    type_program(page, "x = 7\nf = x + 1")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    expect(value_of(page, "output:f")).to_have_text("8")


@pytest.mark.parametrize("source", ["", "   \n", "# only a comment"])
def test_an_empty_program_is_one_clear_sentence(page: Page, source: str) -> None:
    open_program(page, FIRST)
    type_program(page, source)
    expect(page.get_by_test_id("problem-detail")).to_have_text(re.compile(r"^\S[^.]*\.$"))


def test_an_input_changed_changes_everything_in_place(page: Page) -> None:
    open_program(page, FIRST)
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    page.evaluate("for (const gate of document.querySelectorAll('[data-testid=gate]')) gate.kept = true")
    page.get_by_test_id("input-x").fill("1.5")
    expect(value_of(page, "q<0")).to_have_text("1.5")
    expect(value_of(page, "f<0")).to_have_text("6.5")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}26")
    expect(gradient_of(page, "f<1")).to_have_text("6.5")
    assert program_text(page).startswith("x = 1.5\n")
    # the same gates, not new ones in their place
    assert page.evaluate("[...document.querySelectorAll('[data-testid=gate]')].every((gate) => gate.kept)")
    page.get_by_test_id("slider-z").fill("2")
    expect(value_of(page, "output:f")).to_have_text("13")
    expect(gradient_of(page, "q<0")).to_have_text("2")
    assert "z = 2\n" in program_text(page)
    page.get_by_test_id("editor").click()
    page.keyboard.press("Control+z")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}26")


def test_gates_that_stay_keep_their_element_when_the_program_grows(page: Page) -> None:
    open_program(page, FIRST)
    page.evaluate("document.querySelector('[data-testid=gate][data-key=q]').kept = true")
    type_program(page, FIRST + "\ng = f + q")
    expect(value_of(page, "output:g")).to_have_text(f"{MINUS}9")
    assert page.evaluate("document.querySelector('[data-testid=gate][data-key=q]').kept")


def test_a_name_without_a_value_gets_a_box(page: Page) -> None:
    page.goto(f"/graph?source={quote('f = a * b')}")
    expect(page.get_by_test_id("problem")).to_contain_text("no value")
    page.get_by_test_id("missing-a").fill("3")
    page.get_by_test_id("missing-a").press("Enter")
    page.get_by_test_id("missing-b").fill("[1, -2]")
    page.get_by_test_id("missing-b").press("Enter")
    # a vector is no output without an upstream: the problem says so, and the inputs stay
    expect(page.get_by_test_id("problem")).to_contain_text("scalar")
    type_program(page, "f = sum(a * b)")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}3")
    page.get_by_test_id("input-b[1]").fill("4")
    expect(value_of(page, "output:f")).to_have_text("15")
    expect(page).to_have_url(re.compile("inputs="))


def test_an_output_that_is_no_scalar_is_seeded(page: Page) -> None:
    page.goto(f"/graph?source={quote('x = [1, 2]' + chr(10) + 'h = x * x')}")
    expect(page.get_by_test_id("problem")).to_contain_text("shape (2,)")
    page.get_by_test_id("seed-ones").click()
    expect(gradient_of(page, "trunk:x").locator("text")).to_have_text(["2", "4"])
    page.get_by_test_id("input-upstream[1]").fill("-1")
    expect(gradient_of(page, "trunk:x").locator("text")).to_have_text(["2", f"{MINUS}4"])
    # a scalar again: the upstream of another shape is dropped
    type_program(page, "x = 3\nf = x + 1")
    expect(value_of(page, "output:f")).to_have_text("4")


def test_the_link_restores_program_and_step(page: Page, new_page: Callable[..., Page]) -> None:
    open_program(page, FIRST)
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"step=3"))
    page.get_by_test_id("input-y").fill("9")
    expect(page).to_have_url(re.compile(r"y\+%3D\+9"))
    other = new_page()
    other.goto(page.url)
    expect(other.get_by_test_id("walk-position")).to_contain_text("3/5")
    expect(value_of(other, "output:f")).to_have_text(f"{MINUS}28")
    assert parse_qs(urlsplit(page.url).query)["source"][0] == program_text(other)


def test_a_mangled_link_opens_with_a_notice(page: Page) -> None:
    page.goto(f"/graph?v=99&source={quote('x = 2')}&inputs=%7Boops&step=many")
    expect(page.get_by_test_id("notice")).to_contain_text("newer version")
    expect(value_of(page, "output:x")).to_have_text("2")
    page.goto("/graph?example=nothing")
    expect(page.get_by_test_id("notice")).to_contain_text("nothing")
    expect(value_of(page, "output:f")).to_be_visible()


ALL_PARTS_ARE_THERE = """() => {
  const names = performance.getEntriesByType("resource").map(({ name }) => name);
  return ["Gate", "Code", "Take"].every((part) => names.some((name) => name.includes(`${part}Panel`)));
}"""


def test_the_server_is_lost_and_found(own_server: Server, page: Page, expected_errors: list[str]) -> None:
    expected_errors.append("ERR_CONNECTION_REFUSED")
    page.goto(f"{own_server.url}/graph?source={quote(FIRST)}")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    page.wait_for_function(ALL_PARTS_ARE_THERE)
    own_server.stop()
    page.keyboard.press("c")
    expect(page.get_by_test_id("code-flat")).to_be_visible()
    page.get_by_test_id("input-x").fill("3")
    expect(page.get_by_test_id("connection-banner")).to_contain_text("does not answer")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    own_server.start()
    expect(page.get_by_test_id("connection-banner")).to_have_count(0)
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}32")


def test_going_back_opens_what_was_open_before_an_example(page: Page) -> None:
    open_program(page, "x = 3\nf = x * x", step=1)
    page.get_by_test_id("examples").click()
    page.get_by_test_id("example-max-routes").click()
    expect(page.get_by_test_id("editor")).to_contain_text("max(x, y)")
    page.wait_for_url("**source=x+%3D+4*")
    page.go_back()
    expect(page.get_by_test_id("editor")).to_contain_text("f = x * x")
    expect(page.get_by_test_id("walk-position")).to_contain_text("1/3")
    page.go_forward()
    expect(page.get_by_test_id("editor")).to_contain_text("max(x, y)")


def test_a_link_that_lumps_what_nothing_is_made_of_and_a_name_without_end(page: Page) -> None:
    lump = quote('["nothing", "sigmoid"]')
    page.goto(f"/graph?source={quote(FIRST)}&lump={lump}")
    expect(value_of(page, "output:f")).to_have_text(f"{MINUS}12")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    type_program(page, "x" * 3000)
    expect(page.get_by_test_id("problem")).to_contain_text("has no value")
    # the reason leaves the editor and the inputs their room
    assert page.evaluate("document.documentElement.scrollHeight") <= 720
    for part in ("editor", "inputs"):
        assert page.get_by_test_id(part).evaluate(
            """element => {
              const room = element.closest(".panel");
              const inside = room.getBoundingClientRect();
              const { left, width } = element.getBoundingClientRect();
              return left >= inside.left && left + width <= inside.right + 1 && inside.bottom <= innerHeight
                && inside.height > 80 && element.scrollWidth <= element.clientWidth + 1;
            }"""
        ), part


def test_what_a_bored_student_pastes(page: Page, expected_errors: list[str]) -> None:
    expected_errors.append("status of 413")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_program(page, FIRST)
    problem, drawing = page.get_by_test_id("problem"), page.get_by_test_id("drawing")

    def paste(text: str) -> None:
        page.get_by_test_id("editor").click()
        page.keyboard.press("Control+a")
        page.evaluate("text => navigator.clipboard.writeText(text)", text)
        page.keyboard.press("Control+v")

    paste("x = 1\n" + "\n".join(f"a{i} = x * {i}" for i in range(5000)))
    expect(problem).to_contain_text("The program and its numbers are more than is taken at once")
    expect(drawing).to_have_attribute("data-dimmed", "true")

    # a number whose double is no number, and back
    paste("x = 1e308\nf = x * 10")
    expect(value_of(page, "output:f")).to_have_text("\u221e")
    expect(problem).to_have_count(0)
    paste("x = 3\nf = x * 10")
    expect(value_of(page, "output:f")).to_have_text("30")
    expect(page.get_by_test_id("slider-x")).to_have_attribute("max", "10")

    paste("x = 1\n" + "a" * 3000 + " = x * x")
    expect(page.get_by_test_id("explain")).to_contain_text("aaa\u2026")
    assert page.get_by_test_id("explain").evaluate("panel => panel.scrollWidth <= panel.clientWidth + 1")
