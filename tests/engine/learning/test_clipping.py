"""Clipping: each way equals its reference, and a broken gradient stays broken."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning.clipping import CLIPPINGS, ClipSpec
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "optimizers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("run", GOLDEN["clippings"], ids=lambda run: f"{run['by']} {run['limit']}")
def test_trajectories_equal_pytorchs_step_for_step(run: dict) -> None:
    spec, rule = OptimizerSpec("momentum"), OPTIMIZERS["momentum"]
    w, velocity, curvature = np.array(GOLDEN["start"]), np.zeros(3), np.array(GOLDEN["curvature"])
    for t, expected in enumerate(run["trajectory"], start=1):
        gradient = curvature * w
        CLIPPINGS[run["by"]].clip(gradient, run["limit"])
        rule.update(w, gradient, (velocity,), t, GOLDEN["learning_rate"], spec)
        np.testing.assert_allclose(w, expected, rtol=1e-12, atol=1e-15)


def test_every_way_has_golden_values() -> None:
    assert {run["by"] for run in GOLDEN["clippings"]} == set(CLIPPINGS)


def test_the_norm_is_cut_and_the_direction_stays() -> None:
    gradient = np.array([3.0, -4.0])
    CLIPPINGS["norm"].clip(gradient, 1.0)
    np.testing.assert_allclose(gradient, [0.6, -0.8], rtol=1e-6)


def test_the_value_is_cut_element_by_element() -> None:
    gradient = np.array([3.0, -4.0, 0.5], np.float32)
    CLIPPINGS["value"].clip(gradient, 1.0)
    assert gradient.tolist() == [1.0, -1.0, 0.5]
    assert gradient.dtype == np.float32


def test_squares_of_large_float32_gradients_do_not_overflow() -> None:
    gradient = np.array([3e30, -4e30], np.float32)
    CLIPPINGS["norm"].clip(gradient, 1.0)
    np.testing.assert_allclose(gradient, [0.6, -0.8], rtol=1e-6)
    assert gradient.dtype == np.float32


@pytest.mark.parametrize("name", CLIPPINGS)
@pytest.mark.parametrize("broken", [np.inf, -np.inf, np.nan])
def test_what_is_not_finite_does_not_become_so(name: str, broken: float) -> None:
    gradient = np.array([1.0, broken])
    with np.errstate(all="ignore"):
        CLIPPINGS[name].clip(gradient, 1.0)
    assert np.isnan(gradient[1])


@pytest.mark.parametrize("changes", [{"by": "rank"}, {"limit": 0}, {"limit": float("inf")}, {"limit": "1"}])
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ClipSpec(**changes)
