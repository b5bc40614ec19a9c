"""Training in a real Chromium: a spiral learnt, paused, stepped, reset; its program edited meanwhile."""

import re

from playwright.sync_api import Page, expect

from tests.browser.training import (
    MARKED,
    PIXELS,
    START,
    at_least,
    edit_line,
    fill,
    opened,
    play,
    program,
    settled,
)


def test_the_spiral_is_learnt(page: Page) -> None:
    opened(page)
    expect(page.get_by_test_id("validation-accuracy")).to_have_text("33.3\u2009%")
    play(page).click()
    at_least(page, "validation-accuracy", 90.1)
    at_least(page, "train-accuracy", 90.1)
    at_least(page, "epoch", 2)
    expect(page.get_by_test_id("updates-per-second")).to_have_text(re.compile(r"^[\d,]+$"))
    expect(page.get_by_test_id("loss-curve").locator("canvas")).to_be_visible()
    for part in ("training", "validation", "regularization", "data"):
        expect(page.get_by_test_id("loss-curve")).to_contain_text(part)
    page.get_by_test_id("curve-accuracy").click()
    expect(page.get_by_test_id("accuracy-curve").locator("canvas")).to_be_visible()


def test_circles_with_two_classes(page: Page) -> None:
    opened(page)
    page.get_by_test_id("dataset").select_option("circles")
    expect(page.get_by_test_id("legend")).not_to_contain_text("class 2")
    expect(page.get_by_test_id("editor")).to_contain_text("W3 = he(16, 2)")
    play(page).click()
    at_least(page, "validation-accuracy", 90.1)
    page.get_by_test_id("classes").select_option("3")
    expect(page.get_by_test_id("legend")).to_contain_text("class 2")
    at_least(page, "validation-accuracy", 90.1)


def test_pause_really_pauses(page: Page) -> None:
    opened(page)
    play(page).click()
    at_least(page, "step", 50)
    play(page).click()
    expect(play(page)).to_have_text("Play")
    paused = settled(page)
    pixels = page.evaluate(PIXELS)
    assert settled(page) == paused
    assert page.evaluate(PIXELS) == pixels
    play(page).click()
    at_least(page, "step", paused + 1)


def test_steps_are_exact(page: Page) -> None:
    opened(page)
    for step in range(1, 4):
        page.get_by_test_id("step-update").click()
        expect(page.get_by_test_id("step")).to_have_text(str(step))
    assert settled(page) == 3
    page.get_by_test_id("step-epoch").click()
    expect(page.get_by_test_id("epoch")).to_have_text("1")
    # 450 points in batches of 32
    assert settled(page) == 15
    page.get_by_test_id("step-epoch").click()
    assert settled(page) == 30
    expect(page.get_by_test_id("epoch")).to_have_text("2")


def test_reset_is_the_very_same_start(page: Page) -> None:
    start = page.locator(START).and_(page.locator(MARKED))
    opened(page)
    expect(start).to_be_visible()
    first = (page.evaluate(PIXELS), page.get_by_test_id("loss").inner_text())
    mark = page.get_by_test_id("start").locator("code").inner_text()
    play(page).click()
    at_least(page, "step", 100)
    assert page.evaluate(PIXELS) != first[0]
    page.get_by_test_id("reset").click()
    expect(start).to_be_visible()
    assert settled(page) == 0
    assert (page.evaluate(PIXELS), page.get_by_test_id("loss").inner_text()) == first
    expect(page.get_by_test_id("start")).to_contain_text("the very same")
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    again = page.get_by_test_id("loss").inner_text()
    page.reload()
    expect(page.locator(START)).to_be_visible()
    expect(page.get_by_test_id("start").locator("code")).to_have_text(mark)
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    expect(page.get_by_test_id("loss")).to_have_text(again)


def test_another_seed_is_another_start(page: Page) -> None:
    opened(page)
    mark = page.get_by_test_id("start").locator("code").inner_text()
    loss = page.get_by_test_id("loss").inner_text()
    fill(page, "seed", "5")
    expect(page.get_by_test_id("start")).to_contain_text("seed 5")
    expect(page.get_by_test_id("start").locator("code")).not_to_have_text(mark)
    expect(page.get_by_test_id("loss")).not_to_have_text(loss)


