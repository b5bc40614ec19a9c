"""The compare page: nets side by side, two things changed at once, the guided run, the race."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import MINUS, box_of
from tests.browser.training import address, fill

if TYPE_CHECKING:
    from tests.browser.conftest import PageMaker
    from tests.browser.server import Server

PIXELS = """id => document.querySelector(`[data-testid="lane-${id}"] canvas`).toDataURL()"""


def lane(page: Page, index: int) -> Locator:
    return page.get_by_test_id(f"lane-{index}")


def steps(page: Page) -> list[str]:
    """The step of each net's boundary."""
    planes = page.get_by_test_id("side").get_by_test_id("plane")
    found: list[str] = planes.evaluate_all("all => all.map(one => one.dataset.step)")
    return found


def all_at(page: Page, step: int) -> None:
    for plane in page.get_by_test_id("side").get_by_test_id("plane").all():
        expect(plane).to_have_attribute("data-step", str(step))


def test_nets_side_by_side(page: Page) -> None:
    page.goto("/compare?data=circles&classes=2&samples=80&vary=hidden&vary_values=3,6,20")
    all_at(page, 0)
    expect(page.get_by_test_id("name-2")).to_have_text("20 units")
    # in step: every net has made as many updates, however they are asked for
    page.keyboard.press("ArrowRight")
    all_at(page, 1)
    page.get_by_test_id("step-hundred").click()
    all_at(page, 101)
    kept = [page.evaluate(PIXELS, str(index)) for index in range(3)]
    assert len(set(kept)) == 3
    # pause keeps every state: the nets go on from there, all by the same number
    page.keyboard.press("Space")
    page.wait_for_function(
        """() => Number(document.querySelector('[data-testid="plane"]').dataset.step) > 200"""
    )
    page.keyboard.press("Space")
    expect(page.get_by_test_id("play")).to_have_attribute("data-playing", "false")
    paused = steps(page)
    assert len(set(paused)) == 1
    page.get_by_test_id("step-update").click()
    all_at(page, int(paused[0]) + 1)
    expect(page.get_by_test_id("best")).to_have_count(1)
    # the same start gives the same bits
    page.get_by_test_id("reset").click()
    all_at(page, 0)
    page.get_by_test_id("step-update").click()
    all_at(page, 1)
    page.get_by_test_id("step-hundred").click()
    all_at(page, 101)
    assert [page.evaluate(PIXELS, str(index)) for index in range(3)] == kept
    # a value edited, a net more, a net less, a word for what cannot be
    fill(page, "value-1", "12-4")
    expect(page.get_by_test_id("name-1")).to_have_text("12\u20134 units")
    fill(page, "value-1", "lots")
    expect(page.locator("#value-1-why")).to_contain_text("no number")
    fill(page, "value-1", "12-4")
    page.get_by_test_id("add-net").click()
    expect(page.get_by_test_id("name-3")).to_have_text("40 units")
    page.get_by_test_id("remove-0").click()
    expect(lane(page, 3)).to_have_count(0)
    page.wait_for_url(re.compile(r"vary_values=12-4,20,40"))
    # what is the same for all
    page.get_by_test_id("common").click()
    page.get_by_test_id("common-data").select_option("sine")
    # values have no accuracy to draw
    expect(page.get_by_test_id("together-curve-accuracy")).to_have_count(0)
    page.get_by_test_id("common-data").select_option("xor")
    expect(page.get_by_test_id("together-curve-accuracy")).to_be_visible()
    fill(page, "common-regularization", "0.02")
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("common-words")).to_contain_text("0.02")
    # another thing changed
    page.get_by_test_id("vary").select_option("rule")
    expect(page.get_by_test_id("name-0")).to_contain_text("SGD")
    page.get_by_test_id("value-0-schedule").select_option("cosine")
    expect(page.get_by_test_id("name-0")).to_contain_text("cosine")
    all_at(page, 0)
    # one opens on the training page with its very settings, and the training page brings them back
    page.wait_for_url(re.compile("sgd:0.5:cosine"))
    page.get_by_test_id("open-0").click()
    expect(page.locator('[data-testid="plane"][data-step="0"]')).to_be_visible()
    said = address(page)
    settings = {"data": "xor", "optimizer": "sgd", "schedule": "cosine", "regularization": "0.02"}
    assert settings.items() <= said.items()
    page.get_by_role("link", name="Compare", exact=True).click()
    expect(page.get_by_test_id("common-words")).to_contain_text("0.02")
    # the chart that is looked at is part of the link
    page.get_by_test_id("together-curve-training").click()
    page.get_by_test_id("together-log").check()
    page.wait_for_url(re.compile("chart=training&powers=1"))
    page.reload()
    expect(page.get_by_test_id("together-log")).to_be_checked()
    expect(page.get_by_role("radio", name="Training loss")).to_be_checked()
    # the lecture's comparisons, one click away
    page.get_by_test_id("presets").click()
    page.get_by_test_id("preset-decay").click()
    names = ["SGD 1", "SGD 1, cosine", "Adam 0.01", "Adam 0.01, cosine"]
    expect(page.get_by_test_id("side").locator('[data-testid^="name-"]')).to_have_text(names)
    all_at(page, 0)


