"""What every unit answers everywhere in the plane: small maps of features, hidden units and scores."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.evaluation import evaluate
from engine.learning.hidden import hidden_layers
from engine.learning.network import Network
from engine.learning.plane import cell_centres
from engine.learning.spec import TrainingSpec
from engine.ops.op import Array

SIZE = 20
"""Cells of a map along either axis."""

FULL = 127
"""What the largest size of a value in a map is stored as."""

MISSING = -128
"""What a value that is not finite is stored as."""

MOST_UNITS = 256
"""Units of one layer that have maps: of a wider layer, the first ones."""


@dataclass(frozen=True, slots=True, eq=False)
class LayerMaps:
    """The maps of a layer's units: value = scale * map / 127, or not finite where the map is -128.

    `scale` is float32, shape (units,); `maps` is int8, shape (units, size, size), row 0 the least y.
    """

    name: str
    scale: NDArray[np.float32]
    maps: NDArray[np.int8]

    def to_plain(self) -> dict[str, object]:
        """The name, and bytes unit by unit."""
        return {"name": self.name, "scale": self.scale.astype("<f4").tobytes(), "maps": self.maps.tobytes()}


@dataclass(frozen=True, slots=True, eq=False)
class UnitMaps:
    """The maps of `X`, of every hidden layer and of `scores`, in that order."""

    size: int
    layers: tuple[LayerMaps, ...]

    def to_plain(self) -> dict[str, object]:
        """The size and the layers."""
        return {"size": self.size, "layers": [layer.to_plain() for layer in self.layers]}


def unit_maps(spec: TrainingSpec, net: Network, parameters: Mapping[str, Array]) -> UnitMaps | None:
    """The maps at a state's parameters; None where the points are not of the plane."""
    if not spec.data.in_plane:
        return None
    X = cell_centres(spec, net, SIZE)
    names = (*[layer.name for layer in hidden_layers(net)], *(["scores"] if net.has_scores else []))
    values = evaluate(net, parameters, X, names) if names else ()
    layers = zip(("X", *names), (X, *values), strict=True)
    return UnitMaps(SIZE, tuple([_quantized(name, found) for name, found in layers]))


def _quantized(name: str, values: Array) -> LayerMaps:
    """A layer's values, shape (size**2, units) or (size**2,), in 8 bits each."""
    by_unit = values.reshape(SIZE**2, -1)[:, :MOST_UNITS].T.astype(np.float64)
    finite = np.isfinite(by_unit)
    known = np.where(finite, by_unit, 0.0)
    scale = np.abs(known).max(axis=1).astype(np.float32)
    # by the scale as it is sent; a unit that is 0 everywhere has none
    steps = np.rint(known / np.where(scale > 0, scale, 1)[:, None] * FULL)
    maps = np.where(finite, np.clip(steps, -FULL, FULL), MISSING).astype(np.int8)
    return LayerMaps(name, scale, maps.reshape(-1, SIZE, SIZE))
