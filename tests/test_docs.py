"""Pages that are written from the code say what the code says."""

import importlib.util
import re
from pathlib import Path

import pytest

from engine import OPS

TOP = Path(__file__).parents[1]
SPEC = importlib.util.spec_from_file_location("docs", TOP / "scripts" / "docs.py")
assert SPEC is not None
assert SPEC.loader is not None
DOCS = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(DOCS)


@pytest.mark.parametrize("name", DOCS.PAGES)
def test_page_is_up_to_date(name: str) -> None:
    written = (TOP / "docs" / name).read_text(encoding="utf-8")
    assert written == DOCS.PAGES[name](), "run `make docs`"


def test_every_file_that_the_walk_along_one_gate_names_is_there() -> None:
    text = (TOP / "docs" / "one-gate.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert links
    assert all((TOP / "docs" / link).exists() for link in links)
    record = OPS["tanh"]
    assert all(f"`{written}`" in text for written in (record.numpy, record.derivatives[0].numpy))
