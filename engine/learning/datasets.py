"""Points in the plane with a label each: the data a 2D classifier is trained on.

Every data set is one record of the table `DATASETS`. All of them are drawn from a seed, scaled into
the square [-1, 1]^2 and split, class by class, into a training and a validation part.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TypeVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learning.checks import number, one_of, whole
from engine.limits import DEFAULT

VALIDATION_SHARE = 0.25
"""Share of each class held out: never trained on, only measured."""

FEWEST_PER_CLASS = 4
"""Points a class needs, so that the split leaves some on either side."""

LARGEST_SEED = 2**53 - 1
"""Largest whole number that JSON carries exactly."""

Curve = Callable[[int, int, int, float, Generator], NDArray[np.float64]]
"""curve(label, classes, count, noise, generator): the points of one class, shape (count, 2)."""

Scalar = TypeVar("Scalar", bound=np.generic)


@dataclass(frozen=True, slots=True)
class DataSet:
    """One family of labelled points: what it is, how a class is drawn, and values to begin with."""

    name: str
    title: str
    doc: str
    source: str
    noise_unit: str
    class_range: tuple[int, int]
    classes: int
    samples: int
    noise: float
    curve: Curve


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """Points, shape (n, 2), float32, and their labels 0..C-1, shape (n,), int64; all read-only."""

    X_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    X_validation: NDArray[np.float32]
    y_validation: NDArray[np.int64]


SPIRAL_TURN = 4.5
"""Radians by which an arm turns for each unit of radius: a little over half a turn from end to end."""

SPIRAL_START = 0.15
"""Radius at which arms begin: nearer to the centre they would lie on top of one another."""


def spiral_arm(
    label: int, classes: int, count: int, noise: float, generator: Generator
) -> NDArray[np.float64]:
    """One arm of a spiral: the angle turns while the radius r grows from 0.15 to 1.

    angle = 2 pi k / C + turn r + noise N(0, 1),  (x, y) = r (sin angle, cos angle)

    Source: A. Karpathy, CS231n notes, "minimal neural network case study"; here the arms are
    evenly spaced, for any number of classes, and leave out the very centre.
    """
    radius = np.linspace(SPIRAL_START, 1.0, count)
    angle = 2 * np.pi * label / classes + SPIRAL_TURN * radius + noise * generator.standard_normal(count)
    return radius[:, np.newaxis] * np.column_stack((np.sin(angle), np.cos(angle)))


def circle(label: int, classes: int, count: int, noise: float, generator: Generator) -> NDArray[np.float64]:
    """One of several concentric circles, blurred along the radius.

    radius = (k + 1) / C + noise N(0, 1),  angle uniform in [0, 2 pi)

    Source: scikit-learn, `make_circles`, for any number of circles and with the noise on the radius.
    """
    angle = generator.uniform(0.0, 2 * np.pi, count)
    radius = (label + 1) / classes + noise * generator.standard_normal(count)
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
    curve=spiral_arm,
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
    curve=circle,
)

DATASETS: Mapping[str, DataSet] = MappingProxyType({d.name: d for d in (SPIRAL, CIRCLES)})


@dataclass(frozen=True, slots=True)
class DataSpec:
    """Which points to draw; `noise` is in the data set's own unit, `samples` counts both parts.

    Raises InputError for a name or number that is not possible, LimitError for too many points.
    """

    name: str = SPIRAL.name
    classes: int = SPIRAL.classes
    samples: int = SPIRAL.samples
    noise: float = SPIRAL.noise
    seed: int = 0

    def __post_init__(self) -> None:
        one_of("data set", self.name, DATASETS)
        fewest, most = DATASETS[self.name].class_range
        whole("classes", self.classes, fewest, most)
        whole("samples", self.samples, FEWEST_PER_CLASS * self.classes)
        DEFAULT.check("samples", self.samples)
        number("noise", self.noise, 0, 1)
        whole("seed", self.seed, 0, LARGEST_SEED)

    @classmethod
    def default(cls, name: str, seed: int = 0) -> "DataSpec":
        """The values a data set begins with."""
        one_of("data set", name, DATASETS)
        record = DATASETS[name]
        return cls(name, record.classes, record.samples, record.noise, seed)


@lru_cache(maxsize=32)
def sample(spec: DataSpec) -> Data:
    """Draw the points a DataSpec describes and split them; the same spec always gives the same bits.

    Classes differ in size by one point at most, and each gives `VALIDATION_SHARE` of its points,
    chosen at random, to validation. Both parts come shuffled.
    """
    generator = np.random.default_rng(spec.seed)
    labels = np.sort(np.arange(spec.samples) % spec.classes)
    curve = DATASETS[spec.name].curve
    counts = [int(count) for count in np.bincount(labels)]
    drawn = [curve(k, spec.classes, count, spec.noise, generator) for k, count in enumerate(counts)]
    points = _into_square(np.concatenate(drawn)).astype(np.float32)
    held_out = _stratified(labels, generator)
    train = generator.permutation(np.flatnonzero(~held_out))
    validation = generator.permutation(np.flatnonzero(held_out))
    return Data(
        X_train=_read_only(points[train]),
        y_train=_read_only(labels[train]),
        X_validation=_read_only(points[validation]),
        y_validation=_read_only(labels[validation]),
    )


def _into_square(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shrink the whole picture, where noise pushes a point out of it, until all lie in [-1, 1]^2."""
    return points / max(1.0, float(np.abs(points).max()))


def _stratified(labels: NDArray[np.int64], generator: Generator) -> NDArray[np.bool_]:
    held_out = np.zeros(labels.shape, dtype=np.bool_)
    for label in np.unique(labels):
        members = generator.permutation(np.flatnonzero(labels == label))
        held_out[members[: round(VALIDATION_SHARE * len(members))]] = True
    return held_out


def _read_only(array: NDArray[Scalar]) -> NDArray[Scalar]:
    array.setflags(write=False)
    return array
