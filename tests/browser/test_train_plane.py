"""The plane of the training page: drawn flat or shaded, mistakes ringed, read wherever one points."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from engine.learning import DataSpec, Parts, TrainingSpec, frame, sample, start
from engine.learning.neighbour_boundary import neighbour_boundary
from engine.learning.plane import EXTENT
from tests.browser.conftest import PageMaker
from tests.browser.training import MARKED, PIXELS, START, at_least, opened, play, program


def spec_of(page: Page) -> TrainingSpec:
    """What the page trains as long as only its program was touched."""
    return TrainingSpec(program(page), DataSpec())


def point_at(page: Page, x: float, y: float) -> None:
    """Move the pointer to a place of the plane."""
    box = page.get_by_test_id("plane").bounding_box()
    assert box is not None
    low, high = EXTENT
    across, up = ((value - low) / (high - low) for value in (x, y))
    page.mouse.move(box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"])


def read_scores(page: Page, classes: int) -> list[float]:
    """The scores that the reading tells of, class by class."""
    cells = [page.get_by_test_id(f"reading-{label}").locator("td").first for label in range(classes)]
    return [float(cell.inner_text().replace("\u2212", "-")) for cell in cells]


def test_every_place_tells_the_scores_that_the_engine_has_there(page: Page) -> None:
    opened(page)
    spec = spec_of(page)
    state = start(spec)
    touch = page.get_by_test_id("touch")
    touch.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowUp"):
        page.keyboard.press(key)
    # the arrows moved over the plane, and trained nothing
    expect(page.get_by_test_id("reading-at")).to_have_text(re.compile(r"x 0\.10\s+y 0\.06"))
    expect(page.locator(START)).to_be_visible()
    found = frame(spec, state, Parts(place=(0.1, 0.06))).place
    assert found is not None
    assert found.shares is not None
    expect(page.get_by_test_id("reading-account")).to_have_text(
        f"x 0.1, y 0.06: taken for class {found.chosen}, {round(100 * max(found.shares))} percent"
    )
    np.testing.assert_allclose(read_scores(page, 3), found.scores, rtol=1e-3, atol=1e-4)
    chosen = page.get_by_test_id(f"reading-{found.chosen}")
    expect(chosen).to_have_class(re.compile("chosen"))
    expect(chosen).to_contain_text(f"{100 * max(found.shares):.1f} %")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("reading")).to_have_count(0)
    # a point: its own class, its part, and what it is taken for; a right one and a wrong one
    data, whole = sample(spec.data), frame(spec, state, Parts(chosen=True))
    assert whole.chosen is not None
    for part, words in (("train", "trained on"), ("validation", "held out")):
        own, taken = getattr(data, f"y_{part}"), getattr(whole.chosen, part)
        for right in (True, False):
            index = int(np.flatnonzero((own == taken) == right)[0])
            point_at(page, *getattr(data, f"X_{part}")[index].tolist())
            verdict = "right" if right else f"taken for {taken[index]}"
            expect(page.get_by_test_id("reading-point")).to_have_text(
                re.compile(rf"class {own[index]}, {words}:\s+{verdict}")
            )
    page.mouse.move(5, 5)
    expect(page.get_by_test_id("reading")).to_have_count(0)


def test_mistakes_and_confidence_are_switched_and_kept_in_the_link(page: Page, new_page: PageMaker) -> None:
    opened(page, "?ground=flat")
    legend = page.get_by_test_id("legend")
    expect(legend).to_contain_text("misclassified")
    expect(legend).not_to_contain_text("surer")
    expect(page.locator(MARKED)).to_be_visible()
    ringed = page.evaluate(PIXELS)
    page.get_by_test_id("mistakes").click()
    expect(legend).not_to_contain_text("misclassified")
    expect(page.locator(MARKED)).to_have_count(0)
    bare = page.evaluate(PIXELS)
    page.get_by_test_id("flat").click()
    expect(legend).to_contain_text("surer")
    # a lesson may leave the buttons out
    page.get_by_test_id("take").click()
    page.get_by_test_id("hide-tools").check()
    expect(page.get_by_test_id("flat")).to_have_count(0)
    page.get_by_test_id("hide-tools").uncheck()
    page.keyboard.press("Escape")
    shaded = page.evaluate(PIXELS)
    assert len({ringed, bare, shaded}) == 3
    page.get_by_test_id("flat").click()
    page.wait_for_url(re.compile(r"(?=.*[?&]mistakes=0)(?=.*[?&]ground=flat)"))
    other = new_page()
    other.goto(page.url)
    expect(other.locator(START)).to_be_visible()
    expect(other.get_by_test_id("flat")).to_have_attribute("aria-pressed", "true")
    expect(other.get_by_test_id("mistakes")).to_have_attribute("aria-pressed", "false")
    # what is read goes on changing while it trains
    point_at(page, 0.4, 0.4)
    expect(page.get_by_test_id("reading-0")).to_be_visible()
    before = read_scores(page, 3)
    play(page).click()
    at_least(page, "validation-accuracy", 90)
    play(page).click()
    point_at(page, 0.41, 0.4)
    expect(page.get_by_test_id("reading-0")).to_be_visible()
    assert read_scores(page, 3) != pytest.approx(before, abs=0.5)


def test_a_surface_tells_the_value_it_predicts(page: Page) -> None:
    opened(page, "?data=sine&hidden=8&activation=tanh")
    page.get_by_test_id("touch").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("reading")).to_contain_text("predicts")
    expect(page.get_by_test_id("legend")).not_to_contain_text("misclassified")


SIDES = """() => ["plane", "neighbours-plane"].map((testid) => {
  const { width, height, top } = document.querySelector(`[data-testid="${testid}"]`).getBoundingClientRect();
  return [width, height, top];
})"""


def test_the_nearest_neighbours_stand_beside_the_net_and_k_is_moved(page: Page) -> None:
    opened(page)
    alone = page.get_by_test_id("plane").bounding_box()
    page.get_by_test_id("presets").click()
    page.get_by_test_id("preset-neighbours").click()
    panel, accuracies = page.get_by_test_id("neighbours-panel"), page.get_by_test_id("neighbours-accuracy")
    data = DataSpec(samples=300, noise=0.6)

    def expect_vote(k: int) -> None:
        found = neighbour_boundary(data, k=k)
        row = accuracies.get_by_role("row", name=f"{k}-NN")
        for share in (found.train, found.validation):
            expect(row).to_contain_text(f"{100 * share:.1f}")

    expect_vote(1)
    # two planes of one size, side by side, and the net's where and as large as it was
    net, other = page.evaluate(SIDES)
    assert net == other
    assert page.get_by_test_id("plane").bounding_box() == alone
    jagged = page.get_by_test_id("neighbours-plane").evaluate("(plane) => plane.toDataURL()")
    page.get_by_test_id("k").focus()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("k-value")).to_have_text("9")
    expect_vote(9)
    assert page.get_by_test_id("neighbours-plane").evaluate("(plane) => plane.toDataURL()") != jagged
    page.wait_for_url(re.compile("neighbours=9"))
    # one place, read on both: the net's scores, and the votes in the cell
    point_at(page, -1.2, 1.2)
    found = neighbour_boundary(data, k=9, size=128)
    assert found.classes is not None
    assert found.share is not None
    row, column = int(128 * 2.45 / 2.5), int(128 * 0.05 / 2.5)
    votes = round(9 * int(found.share[row, column]) / 255)
    reading = page.get_by_test_id("reading")
    expect(reading).to_contain_text(f"9-NN in this cell: class {found.classes[row, column]}, {votes} of 9")
    page.get_by_test_id("neighbours-touch").focus()
    page.keyboard.press("ArrowUp")
    expect(panel.get_by_test_id("reading")).to_contain_text("9-NN in this cell")
    # the data change: the vote does too; what cannot be voted on is said
    page.get_by_test_id("dataset").select_option("digits")
    expect(panel).to_contain_text("no places in a plane")
    expect(accuracies.get_by_role("row", name="9-NN")).to_contain_text("%")
    page.get_by_test_id("dataset").select_option("sine")
    expect(panel.get_by_test_id("problem")).to_contain_text("have values, not classes")
    page.get_by_test_id("neighbours-close").click()
    expect(page.get_by_test_id("net")).to_be_visible()
    expect(panel).to_have_count(0)
