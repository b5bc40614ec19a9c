"""Size: a chain of 100,000 gates, in-process, with the limits raised."""

import numpy as np

import engine
from engine import limits


def test_a_chain_of_100_000_gates() -> None:
    gates = 100_000
    lines = ["x0 = 1", *(f"x{i + 1} = x{i} {'* 1.00001' if i % 2 else '+ 0.001'}" for i in range(gates))]
    traced = engine.trace("\n".join(lines), {}, limits=limits.UNLIMITED)
    assert len(traced.backward) == gates
    np.testing.assert_allclose(traced.gradients["x0"], 1.00001 ** (gates // 2), rtol=1e-9)
