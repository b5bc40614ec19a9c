"""Every page under axe, light and dark, wide and narrow: no violation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Page, expect

if TYPE_CHECKING:
    from tests.browser.conftest import PageMaker

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
WIDE = {"width": 1280, "height": 720}
PHONE = {"width": 390, "height": 844}
RUN = """async () => {
  // what is still fading in has no colours of its own yet; what never ends is not waited for
  const ending = document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => null)));
  const { violations } = await axe.run(document);
  const words = ({ target, failureSummary }) => `${target} ${failureSummary}`;
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(words).join(" | ")}`);
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now."""
    page.evaluate(AXE)
    found: Any = page.evaluate(RUN)
    return found


def drawn(page: Page) -> None:
    """Wait until the graph stands."""
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/train",
        "/activations",
        "/losses",
        "/compare",
        "/compare?room=landscape",
        "/numpy?step=16",
        "/graph?example=neuron",
        "/graph?example=two-layer-net",
        "/graph?example=matrix-product",
        "/embed/graph?example=neuron",
        "/embed/train?hide=data,learning",
    ],
)
def test_every_page(new_page: PageMaker, path: str, viewport: dict[str, int], scheme: str) -> None:
    page = new_page(viewport=viewport, color_scheme=scheme, reduced_motion="reduce")
    page.goto(path)
    if "graph" in path:
        drawn(page)
    assert violations(page) == []


@pytest.mark.parametrize("room", ["grid", "guided"])
def test_other_ways_to_compare(new_page: PageMaker, room: str) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(f"/compare?room={room}")
    expect(page.get_by_test_id(room).get_by_test_id("plane").first).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("beside", ["gate", "code", "take"])
def test_what_stands_beside_the_graph(new_page: PageMaker, beside: str) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto(f"/graph?source=w%20%3D%202%0Af%20%3D%20exp(w)&beside={beside}&opened=f")
    drawn(page)
    expect(page.locator("#tab-panel")).not_to_contain_text("Loading")
    assert violations(page) == []


def test_a_mistake_and_the_keys(new_page: PageMaker) -> None:
    page = new_page(reduced_motion="reduce")
    page.goto("/graph?source=f%20%3D%20(x")
    expect(page.get_by_test_id("problem")).to_be_visible()
    assert violations(page) == []
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_test_id("help")).to_be_visible()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_plane_in_use(new_page: PageMaker, scheme: str) -> None:
    page = new_page(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/train?neighbours=5&ground=flat")
    expect(page.get_by_test_id("neighbours-accuracy")).to_contain_text("5-NN")
    page.get_by_test_id("draw").click()
    page.get_by_test_id("clear").click()
    expect(page.get_by_test_id("draw-note")).to_contain_text("two classes")
    assert violations(page) == []
    page.get_by_test_id("draw").click()
    page.get_by_test_id("touch").focus()
    page.keyboard.press("ArrowUp")
    expect(page.get_by_test_id("reading-0")).to_be_visible()
    assert violations(page) == []
    page.get_by_test_id("open-csv").click()
    page.get_by_test_id("csv-text").fill("1,2,a\n1,b,c")
    expect(page.get_by_test_id("csv-line")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_what_is_wrong(page: Page) -> None:
    page.goto("/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<button></button>')")
    assert any(found.startswith("button-name") for found in violations(page))
