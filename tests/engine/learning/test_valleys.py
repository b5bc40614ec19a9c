"""The landscapes that are shipped: each is the function it is said to be."""

import numpy as np
import pytest

from engine.learning.features import featured
from engine.learning.landscape import Landscape, landscape
from engine.learning.valleys import VALLEYS


def surveyed(name: str) -> Landscape:
    valley = VALLEYS[name]
    return landscape(valley.spec, runners=valley.runners, updates=valley.updates, every=valley.every, size=21)


@pytest.mark.parametrize("name", VALLEYS)
def test_every_optimizer_goes_down_and_stays_on_the_map(name: str) -> None:
    found = surveyed(name)
    assert found.kind == "exact"
    for track in found.tracks:
        assert track.problem is None, track.label
        assert track.losses[-1] < track.losses[0] / 2, track.label
        assert track.shown_share == pytest.approx(1)
        for points, line in zip(track.points.T, (found.a, found.b), strict=True):
            assert line[0] < points.min()
            assert points.max() < line[-1]


def test_the_ravine_is_the_quadratic_of_its_features() -> None:
    valley, found = VALLEYS["ravine"], surveyed("ravine")
    data = featured(valley.spec.data, valley.spec.features)
    X, y = data.X_train.astype(float), data.y_train.astype(float)
    weights = np.stack(np.meshgrid(found.a, found.b), axis=-1)
    np.testing.assert_allclose(found.loss, np.square(weights @ X.T - y).mean(axis=-1), rtol=1e-4, atol=1e-6)
    curved = np.linalg.eigvalsh(X.T @ X)
    assert curved[1] / curved[0] == pytest.approx(50, rel=0.05)
    assert found.axes[0].name == "w[0]"
    assert found.axes[1].name == "w[1]"


def test_the_banana_is_rosenbrocks_function() -> None:
    found = surveyed("banana")
    a, b = np.meshgrid(found.a, found.b)
    rosenbrock = ((1 - a) ** 2 + 100 * (b - a**2) ** 2) / 6
    # the points are a sample of the square, so the two features are not quite as long and independent
    far = rosenbrock > 1
    assert np.abs(found.loss[far] / rosenbrock[far] - 1).max() < 0.25
    assert found.start == pytest.approx((-1.2, 1.0))
    assert (found.axes[0].name, found.axes[1].name) == ("a", "b")


def test_the_saddle_has_two_valleys_of_equal_products() -> None:
    found = surveyed("saddle")
    valley = VALLEYS["saddle"]
    u = featured(valley.spec.data, valley.spec.features).X_train[:, 0].astype(float)
    a, b = np.meshgrid(found.a, found.b)
    np.testing.assert_allclose(found.loss, (1 - a * b) ** 2 * np.square(u).mean(), rtol=1e-4, atol=1e-6)
