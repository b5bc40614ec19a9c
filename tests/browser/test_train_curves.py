"""The curves: read out under the pointer and by keys, on either scale, beside runs that were kept."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.graph_page import box_of
from tests.browser.test_accessibility import violations
from tests.browser.training import START, address, at_least, fill, opened, overlap, play, settled


def trained(page: Page, steps: int) -> int:
    """Train for so many steps at least, and answer where it came to rest."""
    play(page).click()
    at_least(page, "step", steps)
    play(page).click()
    return settled(page)


def test_runs_are_read_out_kept_and_compared(page: Page, tmp_path: Path) -> None:
    opened(page, "?hidden=4&speed=1000")
    keep = page.get_by_test_id("keep-run")
    expect(keep).to_be_disabled()
    last = trained(page, 60)
    loss = page.get_by_test_id("loss").inner_text()
    chart = page.get_by_role("slider", name="Loss over steps")
    readout = page.get_by_test_id("readout")
    # by keys: the last step, then the first, and away
    chart.focus()
    page.keyboard.press("End")
    expect(readout).to_have_text(f"step {last}")
    legend = page.get_by_test_id("loss-curve").locator("header")
    expect(legend).to_contain_text(f"training {loss}")
    assert not overlap(readout, legend)
    expect(chart).to_have_attribute("aria-valuenow", str(last))
    page.keyboard.press("Home")
    expect(readout).to_contain_text("step 0")
    expect(page.get_by_test_id("step")).to_have_text(f"{last:,}")
    page.keyboard.press("Escape")
    expect(readout).to_have_count(0)

    # the scale is part of the link
    page.get_by_test_id("log-scale").check()
    page.wait_for_function("() => location.search.includes('log=1')")
    keep.click()
    expect(page.get_by_test_id("kept-runs")).to_have_text("1 kept")
    page.get_by_test_id("reset").click()
    expect(page.get_by_test_id("step")).to_have_text("0")
    page.get_by_test_id("optimizer").select_option("sgd")
    fill(page, "learning-rate", "0.1")
    trained(page, 20)
    keep.click()
    expect(page.get_by_test_id("kept-runs")).to_have_text("2 kept")
    fill(page, "learning-rate", "0.2")

    # the pointer reads all lines; the older run has its own numbers
    box = box_of(chart)
    page.mouse.move(box["x"] + box["width"] - 30, box["y"] + box["height"] / 2)
    rows = readout.locator("tbody tr")
    expect(rows.nth(-2)).to_contain_text("lr 0.01 \u00b7 Adam \u00b7 4 units")
    expect(rows.nth(-1)).to_contain_text("lr 0.1 \u00b7 SGD \u00b7 4 units")
    older = float(rows.nth(-2).locator("td").first.inner_text())
    assert 0 < older < 2
    assert not overlap(readout, legend)
    # a reload forgets the run, not those that were kept
    page.reload()
    expect(page.get_by_test_id("kept-runs")).to_have_text("2 kept")
    expect(page.locator(START)).to_be_visible()
    assert violations(page) == []

    # another curve of the same runs, then the menu: renamed and removed
    page.get_by_test_id("curve-accuracy").click()
    expect(page.get_by_test_id("accuracy-curve")).to_be_visible()
    expect(page.get_by_test_id("log-scale")).to_have_count(0)
    page.wait_for_function("() => location.search.includes('curve=accuracy')")
    assert address(page)["log"] == "1"
    page.get_by_test_id("kept-runs").click()
    names = page.get_by_test_id("kept-name")
    names.first.fill("the slow one")
    names.first.press("Enter")
    page.get_by_test_id("remove-run").nth(1).click()
    expect(names).to_have_count(1)
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.get_by_test_id("take").click()
    with page.expect_download() as handed:
        page.get_by_test_id("take-csv").click()
    handed.value.save_as(tmp_path / "history.csv")
    lines = (tmp_path / "history.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("run,step,trainLoss")
    assert any(line.startswith(f"the slow one,{last},") for line in lines)
    assert any(line.startswith("this run,0,") for line in lines)