def test_two_things_changed_at_once(page: Page) -> None:
    noisy = "data=moons&classes=2&noise=0.4&samples=200&held_out=0.4&features=6%20*%20x%0A6%20*%20y&rate=0.02"
    page.goto(
        f"/compare?{noisy}&room=grid&vary=hidden&vary_values=32"
        "&and=regularization&and_values=0.001,0.01,0.1&updates=2000"
    )
    expect(page.get_by_test_id("grid-words")).to_contain_text("3 nets")
    page.get_by_test_id("play").click()
    # partial results while it runs; called off, they stay, and it goes on from them
    expect(page.get_by_test_id("cell-0")).to_have_attribute("data-rank", re.compile(r"\d"))
    page.get_by_test_id("play").click()
    expect(page.get_by_test_id("play")).to_have_text("Go on")
    expect(page.get_by_test_id("cell-0").get_by_test_id("plane")).not_to_have_attribute("data-step", "0")
    page.get_by_test_id("play").click()
    # L22: with too small a penalty it overfits, with too large a one it underfits; the same bits every time
    expect(page.get_by_test_id("grid-words")).to_contain_text("done: 32 units, \u03bb 0.01 has the lowest")
    expect(page.get_by_test_id("cell-1")).to_have_attribute("data-rank", "1")
    page.get_by_test_id("arranged-ranked").click()
    expect(page.get_by_test_id("cell-ranked-1")).to_have_attribute(
        "href", re.compile(r"regularization=0.01&")
    )
    page.get_by_test_id("arranged-grid").click()
    page.get_by_test_id("add-row").click()
    expect(page.get_by_test_id("row-1")).to_have_text("64 units")
    expect(page.get_by_test_id("grid-words")).to_contain_text("6 nets, not trained yet")
    page.get_by_test_id("and").select_option("seed")
    page.wait_for_url(re.compile("and=seed"))


def test_the_guided_run(page: Page) -> None:
    page.goto("/compare?room=guided")
    verdict = page.get_by_test_id("verdict")
    # two units do not reach the noise; each stage is trained live, and what is said is read off its losses
    expect(verdict).to_have_attribute("data-kind", "together")
    page.keyboard.press("PageDown")
    expect(page.get_by_test_id("stage-title")).to_have_text("Grow: 4 units")
    expect(verdict).to_have_attribute("data-kind", "overfits")
    page.keyboard.press("PageUp")
    # beside a net that does better on points it never saw
    expect(verdict).to_have_attribute("data-kind", "underfits")
    page.get_by_test_id("question-lambda").click()
    expect(page.get_by_test_id("name-1")).to_have_text("\u03bb 0.01")


BUSY = {"type": "about:blank", "title": "Busy", "status": 503, "detail": "others are first", "code": "busy"}


def test_optimizers_race_down_a_landscape(page: Page, expected_errors: list[str]) -> None:
    # the first question meets a full line, and is asked again when the server says
    expected_errors.append("503")
    page.route(
        "**/api/v1/trainings/landscape",
        lambda route: (
            route.fulfill(
                status=503, headers={"Retry-After": "1"}, content_type="application/problem+json", json=BUSY
            )
            if route.request.method == "POST"
            else route.fallback()
        ),
        times=2,
    )
    page.goto("/compare?room=landscape&surface=ravine")
    kind, landscape = page.get_by_test_id("landscape-kind"), page.get_by_test_id("landscape")
    expect(kind).to_have_attribute("data-kind", "exact")
    # where they came to, to the last bit the same every time
    expect(page.get_by_test_id("racer-loss-sgd")).to_have_text(f"1.0e{MINUS}4")
    page.get_by_test_id("scrub").fill("0")
    expect(page.get_by_test_id("racer-loss-sgd")).to_have_text(
        page.get_by_test_id("racer-loss-adam").inner_text()
    )
    page.get_by_test_id("play").click()
    page.wait_for_function(
        """() => Number(document.querySelector('[data-testid="landscape"]').dataset.time) > 3"""
    )
    page.get_by_test_id("play").click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("play")).to_have_attribute("data-playing", "false")
    # another racer, a rate too high, another start by hand and by keys
    page.get_by_test_id("racer-adagrad").check()
    expect(landscape).to_have_attribute("data-paths", "5")
    fill(page, "rate-sgd", "5")
    expect(page.locator("#rate-sgd-why")).to_contain_text("try 0.5")
    page.get_by_test_id("racer-sgd").uncheck()
    expect(landscape).to_have_attribute("data-paths", "4")
    start = page.get_by_test_id("start")
    box = box_of(start)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] - 60, box["y"] + 90, steps=4)
    page.mouse.up()
    page.wait_for_url(re.compile(r"start=0\.\d+,0\.\d+"))
    start.focus()
    page.keyboard.press("ArrowUp")
    page.get_by_test_id("start-usual").click()
    expect(page.get_by_test_id("start-0")).to_have_value("1")
    # a net's own landscape is a projection, and says so
    page.get_by_test_id("surface").select_option("net")
    expect(kind).to_have_attribute("data-kind", "projected")
    expect(page.locator("#rate-adam-why")).to_contain_text("% of its way is seen here")
    expect(page.get_by_test_id("start")).to_have_count(0)
    page.get_by_test_id("directions-random").check(force=True)
    page.wait_for_url(re.compile("directions=random"))


def test_the_server_goes_and_comes_back(
    new_page: PageMaker, own_server: Server, expected_errors: list[str]
) -> None:
    expected_errors.append("Failed to load resource|ERR_")
    page = new_page(base_url=own_server.url, viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page.goto("/compare?data=circles&classes=2&samples=80&vary=hidden&vary_values=3,6&pace=100")
    all_at(page, 0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Space")
    page.wait_for_function(
        """() => Number(document.querySelector('[data-testid="plane"]').dataset.step) > 0"""
    )
    own_server.kill()
    expect(page.get_by_test_id("connection-banner")).to_be_visible()
    reached = int(steps(page)[0])
    assert reached > 0
    own_server.start()
    page.get_by_role("button", name="Try now").click()
    # it goes on from where it was, by itself
    page.wait_for_function(
        f"""() => Number(document.querySelector('[data-testid="plane"]').dataset.step) > {reached}"""
    )
    expect(page.get_by_test_id("connection-banner")).to_have_count(0)
