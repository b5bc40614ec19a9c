"""The training page itself: boxes, links, keys, what is heard, what is in sight."""

import re
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageMaker
from tests.browser.training import START, address, at_least, fill, opened, play, program, settled


def test_numbers_are_refused_where_they_stand(page: Page) -> None:
    opened(page)
    for testid, text, words in (
        ("learning-rate", "fast", "'fast' is no number"),
        ("batch", "1.5", "not a whole number"),
        ("samples", "3", "too small: at least 12"),
        ("width1", "900", "too large: at most 256"),
        ("noise", "", "empty"),
    ):
        box = page.get_by_test_id(testid)
        box.fill(text)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(page.locator(f"#{'layers' if testid == 'width1' else testid}-why")).to_contain_text(words)
        box.press("Escape")
        expect(box).to_have_attribute("aria-invalid", "false")
    # the batch fits the points there were, not those there are to be
    fill(page, "batch", "400")
    fill(page, "samples", "60")
    expect(page.locator("#batch-why")).to_contain_text("45")
    fill(page, "batch", "45")
    expect(page.get_by_test_id("batch")).to_have_attribute("aria-invalid", "false")
    expect(page.get_by_test_id("problem")).to_have_count(0)


def test_the_address_holds_everything(page: Page, new_page: PageMaker) -> None:
    opened(page)
    page.get_by_test_id("dataset").select_option("circles")
    page.get_by_test_id("classes").select_option("3")
    for testid, text in (
        ("noise", "0.03"), ("samples", "300"), ("data-seed", "4"), ("width1", "7"), ("width2", "9"),
        ("regularization", "0.005"), ("learning-rate", "0.05"), ("batch", "20"), ("seed", "8"),
    ):  # fmt: skip
        fill(page, testid, text)
    page.get_by_test_id("activation").select_option("tanh")
    page.get_by_test_id("activation2").select_option("tanh")
    page.get_by_test_id("optimizer").select_option("momentum")
    page.get_by_test_id("speed").select_option(label="100/s")
    page.wait_for_url(re.compile("speed=100"))
    asked = {
        "v": "1", "data": "circles", "classes": "3", "noise": "0.03", "samples": "300", "data_seed": "4",
        "hidden": "7-9", "activation": "tanh", "regularization": "0.005", "optimizer": "momentum",
        "rate": "0.05", "batch": "20", "seed": "8", "speed": "100",
    }  # fmt: skip
    assert address(page) == asked
    other = new_page()
    other.goto(page.url)
    expect(other.locator(START)).to_be_visible()
    assert program(other) == program(page)
    for testid in ("noise", "samples", "width2", "learning-rate", "batch", "seed"):
        expect(other.get_by_test_id(testid)).to_have_value(page.get_by_test_id(testid).input_value())
    expect(other.get_by_test_id("activation")).to_have_value("tanh")
    expect(other.get_by_test_id("loss")).to_have_text(page.get_by_test_id("loss").inner_text())
    # before the first update a changed setup starts as its link does
    expect(other.get_by_test_id("start")).to_have_text(page.get_by_test_id("start").inner_text())


def test_a_mangled_link_opens_with_a_notice(page: Page) -> None:
    opened(page, "?v=1&data=moon&hidden=4-x&rate=-3&program=" + quote("loss = log("))
    notice = page.get_by_test_id("notice")
    for key in ("data", "hidden", "rate"):
        expect(notice).to_contain_text(f"\u2018{key}\u2019")
    expect(page.get_by_test_id("learning-rate")).to_have_value("0.01")
    # the program of the link is kept to be mended, and the builder's trains meanwhile
    expect(page.get_by_test_id("problem")).to_be_visible()
    assert program(page) == "loss = log("
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)


def test_by_keyboard(page: Page) -> None:
    opened(page)
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("step")).to_have_text("1")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("step")).to_have_text("15")
    page.keyboard.press("Space")
    at_least(page, "step", 30)
    page.keyboard.press("Space")
    expect(play(page)).to_have_text("Play")
    page.keyboard.press("Home")
    expect(page.locator(START)).to_be_visible()
    # a button that was clicked does not take the Space bar for itself
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    page.keyboard.press("Space")
    expect(play(page)).to_have_text("Pause")
    page.keyboard.press("Space")
    expect(play(page)).to_have_text("Play")
    # in a menu the arrows move, and train nothing
    at = settled(page)
    page.get_by_test_id("presets").click()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#presets a, #presets button").nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    assert settled(page) == at
    page.keyboard.press("?")
    expect(page.get_by_test_id("help")).to_be_visible()


def test_what_is_heard_of_it(page: Page) -> None:
    opened(page)
    account = page.get_by_test_id("account")
    expect(account).to_have_attribute("aria-live", "polite")
    play(page).click()
    at_least(page, "validation-accuracy", 90)
    play(page).click()
    expect(account).to_have_text(re.compile(r"^paused, step [\d,]+, validation accuracy \d+ percent$"))
    expect(
        page.get_by_role("img", name=re.compile("3 classes, with 450 training and 150 validation"))
    ).to_be_visible()


INSIDE = """(testids) => testids.filter((testid) => {
  const box = document.querySelector(`[data-testid="${testid}"]`).getBoundingClientRect();
  return box.width === 0 || box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight;
})"""
FIRST = ["play", "reset", "speed", "plane", "legend", "validation-accuracy", "step", "loss-curve"]
CHOICES = ["dataset", "noise", "width1", "editor"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everything_is_in_sight_on_a_projector(new_page: PageMaker, scheme: str) -> None:
    page = opened(new_page(color_scheme=scheme))
    assert page.evaluate(INSIDE, FIRST + CHOICES) == []
    page.keyboard.press("p")
    assert page.evaluate(INSIDE, FIRST) == []


CRISP = """() => {
  const plane = document.querySelector('[data-testid="plane"]');
  return plane.width / plane.getBoundingClientRect().width;
}"""


def test_stacked_on_a_phone(new_page: PageMaker) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 844}, device_scale_factor=2))
    assert page.evaluate("() => document.documentElement.scrollWidth") == 390
    assert page.evaluate(INSIDE, ["play", "reset", "plane", "validation-accuracy"]) == []
    # as crisp as the screen
    assert page.evaluate(CRISP) == pytest.approx(2, abs=0.02)
    # laid on its side, the whole plane is in sight, its figures beside it
    page.set_viewport_size({"width": 844, "height": 390})
    assert page.evaluate(INSIDE, ["play", "plane", "validation-accuracy", "train-accuracy", "loss"]) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") == 844


POSITIONS = """() => ["step", "loss", "epoch", "plane", "loss-curve", "editor"].map((testid) => {
  const { left, top } = document.querySelector(`[data-testid="${testid}"]`).getBoundingClientRect();
  return [testid, left, top];
})"""


def test_nothing_jumps_while_numbers_change(page: Page) -> None:
    opened(page)
    before: Any = page.evaluate(POSITIONS)
    play(page).click()
    at_least(page, "validation-accuracy", 90.1)
    assert page.evaluate(POSITIONS) == before
