"""Features: calculated point by point, from the table or by a formula, and seen by the network."""

import numpy as np
import pytest

from engine.errors import EngineError
from engine.learning import (
    OptimizerSpec,
    TrainingSpec,
    carry_over,
    open_batch,
    run_slice,
    start,
    write_program,
)
from engine.learning.datasets import DataSpec, sample
from engine.learning.features import FEATURES, columns_of, featured

POINTS = np.array([[0.5, -1.0], [-0.25, 0.75], [0.0, 0.0], [-1.0, 0.0]])
CIRCLES = DataSpec("circles", 2, 400, 0.02)


def test_the_table() -> None:
    x, y = POINTS.T
    expected = [x, y, x * x, y * y, x * y, np.sin(x), np.sin(y), (x * x + y * y) ** 0.5]
    found = columns_of(POINTS, tuple(FEATURES))
    np.testing.assert_allclose(found[:, :8], np.column_stack(expected))
    np.testing.assert_allclose(found[:, 8], [-1.1071487, 1.8925469, 0, np.pi], rtol=1e-6)


def test_formulas_of_ones_own() -> None:
    x, y = POINTS.T
    radius = np.hypot(x, y)
    found = columns_of(
        POINTS, ("x^3", "a = 2; b = exp(-a * r); b + y", "sin(3 * theta)", "where(x < 0, 1, y)")
    )
    np.testing.assert_allclose(found[:, 0], x**3)
    np.testing.assert_allclose(found[:, 1], np.exp(-2 * radius) + y)
    np.testing.assert_allclose(found[:, 2], np.sin(3 * np.arctan2(y, x)))
    np.testing.assert_allclose(found[:, 3], np.where(x < 0, 1, y))


@pytest.mark.parametrize("name", ["x^2", "y^2", "x*y", "sin(x)", "sin(y)"])
def test_a_name_of_the_table_means_what_it_says_in_the_language(name: str) -> None:
    np.testing.assert_allclose(columns_of(POINTS, (name,)), columns_of(POINTS, (f" {name}",)))


def test_x_and_y_are_the_points_themselves() -> None:
    assert featured(CIRCLES) is sample(CIRCLES)
    data = featured(CIRCLES, ("y", "x"))
    assert data.X_train.dtype == np.float32
    np.testing.assert_array_equal(data.X_train, sample(CIRCLES).X_train[:, ::-1])
    assert data.y_train is sample(CIRCLES).y_train


def trained(features: tuple[str, ...], program: str, updates: int = 400) -> float:
    spec = TrainingSpec(program, CIRCLES, OptimizerSpec("adam", 0.05), features=features)
    _, frame = run_slice(spec, start(spec), updates)
    assert frame.accuracy.validation is not None
    return frame.accuracy.validation


def test_circles_become_linearly_separable_in_polar_coordinates() -> None:
    linear = write_program(2, (), 2)
    assert trained(("x", "y"), linear) < 0.75
    assert trained(("r", "theta"), linear) == 1.0
    assert trained(("x^2", "y^2"), linear) == 1.0
    assert trained(("(r - 0.75)",), write_program(1, (), 2)) == 1.0


def test_the_boundary_goes_through_the_same_features() -> None:
    spec = TrainingSpec(write_program(1, (), 2), CIRCLES, OptimizerSpec("adam", 0.05), features=("r",))
    _, frame = run_slice(spec, start(spec), 400)
    assert frame.boundary is not None
    classes = frame.boundary.classes
    assert np.array_equal(classes, classes.T)
    assert (classes[32, 32], classes[0, 0]) == (0, 1)


def test_a_minibatch_opens_with_the_features_in_X() -> None:  # noqa: N802
    spec = TrainingSpec(write_program(3, (), 2), CIRCLES, features=("r", "theta", "x*y"))
    batch = open_batch(spec, start(spec))
    assert batch.inputs["X"].shape == (32, 3)
    assert (batch.inputs["X"][:, 0] > 0).all()


def test_other_features_of_the_same_number_keep_the_parameters() -> None:
    spec = TrainingSpec(write_program(2, (4,), 2), CIRCLES)
    state, _ = run_slice(spec, start(spec), 5)
    changed = TrainingSpec(spec.program, CIRCLES, features=("r", "theta"))
    carried = carry_over(changed, state)
    assert all(np.array_equal(carried.parameters[name], state.parameters[name]) for name in state.parameters)


def test_digits_have_features_of_their_own_and_no_boundary() -> None:
    data = DataSpec("digits", 10, 600, 0.0)
    spec = TrainingSpec(write_program(64, (), 10), data, OptimizerSpec("adam", 0.01))
    _, frame = run_slice(spec, start(spec), 200)
    assert frame.boundary is None
    assert frame.accuracy.validation is not None
    assert frame.accuracy.validation > 0.85


def test_a_surface_is_learned_and_has_no_boundary() -> None:
    data = DataSpec.default("saddle")
    program = write_program(2, (), 1, loss="squared", regularizer="none")
    losses = []
    for features in (("x", "y"), ("x^2", "y^2")):
        spec = TrainingSpec(program, data, OptimizerSpec("adam", 0.05), features=features)
        _, frame = run_slice(spec, start(spec), 300)
        assert frame.boundary is None
        assert frame.accuracy.train is None
        losses.append(frame.losses.validation.total)
    assert losses[0] > 0.1
    assert losses[1] < 0.01


@pytest.mark.parametrize(
    ("features", "code", "says"),
    [
        ((), "no_features", "no features"),
        (("x",) * 17, "limit", "features a network is shown of a point: 17"),
        (("x", "1" + "+1" * 100), "limit", "characters in a feature"),
        (("z",), "bad_feature", "in the feature `z`"),
        (("x +",), "bad_feature", "in the feature `x \\+`"),
        (("",), "bad_feature", "in the feature ``"),
        (("3",), "bad_feature", "it is the same for all points"),
        (("x[0]",), "bad_feature", "`index` mixes points"),
        (("x - mean(x)",), "bad_feature", "`mean` mixes points"),
        (("softmax(x)",), "bad_feature", "`softmax` mixes points"),
        (("normal(2, 2) * x",), "bad_feature", "in the feature"),
        (("log(x)",), "feature_not_finite", "the feature `log\\(x\\)` is nan at the point"),
        (("exp(9999 * r)",), "feature_not_finite", "is inf at the point"),
        # finite in float64, but not in the float32 of the data
        (("1" + "0" * 39 + " * r",), "feature_not_finite", "is inf at the point"),
    ],
)
def test_impossible_features_are_refused_in_words(features: tuple[str, ...], code: str, says: str) -> None:
    with pytest.raises(EngineError, match=says) as caught:
        TrainingSpec(write_program(), DataSpec("circles", 2, 40, 0.1), features=features)
    assert caught.value.code == code
    assert caught.value.hint


def test_the_span_of_a_mistake_lies_within_the_feature() -> None:
    with pytest.raises(EngineError) as caught:
        featured(CIRCLES, ("x", "x * oops"))
    assert caught.value.span == (4, 8)
    assert caught.value.parameters["feature"] == "x * oops"


def test_data_without_a_plane_take_no_features() -> None:
    with pytest.raises(EngineError, match="the points of digits have no x and y"):
        featured(DataSpec.default("digits"), ("r",))


def test_a_program_for_other_features_is_refused() -> None:
    with pytest.raises(EngineError):
        start(TrainingSpec(write_program(2, (4,), 2), CIRCLES, features=("x", "y", "r")))
