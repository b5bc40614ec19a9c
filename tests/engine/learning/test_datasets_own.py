"""Points of one's own: packed, split, trained on, refused in words."""

import pickle

import numpy as np
import pytest

from engine.errors import EngineError
from engine.learning import TrainingSpec, run_slice, start, write_program
from engine.learning.datasets import DataSpec, OwnPoints, sample

X = [0.1 * k - 0.4 for k in range(9)]
Y = [0.5 - 0.1 * k for k in range(9)]
LABEL = [0, 1, 0, 1, 0, 1, 0, 1, 0]


def test_points_come_back_as_they_were() -> None:
    own = OwnPoints.of(X, Y, LABEL)
    np.testing.assert_array_equal(own.X, np.column_stack((X, Y)).astype(np.float32))
    assert own.y.tolist() == LABEL
    assert own.sizes == (5, 4)


def test_they_are_split_by_class_and_seed_and_otherwise_untouched() -> None:
    spec = DataSpec.of_own(OwnPoints.of(X, Y, LABEL))
    data = sample(spec)
    assert np.bincount(data.y_train).tolist() == [4, 3]
    assert np.bincount(data.y_validation).tolist() == [1, 1]
    points = {tuple(point) for point in np.concatenate((data.X_train, data.X_validation))}
    assert points == {tuple(point) for point in np.column_stack((X, Y)).astype(np.float32)}
    again = sample(DataSpec.of_own(OwnPoints.of(X, Y, LABEL)))
    assert again is data
    other = sample(DataSpec.of_own(OwnPoints.of(X, Y, LABEL), seed=1))
    assert other.X_train.tobytes() != data.X_train.tobytes()


def test_points_that_say_which_are_held_out_keep_their_part_and_order() -> None:
    held_out = [False, True, False, False, True, False, False, False, False]
    own = OwnPoints.of(X, Y, LABEL, held_out)
    data = sample(DataSpec.of_own(own))
    out = np.array(held_out)
    points = np.column_stack((X, Y)).astype(np.float32)
    np.testing.assert_array_equal(data.X_train, points[~out])
    np.testing.assert_array_equal(data.X_validation, points[out])
    assert data.y_validation.tolist() == [1, 0]
    # another seed changes nothing, and one point more changes no other's part
    np.testing.assert_array_equal(sample(DataSpec.of_own(own, seed=5)).X_train, data.X_train)
    more = sample(DataSpec.of_own(OwnPoints.of([*X, 0.7], [*Y, 0.7], [*LABEL, 1], [*held_out, False])))
    np.testing.assert_array_equal(more.X_train[:-1], data.X_train)
    np.testing.assert_array_equal(more.X_validation, data.X_validation)


def test_two_classes_of_which_one_has_a_single_point_can_be_trained_on() -> None:
    own = OwnPoints.of([0, 0.5, 1], [0, 0, 0], [0, 1, 0], [False, False, True])
    spec = TrainingSpec(write_program(2, (4,), 2), DataSpec.of_own(own), batch_size=2)
    _, frame = run_slice(spec, start(spec), 3)
    assert frame.confusion is not None
    assert frame.confusion.validation.sum() == 1


@pytest.mark.parametrize(
    ("held_out", "says"),
    [
        ([True], "9 points, but 1 are said"),
        ([False] * 9, "no point is held out"),
        ([label == 1 for label in LABEL], "all points of class 1 are held out"),
    ],
)
def test_parts_that_cannot_be_are_refused_in_words(held_out: list[bool], says: str) -> None:
    with pytest.raises(EngineError, match=says) as caught:
        OwnPoints.of(X, Y, LABEL, held_out)
    assert caught.value.hint


def test_points_that_say_which_are_held_out_leave_none_to_test_with() -> None:
    own = OwnPoints.of(X, Y, LABEL, [True] + [False] * 8)
    with pytest.raises(EngineError, match=r"test_share is 0\.2, but the points say themselves"):
        DataSpec("own", 2, 9, 0.0, test_share=0.2, own=own)


def test_a_spec_travels_to_a_worker_and_is_the_same_there() -> None:
    spec = DataSpec.of_own(OwnPoints.of(X, Y, LABEL))
    assert pickle.loads(pickle.dumps(spec)) == spec  # noqa: S301
    assert hash(pickle.loads(pickle.dumps(spec))) == hash(spec)  # noqa: S301


def test_a_network_learns_them() -> None:
    spec = TrainingSpec(write_program(2, (8,), 2), DataSpec.of_own(OwnPoints.of(X, Y, LABEL)), batch_size=7)
    state = start(spec)
    _, before = run_slice(spec, state, 0)
    _, after = run_slice(spec, state, 50)
    assert after.losses.train.total < before.losses.train.total
    assert after.boundary is not None


@pytest.mark.parametrize(
    ("columns", "code", "says"),
    [
        ((X[:3], Y, LABEL), "unequal_columns", "3 x, 9 y and 9 labels"),
        (([], [], []), "one_class", "no points"),
        ((X, Y, [0] * 9), "one_class", "all points are of one class"),
        ((X, Y, [0, 2] * 4 + [0]), "class_without_points", "no point has the label 1"),
        ((X, Y, [-1, 1] * 4 + [0]), "not_a_label", "the label of point 0 is -1"),
        ((X, Y, [0, 10] * 4 + [0]), "limit", "classes in a data set: 11"),
        (([float("nan"), *X[1:]], Y, LABEL), "bad_coordinate", "x of point 0 is nan"),
        ((X, [*Y[:8], 1e7], LABEL), "bad_coordinate", "y of point 8 is 1e\\+07"),
        (([0.0] * 20_001, [0.0] * 20_001, [0, 1] * 10_000 + [0]), "limit", "points in a data set: 20,001"),
    ],
)
def test_impossible_points_are_refused_in_words(
    columns: tuple[list[float], list[float], list[int]], code: str, says: str
) -> None:
    with pytest.raises(EngineError, match=says) as caught:
        OwnPoints.of(*columns)
    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "spiral"}, "name is 'spiral', but the points given make it 'own'"),
        ({"classes": 3}, "classes is 3"),
        ({"samples": 10}, "samples is 10"),
        ({"noise": 0.1}, "noise is 0.1"),
        ({"balance": (1, 2)}, "balance is"),
    ],
)
def test_other_fields_must_be_those_of_the_points(changes: dict[str, object], says: str) -> None:
    fields = {"name": "own", "classes": 2, "samples": 9, "noise": 0.0}
    with pytest.raises(EngineError, match=says):
        DataSpec(**fields | changes, own=OwnPoints.of(X, Y, LABEL))


def test_a_class_needs_enough_points_to_hold_some_out() -> None:
    with pytest.raises(EngineError, match="class 1 has 1 point: too few"):
        DataSpec.of_own(OwnPoints.of(X, Y, [0] * 8 + [1]))
