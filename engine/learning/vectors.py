"""All parameters as one vector: what an optimizer walks with, and where it is on a landscape."""

from collections.abc import Mapping
from math import prod

import numpy as np
import numpy.typing as npt

from engine.ops.op import Array, Shape


def joined(arrays: Mapping[str, Array], shapes: Mapping[str, Shape], dtype: npt.DTypeLike) -> Array:
    """The arrays of all parameters one after the other, a copy, in the order of `shapes`."""
    return np.concatenate([arrays[name].ravel() for name in shapes]).astype(dtype)


def views(vector: Array, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """Every parameter in its own shape, sharing the vector's memory."""
    found: dict[str, Array] = {}
    start = 0
    for name, shape in shapes.items():
        found[name] = vector[start : start + prod(shape)].reshape(shape)
        start += prod(shape)
    return found
