"""One update walked step by step: lit on the net, number by number, and then made, bit for bit."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.graph_page import MINUS
from tests.browser.test_accessibility import violations
from tests.browser.training import opened, play

LINES = {
    "sgd": ["gradient", "step", "after"],
    "nesterov": ["gradient", "velocity", "step", "after"],
    "rmsprop": ["gradient", "square", "step", "after"],
    "adam": [
        *("gradient", "first_moment", "second_moment"),
        *("first_unbiased", "second_unbiased", "step", "after"),
    ],
}


def lit(page: Page, names: str) -> None:
    """What the drawn network lights."""
    expect(page.get_by_test_id("net-canvas")).to_have_attribute("data-lit", names)


def test_an_update_is_walked_and_made(page: Page, tmp_path: Path) -> None:
    opened(page, "?hidden=4&bench=update&batch=16")
    walk, says = page.get_by_test_id("walk"), page.get_by_test_id("walk-says")
    expect(says).to_contain_text("takes 16 training points")
    lit(page, "X")
    # by keys: the page's own arrows would train
    walk.focus()
    page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("h1 is computed from X (16, 2), W1 (2, 4) and b1 (4,)")
    lit(page, "h1 X W1 b1")
    expect(page.get_by_test_id("walk-value")).to_contain_text("(16, 4), from 0 to")
    page.keyboard.press("PageDown")
    lit(page, "scores h1 W2 b2")
    page.keyboard.press("ArrowLeft")
    lit(page, "h1 X W1 b1")
    page.get_by_test_id("stage-loss").click()
    expect(says).to_contain_text("is one number")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(walk.locator(".code")).to_contain_text("data_loss + regularization")
    page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("\u2202loss/\u2202loss = 1")
    expect(page.get_by_test_id("net-shown").get_by_label("Gradients")).to_be_checked()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(says).to_contain_text("\u2202loss/\u2202scores arrives")
    expect(page.get_by_test_id("walk-dW2")).to_be_visible()
    expect(page.get_by_test_id("step")).to_have_text("0")

    # every optimizer has its own lines; the walk starts from the same point
    page.get_by_test_id("stage-update").click()
    for name, lines in LINES.items():
        page.get_by_test_id("optimizer").select_option(name)
        rows = page.get_by_test_id("rule").locator("tbody tr")
        expect(rows).to_have_count(len(lines))
        for place, line in enumerate(lines):
            expect(rows.nth(place)).to_have_attribute("data-testid", f"line-{line}")
    lit(page, "W1")
    page.get_by_test_id("walk-index-0").fill("1")
    page.get_by_test_id("walk-index-0").press("Enter")
    page.get_by_test_id("walk-index-1").fill("2")
    page.get_by_test_id("walk-index-1").press("Enter")
    expect(page.get_by_test_id("walk-index-1")).to_have_value("2")
    expect(page.get_by_test_id("line-after").locator(".katex")).to_have_count(2)
    assert violations(page) == []
    before, after = page.get_by_test_id("walk-change").inner_text().split(" \u2192 ")
    assert before != after

    # made in the live training: the very same bits
    page.get_by_test_id("stage-apply").click()
    expect(page.get_by_test_id("applied")).to_have_count(0)
    page.get_by_test_id("walk-apply").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    expect(page.get_by_test_id("applied")).to_contain_text("Step 1: the very same, bit for bit")
    page.get_by_test_id("take").click()
    with page.expect_download() as handed:
        page.get_by_test_id("take-json").click()
    handed.value.save_as(tmp_path / "weights.json")
    weights = json.loads((tmp_path / "weights.json").read_text(encoding="utf-8"))
    taken = next(one for one in weights["parameters"] if one["name"] == "W1")["values"][1][2]
    assert abs(taken - float(after.replace(MINUS, "-"))) < 1e-3 * abs(taken)
    page.keyboard.press("Escape")
    page.get_by_test_id("walk-another").click()
    expect(says).to_contain_text("Update 2 takes")

    # while it plays there is nothing to walk; elsewhere nothing is lit
    play(page).click()
    page.get_by_test_id("walk-pause").click()
    expect(page.get_by_test_id("walk-place")).to_contain_text("1 of")
    page.get_by_test_id("bench-program").click()
    expect(page.get_by_test_id("net-canvas")).not_to_have_attribute("data-lit", "X")
