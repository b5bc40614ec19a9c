"""The plain form of a state: all of it, and nothing that was tampered with."""

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import EngineError
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.slices import run_slice, start
from engine.learning.spec import DataSpec, OptimizerSpec, StopSpec, TrainingSpec
from engine.learning.state import GeneratorState, TrainingState

PROGRAM = "W = he(2, 2); b = zeros(2)\nscores = X @ W + b\nloss = cross_entropy(scores, y)"


def trained(optimizer: str = "adam", dtype: Any = "float32") -> TrainingState:
    spec = TrainingSpec(
        PROGRAM, DataSpec("circles", 2, 40, 0.1), OptimizerSpec(optimizer), batch_size=8, dtype=dtype
    )
    return run_slice(spec, start(spec), 5)[0]


def watching() -> TrainingState:
    """An epoch is 30 points in 4 minibatches, so five updates pass one end."""
    spec = TrainingSpec(PROGRAM, DataSpec("circles", 2, 40, 0.1), batch_size=8, stop=StopSpec())
    return run_slice(spec, start(spec), 5)[0]


def only_plain(value: object) -> bool:
    if value is None:
        return True
    if isinstance(value, dict):
        return all(type(key) is str and only_plain(item) for key, item in value.items())
    if isinstance(value, list):
        return all(map(only_plain, value))
    if type(value) is int:
        return 0 <= value < 2**64
    return type(value) in (str, bytes)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_there_and_back_is_the_same_state(optimizer: str, dtype: str) -> None:
    state = trained(optimizer, dtype)
    plain = state.to_plain()
    assert only_plain(plain)
    back = TrainingState.from_plain(copy.deepcopy(plain))
    assert back.to_plain() == plain
    assert back.generator == state.generator
    for name, array in state.parameters.items():
        assert back.parameters[name].dtype == array.dtype
        assert np.array_equal(back.parameters[name], array)


def test_a_watch_survives() -> None:
    state = watching()
    assert state.watch is not None
    plain = state.to_plain()
    assert only_plain(plain)
    assert TrainingState.from_plain(copy.deepcopy(plain)).watch == state.watch


def test_the_arrays_of_a_state_cannot_be_written_to() -> None:
    for state in (trained(), TrainingState.from_plain(trained().to_plain())):
        for arrays in (state.parameters, *state.optimizer.slots.values()):
            with pytest.raises(ValueError, match="read-only"):
                arrays["W"][0, 0] = 1


def test_a_scalar_parameter_survives() -> None:
    spec = TrainingSpec("w = ones()\nloss = sum((X * w)**2)", DataSpec("circles", 2, 8, 0.1), batch_size=3)
    state = start(spec)
    assert state.parameters["w"].shape == ()
    assert TrainingState.from_plain(state.to_plain()).to_plain() == state.to_plain()


@given(st.integers(0, 2**53), st.integers(0, 20))
def test_a_generator_goes_on_from_its_state(seed: int, draws: int) -> None:
    generator = np.random.default_rng(seed)
    # an odd number of 32-bit draws leaves half of a 64-bit one behind
    generator.integers(0, 7, size=draws, dtype=np.int32)
    again = GeneratorState.of(generator).generator()
    assert np.array_equal(generator.permutation(30), again.permutation(30))


def put(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(plain: dict[str, Any]) -> None:
        place: Any = plain
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value

    return change


NAN = np.full(2, np.nan, "<f4").tobytes()

TAMPERED = {
    "version": put("version", value=1),
    "no version": lambda plain: plain.pop("version"),
    "something more": put("extra", value=1),
    "step is text": put("step", value="5"),
    "step is a boolean": put("step", value=True),
    "step is negative": put("step", value=-1),
    "step is enormous": put("step", value=2**60),
    "dtype": put("dtype", value="object"),
    "parameters are a map": put("parameters", value={}),
    "no parameters": put("parameters", value=[]),
    "too many parameters": lambda plain: put("parameters", value=plain["parameters"] * 600)(plain),
    "a parameter twice": put("parameters", 1, "name", value="W"),
    "a name that is bytes": put("parameters", 0, "name", value=b"W"),
    "a shape that does not fit": put("parameters", 0, "shape", value=[2, 3]),
    "a shape of nothing": put("parameters", 0, "shape", value=[0]),
    "a shape of everything": put("parameters", 0, "shape", value=[10**5, 10**5]),
    "a shape of numbers with points": put("parameters", 0, "shape", value=[2.0, 2.0]),
    "too many axes": put("parameters", 0, "shape", value=[1] * 9),
    "values are a list": put("parameters", 1, "values", value=[0.0, 0.0]),
    "values too short": put("parameters", 1, "values", value=b"1234"),
    "values not finite": put("parameters", 1, "values", value=NAN),
    "an unknown optimizer": put("optimizer", "name", value="lion"),
    "another optimizer's slots": put("optimizer", "name", value="momentum"),
    "a slot too few": put("optimizer", "slots", "first_moment", value=[]),
    "a slot not finite": put("optimizer", "slots", "first_moment", 1, value=NAN),
    "a watch of text": put("watch", value="x"),
    "a watch without numbers": put("watch", value={}),
    "a watch of numbers": put("watch", value={"metric": "train_loss", "value": 0.5, "best": 0.5, "stale": 0}),
    "a watch over what is not measured": put(
        "watch", value={"metric": "temper", "value": bytes(8), "best": bytes(8), "stale": 0}
    ),
    "an even increment": put("generator", "increment", value=bytes(16)),
    "a short generator": put("generator", "state", value=bytes(15)),
    "a generator's flag": put("generator", "has_uint32", value=2),
}


@pytest.mark.parametrize("change", TAMPERED.values(), ids=TAMPERED.keys())
def test_a_state_that_was_tampered_with_is_refused(change: Callable[[dict[str, Any]], object]) -> None:
    plain = trained().to_plain()
    change(plain)
    with pytest.raises(EngineError) as caught:
        TrainingState.from_plain(plain)
    assert caught.value.hint
    assert len(caught.value.detail) < 200


@pytest.mark.parametrize("plain", [None, 3, "state", b"", [], {}, {"version": 1}])
def test_what_is_not_a_state_at_all_is_refused(plain: object) -> None:
    with pytest.raises(EngineError, match="this training state cannot be read"):
        TrainingState.from_plain(plain)
