"""A slice's own copy: what has faded from its slots is let go of, and nobody sees it."""

from dataclasses import replace

import numpy as np
import pytest

from engine.learning.descent import FADED_EVERY
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.slices import advance, start
from engine.learning.spec import DataSpec, OptimizerSpec, TrainingSpec
from engine.learning.state import TrainingState

# no gradient reaches V, as none reaches a dead unit
PROGRAM = "W = he(2, 3); V = ones(4)\nscores = X @ W\nloss = cross_entropy(scores, y) + 0 * sum(V)"
SUBNORMAL = 1e-39
"""Below the smallest normal float32, 1.2e-38."""


def spec_of(optimizer: str, epsilon: float = 1e-8) -> TrainingSpec:
    return TrainingSpec(
        PROGRAM, DataSpec("blobs", 3, 60, 0.2), OptimizerSpec(optimizer, 0.05, epsilon=epsilon)
    )


def with_slots(state: TrainingState, value: float) -> TrainingState:
    slots = {
        slot: {name: np.full_like(array, value) for name, array in arrays.items()}
        for slot, arrays in state.optimizer.slots.items()
    }
    return replace(state, optimizer=replace(state.optimizer, slots=slots))


def faded(state: TrainingState) -> list[bool]:
    return [bool((arrays["V"] == 0).all()) for arrays in state.optimizer.slots.values()]


@pytest.mark.parametrize("name", [name for name, rule in OPTIMIZERS.items() if rule.slots])
def test_what_has_faded_is_let_go_of_wherever_slices_are_cut(name: str) -> None:
    spec = spec_of(name)
    begun = with_slots(start(spec), SUBNORMAL)
    before, _, _ = advance(spec, begun, FADED_EVERY - 1)
    assert not any(faded(before))
    after, _, _ = advance(spec, before, 1)
    assert all(faded(after))
    whole, _, _ = advance(spec, begun, FADED_EVERY + 9)
    cut, _, _ = advance(spec, after, 9)
    assert cut.to_plain() == whole.to_plain()


@pytest.mark.parametrize("name", [name for name, rule in OPTIMIZERS.items() if rule.slots])
def test_no_parameter_differs_from_one_that_never_had_it(name: str) -> None:
    spec = spec_of(name)
    found = [
        advance(spec, with_slots(start(spec), value), 2 * FADED_EVERY)[0].parameters
        for value in (SUBNORMAL, 0.0)
    ]
    assert [a.tobytes() for a in found[0].values()] == [b.tobytes() for b in found[1].values()]


@pytest.mark.parametrize("name", ["rmsprop", "adam", "adagrad"])
def test_nothing_is_let_go_of_that_no_epsilon_hides(name: str) -> None:
    spec = spec_of(name, epsilon=0.0)
    after, _, finished = advance(spec, with_slots(start(spec), SUBNORMAL), FADED_EVERY)
    assert finished is None
    assert not faded(after)[-1]
