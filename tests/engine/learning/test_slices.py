"""A slice is a pure function: the same bits however it is cut and wherever it runs."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import trace
from engine.errors import EngineError, InputError
from engine.learning.clipping import CLIPPINGS
from engine.learning.datasets import DATASETS, sample
from engine.learning.layers import write_program
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.schedules import SCHEDULES
from engine.learning.slices import carry_over, run_slice, start, updates_to_epoch_end
from engine.learning.spec import ClipSpec, DataSpec, OptimizerSpec, ScheduleSpec, TrainingSpec
from engine.learning.state import GeneratorState, TrainingState

# 45 training points in minibatches of 8: five full ones and one of 5
SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.2), OptimizerSpec(), 8, seed=3)


def with_optimizer(name: str) -> TrainingSpec:
    return replace(SPEC, optimizer=OptimizerSpec(name, OPTIMIZERS[name].learning_rate))


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_four_updates_and_six_are_ten(name: str) -> None:
    spec = with_optimizer(name)
    whole, frame = run_slice(spec, start(spec), 10)
    part, _ = run_slice(spec, start(spec), 4)
    part, last = run_slice(spec, part, 6)
    assert part.to_plain() == whole.to_plain()
    assert last.to_plain() == frame.to_plain()
    assert whole.step == 10
    assert whole.epoch == 1


@pytest.mark.parametrize("clip", [None, *CLIPPINGS])
@pytest.mark.parametrize("schedule", SCHEDULES)
@pytest.mark.parametrize("name", OPTIMIZERS)
def test_every_rule_schedule_and_clipping_is_cut_anywhere(name: str, schedule: str, clip: str | None) -> None:
    spec = replace(
        SPEC,
        optimizer=OptimizerSpec(name, OPTIMIZERS[name].learning_rate, weight_decay=0.01),
        schedule=ScheduleSpec(schedule, epochs=1.5, gamma=0.5, floor=0.1, warmup=0.5),
        clip=None if clip is None else ClipSpec(clip, 0.1),
    )
    whole, frame = run_slice(spec, start(spec), 13)
    state, last = start(spec), None
    for cut in (1, 5, 0, 7):
        state, last = run_slice(spec, TrainingState.from_plain(state.to_plain()), cut)
    assert last is not None
    assert state.to_plain() == whole.to_plain()
    assert last.to_plain() == frame.to_plain()
    assert frame.finished is None


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6))
@settings(max_examples=20)
def test_however_a_run_is_cut_the_bits_are_the_same(cuts: list[int]) -> None:
    whole, _ = run_slice(SPEC, start(SPEC), sum(cuts))
    state = start(SPEC)
    for cut in cuts:
        state, _ = run_slice(SPEC, TrainingState.from_plain(state.to_plain()), cut)
    assert state.to_plain() == whole.to_plain()


def test_a_spawned_worker_computes_the_same_bits() -> None:
    state, frame = run_slice(SPEC, start(SPEC), 40)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        remote = pool.submit(start, SPEC).result()
        for updates in (15, 25):
            remote, seen = pool.submit(run_slice, SPEC, remote, updates).result()
    assert remote.to_plain() == state.to_plain()
    assert seen.to_plain() == frame.to_plain()


def test_the_state_given_is_left_as_it_was() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 3)
    before = state.to_plain()
    later, _ = run_slice(SPEC, state, 5)
    assert state.to_plain() == before
    assert later.to_plain() != before


def test_the_seed_decides_parameters_and_order() -> None:
    other = replace(SPEC, seed=4)
    assert start(SPEC).to_plain() == start(SPEC).to_plain()
    assert not np.array_equal(start(SPEC).parameters["W1"], start(other).parameters["W1"])
    assert start(SPEC).generator != start(other).generator


def test_no_updates_only_measure() -> None:
    state, frame = run_slice(SPEC, start(SPEC), 0)
    assert state.to_plain() == start(SPEC).to_plain()
    assert frame.step == frame.epoch == 0
    assert frame.losses.train.total > 0


def test_gradient_descent_by_hand_gives_the_same_parameters() -> None:
    """Seven updates in float64, with the trace's gradients and PyTorch's order of things."""
    spec = replace(with_optimizer("sgd"), dtype="float64")
    data = sample(spec.data)
    parameters = {name: array.copy() for name, array in start(spec).parameters.items()}
    generator = GeneratorState.seeded(spec.seed).generator()
    order: list[int] = []
    for _ in range(7):
        order = order or generator.permutation(len(data.y_train)).tolist()
        batch, order = order[:8], order[8:]
        found = trace(spec.program, {**parameters, "X": data.X_train[batch], "y": data.y_train[batch]})
        for name in parameters:
            parameters[name] -= spec.optimizer.learning_rate * found.gradients[name]
    state, _ = run_slice(spec, start(spec), 7)
    assert (state.step, state.epoch, state.position) == (7, 1, 8)
    for name, expected in parameters.items():
        np.testing.assert_allclose(state.parameters[name], expected, rtol=1e-9, atol=1e-12)


def test_a_schedule_clipping_and_weight_decay_by_hand_give_the_same_parameters() -> None:
    """Eight updates in float64: clip the raw gradient, add the decay, step at the scheduled rate."""
    spec = replace(
        SPEC,
        optimizer=OptimizerSpec("sgd", 0.5, weight_decay=0.1),
        schedule=ScheduleSpec("step", epochs=0.5, gamma=0.5),
        clip=ClipSpec("norm", 0.2),
        dtype="float64",
    )
    data = sample(spec.data)
    parameters = {name: array.copy() for name, array in start(spec).parameters.items()}
    generator = GeneratorState.seeded(spec.seed).generator()
    order: list[int] = []
    rates = [0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125, 0.125]
    for rate in rates:
        order = order or generator.permutation(len(data.y_train)).tolist()
        batch, order = order[:8], order[8:]
        found = trace(spec.program, {**parameters, "X": data.X_train[batch], "y": data.y_train[batch]})
        norm = sum(float(np.square(found.gradients[name]).sum()) for name in parameters) ** 0.5
        for name, array in parameters.items():
            gradient = found.gradients[name] * min(1, 0.2 / (norm + 1e-6))
            # biases are exempt
            gradient = gradient + (0.1 * array if name.startswith("W") else 0)
            parameters[name] = array - rate * gradient
    state, frame = run_slice(spec, start(spec), 8)
    for name, expected in parameters.items():
        np.testing.assert_allclose(state.parameters[name], expected, rtol=1e-9, atol=1e-12)
    assert frame.learning_rate == 0.125


def test_weight_decay_reaches_the_biases_unless_they_are_exempt() -> None:
    program = "W = ones(2, 3); b = ones(3)\nloss = 0 * sum(X @ W + b)"
    for exempt, expected in ((True, 1.0), (False, 0.9)):
        optimizer = OptimizerSpec("sgd", 0.1, weight_decay=1.0, exempt_biases=exempt)
        spec = replace(SPEC, program=program, optimizer=optimizer)
        state, _ = run_slice(spec, start(spec), 1)
        np.testing.assert_allclose(state.parameters["W"], 0.9, rtol=1e-6)
        np.testing.assert_allclose(state.parameters["b"], expected, rtol=1e-6)


def test_an_epoch_ends_with_the_minibatch_of_what_is_left() -> None:
    state = start(SPEC)
    assert updates_to_epoch_end(SPEC, state) == 6
    state, _ = run_slice(SPEC, state, 4)
    assert (state.epoch, state.position) == (0, 32)
    assert updates_to_epoch_end(SPEC, state) == 2
    state, frame = run_slice(SPEC, state, 2)
    assert (state.epoch, state.position) == (1, 0)
    assert frame.epoch == 1


@pytest.mark.parametrize(
    "program",
    [
        "W = he(2, 3); spare = ones(4)\nloss = cross_entropy(X @ W, y)",
        "rate = 0.5\nw = ones()\nloss = rate * sum((X * w)**2)",
        "W = he(2, 3)\nscores = X @ W\nloss = cross_entropy(scores, y)\nunused = sum(scores)",
    ],
)
def test_programs_of_ones_own_train(program: str) -> None:
    spec = replace(SPEC, program=program)
    _, before = run_slice(spec, start(spec), 0)
    state, after = run_slice(spec, start(spec), 50)
    assert after.losses.train.total < before.losses.train.total
    if "spare" in state.parameters:
        assert np.array_equal(state.parameters["spare"], np.ones(4))


# -- changing the spec ---------------------------------------------------------------------------


def test_an_edit_keeps_the_parameters_whose_name_and_shape_stay() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    wider = replace(SPEC, program=write_program(2, (8, 4), 3))
    carried = carry_over(wider, state)
    assert np.array_equal(carried.parameters["W1"], state.parameters["W1"])
    assert np.array_equal(carried.parameters["W2"], start(wider).parameters["W2"])
    assert carried.step == 5
    assert carried.optimizer.updates == 0
    run_slice(wider, carried, 5)


def test_a_new_rate_keeps_everything_and_a_new_rule_begins_anew() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    slower = replace(
        SPEC,
        optimizer=OptimizerSpec("adam", 0.001, weight_decay=0.1),
        batch_size=16,
        schedule=ScheduleSpec("cosine"),
        clip=ClipSpec(),
    )
    assert carry_over(slower, state).to_plain() == state.to_plain()
    other = carry_over(with_optimizer("momentum"), state)
    assert other.optimizer.name == "momentum"
    assert other.optimizer.updates == 0
    assert not other.optimizer.slots["velocity"]["W1"].any()
    assert np.array_equal(other.parameters["W1"], state.parameters["W1"])


def test_lines_in_another_order_keep_every_parameter_its_own_slots() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    first, second, *rest = SPEC.program.splitlines()
    swapped = replace(SPEC, program="\n".join([second, first, *rest]))
    straight, _ = run_slice(SPEC, state, 5)
    turned, _ = run_slice(swapped, carry_over(swapped, state), 5)
    for name, array in straight.parameters.items():
        np.testing.assert_allclose(turned.parameters[name], array, rtol=1e-5)


def test_fewer_points_begin_their_epoch_at_its_beginning() -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    fewer = replace(SPEC, data=DataSpec("spiral", 3, 30, 0.2))
    assert carry_over(fewer, state).position == 0
    run_slice(fewer, carry_over(fewer, state), 3)


@pytest.mark.parametrize(
    ("spec", "what"),
    [
        (replace(SPEC, program=write_program(2, (9,), 3)), "parameters"),
        (replace(SPEC, dtype="float64"), "parameters"),
        (replace(SPEC, optimizer=OptimizerSpec("sgd")), "optimizer"),
        (replace(SPEC, data=DataSpec("spiral", 3, 30, 0.2)), "position"),
    ],
)
def test_a_state_of_another_run_is_refused(spec: TrainingSpec, what: str) -> None:
    state, _ = run_slice(SPEC, start(SPEC), 5)
    with pytest.raises(InputError, match=what):
        run_slice(spec, state, 1)


@pytest.mark.parametrize("updates", [-1, 1.5, True])
def test_an_impossible_number_of_updates_is_refused(updates: object) -> None:
    with pytest.raises(EngineError, match="updates is"):
        run_slice(SPEC, start(SPEC), updates)


# -- it learns -----------------------------------------------------------------------------------


@pytest.mark.parametrize("loss", ["cross_entropy", "hinge", "logistic", "squared"])
@pytest.mark.parametrize("regularizer", ["none", "l1", "l2", "elastic"])
def test_every_loss_tells_two_classes_apart(loss: str, regularizer: str) -> None:
    program = write_program(2, (8,), 2, loss=loss, regularizer=regularizer)
    spec = TrainingSpec(program, DataSpec.default("circles"))
    _, frame = run_slice(spec, start(spec), 600)
    assert frame.accuracy.validation is not None
    assert frame.accuracy.validation > 0.9
    assert (frame.losses.train.regularization is None) == (regularizer == "none")


@pytest.mark.parametrize("loss", ["hinge", "squared"])
def test_every_loss_tells_three_classes_apart(loss: str) -> None:
    spec = TrainingSpec(write_program(2, (24,), 3, loss=loss), DataSpec.default("spiral"))
    _, frame = run_slice(spec, start(spec), 1500)
    assert frame.accuracy.validation is not None
    assert frame.accuracy.validation > 0.9


@pytest.mark.parametrize(("name", "hidden"), [("spiral", (16,)), ("circles", (8,))])
def test_the_defaults_reach_95_percent_on_points_never_seen(name: str, hidden: tuple[int, ...]) -> None:
    spec = TrainingSpec(write_program(2, hidden, DATASETS[name].classes), DataSpec.default(name))
    state, frame = run_slice(spec, start(spec), 1500)
    assert frame.accuracy.validation is not None
    assert frame.accuracy.validation > 0.95
    assert state.step == 1500
