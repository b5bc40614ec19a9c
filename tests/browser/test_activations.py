"""The activation zoo: seven curves probed together, every number the engine's."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import MINUS, box_of

ZOO = ("relu", "leaky_relu", "elu", "gelu", "silu", "sigmoid", "tanh")


def card(page: Page, op: str) -> Locator:
    return page.get_by_test_id(f"activation-{op}")


def read(page: Page, op: str, value: str, derivative: str) -> None:
    expect(card(page, op).get_by_test_id("value")).to_have_text(value)
    expect(card(page, op).get_by_test_id("derivative")).to_have_text(derivative)


def test_the_zoo_is_plotted_probed_and_measured(page: Page) -> None:
    page.goto("/")
    page.get_by_test_id("card-activations").click()
    for op in ZOO:
        expect(card(page, op).get_by_role("img")).to_be_visible()
    read(page, "sigmoid", "0.7311", "0.1966")
    read(page, "gelu", "0.8413", "1.083")
    # a press in one plot probes all of them
    plot = card(page, "tanh").get_by_role("img")
    box = box_of(plot)
    plot.click(position={"x": box["width"] * 0.3, "y": box["height"] / 2})
    expect(page.get_by_test_id("probed")).to_have_text(f"{MINUS}2")
    read(page, "tanh", f"{MINUS}0.964", "0.07065")
    read(page, "relu", "0", "0")
    read(page, "leaky_relu", f"{MINUS}0.02", "0.01")
    page.wait_for_url(re.compile(r"\?x=-2$"))
    # by the keyboard, a step of the slider at a time
    page.get_by_test_id("probe").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("probed")).to_have_text(f"{MINUS}1.95")
    page.get_by_test_id("probe-zero").click()
    read(page, "relu", "0", "0")
    read(page, "elu", "0", "1")
    around = page.get_by_test_id("around-relu").locator("td")
    expect(around).to_have_text(["0", "0", "1"])
    facts = {
        "relu": ("no, mean 0.4", "below 0", "yes: derivative 0 below 0", "at best \u00d7 1"),
        "elu": ("no, mean 0.16", "below 0", "no", "at best \u00d7 1"),
        "sigmoid": ("no, mean 0.5", "on both sides", "no", f"at best \u00d7 9.5e{MINUS}7"),
        "tanh": ("yes", "on both sides", "no", "at best \u00d7 1"),
    }
    for op, words in facts.items():
        for name, text in zip(("centred", "saturates", "dead", "ten"), words, strict=True):
            expect(card(page, op).get_by_test_id(name)).to_have_text(text)
    card(page, "silu").get_by_role("link").click()
    expect(page.get_by_test_id("editor")).to_contain_text("f = silu(x)")
    # and back, from the menu of examples
    page.get_by_test_id("examples").click()
    page.get_by_test_id("example-activations").click()
    expect(card(page, "gelu")).to_be_visible()
