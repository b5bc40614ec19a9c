"""Classes that lie along curves: spiral arms, circles, rings, half moons."""

import numpy as np
from numpy.random import Generator

from engine.learning.datasets.dataset import DataSet, Points, by_class

SPIRAL_TURN = 4.5
"""Radians by which an arm turns for each unit of radius: a little over half a turn from end to end."""

SPIRAL_START = 0.15
"""Radius at which arms begin: nearer to the centre they would lie on top of one another."""

RING_GAP = 0.5
"""Share of a ring's width that is left empty, half of it on either side."""


def spiral_arm(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """One arm of a spiral: the angle turns while the radius r grows from 0.15 to 1.

    angle = 2 pi k / C + turn r + noise N(0, 1),  (x, y) = r (sin angle, cos angle)

    Source: A. Karpathy, CS231n notes, "minimal neural network case study"; here the arms are
    evenly spaced, for any number of classes, and leave out the very centre.
    """
    radius = np.linspace(SPIRAL_START, 1.0, count)
    angle = 2 * np.pi * label / classes + SPIRAL_TURN * radius + noise * generator.standard_normal(count)
    return radius[:, np.newaxis] * np.column_stack((np.sin(angle), np.cos(angle)))


def circle(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """One of several concentric circles, blurred along the radius.

    radius = (k + 1) / C + noise N(0, 1),  angle uniform in [0, 2 pi)

    Source: scikit-learn, `make_circles`, for any number of circles and with the noise on the radius.
    """
    angle = generator.uniform(0.0, 2 * np.pi, count)
    radius = (label + 1) / classes + noise * generator.standard_normal(count)
    return _around(radius, angle)


def ring(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """A disc in the middle or one of the rings around it, filled evenly, with a gap between any two.

    radius^2 uniform between the squares of the ring's edges, then + noise N(0, 1)

    Source: TensorFlow Playground, "circle", for any number of rings.
    """
    inner = (label + RING_GAP / 2) / classes if label else 0.0
    outer = (label + 1 - RING_GAP / 2) / classes if label < classes - 1 else 1.0
    angle = generator.uniform(0.0, 2 * np.pi, count)
    radius = np.sqrt(generator.uniform(inner**2, outer**2, count))
    return _around(radius + noise * generator.standard_normal(count), angle)


def moon(label: int, classes: int, count: int, noise: float, generator: Generator) -> Points:
    """One of two half circles that reach into each other.

    (cos a, sin a) and (1 - cos a, 1/2 - sin a),  a from 0 to pi;  moved to the centre, then
    divided by 3/2, then + noise N(0, 1)

    Source: scikit-learn, `make_moons`.
    """
    angle = np.linspace(0.0, np.pi, count)
    along, across = np.cos(angle), np.sin(angle)
    x, y = (along, across) if label == 0 else (1 - along, 0.5 - across)
    arc = np.column_stack((x - 0.5, y - 0.25)) / 1.5
    return arc + noise * generator.standard_normal((count, 2))


def _around(radius: Points, angle: Points) -> Points:
    return radius[:, np.newaxis] * np.column_stack((np.cos(angle), np.sin(angle)))


SPIRAL = DataSet(
    name="spiral",
    title="Spiral",
    doc="Interleaved spiral arms, one per class: no straight line separates them.",
    source="CS231n notes, minimal neural network case study",
    noise_unit="radians of angle",
    class_range=(2, 6),
    classes=3,
    samples=600,
    noise=0.2,
    draw=by_class(spiral_arm),
)

CIRCLES = DataSet(
    name="circles",
    title="Circles",
    doc="Concentric circles, one per class: the radius alone separates them.",
    source="scikit-learn, make_circles",
    noise_unit="radius",
    class_range=(2, 3),
    classes=2,
    samples=400,
    noise=0.08,
    draw=by_class(circle),
)

RINGS = DataSet(
    name="rings",
    title="Rings",
    doc="A disc and the broad rings around it, one per class.",
    source="TensorFlow Playground, circle",
    noise_unit="radius",
    class_range=(2, 4),
    classes=2,
    samples=400,
    noise=0.03,
    draw=by_class(ring),
)

MOONS = DataSet(
    name="moons",
    title="Moons",
    doc="Two half moons that reach into each other: nearly separable, but not by a straight line.",
    source="scikit-learn, make_moons",
    noise_unit="coordinates",
    class_range=(2, 2),
    classes=2,
    samples=400,
    noise=0.08,
    draw=by_class(moon),
)
