"""Points: drawn from the seed, inside the square, split class by class."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError, LimitError
from engine.learning.datasets import DATASETS, DataSpec, sample
from engine.learning.datasets.curves import SPIRAL_START, SPIRAL_TURN
from engine.learning.datasets.digits import MOST_PER_CLASS, images
from engine.learning.datasets.spec import class_sizes

IN_PLANE = [name for name, record in DATASETS.items() if record.in_plane]
VALUES = [name for name, record in DATASETS.items() if record.kind == "values"]


@st.composite
def data_specs(draw: st.DrawFn) -> DataSpec:
    name = draw(st.sampled_from(IN_PLANE))
    classes = draw(st.integers(*DATASETS[name].class_range))
    samples = draw(st.integers(4 * classes, 300))
    return DataSpec(name, classes, samples, draw(st.floats(0, 1)), draw(st.integers(0, 2**53 - 1)))


@given(data_specs())
@settings(max_examples=60)
def test_every_spec_gives_points_in_the_square_and_a_stratified_split(spec: DataSpec) -> None:
    data = sample(spec)
    X = np.concatenate((data.X_train, data.X_validation))
    assert X.shape == (spec.samples, 2)
    assert X.dtype == np.float32
    assert np.abs(X).max() <= 1
    assert data.X_test.shape == (0, 2)
    y = np.concatenate((data.y_train, data.y_validation))
    if data.kind == "values":
        assert y.dtype == np.float32
        assert len(data.y_validation) == round(0.25 * spec.samples)
    else:
        assert y.dtype == np.int64
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


@pytest.mark.parametrize(
    ("spec", "digest"),
    [
        (DataSpec("spiral", 3, 600, 0.2, 0), "63aa5c7675d5ec02"),
        (DataSpec("spiral", 5, 601, 0.9, 3), "2d1557ec7bae7cc0"),
        (DataSpec("circles", 2, 400, 0.08, 0), "99639aa93059e22e"),
        (DataSpec("circles", 3, 50, 1.0, 9), "6bdb9c88c8190729"),
    ],
)
def test_a_link_to_a_lesson_keeps_its_points(spec: DataSpec, digest: str) -> None:
    data = sample(spec)
    content = [a.tobytes() for a in (data.X_train, data.y_train, data.X_validation, data.y_validation)]
    assert hashlib.sha256(b"".join(content)).hexdigest().startswith(digest)


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


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_rings_without_noise_leave_a_gap_between_classes(classes: int) -> None:
    data = sample(DataSpec("rings", classes, 800, 0.0))
    radius = np.hypot(*data.X_train.T)
    for label in range(classes - 1):
        inside, outside = (radius[data.y_train == k] for k in (label, label + 1))
        assert inside.max() < outside.min() - 0.4 / classes


def test_moons_without_noise_are_half_circles() -> None:
    data = sample(DataSpec("moons", 2, 300, 0.0))
    x, y = 1.5 * data.X_train.astype(np.float64).T + np.array([[0.5], [0.25]])
    centre = np.where(data.y_train == 0, 0, 1), np.where(data.y_train == 0, 0, 0.5)
    np.testing.assert_allclose(np.hypot(x - centre[0], y - centre[1]), 1, atol=1e-5)


def test_xor_without_noise_is_the_sign_of_the_product() -> None:
    data = sample(DataSpec("xor", 2, 300, 0.0))
    assert np.array_equal(data.X_train.prod(axis=1) < 0, data.y_train == 1)
    assert len(np.unique(np.sign(data.X_train), axis=0)) == 4


@pytest.mark.parametrize("classes", [2, 3, 4])
def test_a_checkerboard_without_noise_takes_classes_in_turn(classes: int) -> None:
    data = sample(DataSpec("checkerboard", classes, 400, 0.0))
    column, row = np.floor((data.X_train.astype(np.float64).T + 1) * 2)
    assert np.array_equal((column + row) % classes, data.y_train)


def test_blobs_have_the_noise_as_their_standard_deviation() -> None:
    data = sample(DataSpec("blobs", 4, 8000, 0.05))
    for label in range(4):
        cloud = data.X_train[data.y_train == label]
        np.testing.assert_allclose(cloud.std(axis=0), 0.05, rtol=0.1)
        assert np.hypot(*cloud.mean(axis=0)) == pytest.approx(0.6, abs=0.01)


SURFACES = {
    "plane": lambda x, y: (x + y) / 2,
    "bump": lambda x, y: np.exp(-(x * x + y * y) / 0.32),
    "saddle": lambda x, y: (x + y) * (x - y),
    "sine": lambda x, y: (np.sin(np.pi * (x + y)) + np.sin(np.pi * (x - y))) / 2,
}


@pytest.mark.parametrize("name", VALUES)
def test_a_surface_without_noise_is_its_formula(name: str) -> None:
    data = sample(DataSpec(name, 1, 200, 0.0))
    assert data.kind == "values"
    np.testing.assert_allclose(data.y_train, SURFACES[name](*data.X_train.astype(np.float64).T), atol=1e-6)
    noisy = sample(DataSpec(name, 1, 8000, 0.3))
    residual = noisy.y_train - SURFACES[name](*noisy.X_train.T)
    assert residual.std() == pytest.approx(0.3, rel=0.1)


def test_digits_are_the_images_of_the_file() -> None:
    pixels, labels = images()
    assert pixels.shape == (1797, 64)
    assert np.bincount(labels).min() == MOST_PER_CLASS
    assert (pixels.min(), pixels.max()) == (0, 16)
    known = {(image.tobytes(), int(label)) for image, label in zip(pixels, labels, strict=True)}
    data = sample(DataSpec("digits", 10, 1740, 0.0, test_share=0.2))
    rows = np.concatenate((data.X_train, data.X_validation, data.X_test))
    y = np.concatenate((data.y_train, data.y_validation, data.y_test))
    drawn = {
        (np.rint(16 * image).astype(np.uint8).tobytes(), int(label))
        for image, label in zip(rows, y, strict=True)
    }
    assert drawn <= known
    assert len(drawn) == 1740


def test_a_digit_looks_like_itself() -> None:
    pixels, labels = images()
    zero = pixels[labels == 0].mean(axis=0).reshape(8, 8)
    assert zero[3:5, 3:5].max() < 4 < zero[3:5, 1:3].max()


@given(st.integers(4, 3000), st.lists(st.floats(0.01, 100), min_size=1, max_size=6))
def test_classes_are_shared_out_to_the_last_point(samples: int, weights: list[float]) -> None:
    sizes = class_sizes(samples, tuple(weights))
    assert sum(sizes) == samples
    exact = [samples * weight / sum(weights) for weight in weights]
    assert all(abs(size - share) < 1 for size, share in zip(sizes, exact, strict=True))


def test_balance_gives_relative_sizes() -> None:
    data = sample(DataSpec("spiral", 3, 400, 0.2, balance=(1, 2, 5)))
    assert np.bincount(data.y_train).tolist() == [38, 75, 188]
    assert np.bincount(data.y_validation).tolist() == [12, 25, 62]


def test_a_test_part_is_taken_from_each_class_and_shares_no_point() -> None:
    without, data = sample(DataSpec()), sample(DataSpec(test_share=0.1))
    assert np.bincount(data.y_test).tolist() == [20, 20, 20]
    parts = [{tuple(point) for point in part} for part in (data.X_train, data.X_validation, data.X_test)]
    assert len(set.union(*parts)) == sum(map(len, parts)) == 600
    assert parts[1] == {tuple(point) for point in without.X_validation}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": "swirl"}, "no data set named 'swirl'"),
        ({"name": "own"}, "comes without its points"),
        ({"classes": 1}, "classes is 1"),
        ({"classes": 7}, "classes is 7"),
        ({"name": "circles", "classes": 4}, "classes is 4; it must be a whole number from 2 to 3"),
        ({"name": "plane"}, "classes is 3; it must be a whole number from 1 to 1"),
        ({"samples": 11}, "samples is 11; it must be a whole number of at least 12"),
        ({"noise": float("nan")}, "noise is nan"),
        ({"noise": 1.5}, "noise is 1.5"),
        ({"seed": -1}, "seed is -1"),
        ({"seed": 2**53}, "seed is"),
        ({"balance": (1, 2)}, "balance has 2 sizes for 3 classes"),
        ({"balance": (1, 2, 0)}, "balance is 0"),
        ({"balance": (1, 2, float("inf"))}, "balance is inf"),
        ({"balance": (0.01, 2, 2)}, "class 0 has 2 points: too few"),
        ({"validation_share": 0.0}, "validation_share is 0.0"),
        ({"validation_share": 0.9}, "validation_share is 0.9"),
        ({"test_share": -0.1}, "test_share is -0.1"),
        ({"samples": 12, "test_share": 0.01}, "class 0 has 4 points: too few"),
        ({"name": "digits", "classes": 10, "samples": 1741}, "a class of 175 points is asked for"),
    ],
)
def test_an_impossible_spec_is_refused_in_words(changes: dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        DataSpec(**changes)
    assert caught.value.hint


def test_too_many_points_are_refused_before_they_are_drawn() -> None:
    with pytest.raises(LimitError) as caught:
        DataSpec(samples=10**12)
    assert caught.value.limit == "samples"
