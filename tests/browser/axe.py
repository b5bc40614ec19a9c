"""axe, the engine of accessibility checks, run in a page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async ([part, rules]) => {
  // what is still fading in has no colours of its own yet; what never ends is not waited for
  const ending = document.getAnimations().filter(({ effect }) => effect.getTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => null)));
  const { violations } = await axe.run(part, rules ? { runOnly: rules } : {});
  const words = ({ target, failureSummary }) => `${target} ${failureSummary}`;
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(words).join(" | ")}`);
}"""


def violations(page: Page, part: str = "html") -> list[str]:
    """What axe finds wrong with this part of the page as it is now; in the dark only colours are others."""
    page.evaluate(AXE)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(RUN, [part, COLOURS])
    page.emulate_media(color_scheme="light")
    return [*page.evaluate(RUN, [part, None]), *(f"dark: {violation}" for violation in dark)]
