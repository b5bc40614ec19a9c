"""Handwritten digits: real images of 8 x 8 pixels, read from the file beside this module."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from engine.learning.datasets.dataset import DataSet, Points
from engine.ops.op import Array

FILE = "digits.npz"

SIDE = 8
"""Pixels along either side of an image; a row of X is its pixels row by row from the top."""

WHITEST = 16
"""The largest value of a pixel in the file; in X it is 1, and an empty pixel 0."""

MOST_PER_CLASS = 174
"""Images of the rarest digit, the 8."""


@cache
def images() -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """All images, shape (1797, 64), values 0..16, and which digit each shows, shape (1797,).

    Source: E. Alpaydin, C. Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI Machine
    Learning Repository, doi:10.24432/C50P49, CC BY 4.0; its test part.
    """
    with files("engine.learning.datasets").joinpath(FILE).open("rb") as file, np.load(file) as content:
        return content["images"], content["labels"]


def draw(sizes: Sequence[int], noise: float, generator: Generator) -> tuple[Points, Array]:
    """So many images of the digits 0, 1, ..., chosen at random, each at most once.

    X = pixel / 16 + noise N(0, 1)
    """
    pixels, labels = images()
    chosen = np.concatenate(
        [generator.permutation(np.flatnonzero(labels == digit))[:size] for digit, size in enumerate(sizes)]
    )
    X = pixels[chosen] / WHITEST + noise * generator.standard_normal((len(chosen), SIDE**2))
    return X, labels[chosen].astype(np.int64)


DIGITS = DataSet(
    name="digits",
    title="Digits",
    doc="Real images of handwritten digits, 8 x 8 pixels each: 64 features in place of x and y.",
    source="Alpaydin & Kaynak (1998), Optical Recognition of Handwritten Digits, UCI, CC BY 4.0",
    noise_unit="brightness",
    class_range=(2, 10),
    classes=10,
    samples=1500,
    noise=0.0,
    draw=draw,
    in_plane=False,
    columns=SIDE**2,
    most_per_class=MOST_PER_CLASS,
)
