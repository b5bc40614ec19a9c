"""Pages that are written from the code say what the code says."""

import importlib.util
from pathlib import Path

import pytest

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
