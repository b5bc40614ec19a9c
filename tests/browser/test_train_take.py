"""What is taken away from the training page: each file holds what the page shows."""

import json
import re
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.training import at_least, opened, play, settled


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
