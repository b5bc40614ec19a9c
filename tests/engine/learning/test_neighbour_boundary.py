import numpy as np
import pytest

from engine.errors import EngineError
from engine.learning.datasets import DataSpec, OwnPoints
from engine.learning.features import featured
from engine.learning.neighbour_boundary import neighbour_boundary
from engine.learning.plane import EXTENT

DATA = DataSpec(samples=120, noise=0.4)


def nearest(X, y, place, k):
    return np.bincount(y[np.argsort(np.square(X - place).sum(axis=1), kind="stable")[:k]], minlength=3)


@pytest.mark.parametrize("standardized", [False, True])
def test_cells_and_points_are_those_of_sorting_every_distance(standardized):
    features = ("r", "theta")
    found = neighbour_boundary(DATA, features, 5, 10, standardized=standardized)
    data = featured(DATA, features)
    X = data.X_train.astype(float)
    scale = X.std(axis=0) if standardized else 1
    low, high = EXTENT
    steps = low + (high - low) * (np.arange(10) + 0.5) / 10
    for row, column in ((0, 0), (2, 7), (9, 3)):
        x, y = steps[column], steps[row]
        votes = nearest(X / scale, data.y_train, np.array([np.hypot(x, y), np.arctan2(y, x)]) / scale, 5)
        assert found.classes[row, column] == np.argmax(votes)
        assert found.share[row, column] == round(255 * votes.max() / 5)
    right = [
        np.argmax(nearest(X / scale, data.y_train, p / scale, 5)) for p in data.X_validation.astype(float)
    ]
    assert found.validation == np.mean(right == data.y_validation)


def test_standardizing_changes_who_is_near():
    plain = neighbour_boundary(DATA, ("r", "theta"), 5, 16)
    standardized = neighbour_boundary(DATA, ("r", "theta"), 5, 16, standardized=True)
    assert not np.array_equal(plain.classes, standardized.classes)


def test_one_neighbour_is_always_right_about_its_own_points_and_many_are_smoother():
    one, many = (neighbour_boundary(DATA, k=k, size=32) for k in (1, 25))
    assert one.train == 1.0
    assert (one.share == 255).all()
    assert many.train < 1
    borders = [int(np.count_nonzero(np.diff(found.classes))) for found in (one, many)]
    assert borders[1] < borders[0]


def test_data_without_a_plane_have_accuracies_alone():
    found = neighbour_boundary(DataSpec.default("digits"), k=3)
    assert found.classes is None
    assert found.share is None
    assert found.validation > 0.95


def test_a_place_without_a_finite_feature_has_no_vote():
    own = OwnPoints.of([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8], [0.5] * 8, [0, 0, 0, 0, 1, 1, 1, 1])
    found = neighbour_boundary(DataSpec.of_own(own), ("log(x)",), 1, 8)
    assert (found.share[:, :4] == 0).all()
    assert (found.classes[:, :4] == 0).all()
    assert (found.share[:, 4:] == 255).all()


@pytest.mark.parametrize(
    ("data", "fields", "code"),
    [
        (DataSpec.default("plane"), {}, "no_classes"),
        (DATA, {"k": 0}, "out_of_range"),
        (DATA, {"size": 129}, "out_of_range"),
        (DATA, {"standardized": 1}, "not_a_flag"),
        (DataSpec(samples=20_000), {"size": 128}, "limit"),
    ],
)
def test_what_cannot_be_asked_is_refused(data, fields, code):
    with pytest.raises(EngineError) as caught:
        neighbour_boundary(data, **fields)
    assert caught.value.code == code
