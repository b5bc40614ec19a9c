"""The numbers behind the next update: every parameter, its gradient, and what reaches each unit."""

from dataclasses import dataclass
from math import prod

import numpy as np

from engine.learning.features import featured
from engine.learning.hidden import hidden_layers
from engine.learning.minibatches import Minibatches
from engine.learning.network import Network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.statistics import Motion
from engine.ops.op import Array, Shape


@dataclass(frozen=True, slots=True, eq=False)
class ParameterValues:
    """A parameter and its gradient over the next minibatch, both of the parameter's shape."""

    name: str
    shape: Shape
    values: Array
    gradients: Array

    def to_plain(self) -> dict[str, object]:
        """The name, the shape, and float32 bytes."""
        return {
            "name": self.name,
            "shape": list(self.shape),
            "values": _packed(self.values),
            "gradients": _packed(self.gradients),
        }


@dataclass(frozen=True, slots=True, eq=False)
class UnitGradients:
    """Of each unit of a layer, the root mean square of d loss / d unit over the next minibatch."""

    name: str
    gradients: Array

    def to_plain(self) -> dict[str, object]:
        """The name, and float32 bytes."""
        return {"name": self.name, "gradients": _packed(self.gradients)}


@dataclass(frozen=True, slots=True, eq=False)
class Values:
    """All parameters in order; every hidden layer and `scores`, first to last."""

    parameters: tuple[ParameterValues, ...]
    units: tuple[UnitGradients, ...]

    def to_plain(self) -> dict[str, object]:
        """Both lists."""
        return {
            "parameters": [parameter.to_plain() for parameter in self.parameters],
            "units": [layer.to_plain() for layer in self.units],
        }


def values(spec: TrainingSpec, net: Network, state: TrainingState, motion: Motion) -> Values:
    """The numbers of a state; `motion` is its own."""
    starts = np.cumsum([prod(shape) for shape in net.parameters.values()])[:-1]
    gradients = np.split(motion.gradient, starts)
    parameters = [
        ParameterValues(name, shape, state.parameters[name], gradient.reshape(shape))
        for (name, shape), gradient in zip(net.parameters.items(), gradients, strict=True)
    ]
    return Values(tuple(parameters), _unit_gradients(spec, net, state))


def _unit_gradients(spec: TrainingSpec, net: Network, state: TrainingState) -> tuple[UnitGradients, ...]:
    names = (*[layer.name for layer in hidden_layers(net)], *(["scores"] if net.has_scores else []))
    if not names:
        return ()
    data = featured(spec.data, spec.features)
    X, y = net.points(data.X_train), net.labels(data.y_train)
    batch = Minibatches(X, y, spec.batch_size, state.generator, state.epoch, state.position)
    inputs = {**net.constants, **state.parameters, "X": batch.X, "y": batch.y}
    rows = len(batch.y)
    _, found = net.plan(rows, (net.loss,), names)(inputs)
    squares = [np.square(gradient.reshape(rows, -1), dtype=np.float64) for gradient in found]
    return tuple(
        [
            UnitGradients(name, np.sqrt(square.mean(axis=0)))
            for name, square in zip(names, squares, strict=True)
        ]
    )


def _packed(array: Array) -> bytes:
    return array.astype("<f4").tobytes()
