"""A run that blows up stops before it does, and says why."""

import pickle
import re
from dataclasses import replace

import numpy as np
import pytest

from engine.errors import TrainingError
from engine.learning.clipping import CLIPPINGS
from engine.learning.frames import Frame
from engine.learning.layers import write_program
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.slices import carry_over, run_slice, start
from engine.learning.spec import ClipSpec, DataSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from engine.learning.state import TrainingState

DATA = DataSpec("spiral", 3, 60, 0.1)


def too_fast(rate: float = 1e4, optimizer: str = "sgd") -> TrainingSpec:
    return TrainingSpec(write_program(2, (8,), 3, regularization=0.1), DATA, OptimizerSpec(optimizer, rate))


def stopped(frame: Frame) -> TrainingError:
    assert isinstance(frame.finished, TrainingError)
    return frame.finished


def all_finite(state: TrainingState) -> bool:
    arrays = [*state.parameters.values()]
    arrays += [array for slot in state.optimizer.slots.values() for array in slot.values()]
    return all(np.isfinite(array).all() for array in arrays)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
@pytest.mark.parametrize("rate", [1e4, 1e30, 1e300])
def test_a_learning_rate_too_high_is_named_as_the_cause(optimizer: str, rate: float) -> None:
    spec = too_fast(rate, optimizer)
    state, frame = run_slice(spec, start(spec), 2000)
    if optimizer == "adam" and rate == 1e4:
        assert frame.finished is None
        return
    error = stopped(frame)
    assert error.code == "not_finite"
    assert error.parameters["cause"] == "learning_rate"
    assert error.parameters["parameter"] in state.parameters
    assert error.parameters["step"] == state.step + 1 == frame.step + 1
    assert f"update {state.step + 1:,}" in error.detail
    # from numbers that ran away no rate leads back
    assert re.search(r"the learning rate .* is likely too high: go back to an earlier step", error.hint or "")
    assert all_finite(state)


def test_the_state_kept_is_the_same_wherever_slices_are_cut() -> None:
    spec = too_fast()
    whole, frame = run_slice(spec, start(spec), 2000)
    assert 3 < whole.step < 2000
    for cut in (1, 2, 3, 7):
        state, last = start(spec), None
        while last is None or last.finished is None:
            state, last = run_slice(spec, state, cut)
        assert state.to_plain() == whole.to_plain()
        assert stopped(last).parameters["step"] == stopped(frame).parameters["step"]


def test_training_goes_on_from_the_state_kept_once_the_rate_is_lowered() -> None:
    spec = too_fast(1e30)
    state, frame = run_slice(spec, start(spec), 50)
    assert frame.finished is not None
    slower = TrainingSpec(spec.program, DATA, OptimizerSpec("sgd", 0.1))
    state, frame = run_slice(slower, carry_over(slower, state), 50)
    assert frame.finished is None
    assert state.step >= 50


def test_asking_again_gives_the_same_answer() -> None:
    spec = too_fast()
    state, frame = run_slice(spec, start(spec), 2000)
    again, second = run_slice(spec, state, 10)
    assert again.to_plain() == state.to_plain()
    assert str(stopped(second)) == str(stopped(frame))


def test_a_program_that_is_not_finite_from_the_first_step_is_named_as_the_cause() -> None:
    spec = TrainingSpec("W = zeros(2, 3)\nloss = sum(log(X @ W))", DATA)
    for updates in (0, 10):
        state, frame = run_slice(spec, start(spec), updates)
        error = stopped(frame)
        assert error.parameters["cause"] == "program"
        assert "before update 1" in error.detail
        assert "logarithm of 0" in (error.hint or "")
        assert state.to_plain() == start(spec).to_plain()


def test_a_program_that_leaves_its_domain_on_the_way_is_named_as_the_cause() -> None:
    # w walks down from 1 in steps of 0.1 and its logarithm ends at 0
    program = "w = ones()\nloss = w + 0 * sum(X) + 0 * log(w - 0.55)"
    spec = TrainingSpec(program, DATA, OptimizerSpec("sgd", 0.1))
    state, frame = run_slice(spec, start(spec), 100)
    assert state.step == 4
    assert stopped(frame).parameters["cause"] == "program"
    assert stopped(frame).parameters["step"] == 5


