"""Frames: what is measured, over which points, on which grid."""

from dataclasses import replace

import msgpack
import numpy as np
import pytest
from wirings import WIRINGS

from engine import trace
from engine.learning.boundary import GRID
from engine.learning.datasets import OwnPoints, sample
from engine.learning.frames import frame
from engine.learning.hidden import hidden_layers
from engine.learning.layers import write_program
from engine.learning.measures import choose, classify
from engine.learning.network import network
from engine.learning.plane import EXTENT, cell_centres
from engine.learning.slices import run_slice, start
from engine.learning.spec import DataSpec, TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.views import HiddenView, Parts
from engine.learning.warp import layer_units

SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.1), batch_size=8)


def set_by_hand(spec: TrainingSpec, **parameters: object) -> TrainingState:
    state = start(spec)
    given = {name: np.asarray(value, np.float32) for name, value in parameters.items()}
    assert given.keys() == state.parameters.keys()
    return replace(state, parameters=given)


def test_losses_and_accuracy_are_those_of_the_trace_over_all_points() -> None:
    state = start(SPEC)
    found = frame(SPEC, state)
    data = sample(SPEC.data)
    for part, X, y in (
        ("train", data.X_train, data.y_train),
        ("validation", data.X_validation, data.y_validation),
    ):
        reference = trace(SPEC.program, {**state.parameters, "X": X, "y": y})
        values = {name: reference.values[index] for name, index in reference.graph.names.items()}
        losses = getattr(found.losses, part)
        assert losses.total == pytest.approx(float(values["loss"]), rel=1e-5)
        assert losses.data == pytest.approx(float(values["data_loss"]), rel=1e-5)
        assert losses.regularization == pytest.approx(float(values["regularization"]), rel=1e-5)
        accuracy = np.mean(np.argmax(values["scores"], axis=1) == y)
        assert getattr(found.accuracy, part) == pytest.approx(accuracy)
        confusion = np.zeros((3, 3), int)
        for own, chosen in zip(y, np.argmax(values["scores"], axis=1), strict=True):
            confusion[own, chosen] += 1
        assert getattr(found.confusion, part).tolist() == confusion.tolist()


