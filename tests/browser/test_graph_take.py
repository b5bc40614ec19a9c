"""What is taken away from the graph page, in a real Chromium: code, link, picture, trace, call."""

from __future__ import annotations

import ast
import json
import re
import struct
import subprocess
import sys
import zlib
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.graph_page import (
    FIRST,
    MINUS,
    NEURON,
    box_of,
    gradient_of,
    open_program,
    program_text,
    type_program,
    value_of,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import PageMaker

TARGETS = ("flat", "modular", "pytorch", "latex", "dot")
AWKWARD = '# it\'s "quoted" $HOME `ls` \\ !x π\nα = 3\nf = α * α'
LONG = "x = 3\nf = x * x" + "\n# and so on" * 200
READ_SVG = """(text) => {
  const picture = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  const texts = [...picture.querySelectorAll("text")].map((element) => element.textContent);
  const [title, words] = ["title", "desc"].map((name) => picture.querySelector(name).textContent);
  const size = ["width", "height"].map((name) => Number(picture.getAttribute(name)));
  const ground = picture.querySelector("rect").getAttribute("fill");
  return { name: picture.tagName, texts, title, words, size, ground };
}"""
READ_CLIPBOARD = "navigator.clipboard.readText()"


@pytest.fixture
def page(new_page: PageMaker) -> Page:
    """A page that may read what it has copied."""
    return new_page(permissions=["clipboard-read", "clipboard-write"], accept_downloads=True)


def open_beside(page: Page, beside: str, source: str = FIRST, step: int | None = None) -> None:
    """Open a program, and what stands beside its drawing."""
    open_program(page, source, step)
    page.get_by_test_id(f"open-{beside}").click()
    expect(page.get_by_test_id("beside")).to_be_visible()


def lines_of(page: Page, key: str) -> Locator:
    """The lines of code that belong to the node with this key."""
    return page.locator(f'[data-testid="code-line"][data-key="{key}"]')


def saved(page: Page, testid: str, folder: Path) -> Path:
    """The file that a button saves."""
    with page.expect_download() as download:
        page.get_by_test_id(testid).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def pixels_of(png: bytes) -> tuple[int, int, set[bytes]]:
    """Width, height and the distinct rows of bytes of a PNG, which must be whole."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    raw = zlib.decompress(data)
    row = len(raw) // height
    return width, height, {raw[i * row : (i + 1) * row] for i in range(height)}


@pytest.mark.parametrize("target", TARGETS)
def test_every_form_of_the_code_is_copied_whole(page: Page, target: str) -> None:
    open_beside(page, "code")
    page.get_by_test_id(f"code-{target}").click()
    code = page.get_by_test_id("code")
    expect(code).to_have_attribute("data-target", target)
    page.get_by_test_id("code-copy").click()
    expect(page.get_by_test_id("code-copy")).to_have_text("Copied")
    copied = page.evaluate(READ_CLIPBOARD)
    assert len(copied.rstrip("\n").split("\n")) == page.get_by_test_id("code-line").count()
    assert copied.endswith("\n")


def test_the_saved_code_runs_and_gives_the_same_numbers(page: Page, tmp_path: Path) -> None:
    open_beside(page, "code")
    expect(page.get_by_test_id("code")).to_contain_text("import numpy")
    path = saved(page, "code-save", tmp_path)
    assert path.name == "f_flat.py"
    printed = subprocess.run(
        [sys.executable, "-I", path], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert "f = -12" in printed
    assert "grad_z = 3" in printed


def test_a_line_pointed_at_lights_its_gate_and_a_gate_its_lines(page: Page) -> None:
    open_beside(page, "code")
    line = lines_of(page, "q").first
    line.hover()
    gate = page.locator('[data-testid="gate"][data-key="q"]')
    expect(gate).to_have_class(re.compile("pointed"))
    expect(line).to_have_class(re.compile("pointed"))
    page.get_by_test_id("walk-position").hover()
    expect(page.locator('[data-testid="code-line"].pointed')).to_have_count(0)
    gate.hover()
    expect(line).to_have_class(re.compile("pointed"))


def test_lines_are_reached_by_the_keyboard(page: Page) -> None:
    open_beside(page, "code")
    expect(lines_of(page, "q").first).to_be_visible()
    page.get_by_test_id("code-save").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_test_id("code")).to_be_focused()
    active = page.locator('[data-testid="code-line"][aria-selected="true"]')
    expect(active).to_have_count(1)
    first = int(active.get_attribute("data-line") or "-1")
    page.keyboard.press("ArrowDown")
    expect(active).to_have_attribute("data-line", str(first + 1))
    expect(page.get_by_test_id("code")).to_have_attribute("aria-activedescendant", f"code-line-{first + 1}")


def test_the_step_lights_its_lines_and_brings_them_into_view(page: Page) -> None:
    open_beside(page, "code", NEURON)
    turn = page.locator('[data-testid="code-line"].turn')
    expect(turn.first).to_be_in_viewport()
    page.keyboard.press("Home")
    expect(turn).to_have_count(0)
    page.keyboard.press("ArrowRight")
    expect(turn).to_contain_text("w0 * x0")
    expect(turn).to_be_in_viewport()
    lines = page.get_by_test_id("code")
    room, row = box_of(lines), box_of(turn)
    assert room["y"] <= row["y"] <= room["y"] + room["height"]
    assert page.evaluate("scrollY") == 0


def test_the_code_follows_the_program_and_outlives_a_mistake(page: Page) -> None:
    open_beside(page, "code", "x = 2\nf = x * 3")
    code = page.get_by_test_id("code")
    expect(code).to_contain_text("f = x * 3")
    type_program(page, "x = 2\nf = x * 4")
    expect(code).to_contain_text("f = x * 4")
    type_program(page, "x = 2\nf = x *")
    expect(code).to_have_class(re.compile("dimmed"))
    expect(code).to_contain_text("f = x * 4")


def test_the_rows_of_latex_are_set_or_shown_as_written(page: Page) -> None:
    open_beside(page, "code")
    page.get_by_test_id("code-latex").click()
    expect(page.get_by_test_id("code").locator(".katex").first).to_be_visible()
    page.get_by_test_id("code-typeset").click()
    expect(page.get_by_test_id("code").locator(".katex")).to_have_count(0)
    expect(page.get_by_test_id("code")).to_contain_text(r"\begin{align*}")


def test_the_link_restores_program_values_step_and_view(page: Page, new_page: PageMaker) -> None:
    source = "f = (x + y) * z"
    page.goto(
        "/graph?source=f+%3D+%28x+%2B+y%29+*+z&inputs=%7B%22x%22%3A7%2C%22y%22%3A5%2C%22z%22%3A-4%7D&step=1"
        "&constants=off&code=latex"
    )
    expect(page.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    page.get_by_test_id("open-take").click()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_test_id("walk-position")).to_contain_text("2/5")
    page.get_by_test_id("link-copy").click()
    link = page.evaluate(READ_CLIPBOARD)
    assert link == page.get_by_test_id("link").inner_text()

    other = new_page()
    other.goto(link)
    expect(other.get_by_test_id("drawing")).to_have_attribute("data-drawn", "true")
    expect(other.get_by_test_id("walk-position")).to_contain_text("2/5")
    expect(value_of(other, "output:f")).to_have_text(f"{MINUS}48")
    assert program_text(other) == source
    # the reader of a link wants the graph
    expect(other.get_by_test_id("beside")).to_have_count(0)
    expect(other).to_have_url(re.compile("constants=off"))
    other.get_by_test_id("open-code").click()
    expect(other.get_by_test_id("code-latex")).to_have_attribute("aria-selected", "true")


def test_a_long_link_is_warned_of(page: Page) -> None:
    open_beside(page, "take")
    expect(page.get_by_test_id("link")).to_be_visible()
    expect(page.get_by_test_id("link-long")).to_have_count(0)
    # each is six characters of an address
    type_program(page, f"# {'π' * 2000}\nx = 2\nf = x * 3")
    expect(page.get_by_test_id("link-long")).to_be_visible()


def test_the_svg_is_the_whole_graph_and_stands_alone(page: Page, new_page: PageMaker, tmp_path: Path) -> None:
    open_beside(page, "take", NEURON)
    page.get_by_test_id("picture-theme").select_option("light")
    path = saved(page, "save-svg", tmp_path)
    assert path.name == "f.svg"
    text = path.read_text("utf-8")
    for outside in ("var(", "class=", "url(", "href=", "light-dark", "<!--"):
        assert outside not in text
    picture = page.evaluate(READ_SVG, text)
    assert picture["name"] == "svg"
    assert {"w0", "x1", "exp", "0.3679", f"{MINUS}0.5344"} <= set(picture["texts"])
    assert picture["title"] == "Computational graph of f"
    assert picture["words"] == NEURON
    assert picture["ground"] == "#ffffff"

    alone = new_page()
    alone.set_content(text)
    inside = alone.evaluate(
        """() => {
          const all = document.querySelector("svg").getBoundingClientRect();
          return [...document.querySelectorAll("svg g *")].every((element) => {
            const { left, right, top, bottom } = element.getBoundingClientRect();
            return left >= all.left && right <= all.right && top >= all.top && bottom <= all.bottom;
          });
        }"""
    )
    assert inside, "something of the picture is cut off"


def test_the_picture_shows_as_much_as_the_walk(page: Page, tmp_path: Path) -> None:
    open_beside(page, "take", FIRST, step=1)
    texts = page.evaluate(READ_SVG, saved(page, "save-svg", tmp_path).read_text("utf-8"))["texts"]
    assert "3" in texts
    assert f"{MINUS}12" not in texts


def test_the_png_is_twice_as_sharp_and_not_blank(page: Page, tmp_path: Path) -> None:
    open_beside(page, "take", NEURON)
    size = page.evaluate(READ_SVG, saved(page, "save-svg", tmp_path).read_text("utf-8"))["size"]
    path = saved(page, "save-png", tmp_path)
    assert path.name == "f.png"
    width, height, rows = pixels_of(path.read_bytes())
    assert (width, height) == (2 * size[0], 2 * size[1])
    assert len(rows) > height / 4


def test_the_trace_is_the_answer_of_the_api(page: Page, tmp_path: Path) -> None:
    with page.expect_response("**/api/v1/graph") as answered:
        open_program(page, FIRST)
    page.get_by_test_id("open-take").click()
    path = saved(page, "save-trace", tmp_path)
    assert path.name == "f_trace.json"
    trace = json.loads(path.read_text("utf-8"))
    assert trace == answered.value.json()
    assert trace["value"] == -12
    page.get_by_test_id("trace-copy").click()
    expect(page.get_by_test_id("trace-copy")).to_have_text("Copied")
    assert json.loads(page.evaluate(READ_CLIPBOARD)) == trace


@pytest.mark.parametrize("source", [FIRST, AWKWARD, LONG], ids=["plain", "awkward", "long"])
@pytest.mark.parametrize(("caller", "command"), [("curl", "sh"), ("Python", sys.executable)])
def test_the_call_gives_the_trace(page: Page, tmp_path: Path, source: str, caller: str, command: str) -> None:
    open_beside(page, "take", source)
    page.get_by_test_id("caller").select_option(caller)
    page.get_by_test_id("call-copy").click()
    expect(page.get_by_test_id("call-copy")).to_have_text("Copied")
    call = page.evaluate(READ_CLIPBOARD)
    assert len(call) < 600
    if source == LONG:
        saved(page, "save-question", tmp_path)
    called = subprocess.run(
        [command, "-c", call], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    ).stdout
    trace = json.loads(saved(page, "save-trace", tmp_path).read_text("utf-8"))
    if caller == "curl":
        assert json.loads(called) == trace
    else:
        assert ast.literal_eval(called) == trace["gradients"]


def test_a_refused_clipboard_is_said(new_page: PageMaker) -> None:
    page = new_page()
    page.add_init_script(
        "navigator.clipboard.writeText = () => Promise.reject(new Error('refused'));"
        "document.execCommand = () => false;"
    )
    open_beside(page, "take")
    page.get_by_test_id("link-copy").click()
    expect(page.get_by_test_id("link-copy")).to_have_text("Not copied")


def test_gradients_are_read_beside_the_code(page: Page) -> None:
    open_beside(page, "code")
    lines_of(page, "q").first.click()
    expect(page.locator('[data-testid="gate"][data-lit]')).to_have_attribute("data-key", "q")
    expect(gradient_of(page, "q<0")).to_have_text(f"{MINUS}4")
