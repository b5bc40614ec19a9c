"""Size: a chain of 100,000 gates, in-process, with the limits raised; a gate of many arguments."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import engine
from engine import limits
from engine.ops import op


def test_a_chain_of_100_000_gates() -> None:
    gates = 100_000
    lines = ["x0 = 1", *(f"x{i + 1} = x{i} {'* 1.00001' if i % 2 else '+ 0.001'}" for i in range(gates))]
    traced = engine.trace("\n".join(lines), {}, limits=limits.UNLIMITED)
    assert len(traced.backward) == gates
    np.testing.assert_allclose(traced.gradients["x0"], 1.00001 ** (gates // 2), rtol=1e-9)


def test_what_comes_back_to_many_joined_values_is_asked_of_upstream_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compiled: list[int] = []
    function = op.function

    def counted(text: str, names: tuple[str, ...]) -> Callable[..., Any]:
        compiled.append(len(names))
        return function(text, names)

    monkeypatch.setattr(op, "function", counted)
    many = 400
    for join in ("concatenate", "stack"):
        compiled.clear()
        traced = engine.trace(f"x = [2]\nsum({join}([{', '.join(['x'] * many)}]))")
        assert traced.gradients["x"] == many
        assert sum(compiled) < 3 * many