def test_the_boundary_begins_at_the_least_x_and_y_and_x_runs_fastest() -> None:
    spec = TrainingSpec(
        "W = zeros(2, 3); b = zeros(3)\nscores = X @ W + b\nloss = cross_entropy(scores, y)", SPEC.data
    )
    # class 1 to the right, class 2 towards the top, class 0 where neither is
    state = set_by_hand(spec, W=[[0, 10, 0], [0, 0, 20]], b=[0, 0, 0])
    boundary = frame(spec, state).boundary
    assert boundary is not None
    assert boundary.classes.shape == boundary.confidence.shape == (GRID, GRID)
    assert boundary.classes[0, 0] == 0
    assert boundary.classes[0, -1] == 1
    assert boundary.classes[-1, 0] == 2
    assert boundary.confidence[0, 0] == 255
    centre = (EXTENT[1] - EXTENT[0]) / GRID / 2
    scores = np.array([0, 10 * centre, 20 * centre])
    expected = np.exp(scores).max() / np.exp(scores).sum()
    assert boundary.confidence[GRID // 2, GRID // 2] == round(255 * expected)


def test_the_plain_frame_is_the_protocols() -> None:
    plain = frame(SPEC, start(SPEC)).to_plain()
    assert list(plain) == [
        *("step", "epoch", "losses", "accuracy", "confusion", "boundary"),
        *("parameters", "layers", "learning_rate", "units", "values", "warp", "chosen", "place", "stopped"),
    ]
    assert all(type(value) is int for part in plain["confusion"].values() for row in part for value in row)
    assert [set(map(type, one.values())) for one in plain["layers"]] == [{str, int, float}]
    assert [one["name"] for one in plain["parameters"]] == ["W1", "b1", "W2", "b2"]
    assert {plain[name] for name in ("units", "values", "warp", "chosen", "place")} == {None}
    assert set(plain["losses"]) == {"train", "validation"}
    assert all(type(value) is float for part in plain["losses"].values() for value in part.values())
    assert all(type(value) is float for value in plain["accuracy"].values())
    assert plain["boundary"]["size"] == GRID
    assert len(plain["boundary"]["classes"]) == len(plain["boundary"]["confidence"]) == GRID**2


def test_without_scores_there_is_neither_accuracy_nor_boundary() -> None:
    spec = TrainingSpec("W = he(2, 3)\nloss = cross_entropy(X @ W, y)", SPEC.data)
    found = frame(spec, start(spec))
    assert found.boundary is None
    assert found.confusion is None
    assert found.accuracy.train is None
    assert found.losses.train.data is None
    assert found.losses.validation.regularization is None


def test_a_single_column_is_the_score_of_class_1() -> None:
    for scores in (np.array([-2.0, 3.0]), np.array([[-2.0], [3.0]])):
        classes, confidence = classify(scores)
        assert classes.tolist() == choose(scores).tolist() == [0, 1]
        np.testing.assert_allclose(confidence, [1 / (1 + np.exp(-2)), 1 / (1 + np.exp(-3))])


def test_a_single_column_is_classified_as_two_of_which_one_is_0() -> None:
    scores = np.array([0.0, -0.0, 1e-3, -700.0, 1e30, -1e30, np.nan], np.float32)
    classes, confidence = classify(scores)
    as_two, confidence_of_two = classify(np.column_stack((np.zeros_like(scores), scores)))
    assert classes.tolist() == choose(scores).tolist() == as_two.tolist()
    assert confidence.tolist() == confidence_of_two.tolist()


def test_huge_scores_do_not_overflow_and_nan_has_no_confidence() -> None:
    classes, confidence = classify(np.array([[1e30, -1e30], [1.0, 1.0]], np.float32))
    assert classes.tolist() == [0, 0]
    np.testing.assert_allclose(confidence, [1, 0.5])
    assert classify(np.array([[np.nan, 1.0]]))[1].tolist() == [0]


@pytest.mark.parametrize("name", WIRINGS)
def test_every_wiring_has_a_whole_frame_and_no_warning(name: str) -> None:
    spec = WIRINGS[name]
    layers = [layer.name for layer in hidden_layers(network(spec))]
    for layer in ("X", *layers, "scores", "not there"):
        found = frame(spec, start(spec), Parts(units=True, values=True, hidden=HiddenView(layer)))
        assert (found.boundary is None) == (found.confusion is None or not spec.data.in_plane)
        assert (found.units is None) == (not spec.data.in_plane)
        assert found.values is not None
        assert (found.warp is None) == (layer not in layer_units(network(spec)))


def test_a_network_too_wide_for_the_whole_plane_at_once_is_shown_in_parts() -> None:
    wide = "W = he(2, 2000)\nh = relu(X @ W)\nV = he(2000, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{wide}\nloss = cross_entropy(scores, y)", SPEC.data)
    found = frame(spec, start(spec), Parts(units=True, hidden=HiddenView("h")))
    X = cell_centres(spec, network(spec), GRID)
    values = start(spec).parameters
    scores = np.maximum(np.float64(X) @ values["W"], 0) @ values["V"]
    assert found.boundary is not None
    assert np.mean(found.boundary.classes.ravel() == scores.argmax(axis=1)) > 0.999
    assert len(found.units.layers[1].scale) == 256
    assert found.warp.kind == "units"


MANY = [f"parameter_number_{at}" for at in range(60)]
DEEP = {
    "deep and narrow": write_program(2, (16,) * 8, 10, "gelu"),
    "as wide as it may be": write_program(2, (256, 256, 256), 10),
    "many parameters": "".join(f"{name} = he(2, 10)\n" for name in MANY)
    + f"scores = X @ ({' + '.join(MANY)})\nloss = cross_entropy(scores, y)",
}


@pytest.mark.parametrize("name", DEEP)
def test_the_largest_default_frame_is_small(name: str) -> None:
    x, y = np.random.default_rng(0).uniform(-1, 1, (2, 400))
    ten = OwnPoints.of(x.tolist(), y.tolist(), [at % 10 for at in range(400)])
    spec = TrainingSpec(DEEP[name], DataSpec.of_own(ten))
    _, found = run_slice(spec, start(spec), 2)
    assert found.confusion is not None
    assert found.confusion.train.shape == (10, 10)
    assert len(msgpack.packb(found.to_plain())) < 64 * 1024