@pytest.mark.parametrize("optimizer", ["rmsprop", "adam", "adamw", "adagrad"])
def test_a_gradient_of_0_over_an_epsilon_of_0_is_named_as_the_cause(optimizer: str) -> None:
    program = "W = he(2, 3); V = zeros(2)\nloss = cross_entropy(X @ W, y) + 0 * sum(V)"
    spec = TrainingSpec(program, DATA, OptimizerSpec(optimizer, 0.01, epsilon=0.0))
    _, frame = run_slice(spec, start(spec), 10)
    error = stopped(frame)
    assert (error.parameters["cause"], error.parameters["parameter"]) == ("epsilon", "V")
    assert error.detail == "update 1 was refused: it leads to a value of `V` that is not finite"
    assert "epsilon of 0" in (error.hint or "")
    # the same rule without a gradient of 0 is fine
    sound = replace(spec, program="W = he(2, 3)\nloss = cross_entropy(X @ W, y)")
    assert run_slice(sound, start(sound), 10)[1].finished is None


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_a_weight_decay_beyond_the_whole_weight_is_named_as_the_cause(optimizer: str) -> None:
    spec = replace(too_fast(), optimizer=OptimizerSpec(optimizer, 0.1, weight_decay=1e6))
    _, frame = run_slice(spec, start(spec), 200)
    error = stopped(frame)
    assert error.parameters["cause"] == "weight_decay"
    assert "1e+05 times a weight away" in (error.hint or "")
    mended = replace(spec, optimizer=OptimizerSpec(optimizer, 0.1, weight_decay=0.01))
    assert run_slice(mended, start(mended), 200)[1].finished is None


def test_the_parameter_said_to_have_grown_is_the_one_that_has() -> None:
    # the gradient of `a` is the first to break, but what has grown is `b`
    program = "a = ones(); b = ones()\nloss = 0 * mean(X) + a * b**2 - 9 * b"
    spec = TrainingSpec(program, DATA, OptimizerSpec("sgd", 1e25))
    _, frame = run_slice(spec, start(spec), 10)
    error = stopped(frame)
    assert error.parameters["parameter"] == "a"
    assert "with `b` grown to 7e+25" in error.detail


def test_the_rate_is_named_as_the_schedule_had_it() -> None:
    spec = replace(too_fast(), schedule=ScheduleSpec(warmup=0.5))
    _, frame = run_slice(spec, start(spec), 2000)
    error = stopped(frame)
    assert error.parameters["learning_rate"] == 1e4
    assert 0 < error.parameters["scheduled_rate"] <= 1e4
    assert "as scheduled here" in (error.hint or "") or error.parameters["scheduled_rate"] == 1e4


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("clip", [None, *CLIPPINGS])
def test_the_state_kept_is_finite_and_the_same_for_every_rule_and_clipping(
    optimizer: str, clip: str | None
) -> None:
    spec = replace(too_fast(1e30, optimizer), clip=None if clip is None else ClipSpec(clip))
    whole, frame = run_slice(spec, start(spec), 100)
    assert stopped(frame).parameters["cause"] == "learning_rate"
    assert all_finite(whole)
    state, last = start(spec), None
    while last is None or last.finished is None:
        state, last = run_slice(spec, state, 1)
    assert state.to_plain() == whole.to_plain()


@pytest.mark.parametrize("clip", CLIPPINGS)
def test_clipping_carries_a_run_over_a_cliff_that_breaks_it_otherwise(clip: str) -> None:
    # the gradient at 0 is -5**7: one step of it is far over the valley
    program = "w = zeros()\nloss = mean(abs(X)) * 0 + (w - 5)**8 / 8"
    spec = TrainingSpec(program, DATA, OptimizerSpec("sgd", 0.1))
    assert run_slice(spec, start(spec), 200)[1].finished is not None
    clipped = replace(spec, clip=ClipSpec(clip, 1.0))
    state, frame = run_slice(clipped, start(clipped), 200)
    assert frame.finished is None
    assert state.parameters["w"] == pytest.approx(5, abs=0.5)


def test_the_error_survives_the_way_back_from_a_worker() -> None:
    spec = too_fast()
    _, frame = run_slice(spec, start(spec), 2000)
    back = pickle.loads(pickle.dumps(frame))  # noqa: S301
    assert back.finished.parameters == stopped(frame).parameters
