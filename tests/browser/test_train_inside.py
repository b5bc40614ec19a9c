"""Looking inside a training: gradients by layer, confusion, templates, surfaces, presets."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.training import at_least, opened, play, settled

DRAWN = """() => {
  const canvas = document.querySelector('[data-testid="templates"] canvas');
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return canvas.width > 8 && data.some((channel, at) => at % 4 < 3 && channel !== data[at % 4]);
}"""

NUMBERS = """(table) => [...table.rows].map((row) =>
  [...row.cells].map((cell) => Number(cell.innerText.replace("\\u2212", "-"))))"""


def preset(page: Page, name: str) -> None:
    """Open a preset from the menu."""
    page.get_by_test_id("presets").click()
    page.get_by_test_id(f"preset-{name}").click()


def test_gradients_vanish_and_units_die(page: Page) -> None:
    opened(page)
    preset(page, "vanishing")
    expect(page.get_by_test_id("editor")).to_contain_text("W7 = xavier(8, 3)")
    table = page.get_by_test_id("gradients")
    expect(table.locator("tbody tr")).to_have_count(14)
    norms: Any = table.locator("tbody tr td:nth-child(2)").all_inner_texts()
    # W1 sits behind six sigmoids, W7 behind none
    assert float(norms[0].split()[0]) < float(norms[12].split()[0]) / 20
    expect(page.get_by_test_id("layer-health").locator("tbody tr")).to_have_count(6)
    preset(page, "dead")
    expect(page.get_by_test_id("dead-h1")).to_contain_text("/ 16")
    play(page).click()
    page.wait_for_function("""() => ["h1", "h2"].some((layer) =>
        parseInt(document.querySelector(`[data-testid="dead-${layer}"]`)?.textContent ?? "0", 10) > 0)""")
    expect(page.get_by_test_id("layer-health")).to_contain_text("dead")
    # the figures of the lesson are not a scroll away
    expect(page.get_by_test_id("dead-h2")).to_be_in_viewport(ratio=1)


def test_digits_have_templates_and_a_confusion_matrix(page: Page) -> None:
    opened(page)
    preset(page, "templates")
    expect(page.get_by_test_id("templates")).to_contain_text("all 10 scores")
    page.wait_for_function(DRAWN)
    # each picture is a class's, and there is no plane whose marks would need a legend
    expect(page.get_by_test_id("templates").locator("li")).to_have_text([str(label) for label in range(10)])
    expect(page.get_by_test_id("legend")).to_have_count(0)
    page.get_by_test_id("play").click()
    at_least(page, "validation-accuracy", 80)
    page.get_by_test_id("play").click()
    settled(page)
    cells = page.get_by_test_id("confusion").locator("tbody td.number:not(.quiet)").all_inner_texts()
    counts = [int(cell) for cell in cells]
    assert len(counts) == 100
    right = sum(counts[11 * label] for label in range(10))
    shown = float(page.get_by_test_id("validation-accuracy").inner_text().split("\u2009")[0])
    assert abs(100 * right / sum(counts) - shown) < 0.06
    # a unit enlarged is the picture of the weights into it: a pixel for each
    page.locator('[data-unit="1-0"]').hover()
    assert page.locator("canvas.map").evaluate("(map) => [map.width, map.height]") == [8, 8]


def test_linear_layers_are_one_layer_until_an_activation_is_put_back(page: Page) -> None:
    opened(page)
    preset(page, "collapse")
    part = page.get_by_test_id("collapse")
    expect(part.get_by_test_id("collapse-W3")).to_contain_text("W1 (2, 3)")
    play(page).click()
    at_least(page, "step", 200)
    play(page).click()
    settled(page)
    tables: Any = part.get_by_test_id("collapse-W3").locator("table").all()
    W3, W1, W2 = [table.evaluate(NUMBERS) for table in tables]
    for i in range(2):
        for j in range(3):
            product = sum(W1[i][k] * W2[k][j] for k in range(3))
            # what is shown is rounded to two decimals
            assert abs(W3[i][j] - product) < 0.06
    expect(part.get_by_test_id("collapse-b3")).to_contain_text(re.compile(r"@\s*W2\s*\+"))
    expect(part.get_by_test_id("collapse-check")).to_contain_text("2 layers are one.")
    expect(part.get_by_test_id("collapse-borders")).to_contain_text("1|2:")
    # deeper is no more, and one activation is enough to make a difference
    page.get_by_test_id("add-layer").first.click()
    expect(part.get_by_test_id("collapse-check")).to_contain_text("3 layers are one.")
    part.get_by_test_id("put-back").click()
    expect(part).to_have_attribute("data-linear", "false")
    expect(part).to_contain_text("relu stands between X and scores")
    part.get_by_test_id("make-linear").click()
    expect(part.get_by_test_id("collapse-check")).to_contain_text("3 layers are one.")


def test_a_linear_net_stays_straight_and_polar_coordinates_cure_it(page: Page) -> None:
    opened(page)
    preset(page, "linear-fails")
    play(page).click()
    at_least(page, "step", 300)
    assert float(page.get_by_test_id("validation-accuracy").inner_text().split("\u2009")[0]) < 80
    preset(page, "polar")
    at_least(page, "validation-accuracy", 99)
    preset(page, "regression")
    expect(page.get_by_test_id("legend")).to_contain_text("above 0")
    expect(page.get_by_role("img", name="Predicted surface")).to_be_visible()


def test_time_travel_hidden_space_and_batch_noise(page: Page) -> None:
    opened(page, "?hidden=8-2&activation=tanh&bench=hidden&speed=1000")
    expect(page.get_by_test_id("hidden-words")).to_contain_text("exactly as they answer")
    page.get_by_test_id("hidden-layer").select_option("h1")
    expect(page.get_by_test_id("hidden-words")).to_contain_text("differ most")
    for step in range(1, 4):
        page.get_by_test_id("step-update").click()
        expect(page.get_by_test_id("step")).to_have_text(str(step))
    third = page.get_by_test_id("loss").inner_text()
    play(page).click()
    at_least(page, "step", 200)
    play(page).click()
    newest = settled(page)
    travel = page.get_by_test_id("travel")
    travel.fill("3")
    expect(page.get_by_test_id("step")).to_have_text("3")
    expect(page.get_by_test_id("loss")).to_have_text(third)
    # forth again, as long as nothing was trained in between
    travel.fill(str(newest))
    expect(page.get_by_test_id("step")).to_have_text(f"{newest:,}")
    travel.fill("3")
    expect(page.get_by_test_id("step")).to_have_text("3")
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("4")
    expect(travel).to_have_attribute("max", "4")

    page.get_by_test_id("bench-noise").click()
    page.get_by_test_id("measure-noise").click()
    rows = page.get_by_test_id("noise").locator("tbody tr")
    expect(rows).to_have_count(5)
    errors = [float(text.split()[0]) for text in rows.locator("td.gradient").all_inner_texts()]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] == 0


def test_every_preset_opens_and_trains(page: Page) -> None:
    opened(page)
    names = page.locator('[data-testid^="preset-"]').evaluate_all(
        "(all) => all.map((one) => one.dataset.testid)"
    )
    assert len(names) > 15
    for name in names:
        preset(page, name.removeprefix("preset-"))
        # a lesson begins anew, whatever the one before had come to
        expect(page.get_by_test_id("step")).to_have_text("0")
        page.get_by_test_id("step-update").click()
        expect(page.get_by_test_id("step")).to_have_text("1")
        expect(page.get_by_test_id("problem")).to_have_count(0)
