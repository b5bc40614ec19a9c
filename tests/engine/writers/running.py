"""Running written programs in a process of their own, and comparing what they say with a trace."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from engine import Trace

RUNNER = Path(__file__).with_name("runner.py")


def run(texts: Sequence[str], allowed: str = "numpy") -> list[dict[str, Any]]:
    """What each program answers. One process for all: starting Python costs more than they do."""
    done = subprocess.run(
        [sys.executable, "-I", "-X", "utf8", str(RUNNER), allowed],
        input=json.dumps(list(texts)),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


def array(numbers: Any) -> np.ndarray:
    """Nested lists of exact texts as an array."""

    def read(item: Any) -> Any:
        return [read(one) for one in item] if isinstance(item, list) else float.fromhex(item)

    return np.array(read(numbers), dtype=np.float64)


def assert_same(answer: dict[str, Any], trace: Trace, rtol: float = 1e-12) -> None:
    """The program gives the trace's value and gradients, shapes included."""
    assert "error" not in answer, answer["error"]
    pairs = {"the value": (array(answer["value"]), trace.value)}
    for name, gradient in trace.gradients.items():
        pairs[f"the gradient of {name}"] = (array(answer["gradients"][name]), gradient)
    for what, (got, expected) in pairs.items():
        assert got.shape == expected.shape, what
        np.testing.assert_allclose(got, expected, rtol=rtol, atol=1e-14, err_msg=what)
