"""The plane as the pictures of a training show it: grids of points, and their features."""

from functools import lru_cache

import numpy as np

from engine.learning.datasets.sample import read_only
from engine.learning.features import columns_of
from engine.learning.network import Network
from engine.learning.spec import TrainingSpec
from engine.ops.op import Array

EXTENT = (-1.25, 1.25)
"""The stretch of either axis that is shown: the data's square and a margin."""


def cell_centres(spec: TrainingSpec, net: Network, size: int) -> Array:
    """What the network is shown of the centre of each of size x size cells, row by row from the least y.

    Shape (size**2, columns), x running fastest; features may be non-finite there.
    """
    return _grid(spec.features, net.dtype, size, 0.5 / size)


def crossings(spec: TrainingSpec, net: Network, size: int) -> Array:
    """The same of the points where size lines across and size lines up cross, the outermost on the edge."""
    return _grid(spec.features, net.dtype, size, 0.0)


@lru_cache(maxsize=64)
def _grid(features: tuple[str, ...], dtype: str, size: int, margin: float) -> Array:
    low, high = EXTENT
    steps = low + (high - low) * np.linspace(margin, 1 - margin, size)
    x, y = np.meshgrid(steps, steps)
    points = np.column_stack((x.ravel(), y.ravel()))
    return read_only(columns_of(points, features).astype(dtype))
