"""The drawn network: live maps, links by weight or gradient, numbers set by hand, layers changed in place."""

import re

from playwright.sync_api import Page, expect

from tests.browser.training import at_least, edit_line, opened, play, program

DRAWN = '[data-testid="net-canvas"][data-units="true"]'
PICTURE = """() => document.querySelector('[data-testid="net-canvas"]').toDataURL()"""
CHANGED = """before => document.querySelector('[data-testid="net-canvas"]').toDataURL() !== before"""
APART = """() => {
  const units = [...document.querySelectorAll('[data-testid="net"] .unit')];
  const boxes = units.map((unit) => unit.getBoundingClientRect());
  const panel = document.querySelector('[data-testid="net"]').getBoundingClientRect();
  return boxes.every((a, i) =>
    a.left >= panel.left && a.right <= panel.right && a.top >= panel.top && a.bottom <= panel.bottom &&
    boxes.slice(i + 1).every((b) =>
      a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top));
}"""


def test_the_network_is_seen_and_set(page: Page) -> None:
    opened(page)
    expect(page.locator(DRAWN)).to_be_visible()
    assert page.evaluate(APART)
    net = page.get_by_test_id("net")
    expect(net).to_contain_text("2 features, then hidden layer h1 with 16 relu units, then")
    # units are repainted while it trains
    before = page.evaluate(PICTURE)
    play(page).click()
    at_least(page, "validation-accuracy", 60)
    play(page).click()
    expect(play(page)).to_have_text("Play")
    assert page.evaluate(PICTURE) != before
    # gradients in place of weights
    before = page.evaluate(PICTURE)
    page.get_by_test_id("net-shown-gradients").click()
    expect(page.get_by_test_id("net-legend")).to_contain_text("log |gradient|")
    page.wait_for_function(CHANGED, arg=before)
    # a unit is enlarged where the pointer is, and opened by the keyboard
    page.get_by_test_id("unit-h1[3]").hover()
    card = page.get_by_test_id("net-card")
    expect(card).to_contain_text("h1[3]")
    expect(card).to_contain_text("rms gradient")
    page.get_by_test_id("unit-scores[1]").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("unit-scores[0]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="scores[0]")).to_be_visible()
    box = page.get_by_test_id("edit-bias")
    expect(box).to_be_focused()
    box.fill("much")
    expect(card).to_contain_text("'much' is no number")
    loss = page.get_by_test_id("loss").inner_text()
    step = page.get_by_test_id("step").inner_text()
    box.fill("7.5")
    box.press("Enter")
    # the output's bias stands beside it, and the loss is that of the changed network
    expect(page.get_by_test_id("bias-scores-0")).to_have_text("7.5")
    expect(page.get_by_test_id("loss")).not_to_have_text(loss)
    expect(page.get_by_test_id("step")).to_have_text(step)
    # a weight into the unit, in the same place
    weight = page.get_by_test_id("edit-W3-2")
    weight.fill("-1.25")
    weight.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("unit-scores[0]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_test_id("edit-W3-2")).to_have_value("\u22121.25")


def test_layers_are_changed_in_place(page: Page) -> None:
    opened(page, "?v=1&hidden=4-3")
    expect(page.locator(DRAWN)).to_be_visible()
    page.get_by_test_id("more-h1").press("Enter")
    expect(page.get_by_test_id("unit-h1[4]")).to_be_visible()
    assert "W1 = he(2, 5)" in program(page)
    page.get_by_test_id("fewer-h2").click()
    expect(page.get_by_test_id("unit-h2[2]")).to_have_count(0)
    page.get_by_test_id("activation-h2").select_option("tanh")
    expect(page.locator(".cm-content")).to_contain_text("h2 = tanh(h1 @ W2 + b2)")
    expect(page.locator(".cm-content")).to_contain_text("h1 = relu(X @ W1 + b1)")
    page.get_by_test_id("net-add-layer").click()
    expect(page.get_by_test_id("unit-h3[1]")).to_be_visible()
    page.get_by_test_id("remove-h1").click()
    expect(page.get_by_test_id("unit-h3[1]")).to_have_count(0)
    expect(page.locator(".cm-content")).to_contain_text("h1 = tanh(X @ W1 + b1)")
    # the program is edited by hand: it is drawn as it is, and what no link can show is said
    edit_line(page, 5, "h2 = tanh((h1 * 2) @ W2 + b2)")
    note = page.get_by_test_id("by-hand")
    expect(note).to_contain_text("Wired by hand: no links can show h2, W2")
    expect(page.get_by_test_id("more-h1")).to_have_count(0)
    page.keyboard.press("Escape")
    with page.expect_popup() as popup:
        note.get_by_role("button").click()
    expect(popup.value.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(popup.value.get_by_test_id("look")).to_have_text(re.compile("minibatch of 32 points"))
