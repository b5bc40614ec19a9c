"""Softmax cross-entropy beside the multiclass hinge: the lecture's numbers, and any others, by the engine."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import MINUS, box_of
from tests.browser.training import START


def card(page: Page, loss: str) -> Locator:
    return page.get_by_test_id(f"loss-{loss}")


def read(page: Page, loss: str, value: str, pushes: tuple[str, str, str]) -> None:
    expect(card(page, loss).get_by_test_id("value")).to_have_text(value)
    for place, push in enumerate(pushes):
        expect(card(page, loss).get_by_test_id(f"push-{place}")).to_have_text(push)


def test_two_losses_of_the_same_scores(page: Page) -> None:
    page.goto("/")
    page.get_by_test_id("card-losses").click()
    # the lecture's: 2.0404 and 2.9
    read(page, "softmax", "2.0404", (f"{MINUS}0.87", "0.869", "0.0009679"))
    read(page, "hinge", "2.9", (f"{MINUS}1", "1", "0"))
    expect(card(page, "softmax").locator(".formula .katex")).to_be_visible()
    expect(page.get_by_test_id("total-softmax")).to_contain_text("0.1 · 3.43 = 0.343")
    expect(page.get_by_test_id("total-softmax")).to_contain_text("2.3834")
    expect(page.get_by_test_id("total-hinge")).to_contain_text("3.243")

    # the right score leads by more than the margin: the hinge is content, softmax is not
    page.get_by_test_id("score-0").fill("7")
    read(page, "hinge", "0", ("0", "0", "0"))
    expect(card(page, "softmax").get_by_test_id("push-1")).to_have_text("0.1301")
    page.get_by_test_id("margin").fill("3")
    read(page, "hinge", "1.1", (f"{MINUS}1", "1", "0"))
    page.get_by_test_id("score-0").fill("70")
    expect(page.get_by_test_id("score-0")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert")).to_have_text("70 is too large: at most 8")
    expect(page.get_by_test_id("score-0")).to_have_accessible_description("70 is too large: at most 8")
    read(page, "hinge", "1.1", (f"{MINUS}1", "1", "0"))

    # the keys of all pages, and the help that tells them
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_test_id("help")).to_contain_text("projector")
    page.keyboard.press("Escape")
    page.keyboard.press("p")
    expect(page.locator(":root")).to_have_attribute("data-projector", "on")
    page.get_by_role("button", name="Projector mode").click()
    expect(page.locator(":root")).not_to_have_attribute("data-projector", "on")

    # dragged in a plot, the varied score moves
    page.get_by_test_id("lecture").click()
    page.get_by_test_id("vary-1").check()
    plot = card(page, "hinge").get_by_role("img")
    expect(plot).to_have_accessible_name(re.compile("class 1 and its derivative"))
    box = box_of(plot)
    plot.click(position={"x": box["width"] / 2, "y": box["height"] / 3})
    expect(page.get_by_test_id("score-1")).to_have_value("0")
    read(page, "hinge", "0", ("0", "0", "0"))
    page.get_by_test_id("own-2").check()
    read(page, "hinge", "8.6", ("1", "1", f"{MINUS}2"))

    # the penalty adds the same to either
    page.get_by_test_id("weight-0-0").fill("1.5")
    expect(page.get_by_test_id("total-hinge")).to_contain_text("0.1 · 5.43 = 0.543")
    page.wait_for_url(re.compile(r"scores=3.2_0_-1.7&class=2&vary=1.*weights=1.5_"))
    page.reload()
    expect(page.get_by_test_id("total-hinge")).to_contain_text("9.143")
    card(page, "hinge").get_by_role("link", name="graph").click()
    expect(page.get_by_test_id("editor")).to_contain_text("data_loss = hinge_loss(scores, y, margin=1)")
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    # from where the loss of a training is chosen, it is a click away
    page.goto("/train?loss=hinge")
    expect(page.locator(START)).to_be_visible()
    page.get_by_test_id("to-losses").click()
    read(page, "hinge", "2.9", (f"{MINUS}1", "1", "0"))
