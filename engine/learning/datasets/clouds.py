"""Classes that fill regions of the plane: Gaussian clouds, quadrants, the squares of a board."""

import numpy as np
from numpy.random import Generator

from engine.learning.datasets.dataset import DataSet, Points, by_class

BLOB_RADIUS = 0.6
"""How far from the centre the clouds lie."""

BOARD = 4
"""Squares along either side of the checkerboard."""


def blob(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """A Gaussian cloud; the centres are evenly spaced on a circle.

    (x, y) = 0.6 (cos a, sin a) + noise N(0, 1),  a = 2 pi k / C + pi / 4

    Source: scikit-learn, `make_blobs`, with the centres in their places.
    """
    angle = 2 * np.pi * label / classes + np.pi / 4
    centre = BLOB_RADIUS * np.array([np.cos(angle), np.sin(angle)])
    return centre + noise * generator.standard_normal((count, 2))


def quadrants(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """Two opposite quadrants: x and y have the same sign in class 0 and different signs in class 1.

    |x| and |y| uniform in [0, 1), then + noise N(0, 1)

    Source: Minsky & Papert (1969), "Perceptrons", exclusive or.
    """
    size = generator.uniform(0.0, 1.0, (count, 2))
    sign = generator.choice((-1.0, 1.0), count)
    signs = np.column_stack((sign, -sign if label else sign))
    return signs * size + noise * generator.standard_normal((count, 2))


def squares(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """The squares of a 4 x 4 board whose row and column add up to k modulo C.

    (x, y) uniform in one of them, then + noise N(0, 1)
    """
    column, row = np.nonzero(np.add.outer(np.arange(BOARD), np.arange(BOARD)) % classes == label)
    chosen = generator.integers(len(row), size=count)
    corner = np.column_stack((column[chosen], row[chosen]))
    inside = generator.uniform(0.0, 1.0, (count, 2))
    return 2 * (corner + inside) / BOARD - 1 + noise * generator.standard_normal((count, 2))


BLOBS = DataSet(
    name="blobs",
    title="Blobs",
    doc="Gaussian clouds, one per class: straight lines separate them as far as they do not overlap.",
    source="scikit-learn, make_blobs",
    noise_unit="standard deviation of a cloud",
    class_range=(2, 6),
    classes=3,
    samples=400,
    noise=0.15,
    draw=by_class(blob),
)

XOR = DataSet(
    name="xor",
    title="XOR",
    doc="Opposite quadrants share a class: the sign of x * y separates them, no straight line does.",
    source="Minsky & Papert (1969), Perceptrons",
    noise_unit="coordinates",
    class_range=(2, 2),
    classes=2,
    samples=400,
    noise=0.05,
    draw=by_class(quadrants),
)

CHECKERBOARD = DataSet(
    name="checkerboard",
    title="Checkerboard",
    doc="The squares of a board, classes in turn: many boundaries, all of them straight.",
    source="Ho & Kleinberg (1996), Checkerboard dataset",
    noise_unit="coordinates",
    class_range=(2, 4),
    classes=2,
    samples=800,
    noise=0.02,
    draw=by_class(squares),
)
