"""Points: drawn from the seed, inside the square, split class by class."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError, LimitError
from engine.learning.datasets import DATASETS, SPIRAL_START, SPIRAL_TURN, DataSpec, sample


@st.composite
def data_specs(draw: st.DrawFn) -> DataSpec:
    name = draw(st.sampled_from(sorted(DATASETS)))
    classes = draw(st.integers(*DATASETS[name].class_range))
    samples = draw(st.integers(4 * classes, 300))
    return DataSpec(name, classes, samples, draw(st.floats(0, 1)), draw(st.integers(0, 2**53 - 1)))


@given(data_specs())
@settings(max_examples=60)
def test_every_spec_gives_points_in_the_square_and_a_stratified_split(spec: DataSpec) -> None:
    data = sample(spec)
    X = np.concatenate((data.X_train, data.X_validation))
    y = np.concatenate((data.y_train, data.y_validation))
    assert X.shape == (spec.samples, 2)
    assert X.dtype == np.float32
    assert y.dtype == np.int64
    assert np.abs(X).max() <= 1
    counts = np.bincount(y, minlength=spec.classes)
    assert counts.max() - counts.min() <= 1
    held_out = np.bincount(data.y_validation, minlength=spec.classes)
    assert np.array_equal(held_out, [round(0.25 * count) for count in counts])


@pytest.mark.parametrize("name", DATASETS)
def test_the_same_seed_gives_the_same_bits_and_another_seed_others(name: str) -> None:
    spec = DataSpec.default(name, seed=7)
    first = sample(spec)
    sample.cache_clear()
    second = sample(DataSpec.default(name, seed=7))
    assert first is not second
    assert first.X_train.tobytes() == second.X_train.tobytes()
    assert first.y_validation.tobytes() == second.y_validation.tobytes()
    assert first.X_train.tobytes() != sample(DataSpec.default(name, seed=8)).X_train.tobytes()


def test_points_are_kept_and_cannot_be_written_to() -> None:
    data = sample(DataSpec())
    assert sample(DataSpec()) is data
    with pytest.raises(ValueError, match="read-only"):
        data.X_train[0] = 0


def test_a_spiral_without_noise_follows_its_formula() -> None:
    data = sample(DataSpec("spiral", 3, 300, 0.0))
    x, y = data.X_train.astype(np.float64).T
    radius = np.hypot(x, y)
    angle = 2 * np.pi * data.y_train / 3 + SPIRAL_TURN * radius
    assert radius.min() >= SPIRAL_START - 1e-6
    np.testing.assert_allclose(x, radius * np.sin(angle), atol=1e-5)
    np.testing.assert_allclose(y, radius * np.cos(angle), atol=1e-5)


def test_circles_without_noise_have_one_radius_per_class() -> None:
    data = sample(DataSpec("circles", 3, 300, 0.0))
    np.testing.assert_allclose(np.hypot(*data.X_train.T), (data.y_train + 1) / 3, atol=1e-6)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "swirl"}, "no data set named 'swirl'"),
        ({"classes": 1}, "classes is 1"),
        ({"classes": 7}, "classes is 7"),
        ({"name": "circles", "classes": 4}, "classes is 4; it must be a whole number from 2 to 3"),
        ({"samples": 11}, "samples is 11; it must be a whole number of at least 12"),
        ({"noise": float("nan")}, "noise is nan"),
        ({"noise": 1.5}, "noise is 1.5"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**53}, "seed is"),
    ],
)
def test_an_impossible_spec_is_refused_in_words(changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        DataSpec(**changes)


def test_too_many_points_are_refused_before_they_are_drawn() -> None:
    with pytest.raises(LimitError) as caught:
        DataSpec(samples=10**12)
    assert caught.value.limit == "samples"
