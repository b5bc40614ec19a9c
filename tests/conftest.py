"""One BLAS thread for every test, and browser tests last."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

# nothing above imports numpy, which reads these once: the same bits on every run need one thread
for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

# a busy machine must not fail a property that holds
settings.register_profile("chainrule", deadline=None, print_blob=True)
settings.load_profile("chainrule")

BROWSER = Path(__file__).parent / "browser"


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Coroutine tests, marked `anyio`, run on asyncio as the server does."""
    return "asyncio"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark browser tests and put them last: they are slow, and Playwright holds its file's event loop."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: BROWSER in item.path.parents)
