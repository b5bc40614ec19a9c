"""What is taken away from the training page: each file holds what the page shows."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from playwright.sync_api import Page, expect

from tests.browser.training import START, at_least, opened, play, settled

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import PageMaker

COPIED = "navigator.clipboard.readText()"


def saved(page: Page, name: str, folder: Path) -> Path:
    """Press the button of that name and keep the file it hands over."""
    with page.expect_download() as handed:
        page.get_by_test_id(f"take-{name}").click()
    path = folder / handed.value.suggested_filename
    handed.value.save_as(path)
    return path


def test_everything_is_taken_away(page: Page, tmp_path: Path) -> None:
    opened(page, "?data=circles&classes=2&hidden=8")
    play(page).click()
    at_least(page, "validation-accuracy", 90)
    play(page).click()
    settled(page)
    page.get_by_test_id("take").click()
    weights = json.loads(saved(page, "json", tmp_path).read_text(encoding="utf-8"))
    assert "W1" in json.dumps(weights)
    script = saved(page, "numpy", tmp_path)
    # by itself, in an empty folder, it comes to the accuracy shown
    printed = subprocess.run(
        [sys.executable, "-I", script.name], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout
    found = re.search(r"validation accuracy = ([\d.]+)", printed)
    assert found, printed
    expect(page.get_by_test_id("validation-accuracy")).to_have_text(f"{100 * float(found[1]):.1f}\u2009%")
    assert saved(page, "png", tmp_path).read_bytes().startswith(b"\x89PNG")
    rows = saved(page, "csv", tmp_path).read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("step,trainLoss")
    assert len(rows) > 2
    page.get_by_test_id("hide-stop").check()
    expect(page.get_by_test_id("group-stop")).to_have_count(0)
    page.wait_for_url("**hide=stop**")
    # single controls are chosen where they stand
    page.get_by_test_id("choose-controls").check()
    page.keyboard.press("Escape")
    page.get_by_test_id("leave-loss-kind").check()
    expect(page.get_by_test_id("loss-kind")).to_be_visible()
    page.get_by_test_id("take").click()
    page.get_by_test_id("choose-controls").uncheck()
    expect(page.get_by_test_id("loss-kind")).to_have_count(0)
    page.wait_for_url("**hide=stop%2Closs-kind**")
    page.reload()
    expect(page.get_by_test_id("regularizer")).to_be_visible()
    expect(page.get_by_test_id("loss-kind")).to_have_count(0)


def weights(page: Page, folder: Path) -> str:
    """The step and every number, as they are taken away."""
    page.get_by_test_id("take").click()
    text = saved(page, "json", folder).read_text(encoding="utf-8")
    page.get_by_test_id("take").click()
    return text


def test_a_link_brings_the_very_weights_along(new_page: PageMaker, tmp_path: Path) -> None:
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    opened(page, "?data=circles&classes=2&hidden=8-4&optimizer=adam&bench=gradients")
    play(page).click()
    at_least(page, "step", 50)
    play(page).click()
    step = settled(page)
    page.get_by_test_id("take").click()
    page.get_by_test_id("copy-weights-link").click()
    expect(page.get_by_test_id("weights-said")).to_contain_text(f"opens at step {step:,}")
    page.get_by_test_id("take").click()
    link = page.evaluate(COPIED)
    assert len(link) < 5_000
    other = page.context.new_page()
    other.goto(link)
    expect(other.get_by_test_id("step")).to_have_text(f"{step:,}")
    expect(other.get_by_test_id("notice")).to_have_count(0)
    assert weights(other, tmp_path) == weights(page, tmp_path)
    # it stands behind the address until training leaves it: opened anew, it is the same
    other.wait_for_url("**#state=*")
    # the optimizer and the order of the points came along too: both go on alike
    for one in (page, other):
        one.get_by_test_id("step-update").click()
        expect(one.get_by_test_id("step")).to_have_text(f"{step + 1:,}")
    assert weights(other, tmp_path) == weights(page, tmp_path)
    other.wait_for_url(re.compile(r"^[^#]+$"))
    # a file of weights brings them back too, and what is none says so
    file = tmp_path / "weights.json"
    before = file.read_text(encoding="utf-8")
    other.get_by_test_id("reset").click()
    expect(other.get_by_test_id("step")).to_have_text("0")
    other.get_by_test_id("take").click()
    other.get_by_test_id("open-weights").set_input_files(file)
    expect(other.get_by_test_id("opened-said")).to_contain_text(f"Opened at step {step + 1:,}")
    expect(other.get_by_test_id("step")).to_have_text(f"{step + 1:,}")
    other.get_by_test_id("take").click()
    assert weights(other, tmp_path) == before
    # NPZ holds the very same numbers, for the program that is there
    other.get_by_test_id("take").click()
    archive = saved(other, "npz", tmp_path)
    loss = other.get_by_test_id("loss").inner_text()
    other.keyboard.press("Escape")
    other.get_by_test_id("reset").click()
    expect(other.get_by_test_id("step")).to_have_text("0")
    other.get_by_test_id("take").click()
    other.get_by_test_id("open-weights").set_input_files(archive)
    expect(other.get_by_test_id("opened-said")).to_contain_text("Opened into this program")
    expect(other.get_by_test_id("loss")).to_have_text(loss)
    other.get_by_test_id("take").click()
    assert json.loads(weights(other, tmp_path))["parameters"] == json.loads(before)["parameters"]
    file.write_bytes(archive.read_bytes()[:-60])
    other.get_by_test_id("take").click()
    other.get_by_test_id("open-weights").set_input_files(file)
    expect(other.get_by_test_id("opened-said")).to_contain_text("neither JSON nor NPZ")
    file.write_text(before.replace('"W1"', '"W7"'), encoding="utf-8")
    other.get_by_test_id("open-weights").set_input_files(file)
    expect(other.get_by_test_id("opened-said")).to_contain_text("trains no parameter")
    # what was cut short by a mail program opens all the same, and says so
    other.goto(link[:-30])
    expect(other.locator(START)).to_be_visible()
    expect(other.get_by_test_id("notice")).to_contain_text("could not be read")
    other.goto(link.split("#")[0] + "#state=y0gFAA")
    expect(other.get_by_test_id("notice")).to_contain_text("could not be read")
    expect(other.locator(START)).to_be_visible()
    opened(other, "?hidden=256-256")
    other.get_by_test_id("take").click()
    other.get_by_test_id("copy-weights-link").click()
    expect(other.get_by_test_id("weights-said")).to_contain_text("too large for a link")
