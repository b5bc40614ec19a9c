"""Two directions through a space of many parameters, so that a loss over it can be drawn.

    position = origin + a * first + b * second

Source: Li, Xu, Taylor, Studer & Goldstein (2018), "Visualizing the loss landscape of neural nets".
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from engine.errors import InputError
from engine.learning.vectors import joined, views
from engine.ops.op import Array, Shape

Directions = Literal["axes", "paths", "random"]
"""Where directions come from: the two parameters themselves, the paths, or chance."""

LEAST_SPREAD = 1e-6
"""A direction along which paths reach less far than this share of the farthest is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """A plane through an origin, spanned by two directions; all of shape (P,), float64."""

    origin: Array
    first: Array
    second: Array

    def at(self, a: float, b: float) -> Array:
        """The position of a point of the plane, shape (P,)."""
        return self.origin + a * self.first + b * self.second

    def project(self, positions: Array) -> Array:
        """The point of the plane nearest to each position: (m, P) to (m, 2), by least squares."""
        basis = np.stack((self.first, self.second), axis=1)
        moved = positions - self.origin
        return np.linalg.solve(basis.T @ basis, basis.T @ moved.T).T

    def share_seen(self, positions: Array) -> float | None:
        """How much of the way from the first position lies in the plane; None where there is no way.

        sum |projected - projected_0|^2 / sum |position - position_0|^2
        """
        moved = positions - positions[0]
        total = float(np.square(moved).sum())
        if total == 0:
            return None
        points = self.project(positions)
        points = points - points[0]
        seen = points @ np.stack((self.first, self.second))
        return min(1.0, float(np.square(seen).sum()) / total)


def along_axes() -> Plane:
    """The whole space of a program with two trained numbers: its coordinates are their values."""
    return Plane(np.zeros(2), np.array([1.0, 0.0]), np.array([0.0, 1.0]))


def principal(origin: Array, positions: Array, seed: int) -> Plane:
    """The plane through the origin in which positions, shape (m, P), are seen best.

    Its directions are the first two right singular vectors of positions - origin, of length 1, each
    with its largest component positive. Where the positions span less than a plane, directions drawn
    from the seed complete it.
    """
    moved = positions - origin
    # the m x m matrix of products has the same singular values, and m is small where P is large
    squares, left = np.linalg.eigh(moved @ moved.T)
    reach = np.sqrt(np.maximum(squares, 0.0))
    found: list[Array] = []
    for index in (-1, -2):
        if len(reach) >= -index and reach[index] > LEAST_SPREAD * max(reach[-1], np.finfo(float).tiny):
            found.append(_orthogonal(left[:, index] @ moved, found))
    generator = np.random.default_rng(seed)
    while len(found) < 2:
        found.append(_orthogonal(generator.standard_normal(len(origin)), found))
    first, second = (direction * np.sign(direction[np.argmax(np.abs(direction))]) for direction in found)
    return Plane(origin, first, second)


def _orthogonal(direction: Array, others: list[Array]) -> Array:
    for other in others:
        direction = direction - (direction @ other) * other
    return direction / np.sqrt(np.square(direction).sum())


def filter_normalized(origin: Array, shapes: Mapping[str, Shape], seed: int) -> Plane:
    """Two random directions, each unit's weights scaled to the size they have at the origin.

    d_j <- d_j / |d_j| * |w_j|

    w_j are the weights into one unit, a column of a matrix; a parameter of fewer axes is scaled as a
    whole. So a step of 1 means as much for large weights as for small ones, and the same net with
    rescaled layers has the same landscape. Raises InputError where so many parameters are 0 that there
    are no two directions.
    """
    weights = views(origin, shapes)
    generator = np.random.default_rng(seed)
    directions: list[Array] = []
    for _ in range(2):
        drawn: dict[str, Array] = {}
        for name, shape in shapes.items():
            direction = generator.standard_normal(shape)
            drawn[name] = direction / _sizes(direction) * _sizes(weights[name])
        directions.append(joined(drawn, shapes, np.float64))
    if np.linalg.matrix_rank(np.stack(directions)) < 2:
        raise InputError(
            "no_direction",
            "the parameters are 0, and directions scaled to their size are no directions",
            hint="look along the paths of an optimizer, or start from other parameters",
        )
    return Plane(origin, *directions)


def _sizes(array: Array) -> Array:
    """The norm of every column of a matrix, of a whole array of fewer axes."""
    axes = tuple(range(array.ndim - 1)) if array.ndim > 1 else None
    return np.sqrt(np.square(array).sum(axis=axes, keepdims=True))
