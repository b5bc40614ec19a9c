"""Programs are checked against their data before the first update."""

import numpy as np
import pytest

from engine import trace
from engine.errors import EngineError
from engine.learning.datasets import sample
from engine.learning.layers import write_program
from engine.learning.network import network
from engine.learning.spec import DataSpec, TrainingSpec

DATA = DataSpec("spiral", 3, 48, 0.1)


def spec(program: str, data: DataSpec = DATA, batch_size: int = 8) -> TrainingSpec:
    return TrainingSpec(program, data, batch_size=batch_size)


def test_what_the_layer_builder_writes_is_a_network() -> None:
    found = network(spec(write_program(2, (4,), 3)))
    assert found.parameters == {"W1": (2, 4), "b1": (4,), "W2": (4, 3), "b2": (3,)}
    assert found.loss == "loss"
    assert found.measured == ("loss", "data_loss", "regularization", "scores")
    assert found.has_scores
    assert not found.labels_are_numbers


@pytest.mark.parametrize("loss", ["cross_entropy", "hinge", "squared"])
def test_the_plan_agrees_with_the_trace(loss: str) -> None:
    program = write_program(2, (4,), 3, loss=loss)
    found = network(spec(program))
    data = sample(DATA)
    X, y = data.X_train[:8], data.y_train[:8]
    parameters = found.initial_parameters(3)
    (loss,), gradients = found.gradient_plan(8)({**parameters, "X": found.points(X), "y": found.labels(y)})
    reference = trace(program, {**parameters, "X": X, "y": y})
    assert float(loss) == pytest.approx(float(reference.value), rel=1e-5)
    for name, gradient in zip(found.parameters, gradients, strict=True):
        np.testing.assert_allclose(gradient, reference.gradients[name], rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("loss", ["logistic", "squared"])
def test_labels_that_are_calculated_with_keep_the_plan_in_its_dtype(loss: str) -> None:
    data = DataSpec("spiral", 2, 48, 0.1)
    found = network(spec(write_program(2, (4,), 2, loss=loss), data))
    assert found.labels_are_numbers
    X, y = (found.points(sample(data).X_train[:8]), found.labels(sample(data).y_train[:8]))
    (loss_value,), gradients = found.gradient_plan(8)({**found.initial_parameters(3), "X": X, "y": y})
    assert {np.asarray(array).dtype for array in (loss_value, *gradients)} == {np.dtype("float32")}


CUSTOM = {
    "no labels": "W = he(2, 1)\nloss = sum((X @ W)**2)",
    "a last statement of another name": "W = he(2, 3)\nmistake = cross_entropy(X @ W, y)",
    "one column for two classes": "w = he(2)\nscores = X @ w\nloss = sum((scores - y)**2)",
    "a hyperparameter": "strength = 0.1\nW = he(2, 3)\nloss = cross_entropy(X @ W, y) + strength * sum(W**2)",
    "points of its own, replaced": "X = [[1, 2], [3, 4]]\nW = he(2, 3)\nloss = cross_entropy(X @ W, y)",
    "a parameter that nothing uses": "W = he(2, 3); spare = ones(4)\nloss = cross_entropy(X @ W, y)",
}


@pytest.mark.parametrize("name", CUSTOM)
def test_any_program_with_points_and_a_scalar_loss_is_a_network(name: str) -> None:
    data = DataSpec("spiral", 2, 48, 0.1) if "two classes" in name else DATA
    found = network(spec(CUSTOM[name], data))
    assert found.labels_are_numbers == ("two classes" in name)


REFUSED = {
    "no_points": "W = he(2, 3)\nloss = sum(W**2)",
    "no_parameters": "loss = sum(X)",
    "loss_not_scalar": "W = he(2, 3)\nloss = X @ W",
    "loss_without_name": "W = he(2, 3)\nsum(X @ W)",
    "wrong_class_count": "W = he(2, 2)\nscores = X @ W\nloss = sum(scores)",
    "wrong_scores_shape": "W = he(2, 3)\nscores = sum(X @ W)\nloss = scores",
    "scores_see_labels": "w = he(2)\nscores = X @ w + y\nloss = sum(scores)",
    "depends_on_batch_size": "W = he(2, 8)\nbatch = ones(8, 8)\nloss = sum(X @ W * batch)",
    "bad_label": "W = he(2, 2)\nloss = cross_entropy(X @ W, y)",
    "missing_input": "W = he(2, 3)\nloss = sum(X @ W) * strength",
    "inner_sizes_differ": "W = he(3, 3)\nloss = sum(X @ W)",
}


@pytest.mark.parametrize("code", REFUSED)
def test_a_program_that_cannot_train_is_refused_with_its_reason(code: str) -> None:
    with pytest.raises(EngineError) as caught:
        network(spec(REFUSED[code]))
    assert caught.value.code == code
    assert caught.value.hint


def test_points_cannot_be_parameters_nor_computed() -> None:
    for program in ("X = he(8, 2)\nloss = sum(X)", "W = he(2, 3)\nX = W * 2\nloss = sum(X)"):
        with pytest.raises(EngineError):
            network(spec(program))


def test_the_wrong_class_count_says_both_numbers() -> None:
    with pytest.raises(EngineError, match="`scores` has 2 columns, but the data have 3 classes") as caught:
        network(spec(write_program(2, (4,), 2)))
    assert caught.value.span is not None


def test_a_network_too_large_for_its_data_is_refused_before_it_is_made() -> None:
    data = DataSpec("spiral", 2, 20_000, 0.1)
    with pytest.raises(EngineError) as caught:
        network(TrainingSpec(write_program(2, (256, 256, 256), 2), data, batch_size=32))
    assert caught.value.limit in ("tensor_elements", "total_elements", "operations")
