"""A net in NumPy, run line by line: the line on turn, what it assigned, the loss that falls."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import PageMaker

READ_CLIPBOARD = "navigator.clipboard.readText()"
LOSS = re.compile(r"^[\d.]+$")


def line(page: Page) -> Locator:
    """The line that ran last."""
    return page.locator('[data-testid="listing-line"][aria-current="step"]')


def step(page: Page, number: int) -> None:
    expect(page.get_by_test_id("names")).to_have_attribute("data-step", str(number))


def loss(page: Page) -> float:
    expect(page.get_by_test_id("loss-now")).to_have_text(LOSS)
    return float(page.get_by_test_id("loss-now").inner_text())


def fill(page: Page, name: str, value: str) -> None:
    page.get_by_test_id(f"setting-{name}").fill(value)
    page.get_by_test_id(f"setting-{name}").press("Enter")


def test_the_net_of_the_lecture_runs_line_by_line(new_page: PageMaker, tmp_path: Path) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/")
    page.get_by_test_id("card-numpy").click()
    step(page, 0)
    expect(line(page)).to_have_count(0)
    expect(page.get_by_test_id("listing-line")).to_have_count(19)
    # by the keys and by the buttons, one line at a time, forth and back
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(line(page)).to_have_text("N, D_in, H, D_out = 64, 1000, 100, 10")
    expect(page.get_by_test_id("name-D_in")).to_have_text("D_in 1000")
    for _ in range(3):
        page.get_by_test_id("forward").click()
    expect(line(page)).to_contain_text("x, y = rng.normal")
    expect(page.get_by_test_id("account")).to_contain_text("x (64, 1000), y (64, 10)")
    card = page.get_by_test_id("name-x")
    expect(card).to_have_attribute("data-fresh", "true")
    expect(card).to_contain_text("(64, 1000)")
    expect(card).to_contain_text("float64")
    page.keyboard.press("PageUp")
    expect(line(page)).to_contain_text("rng = ")
    expect(card).to_have_count(0)
    # to the end of the loop: 500 times around, and the loss has fallen
    page.keyboard.press("End")
    step(page, 6 + 500 * 10)
    expect(line(page)).to_have_text("W2 -= rate * dW2", use_inner_text=True)
    expect(page.get_by_test_id("loss-curve")).to_have_attribute("data-rounds", "500")
    assert loss(page) < 1000
    page.wait_for_url(re.compile(r"\?listing=two_layer_net&step=5006$"))
    # back by one line: the update of W1 stands, that of W2 is undone
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("name-W1")).to_have_attribute("data-fresh", "true")
    # another rate: the same step of another run
    fill(page, "rate", "0.00001")
    expect(page.get_by_test_id("listing")).to_contain_text("rate, iterations, seed = 1e-5, 500, 0")
    step(page, 5005)
    assert loss(page) > 1000
    # what is copied runs by itself, and comes to what is shown
    page.get_by_test_id("copy-listing").click()
    expect(page.get_by_test_id("copy-listing")).to_have_attribute("data-outcome", "copied")
    script = tmp_path / "net.py"
    script.write_text(page.evaluate(READ_CLIPBOARD) + "\nprint(loss)\n")
    printed = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert abs(float(printed.stdout) / loss(page) - 1) < 1e-3
    # the same net as a graph, at its full size
    with page.context.expect_page() as opened:
        page.get_by_test_id("as-graph").click()
    graph = opened.value
    expect(graph.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(graph.get_by_test_id("editor")).to_contain_text("W1 = normal(1000, 100)")
    expect(graph.get_by_test_id("problem")).to_have_count(0)


def test_it_plays_its_numbers_are_named_and_the_other_program_goes_forward(page: Page) -> None:
    page.goto("/numpy?N=16&D_in=30&H=8&D_out=2&iterations=60&rate=0.001&step=17")
    step(page, 17)
    expect(page.get_by_test_id("listing")).to_contain_text("N, D_in, H, D_out = 16, 30, 8, 2")
    page.get_by_test_id("pace-round").click()
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("loss-curve")).to_have_attribute("data-rounds", "60")
    expect(page.get_by_test_id("play")).to_have_attribute("data-playing", "false")
    step(page, 606)
    ended = loss(page)
    page.get_by_test_id("first").click()
    step(page, 0)
    page.get_by_test_id("travel").fill("10")
    expect(page.get_by_test_id("loss-curve")).to_have_attribute("data-rounds", "1")
    assert loss(page) > 2 * ended
    # what cannot be is said where it stands, and what is too large by the server
    fill(page, "N", "0")
    expect(page.locator("#settings-why")).to_contain_text("too small: at least 1")
    fill(page, "N", "16")
    fill(page, "D_in", "4096")
    fill(page, "H", "1024")
    expect(page.get_by_test_id("problem-detail")).to_contain_text("more than the 2,000,000 allowed")
    fill(page, "H", "40")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    expect(page.get_by_test_id("graph-refused")).to_contain_text("Too large for a graph")
    # a rate too high says so
    for name, value in (("D_in", "30"), ("H", "8"), ("rate", "5")):
        fill(page, name, value)
    page.get_by_test_id("last").click()
    expect(page.get_by_test_id("loss-curve")).to_contain_text("Try a smaller rate")
    page.get_by_test_id("listing-choice-three_layer_forward").click()
    step(page, 0)
    expect(page.get_by_test_id("loss-curve")).to_have_count(0)
    page.get_by_test_id("last").click()
    expect(line(page)).to_have_text("scores = h2 @ W3 + b3")
    expect(page.get_by_test_id("name-scores")).to_contain_text("(5, 2)")
