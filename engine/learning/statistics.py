"""Whether a network learns, in a few numbers: sizes of gradients and updates, units that are dead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from engine.learning.hidden import HiddenLayer
from engine.ops.op import Array, Shape


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """Where a run stands and where it heads, all parameters joined to one vector each.

    `gradient` is that of the next minibatch at `point`, before any clipping; `before` is the point
    before the last update, None where there was none.
    """

    point: Array
    gradient: Array
    before: Array | None = None


@dataclass(frozen=True, slots=True)
class ParameterStatistics:
    """Sizes in the L2 norm: of a parameter, of its gradient, and of its last update beside its own.

    `update_ratio` is |last update| / |parameter|, about 1e-3 where learning goes well; None before any
    update, and where the parameter is 0.
    """

    name: str
    norm: float
    gradient_norm: float
    update_ratio: float | None

    def to_plain(self) -> dict[str, object]:
        """The fields as a map."""
        return {
            "name": self.name,
            "norm": self.norm,
            "gradient_norm": self.gradient_norm,
            "update_ratio": self.update_ratio,
        }


@dataclass(frozen=True, slots=True)
class LayerStatistics:
    """What a hidden layer's activation lets through on the way back, over all training points.

    `dead` counts the units whose local gradient is 0 at every point: nothing can reach them any more.
    `passes` is the mean size of the local gradient; both None without an elementwise activation.
    """

    name: str
    dead: int | None
    passes: float | None

    def to_plain(self) -> dict[str, object]:
        """The fields as a map."""
        return {"name": self.name, "dead": self.dead, "passes": self.passes}


def parameter_statistics(shapes: Mapping[str, Shape], motion: Motion) -> tuple[ParameterStatistics, ...]:
    """The statistics of every parameter, in order."""
    sizes = [prod(shape) for shape in shapes.values()]
    norms = _norms(motion.point, sizes)
    gradients = _norms(motion.gradient, sizes)
    ratios: list[float | None] = [None] * len(sizes)
    if motion.before is not None:
        moves = _norms(motion.point - motion.before, sizes)
        ratios = [move / norm if norm else None for move, norm in zip(moves, norms, strict=True)]
    return tuple(map(ParameterStatistics, shapes, norms, gradients, ratios))


def layer_statistics(layers: Sequence[HiddenLayer], local: Sequence[Array]) -> tuple[LayerStatistics, ...]:
    """The statistics of every layer; `local` are the gradients of those with an activation, in order."""
    found = iter(local)
    return tuple(
        [
            LayerStatistics(layer.name, None, None)
            if layer.local_edge is None
            else _of_activation(layer, next(found))
            for layer in layers
        ]
    )


def _norms(vector: Array, sizes: Sequence[int]) -> list[float]:
    """The L2 norm of every stretch of a vector, in float64, so that squares of large numbers fit."""
    starts = np.cumsum([0, *sizes[:-1]])
    return np.sqrt(np.add.reduceat(np.square(vector, dtype=np.float64), starts)).tolist()


def _of_activation(layer: HiddenLayer, local: Array) -> LayerStatistics:
    """`local` has shape (n, units); a gate such as ReLU gives it as true and false."""
    passing = int(np.count_nonzero(local.any(axis=0)))
    if local.dtype == np.bool_:
        # counting is a good deal faster than a mean of numbers
        passes = int(np.count_nonzero(local)) / local.size
    else:
        passes = float(np.abs(local).mean(dtype=np.float64))
    return LayerStatistics(layer.name, layer.units - passing, passes)
