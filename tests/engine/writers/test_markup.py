"""The LaTeX and DOT that a test of the front-end gives to KaTeX and Graphviz is what is written now."""

import json
import sys
from pathlib import Path

GOLDEN = Path(__file__).parents[2] / "golden"
sys.path.insert(0, str(GOLDEN))

from make_markup import texts  # noqa: E402


def test_the_texts_that_are_parsed_are_those_written() -> None:
    stored = json.loads((GOLDEN / "markup.json").read_text(encoding="utf-8"))
    written = texts()
    assert set(stored) == set(written)
    for name, text in written.items():
        assert text == stored[name], f"{name}: run tests/golden/make_markup.py"
