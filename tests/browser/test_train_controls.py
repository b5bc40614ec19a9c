"""The controls of the training page: each writes the program or changes the run, and says what is wrong."""

import re

from playwright.sync_api import Page, expect

from tests.browser.training import address, at_least, fill, opened, overlap, play, settled


def test_features_layers_and_losses_write_the_program(page: Page) -> None:
    opened(page, "?data=circles&classes=2&hidden=&regularization=0")
    editor = page.get_by_test_id("editor")
    expect(editor).to_contain_text("W1 = he(2, 2)")
    page.get_by_test_id("group-features").locator("summary").click()
    # a straight line in (r, theta) parts circles that none in (x, y) does
    play(page).click()
    at_least(page, "step", 200)
    assert float(page.get_by_test_id("validation-accuracy").inner_text().split("\u2009")[0]) < 85
    for name in ("r", "theta", "x", "y"):
        page.get_by_test_id(f"feature-{name}").click()
    expect(page.get_by_test_id("feature-x")).to_have_attribute("aria-pressed", "false")
    expect(editor).to_contain_text("W1 = he(2, 2)")
    at_least(page, "validation-accuracy", 95)
    play(page).click()
    page.get_by_test_id("formula").fill("sin(3 * r)")
    page.get_by_test_id("add-feature").click()
    expect(editor).to_contain_text("W1 = he(3, 2)")
    page.get_by_test_id("formula").fill("sum(r)")
    page.get_by_test_id("add-feature").click()
    expect(page.locator("#formula-why")).to_contain_text("`sum` mixes points")
    page.get_by_role("button", name="sum(r)").click()
    expect(page.locator("#formula-why")).to_contain_text("Any program")

    page.get_by_test_id("add-layer").click()
    page.get_by_test_id("add-layer").click()
    fill(page, "width1", "5")
    page.get_by_test_id("activation2").select_option("tanh")
    expect(editor).to_contain_text("h1 = relu(X @ W1 + b1)")
    expect(editor).to_contain_text("h2 = tanh(h1 @ W2 + b2)")
    page.get_by_test_id("initializer").select_option("normal")
    fill(page, "scale", "0.5")
    expect(editor).to_contain_text("normal(3, 5, std=0.5)")
    page.get_by_test_id("bias").uncheck()
    expect(editor).not_to_contain_text("b1")
    page.get_by_test_id("loss-kind").select_option("logistic")
    expect(editor).to_contain_text("bce_with_logits(scores, y)")
    page.get_by_test_id("regularizer").select_option("elastic")
    fill(page, "regularization-l1", "0.01")
    expect(editor).to_contain_text("0.01 * (sum(abs(W1))")
    # the logistic loss knows two classes: a third brings the usual loss back
    page.get_by_test_id("classes").select_option("3")
    expect(editor).to_contain_text("cross_entropy(scores, y)")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    page.wait_for_url(re.compile("l1=0.01"))
    kept = address(page)
    assert kept["features"] == "r\ntheta\nsin(3 * r)"
    assert (kept["activation"], kept["bias"], kept["init"]) == ("relu-tanh", "0", "normal")


def test_learning_is_scheduled_clipped_and_stopped(page: Page) -> None:
    opened(page)
    page.get_by_test_id("schedule").select_option("exponential")
    fill(page, "gamma", "0.1")
    page.get_by_test_id("clip").select_option("norm")
    fill(page, "clip-limit", "0")
    expect(page.locator("#clip-limit-why")).to_contain_text("too small")
    page.get_by_test_id("clip-limit").press("Escape")
    page.get_by_test_id("optimizer").select_option("momentum")
    fill(page, "momentum", "0.5")
    page.get_by_test_id("group-stop").locator("summary").click()
    page.get_by_test_id("stop-metric").select_option("train_accuracy")
    page.get_by_test_id("stop-when").select_option("at_least")
    fill(page, "stop-value", "0.6")
    play(page).click()
    expect(page.get_by_test_id("stopped")).to_contain_text("the accuracy over the points trained on")
    assert not overlap(page.get_by_test_id("stopped"), page.get_by_role("toolbar", name="The plane"))
    expect(play(page)).to_have_text("Play")
    at = settled(page)
    assert at > 0
    assert at % 15 == 0
    # under another condition it goes on from there, and without any
    fill(page, "stop-value", "0.7")
    play(page).click()
    at_least(page, "step", at + 1)
    expect(play(page)).to_have_text("Play")
    at = settled(page)
    page.get_by_test_id("go-on").click()
    at_least(page, "step", at + 1)
    expect(page.get_by_test_id("stop-metric")).to_have_value("")
    expect(page.get_by_test_id("stopped")).to_have_count(0)


def test_a_lesson_may_leave_groups_out_and_values_are_learnt_too(page: Page) -> None:
    opened(page, "?hide=features,stop&data=sine")
    expect(page.get_by_test_id("group-data")).to_be_visible()
    expect(page.get_by_test_id("group-features")).to_have_count(0)
    expect(page.get_by_test_id("group-stop")).to_have_count(0)
    expect(page.get_by_test_id("editor")).to_contain_text("mse(scores, y)")
    loss = float(page.get_by_test_id("loss").inner_text())
    play(page).click()
    at_least(page, "step", 300)
    play(page).click()
    settled(page)
    assert float(page.get_by_test_id("loss").inner_text()) < loss / 2
    # values are not right or wrong: their loss stands where accuracy does
    assert 0 < float(page.get_by_test_id("validation-data-loss").inner_text()) < loss / 2
    expect(page.get_by_test_id("curve-accuracy")).to_have_count(0)
    page.get_by_test_id("dataset").select_option("spiral")
    expect(page.get_by_test_id("editor")).to_contain_text("cross_entropy")
    fill(page, "balance", "-1")
    expect(page.locator("#balance-why")).to_contain_text("too small: at least 0.01")
    fill(page, "balance", "90")
    fill(page, "samples", "12")
    expect(page.locator("#balance-why")).to_contain_text("too few to train on some")
    fill(page, "samples", "600")
    fill(page, "balance", "1")
