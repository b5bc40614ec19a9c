"""Optimizers: each rule equals its reference, step for step, and its formula on paper."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec, decay

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "optimizers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("run", GOLDEN["runs"], ids=lambda run: f"{run['optimizer']} {run['settings']}")
def test_trajectories_equal_pytorchs_step_for_step(run: dict) -> None:
    spec = OptimizerSpec(run["optimizer"], **run["settings"])
    rule = OPTIMIZERS[spec.name]
    w = np.array(GOLDEN["start"])
    curvature = np.array(GOLDEN["curvature"])
    slots = tuple(np.zeros_like(w) for _ in rule.slots)
    strength = np.full(w.shape, spec.weight_decay)
    for t, expected in enumerate(run["trajectory"], start=1):
        gradient = curvature * w
        decay(w, gradient, strength, spec.learning_rate, rule.decoupled)
        rule.update(w, gradient, slots, t, spec.learning_rate, spec)
        np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_has_golden_values(name: str) -> None:
    assert any(run["optimizer"] == name for run in GOLDEN["runs"])
    assert any(run["optimizer"] == name and "weight_decay" in run["settings"] for run in GOLDEN["runs"])


def test_momentum_on_paper() -> None:
    """v = 1, then 0.5 * 1 + 3 = 3.5; w = 0 - 0.1 * 1 - 0.1 * 3.5."""
    spec = OptimizerSpec("momentum", 0.1, momentum=0.5)
    w, velocity = np.zeros(1), np.zeros(1)
    for t, gradient in enumerate((1.0, 3.0), start=1):
        OPTIMIZERS["momentum"].update(w, np.array([gradient]), (velocity,), t, 0.1, spec)
    assert w == pytest.approx([-0.45])


def test_nesterov_on_paper() -> None:
    """v = 1, then 0.5 * 1 + 3 = 3.5; w = 0 - 0.1 * (1 + 0.5 * 1) - 0.1 * (3 + 0.5 * 3.5) = -0.625."""
    spec = OptimizerSpec("nesterov", momentum=0.5)
    w, velocity = np.zeros(1), np.zeros(1)
    for t, gradient in enumerate((1.0, 3.0), start=1):
        OPTIMIZERS["nesterov"].update(w, np.array([gradient]), (velocity,), t, 0.1, spec)
    assert w == pytest.approx([-0.625])


def test_adagrads_steps_shrink_for_good() -> None:
    """s = 1, 2, 3, ...: under a gradient of 1 the steps are 1, 1/sqrt(2), 1/sqrt(3), ..."""
    w, total = np.zeros(1), np.zeros(1)
    steps = []
    for t in (1, 2, 3):
        before = w.copy()
        OPTIMIZERS["adagrad"].update(w, np.ones(1), (total,), t, 1.0, OptimizerSpec("adagrad"))
        steps.append(float(before[0] - w[0]))
    assert steps == pytest.approx([1, 2**-0.5, 3**-0.5])


def test_decoupled_decay_shrinks_the_parameter_and_leaves_the_gradient() -> None:
    w, gradient, strength = np.array([4.0, 4.0]), np.ones(2), np.array([0.5, 0.0])
    decay(w, gradient, strength, 0.1, decoupled=True)
    assert w.tolist() == pytest.approx([3.8, 4.0])
    assert gradient.tolist() == [1, 1]
    decay(w, gradient, strength, 0.1, decoupled=False)
    assert w.tolist() == pytest.approx([3.8, 4.0])
    assert gradient.tolist() == pytest.approx([2.9, 1.0])


def test_adams_first_step_is_the_learning_rate_whatever_the_gradient() -> None:
    """m_hat = g and v_hat = g**2 after one update, so w moves by rate * sign(g)."""
    w = np.zeros(3)
    slots = (np.zeros(3), np.zeros(3))
    OPTIMIZERS["adam"].update(w, np.array([1e-4, -3.0, 1e5]), slots, 1, 0.25, OptimizerSpec("adam"))
    np.testing.assert_allclose(w, [-0.25, 0.25, -0.25], rtol=1e-3)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_a_rule_keeps_float32_and_leaves_the_gradient_alone(name: str) -> None:
    rule = OPTIMIZERS[name]
    w = np.ones(4, np.float32)
    gradient = np.arange(4, dtype=np.float32)
    slots = tuple(np.zeros(4, np.float32) for _ in rule.slots)
    rule.update(w, gradient, slots, 1, rule.learning_rate, OptimizerSpec(name))
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
        {"alpha": 1.0},
        {"weight_decay": -0.1},
        {"weight_decay": float("nan")},
        {"exempt_biases": 1},
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        OptimizerSpec(**changes)
