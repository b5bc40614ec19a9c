"""Any minibatch opens as a graph: the very points a run would use, at the very parameters it has."""

from dataclasses import replace

import numpy as np
import pytest

from engine import trace
from engine.errors import InputError
from engine.learning.batch import open_batch
from engine.learning.datasets import sample
from engine.learning.descent import Descent
from engine.learning.layers import write_program
from engine.learning.slices import run_slice, start
from engine.learning.spec import DataSpec, TrainingSpec

# 45 training points in minibatches of 8: five full ones and one of 5
SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.2), batch_size=8, seed=3)


@pytest.mark.parametrize("updates", [0, 3, 5, 6, 14])
def test_the_next_minibatch_is_the_one_the_run_uses(updates: int) -> None:
    state, _ = run_slice(SPEC, start(SPEC), updates)
    batch = open_batch(SPEC, state)
    descent = Descent(SPEC, state)
    descent.look()
    assert (batch.epoch, batch.position) == (state.epoch, state.position)
    assert np.array_equal(batch.inputs["X"], descent.batches.X)
    assert np.array_equal(batch.inputs["y"], descent.batches.y)
    assert np.array_equal(batch.inputs["X"], sample(SPEC.data).X_train[batch.points])
    found = trace(SPEC.program, batch.inputs)
    assert float(found.value) == pytest.approx(descent.loss, rel=1e-5)
    for name, gradient in descent.vectors()["gradient"].items():
        np.testing.assert_allclose(found.gradients[name], gradient, rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("seen_from", [0, 9, 20])
def test_a_place_in_any_epoch_is_found_from_any_state(seen_from: int) -> None:
    there, _ = run_slice(SPEC, start(SPEC), 14)
    wanted = open_batch(SPEC, there)
    state, _ = run_slice(SPEC, start(SPEC), seen_from)
    batch = open_batch(SPEC, state, epoch=2, position=16)
    assert (there.epoch, there.position) == (2, 16)
    assert np.array_equal(batch.points, wanted.points)
    assert batch.inputs["W1"] is state.parameters["W1"]


def test_the_last_minibatch_holds_what_is_left_and_an_epoch_begins_at_0() -> None:
    assert len(open_batch(SPEC, start(SPEC), position=40).points) == 5
    assert open_batch(SPEC, run_slice(SPEC, start(SPEC), 3)[0], epoch=1).position == 0


def test_a_loss_that_is_not_the_last_statement_is_named() -> None:
    program = "W = he(2, 3)\nloss = cross_entropy(X @ W, y)\nseen = sum(X)"
    spec = replace(SPEC, program=program)
    assert open_batch(spec, start(spec)).loss is not None
    assert open_batch(SPEC, start(SPEC)).loss is None


@pytest.mark.parametrize("place", [{"position": 45}, {"epoch": -1}, {"epoch": 10_001}, {"epoch": 1.5}])
def test_a_place_that_there_is_not_is_refused(place: dict[str, object]) -> None:
    with pytest.raises(InputError):
        open_batch(SPEC, start(SPEC), **place)
