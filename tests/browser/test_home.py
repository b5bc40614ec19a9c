"""The home page: a short gallery with its doors."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.graph_page import MINUS

DOORS = ["Graph", "Train", "Compare", "API"]


def test_every_door_opens(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for door in ("graph", "train", "api"):
        address = page.get_by_test_id(f"door-{door}").get_attribute("href")
        answer = page.request.get(str(address))
        assert answer.status == 200, address


def test_the_picture_shows_the_engines_numbers(page: Page) -> None:
    page.goto("/")
    numbers = page.get_by_role("img", name="Open the graph").locator(".number")
    expect(numbers).to_have_text(
        [f"{MINUS}2", f"{MINUS}4", "5", f"{MINUS}4", "3", f"{MINUS}4", f"{MINUS}4", "3", f"{MINUS}12", "1"]
    )


def test_a_card_opens_its_example(page: Page) -> None:
    page.goto("/")
    page.get_by_test_id("card-square").click()
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(page.get_by_test_id("editor")).to_contain_text("f = x * x")


def test_a_training_shows_its_points_and_opens(page: Page) -> None:
    page.goto("/")
    card = page.get_by_test_id("card-polar")
    card.scroll_into_view_if_needed()
    expect(card.locator("canvas")).to_have_attribute("data-filled", "true")
    expect(card.locator("svg text")).to_have_text(["2", "2"])
    card.click()
    expect(page.get_by_test_id("plane")).to_have_attribute("data-step", "0")
    expect(page.locator(".cm-content")).to_contain_text("scores = X @ W1 + b1")


def test_light_and_dark_are_a_choice_that_stays(page: Page) -> None:
    page.goto("/")
    toggle = page.get_by_test_id("theme-toggle")
    toggle.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    toggle.click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    for other in ("/api", "/graph"):
        page.goto(other)
        expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == dark


def test_the_page_fits_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/")
    expect(page.get_by_test_id("card-square")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    # the doors are in a menu, and all of them in sight once it is open
    page.get_by_test_id("pages").click()
    doors = page.get_by_role("dialog", name="Pages").get_by_role("link")
    expect(doors).to_have_text(DOORS)
    doors.filter(has_text="Compare").click()
    expect(page.get_by_test_id("pages")).to_have_text("Compare")
    # the pages that are read without a script have the same ones, in a row
    page.goto("/api")
    expect(page.get_by_role("navigation", name="Pages").get_by_role("link")).to_have_text(DOORS)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
