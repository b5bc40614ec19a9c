"""A minibatch handed over by another page: opened in a tab of its own, kept there, taken away by a link."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import httpx
from playwright.sync_api import Page, expect

from tests.browser.graph_page import value_of

if TYPE_CHECKING:
    from tests.browser.server import Server

HAND_OVER = """lesson => {
  sessionStorage.setItem("chainrule.opened", JSON.stringify({ version: 1, ...lesson }));
  window.open("/graph?opened=1");
}"""


def minibatch(server: Server, hidden: list[int], size: int) -> dict[str, Any]:
    """A minibatch at the start of a training, whole, as the API answers it."""
    trainings = f"{server.url}/api/v1/trainings"
    program = httpx.post(f"{trainings}/program", json={"hidden": hidden, "classes": 3}).json()["program"]
    data = {"name": "spiral", "classes": 3, "samples": 600}
    spec = {"program": program, "data": data, "batch_size": size}
    answer: dict[str, Any] = httpx.post(f"{trainings}/batch", json={"spec": spec, "inputs": True}).json()
    return answer


def test_a_minibatch_of_256_at_width_100_opens_in_a_tab_of_its_own(page: Page, server: Server) -> None:
    batch = minibatch(server, [100, 100], 256)
    page.goto("/train")
    lesson = {"source": batch["source"], "inputs": batch["inputs"], "output": batch["loss"]}
    with page.expect_popup() as opened:
        page.evaluate(HAND_OVER, lesson | {"about": "256 points of the spiral."})
    graph = opened.value
    expect(graph.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(graph.get_by_test_id("look")).to_have_text("256 points of the spiral.")
    value = f"{batch['value']:.4g}"
    expect(value_of(graph, "output:loss")).to_have_text(value)
    # the walk is a matter of its own: nothing is asked for a step
    graph.keyboard.press("Home")
    graph.keyboard.press("ArrowRight")
    expect(graph.get_by_test_id("walk-position")).to_contain_text(re.compile(r"\b1/"))
    # a change is asked for where so many numbers fit, and stays the tab's own
    with graph.expect_response("**/api/v1/trainings/graph"):
        graph.get_by_test_id("fold-b3").click()
        graph.get_by_test_id("input-b3[0]").fill("2.5")
    expect(value_of(graph, "output:loss")).to_have_count(0)
    graph.keyboard.press("Escape")
    graph.wait_for_function("() => /2\\.5/.test(sessionStorage['chainrule.opened'])")
    assert graph.url.endswith("/graph?opened=1")
    graph.reload()
    expect(graph.get_by_test_id("walk-position")).to_contain_text(re.compile(r"\b1/"))
    graph.get_by_test_id("fold-b3").click()
    expect(graph.get_by_test_id("input-b3[0]")).to_have_value("2.5")
    # its link holds all of it behind a #, which no server has to take
    graph.get_by_test_id("open-take").click()
    link = graph.get_by_test_id("link").inner_text()
    assert "/graph#v=1&source=" in link
    page.goto(link)
    page.get_by_test_id("fold-b3").click()
    expect(page.get_by_test_id("input-b3[0]")).to_have_value("2.5")
    graph.close()


def test_what_is_not_there_or_mangled_opens_with_a_notice(page: Page, server: Server) -> None:
    for kept, words in ((None, "no longer kept"), ("{oops", "could not be read")):
        page.goto("/")
        if kept is not None:
            page.evaluate("text => sessionStorage.setItem('chainrule.opened', text)", kept)
        page.goto("/graph?opened=1")
        expect(page.get_by_test_id("notice")).to_contain_text(words)
        expect(page.get_by_test_id("gate")).not_to_have_count(0)
    # a small one becomes a link that can be passed on
    batch = minibatch(server, [16, 16], 32)
    lesson = {"version": 2, "source": batch["source"], "inputs": batch["inputs"], "new": "field"}
    page.evaluate("text => sessionStorage.setItem('chainrule.opened', text)", json.dumps(lesson))
    page.goto("/graph?opened=1")
    expect(page.get_by_test_id("notice")).to_contain_text("newer version")
    expect(value_of(page, "output:loss")).to_have_text(f"{batch['value']:.4g}")
    page.wait_for_url(re.compile(r"/graph\?v=1&source="))
