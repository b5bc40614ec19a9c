"""The record every data set has, and how the points of one are put together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.ops.op import Array

Kind = Literal["classes", "values"]
"""What a point has: a label that says which class it is of, or a number to be predicted."""

Points = NDArray[np.float64]

Draw = Callable[[Sequence[int], float, Generator], tuple[Points, Array]]
"""draw(sizes, noise, generator): points, shape (n, columns), and their labels or values, shape (n,).

`sizes` counts the points of each class; data with values are drawn as a single class.
"""

Curve = Callable[[int, int, int, float, Generator], Points]
"""curve(label, classes, count, noise, generator): the points of one class, shape (count, 2)."""

Surface = Callable[[Points, Points], Points]
"""surface(x, y): the value at every point, all of shape (n,)."""


@dataclass(frozen=True, slots=True)
class DataSet:
    """One family of points: what it is, how it is drawn, what it may be asked for and begins with.

    `noise` lies between 0 and 1 in `noise_unit`. `in_plane` says that a point is an (x, y), so that
    features are calculated from it and a boundary can be drawn; otherwise its `columns` are features
    as they are. `most_per_class` bounds a class of which there are only so many points.
    """

    name: str
    title: str
    doc: str
    source: str
    noise_unit: str
    class_range: tuple[int, int]
    classes: int
    samples: int
    noise: float
    draw: Draw
    kind: Kind = "classes"
    in_plane: bool = True
    columns: int = 2
    most_per_class: int | None = None


def by_class(curve: Curve) -> Draw:
    """Draw class after class along a curve."""

    def draw(sizes: Sequence[int], noise: float, generator: Generator) -> tuple[Points, Array]:
        drawn = [curve(label, len(sizes), size, noise, generator) for label, size in enumerate(sizes)]
        return into_square(np.concatenate(drawn)), np.repeat(np.arange(len(sizes)), sizes)

    return draw


def over_square(surface: Surface) -> Draw:
    """Draw points evenly over the square and the height of a surface above each, blurred.

    value = surface(x, y) + noise N(0, 1),  x and y uniform in [-1, 1)
    """

    def draw(sizes: Sequence[int], noise: float, generator: Generator) -> tuple[Points, Array]:
        count = sum(sizes)
        points = generator.uniform(-1.0, 1.0, (count, 2))
        blur = noise * generator.standard_normal(count)
        return points, surface(points[:, 0], points[:, 1]) + blur

    return draw


def into_square(points: Points) -> Points:
    """Shrink the whole picture, where noise pushes a point out of it, until all lie in [-1, 1]^2."""
    return points / max(1.0, float(np.abs(points).max()))
