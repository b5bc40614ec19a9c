"""Every op against PyTorch: values and gradients."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from programs import program_for

from engine import OPS, trace

GOLDEN = Path(__file__).parents[2] / "golden"
CASES = json.loads((GOLDEN / "ops.json").read_text())["cases"]
PUBLISHED = json.loads((GOLDEN / "published.json").read_text())["cases"]


@pytest.mark.parametrize("case", [*CASES, *PUBLISHED], ids=lambda case: case["op"])
def test_op_equals_pytorch(case: dict[str, Any]) -> None:
    source = program_for(case["op"], len(case["arguments"]), case["options"])
    inputs = {f"p{position}": value for position, value in enumerate(case["arguments"])}
    traced = trace(source, inputs, upstream=case["upstream"])
    np.testing.assert_allclose(traced.value, case["value"], rtol=1e-12, atol=1e-14)
    for position, gradient in enumerate(case["gradients"]):
        if gradient is None:
            assert f"p{position}" not in traced.gradients
        else:
            np.testing.assert_allclose(traced.gradients[f"p{position}"], gradient, rtol=1e-10, atol=1e-12)


def test_every_op_has_a_golden_case() -> None:
    assert {case["op"] for case in CASES} == set(OPS)
