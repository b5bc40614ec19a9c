"""The graph page by keyboard alone, and what it tells those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.graph_page import open_program

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

FOCUSED = """(element) => element === document.activeElement"""
MANY_TABS = 80
PICKABLE = "x = 1; y = 2\nq = exp(x + y)\nf = q * q"


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus."""
    for _ in range(MANY_TABS):
        page.keyboard.press("Tab")
        if target.evaluate(FOCUSED):
            return
    raise AssertionError(f"no Tab leads to {target}")


def gate(page: Page, key: str) -> Locator:
    return page.locator(f'[data-part="node"][data-key="{key}"]')


def test_from_the_first_example_to_the_code_by_keys_alone(page: Page) -> None:
    page.goto("/graph")
    news, account = page.get_by_test_id("news"), page.get_by_test_id("account")
    tab_to(page, page.get_by_test_id("examples"))
    page.keyboard.press("Enter")
    # the menu has opened, and what is typed goes into its box
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("gradient, checked")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(news).to_contain_text("Opened the example")
    expect(gate(page, "kinked")).to_be_visible()
    page.keyboard.press("Home")
    expect(account).to_contain_text("Before the first step")
    page.keyboard.press("ArrowRight")
    expect(account).to_contain_text("Forward")

    # hundreds of gates are passed with one press
    tab_to(page, page.get_by_test_id("skip-gates"))
    expect(page.get_by_test_id("skip-gates")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_test_id("view-menu"))

    # the code is reached by its key, and the focus returns
    page.keyboard.press("c")
    expect(page.get_by_role("tabpanel", name="Code")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("beside")).to_have_count(0)
    expect(page.get_by_test_id("view-menu")).to_be_focused()


def test_a_gate_is_opened_entered_and_left(page: Page) -> None:
    open_program(page, PICKABLE)
    news = page.get_by_test_id("news")
    # to the ear the drawing is its inputs and gates, each with its numbers, and no loose numbers between them
    heard = page.get_by_role("group", name="The graph from inputs").aria_snapshot()
    assert "input x, value 1, gradient" in heard
    assert "text:" not in heard
    tab_to(page, gate(page, "q"))
    page.keyboard.press("Enter")
    expect(news).to_contain_text("exp is open beside the graph")
    expect(gate(page, "q")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("tabpanel", name="Gate")).to_be_focused()

    # a button that goes when it is pressed leaves the focus in the panel
    tab_to(page, page.get_by_test_id("gate-output"))
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("gate-output")).to_have_count(0)
    expect(page.get_by_role("tabpanel", name="Gate")).to_be_focused()
    expect(news).to_contain_text("Backward starts from this gate")
    page.keyboard.press("Escape")
    expect(gate(page, "q")).to_be_focused()


def test_gates_are_lumped_and_opened_up_without_losing_the_focus(page: Page) -> None:
    open_program(page, PICKABLE)
    news = page.get_by_test_id("news")
    tab_to(page, page.get_by_test_id("gate").first)
    page.keyboard.press("s")
    expect(news).to_contain_text("1 gate picked")
    tab_to(page, gate(page, "q"))
    page.keyboard.press("s")
    expect(news).to_contain_text("2 gates picked")
    tab_to(page, page.get_by_test_id("pick-lump"))
    page.keyboard.press("Enter")
    lumped = page.get_by_role("button", name="2 gates in one")
    expect(lumped).to_be_focused()
    page.keyboard.press("u")
    expect(news).to_contain_text("Opened up into 2 gates")
    expect(page.locator('[data-part="node"]:focus')).to_have_count(1)
