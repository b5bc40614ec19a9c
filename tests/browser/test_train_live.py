"""Several trainings at once, unseen ones, and ones whose server is lost and found again."""

import msgpack
from playwright.sync_api import Page, expect

from tests.browser.conftest import PageMaker
from tests.browser.server import Server
from tests.browser.training import PIXELS, at_least, opened, play, settled

LOST = [
    r"WebSocket connection to .* failed",
    r"ERR_CONNECTION_REFUSED",
    r"ERR_CONNECTION_RESET",
    r"ERR_EMPTY_RESPONSE",
]


def test_two_tabs_train_at_once(page: Page, new_page: PageMaker) -> None:
    other = new_page()
    opened(page)
    opened(other, "?data=circles&classes=2&seed=3")
    play(page).click()
    play(other).click()
    for tab in (page, other):
        at_least(tab, "validation-accuracy", 90.1)
        now = int(tab.get_by_test_id("step").inner_text().replace(",", ""))
        at_least(tab, "step", now + 50)
    play(page).click()
    paused = settled(page)
    now = int(other.get_by_test_id("step").inner_text().replace(",", ""))
    at_least(other, "step", now + 50)
    assert settled(page) == paused


def test_a_hidden_tab_trains_on_unseen(page: Page) -> None:
    opened(page)
    page.evaluate("""() => {
      window.__hidden = false;
      Object.defineProperty(document, "hidden", { get: () => window.__hidden });
    }""")
    play(page).click()
    at_least(page, "step", 10)
    page.evaluate("() => { window.__hidden = true; }")
    hidden_at = settled(page)
    pixels = page.evaluate(PIXELS)
    assert settled(page) == hidden_at
    assert page.evaluate(PIXELS) == pixels
    page.evaluate("() => { window.__hidden = false; document.dispatchEvent(new Event('visibilitychange')); }")
    at_least(page, "step", hidden_at + 100)
    expect(play(page)).to_have_text("Pause")


def test_a_lost_server_is_said_and_training_goes_on_from_the_last_state(
    own_server: Server, new_page: PageMaker, expected_errors: list[str]
) -> None:
    expected_errors.extend(LOST)
    page = new_page(base_url=own_server.url)
    states: list[int] = []

    def note(content: bytes | str) -> None:
        message = msgpack.unpackb(content)
        if message["type"] == "state":
            states.append(message["step"])

    page.on("websocket", lambda socket: socket.on("framereceived", note))
    opened(page)
    play(page).click()
    at_least(page, "validation-accuracy", 90.1)
    while states[-1] == 0:
        at_least(page, "step", 1)
    own_server.kill()
    banner = page.get_by_test_id("connection-banner")
    expect(banner).to_be_visible()
    last = settled(page)
    accuracy = page.get_by_test_id("validation-accuracy").inner_text()
    # playing, and what was reached a moment before is kept
    expect(play(page)).to_have_text("Pause")
    kept = set(states)
    own_server.start()
    returned = page.get_by_test_id("returned")
    expect(returned).to_contain_text("going on from step")
    found = int(returned.locator(".number").inner_text().replace(",", ""))
    # a state may come a moment before the frame that shows it
    assert found > 0
    assert found in kept
    expect(banner).to_have_count(0)
    at_least(page, "step", last + 20)
    at_least(page, "validation-accuracy", float(accuracy.rstrip("\u2009%")) - 15)


def test_a_server_lost_at_rest_resumes_at_the_very_step(
    own_server: Server, new_page: PageMaker, expected_errors: list[str]
) -> None:
    expected_errors.extend(LOST)
    page = new_page(base_url=own_server.url)
    opened(page)
    for _ in range(2):
        page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("2")
    loss = page.get_by_test_id("loss").inner_text()
    own_server.stop()
    expect(page.get_by_test_id("connection-banner")).to_be_visible()
    expect(page.get_by_test_id("step-update")).to_be_disabled()
    # asked at once, it is still away
    page.get_by_test_id("connection-banner").get_by_role("button").click()
    expect(page.get_by_test_id("connection-banner")).to_be_visible()
    own_server.start()
    expect(page.get_by_test_id("returned")).to_be_visible()
    assert settled(page) == 2
    expect(page.get_by_test_id("loss")).to_have_text(loss)
    page.get_by_test_id("step-update").click()
    expect(page.get_by_test_id("step")).to_have_text("3")
