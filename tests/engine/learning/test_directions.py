"""Directions through the space of the parameters: orthogonal, scaled and seen as they are said to be."""

import numpy as np
import pytest

from engine.errors import InputError
from engine.learning.directions import filter_normalized, principal

SHAPES = {"W": (4, 3), "b": (3,), "s": ()}
GENERATOR = np.random.default_rng(5)
ORIGIN = GENERATOR.normal(size=16)


def test_principal_directions_are_those_of_the_singular_value_decomposition() -> None:
    positions = ORIGIN + GENERATOR.normal(size=(30, 16)) * np.geomspace(5, 0.1, 16)
    plane = principal(ORIGIN, positions, seed=0)
    _, _, right = np.linalg.svd(positions - ORIGIN)
    for found, wanted in zip((plane.first, plane.second), right, strict=False):
        assert abs(found @ wanted) == pytest.approx(1)
        assert found[np.argmax(np.abs(found))] > 0
    assert plane.first @ plane.second == pytest.approx(0, abs=1e-12)


def test_what_lies_in_the_plane_is_seen_whole() -> None:
    positions = (
        ORIGIN
        + np.outer(np.linspace(0, 2, 9), np.eye(16)[3])
        + np.outer(np.linspace(0, 1, 9) ** 2, np.eye(16)[7])
    )
    plane = principal(ORIGIN, positions, seed=0)
    assert plane.share_seen(positions) == pytest.approx(1)
    points = plane.project(positions)
    np.testing.assert_allclose([plane.at(a, b) for a, b in points], positions, atol=1e-12)


def test_a_movement_across_the_plane_is_not_seen() -> None:
    positions = np.stack([ORIGIN, ORIGIN + np.eye(16)[0], ORIGIN + 2 * np.eye(16)[1]])
    plane = principal(ORIGIN, positions[:2], seed=0)
    flat = plane.share_seen(np.stack([ORIGIN, ORIGIN + 3 * plane.first, ORIGIN + 3 * plane.second]))
    assert flat == pytest.approx(1)
    across = np.eye(16)[1] - plane.project((ORIGIN + np.eye(16)[1])[None])[0] @ np.stack(
        (plane.first, plane.second)
    )
    assert plane.share_seen(np.stack([ORIGIN, ORIGIN + across])) == pytest.approx(0, abs=1e-12)
    assert plane.share_seen(np.stack([ORIGIN, ORIGIN])) is None


@pytest.mark.parametrize("moves", [0, 1])
def test_paths_that_span_less_than_a_plane_are_completed(moves: int) -> None:
    positions = ORIGIN + np.outer(np.arange(5) * moves, np.eye(16)[2])
    plane = principal(ORIGIN, positions, seed=3)
    assert plane.first @ plane.first == pytest.approx(1)
    assert plane.second @ plane.second == pytest.approx(1)
    assert plane.first @ plane.second == pytest.approx(0, abs=1e-12)
    if moves:
        assert plane.first[2] == pytest.approx(1)
    again = principal(ORIGIN, positions, seed=3)
    assert np.array_equal(plane.second, again.second)


def test_random_directions_have_the_size_of_every_units_weights() -> None:
    plane = filter_normalized(ORIGIN, SHAPES, seed=1)
    for direction in (plane.first, plane.second):
        columns = (ORIGIN[:12].reshape(4, 3), direction[:12].reshape(4, 3))
        sizes = [np.linalg.norm(matrix, axis=0) for matrix in columns]
        np.testing.assert_allclose(sizes[0], sizes[1])
        assert np.linalg.norm(direction[12:15]) == pytest.approx(np.linalg.norm(ORIGIN[12:15]))
        assert abs(direction[15]) == pytest.approx(abs(ORIGIN[15]))
    assert not np.allclose(plane.first, plane.second)
    assert np.array_equal(plane.first, filter_normalized(ORIGIN, SHAPES, seed=1).first)


@pytest.mark.parametrize("origin", [np.zeros(16), np.eye(16)[15]])
def test_parameters_of_zero_have_no_random_directions(origin: np.ndarray) -> None:
    with pytest.raises(InputError) as caught:
        filter_normalized(origin, SHAPES, seed=1)
    assert caught.value.code == "no_direction"
