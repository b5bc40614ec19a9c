"""Schedules: each equals its reference, update for update, and keeps its shape in epochs."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InputError
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec
from engine.learning.schedules import SCHEDULES, ScheduleSpec, rate

GOLDEN = json.loads((Path(__file__).parents[2] / "golden" / "optimizers.json").read_text(encoding="utf-8"))
BASE = GOLDEN["learning_rate"]


def each_run(run: dict) -> str:
    return f"{run['schedule']} {run['settings']}"


@pytest.mark.parametrize("run", GOLDEN["schedules"], ids=each_run)
def test_rates_and_trajectories_equal_pytorchs_step_for_step(run: dict) -> None:
    schedule = ScheduleSpec(run["schedule"], **run["settings"])
    spec, rule = OptimizerSpec("momentum"), OPTIMIZERS["momentum"]
    w, velocity, curvature = np.array(GOLDEN["start"]), np.zeros(3), np.array(GOLDEN["curvature"])
    for update, (expected, point) in enumerate(zip(run["rates"], run["trajectory"], strict=True)):
        found = rate(schedule, BASE, update, 1)
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-16)
        rule.update(w, curvature * w, (velocity,), update + 1, found, spec)
        np.testing.assert_allclose(w, point, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", SCHEDULES)
def test_every_schedule_has_golden_values_with_and_without_a_warmup(name: str) -> None:
    warmed = {"warmup" in run["settings"] for run in GOLDEN["schedules"] if run["schedule"] == name}
    assert warmed == {True, False}


@pytest.mark.parametrize("name", SCHEDULES)
def test_lengths_are_in_epochs_whatever_the_batch_size(name: str) -> None:
    schedule = ScheduleSpec(name, epochs=6, gamma=0.5, floor=0.1)
    for epoch in range(15):
        few, many = (rate(schedule, 0.2, epoch * size, size) for size in (1, 40))
        assert few == pytest.approx(many)


@given(
    st.sampled_from(sorted(SCHEDULES)),
    st.floats(0.01, 1e6),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0, 1e6),
    st.integers(0, 2**53),
    st.integers(1, 20_000),
)
def test_a_rate_stays_between_0_and_the_learning_rate(
    name: str, epochs: float, gamma: float, floor: float, warmup: float, update: int, per_epoch: int
) -> None:
    found = rate(ScheduleSpec(name, epochs, gamma, floor, warmup), 0.5, update, per_epoch)
    assert 0 <= found <= 0.5


def test_the_cosine_stays_at_its_floor() -> None:
    schedule = ScheduleSpec("cosine", epochs=10, floor=0.25)
    assert [rate(schedule, 0.4, update, 1) for update in (10, 11, 19, 1000)] == pytest.approx([0.1] * 4)


def test_a_warmup_rises_in_equal_parts_and_never_begins_at_0() -> None:
    rates = [rate(ScheduleSpec(warmup=0.5), 1.0, update, 8) for update in range(6)]
    assert rates == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0, 1.0])


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "cyclic"},
        {"epochs": 0},
        {"epochs": float("nan")},
        {"gamma": 1.1},
        {"gamma": -0.1},
        {"floor": 2},
        {"warmup": -1},
        {"warmup": float("inf")},
    ],
)
def test_impossible_settings_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputError):
        ScheduleSpec(**changes)