def test_learning_changes_without_a_reset(page: Page) -> None:
    opened(page)
    play(page).click()
    at_least(page, "step", 100)
    play(page).click()
    before = settled(page)
    loss = page.get_by_test_id("loss").inner_text()
    fill(page, "learning-rate", "0.002")
    fill(page, "batch", "16")
    page.get_by_test_id("optimizer").select_option("momentum")
    fill(page, "regularization", "0")
    expect(page.get_by_test_id("editor")).not_to_contain_text("regularization")
    assert settled(page) == before
    expect(page.get_by_test_id("train-accuracy")).not_to_have_text("33.3\u2009%")
    # without its penalty the same net has a smaller loss
    assert float(page.get_by_test_id("loss").inner_text()) < float(loss)
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text(f"{before + 1:,}")


def test_network_controls_write_the_program(page: Page) -> None:
    opened(page)
    expect(page.get_by_test_id("parameters")).to_have_text("371 parameters")
    fill(page, "width1", "5")
    expect(page.get_by_test_id("editor")).to_contain_text("W1 = he(2, 5)")
    expect(page.get_by_test_id("parameters")).to_have_text("162 parameters")
    page.get_by_test_id("remove-layer2").click()
    expect(page.get_by_test_id("editor")).to_contain_text("W2 = he(5, 3)")
    page.get_by_test_id("activation").select_option("tanh")
    expect(page.get_by_test_id("editor")).to_contain_text("tanh(X @ W1 + b1)")
    expect(page.get_by_test_id("origin")).to_have_text("by the layer builder")
    expect(page.get_by_test_id("rebuild")).to_be_hidden()


def test_a_program_edited_by_hand_trains_as_edited(page: Page) -> None:
    opened(page, "?hidden=8")
    built = program(page)
    edit_line(page, 3, "h1 = tanh(X @ W1 + b1) + 0.1 * relu(X @ W1)")
    expect(page.get_by_test_id("origin")).to_have_text("edited by hand")
    play(page).click()
    at_least(page, "train-accuracy", 60)
    expect(page.get_by_test_id("problem")).to_have_count(0)
    page.wait_for_url(re.compile("program="))
    edited = program(page)
    page.reload()
    expect(page.locator(START)).to_be_visible()
    assert program(page) == edited
    page.get_by_test_id("rebuild").click()
    expect(page.get_by_test_id("origin")).to_have_text("by the layer builder")
    assert program(page) == built
    page.wait_for_url(re.compile(r"^(?!.*program=)"))


def test_a_wrong_program_is_marked_and_the_last_good_one_goes_on(page: Page) -> None:
    opened(page)
    play(page).click()
    at_least(page, "step", 20)
    edit_line(page, 6, "scores = h2 @ W3 + wrong")
    mark = page.get_by_test_id("problem-mark")
    expect(mark).to_have_text("wrong")
    expect(page.get_by_test_id("problem-detail")).to_contain_text("line 6")
    expect(page.get_by_test_id("problem-detail")).to_contain_text("wrong")
    expect(page.get_by_test_id("problem-hint")).not_to_be_empty()
    now = int(page.get_by_test_id("step").inner_text().replace(",", ""))
    at_least(page, "step", now + 50)
    expect(play(page)).to_have_text("Pause")
    edit_line(page, 6, "scores = h2 @ W3 + b3")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    expect(mark).to_have_count(0)


def test_numbers_beyond_all_numbers_stop_it_in_words(page: Page) -> None:
    opened(page, "?optimizer=sgd&rate=10&regularization=1")
    play(page).click()
    problem = page.get_by_test_id("problem")
    expect(problem).to_contain_text("learning rate")
    expect(play(page)).to_have_text("Play")
    fill(page, "learning-rate", "0.1")
    fill(page, "regularization", "0.001")
    # from numbers that ran away no rate leads back: an earlier step does
    play(page).click()
    expect(problem).to_contain_text("go back to an earlier step")
    expect(play(page)).to_have_text("Play")
    page.get_by_test_id("way-back").click()
    expect(page.get_by_test_id("step")).to_have_text("0")
    expect(problem).to_have_count(0)
    play(page).click()
    at_least(page, "validation-accuracy", 60)


def test_the_speed_can_be_limited(page: Page) -> None:
    opened(page)
    page.get_by_test_id("speed").select_option(label="30/s")
    play(page).click()
    at_least(page, "step", 30)
    shown = page.get_by_test_id("updates-per-second").inner_text()
    assert float(shown) < 60
    page.wait_for_url(re.compile("speed=30"))
