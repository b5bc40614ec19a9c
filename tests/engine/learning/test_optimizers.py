"""Optimizers: each rule equals its reference, step for step, and its formula on paper."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "optimizers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("run", GOLDEN["runs"], ids=lambda run: f"{run['optimizer']} {run['settings']}")
def test_trajectories_equal_pytorchs_step_for_step(run: dict) -> None:
    spec = OptimizerSpec(run["optimizer"], **run["settings"])
    rule = OPTIMIZERS[spec.name]
    w = np.array(GOLDEN["start"])
    curvature = np.array(GOLDEN["curvature"])
    slots = tuple(np.zeros_like(w) for _ in rule.slots)
    for t, expected in enumerate(run["trajectory"], start=1):
        rule.update(w, curvature * w, slots, t, spec)
        np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_has_golden_values(name: str) -> None:
    assert any(run["optimizer"] == name for run in GOLDEN["runs"])


def test_momentum_on_paper() -> None:
    """v = 1, then 0.5 * 1 + 3 = 3.5; w = 0 - 0.1 * 1 - 0.1 * 3.5."""
    spec = OptimizerSpec("momentum", 0.1, momentum=0.5)
    w, velocity = np.zeros(1), np.zeros(1)
    for t, gradient in enumerate((1.0, 3.0), start=1):
        OPTIMIZERS["momentum"].update(w, np.array([gradient]), (velocity,), t, spec)
    assert w == pytest.approx([-0.45])


def test_adams_first_step_is_the_learning_rate_whatever_the_gradient() -> None:
    """m_hat = g and v_hat = g**2 after one update, so w moves by rate * sign(g)."""
    w = np.zeros(3)
    slots = (np.zeros(3), np.zeros(3))
    OPTIMIZERS["adam"].update(w, np.array([1e-4, -3.0, 1e5]), slots, 1, OptimizerSpec("adam", 0.25))
    np.testing.assert_allclose(w, [-0.25, 0.25, -0.25], rtol=1e-3)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_keeps_float32_and_leaves_the_gradient_alone(name: str) -> None:
    rule = OPTIMIZERS[name]
    w = np.ones(4, np.float32)
    gradient = np.arange(4, dtype=np.float32)
    slots = tuple(np.zeros(4, np.float32) for _ in rule.slots)
    rule.update(w, gradient, slots, 1, OptimizerSpec(name, rule.learning_rate))
    assert w.dtype == np.float32
    assert w[0] == 1
    assert (w[1:] < 1).all()
    assert np.array_equal(gradient, [0, 1, 2, 3])


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "lion"},
        {"learning_rate": -0.1},
        {"learning_rate": float("nan")},
        {"learning_rate": float("inf")},
        {"momentum": 1.5},
        {"beta1": 1.0},
        {"beta2": -0.1},
        {"epsilon": -1e-8},
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        OptimizerSpec(**changes)
