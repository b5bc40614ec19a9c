"""Points drawn, moved and erased on the training page, and read from CSV text, while the training goes on."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import PageMaker
from tests.browser.test_train_plane import point_at
from tests.browser.training import START, address, at_least, opened, play, settled


def press(page: Page, x: float, y: float) -> None:
    """Press at a place of the plane."""
    point_at(page, x, y)
    page.mouse.down()
    page.mouse.up()


def drag(page: Page, *places: tuple[float, float]) -> None:
    """Press at the first place and let go at the last."""
    point_at(page, *places[0])
    page.mouse.down()
    for place in places[1:]:
        point_at(page, *place)
    page.mouse.up()


def expect_points(page: Page, classes: int, train: int, validation: int) -> None:
    """The plane tells of so many classes and points."""
    name = f"Decision boundary of {classes} classes, with {train} training and {validation} validation points"
    expect(page.get_by_role("img", name=name)).to_be_visible()


def test_points_are_drawn_moved_and_erased_while_it_trains(page: Page, new_page: PageMaker) -> None:
    opened(page)
    play(page).click()
    at_least(page, "step", 30)
    page.get_by_test_id("draw").click()
    page.get_by_test_id("brush-1").click()
    # three points of one stroke, while it trains and without a new start
    before = int(page.get_by_test_id("step").inner_text().replace(",", ""))
    drag(page, (-1.1, -1.1), (-1.0, -1.1), (-0.9, -1.1))
    expect(page.get_by_test_id("dataset")).to_have_value("own")
    expect_points(page, 3, 453, 150)
    at_least(page, "step", before + 30)
    expect(play(page)).to_have_text("Pause")
    play(page).click()
    at = settled(page)
    assert at > before
    # at rest too: the very same step, on the changed points; the fourth of a class is held out
    press(page, -0.5, -1.1)
    expect_points(page, 3, 453, 151)
    assert settled(page) == at
    # moved: no longer there, but here
    page.get_by_test_id("tool-move").click()
    drag(page, (-1.1, -1.1), (0.0, 1.0), (1.15, -1.15))
    page.get_by_test_id("draw").click()
    point_at(page, 1.15, -1.15)
    expect(page.get_by_test_id("reading-point")).to_contain_text("class 1, trained on")
    point_at(page, -1.1, -1.1)
    expect(page.get_by_test_id("reading-0")).to_be_visible()
    expect(page.get_by_test_id("reading-point")).to_have_count(0)
    # the link has them all, each in its part
    page.wait_for_url(re.compile("own="))
    other = new_page()
    other.goto(page.url)
    expect(other.locator(START)).to_be_visible()
    expect_points(other, 3, 453, 151)
    point_at(other, -0.5, -1.1)
    expect(other.get_by_test_id("reading-point")).to_contain_text("class 1, held out")
    # erased, and undone to the very beginning
    page.get_by_test_id("draw").click()
    page.get_by_test_id("tool-erase").click()
    press(page, 1.15, -1.15)
    expect_points(page, 3, 452, 151)
    for train, validation in ((453, 151), (453, 151), (453, 150), (450, 150)):
        page.keyboard.press("Control+z")
        expect_points(page, 3, train, validation)
    expect(page.get_by_test_id("dataset")).to_have_value("spiral")
    expect(page.get_by_test_id("undo")).to_be_disabled()
    assert settled(page) == at
    assert address(page)["data"] == "spiral"


def test_points_are_drawn_by_keys_from_nothing(page: Page) -> None:
    opened(page)
    page.get_by_test_id("own-points").click()
    expect(page.get_by_test_id("dataset")).to_have_value("own")
    page.get_by_test_id("clear").click()
    note = page.get_by_test_id("draw-note")
    expect(note).to_contain_text("two classes at least")
    page.get_by_test_id("touch").focus()
    page.keyboard.press("0")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(note).to_contain_text("must be held out")
    # nothing is trained on yet but what stood there before
    expect(page.get_by_test_id("legend")).to_contain_text("class 2")
    page.keyboard.press("0")
    for _ in range(2):
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
    expect_points(page, 2, 4, 1)
    expect(page.get_by_test_id("legend")).not_to_contain_text("class 2")
    # the batch cannot be larger than all there is
    expect(page.get_by_test_id("batch")).to_have_value("4")
    page.keyboard.press("2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect_points(page, 3, 5, 1)
    # taken up, carried by the arrows, let go
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Delete")
    expect_points(page, 3, 5, 1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect_points(page, 2, 4, 1)
    expect(page.get_by_test_id("reading-account")).to_have_text("5 points")
    expect(page.get_by_test_id("problem")).to_have_count(0)
    for _ in range(3):
        page.get_by_test_id("undo").click()
    expect_points(page, 2, 4, 1)


def test_a_finger_draws(new_page: PageMaker) -> None:
    page = opened(new_page(viewport={"width": 390, "height": 844}, has_touch=True), "?data=circles")
    page.get_by_test_id("draw").tap()
    page.get_by_test_id("brush-1").tap()
    box = page.get_by_test_id("plane").bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + 0.3 * box["width"], box["y"] + 0.9 * box["height"])
    expect_points(page, 2, 301, 100)
    page.get_by_test_id("draw").tap()
    page.touchscreen.tap(box["x"] + 0.5 * box["width"], box["y"] + 0.92 * box["height"])
    expect(page.get_by_test_id("reading-1")).to_be_visible()
    reading = page.get_by_test_id("reading").bounding_box()
    assert reading is not None
    assert box["x"] <= reading["x"]
    assert reading["x"] + reading["width"] <= box["x"] + box["width"]


DROP = """(text) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([text], "points.csv", { type: "text/csv" }));
  const happens = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("drop", happens));
}"""
PASTE = """(text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", text);
  const happens = { clipboardData, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new ClipboardEvent("paste", happens));
}"""
TWO = "x;y;label\n" + "\n".join(f"{at},5;{at % 3};{'even' if at % 2 == 0 else 'odd'}" for at in range(12))


def test_csv_is_dropped_pasted_and_trained_on_and_its_mistakes_have_a_line(page: Page) -> None:
    opened(page)
    page.get_by_test_id("open-csv").click()
    use, text, problem = (page.get_by_test_id(name) for name in ("csv-use", "csv-text", "problem"))
    expect(use).to_be_disabled()
    page.get_by_test_id("csv-sample").click()
    summary = page.get_by_test_id("csv-summary")
    expect(summary).to_have_text("30 points, separated by commas, under petal length, petal width, species.")
    expect(page.get_by_test_id("csv")).to_contain_text("class 2 is virginica, 10 points")
    # the mistake is named with its line, and the line is shown
    lines = text.input_value().split("\n")
    lines[4] = "wide,0.2,setosa"
    text.fill("\n".join(lines))
    expect(problem).to_contain_text(
        "Line 5: `wide` in column `petal length` is not a number".replace("`", "")
    )
    expect(use).to_be_disabled()
    page.get_by_test_id("csv-line").click()
    selected = text.evaluate("(box) => box.value.slice(box.selectionStart, box.selectionEnd)")
    assert selected == lines[4]
    page.keyboard.type("1.5,0.2,setosa")
    expect(summary).to_be_visible()
    use.click()
    expect(page.get_by_test_id("csv")).to_be_hidden()
    expect(page.get_by_test_id("dataset")).to_have_value("own")
    expect_points(page, 3, 24, 6)
    # as large as all there is
    expect(page.get_by_test_id("batch")).to_have_value("24")
    page.get_by_test_id("step-epoch").click()
    expect(page.get_by_test_id("step")).to_have_text("1")
    # a file dropped anywhere, in the middle of the training
    page.evaluate(DROP, TWO)
    expect(summary).to_have_text("12 points, separated by semicolons, under x, y, label.")
    expect(page.get_by_test_id("csv")).to_contain_text("class 0 is even, 6 points")
    page.get_by_test_id("csv-scale").uncheck()
    use.click()
    expect_points(page, 2, 8, 4)
    # more than a link holds: it says so instead of promising every choice
    page.evaluate(PASTE, "".join(f"{n % 71},{n % 97},{n % 2}\n" for n in range(5001)))
    use.click()
    page.get_by_test_id("take").click()
    expect(page.get_by_test_id("link-holds")).to_contain_text("all but your points: more than 5,000")
    page.keyboard.press("Escape")
    page.evaluate(PASTE, TWO)
    use.click()
    expect_points(page, 2, 8, 4)
    # pasted outside any box; what is of one class alone cannot be told apart
    page.evaluate(PASTE, "1,2,a\n3,4,a\n")
    expect(problem).to_contain_text("every label is a", ignore_case=True)
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("csv")).to_be_hidden()
    expect_points(page, 2, 8, 4)
