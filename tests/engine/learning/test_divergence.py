"""A run that blows up stops before it does, and says why."""

import pickle

import numpy as np
import pytest

from engine.errors import TrainingError
from engine.learning.frames import Frame
from engine.learning.layers import write_program
from engine.learning.slices import carry_over, run_slice, start
from engine.learning.spec import DataSpec, OptimizerSpec, TrainingSpec
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
    assert "learning rate" in (error.hint or "")
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


def test_the_error_survives_the_way_back_from_a_worker() -> None:
    spec = too_fast()
    _, frame = run_slice(spec, start(spec), 2000)
    back = pickle.loads(pickle.dumps(frame))  # noqa: S301
    assert back.finished.parameters == stopped(frame).parameters
