"""A slice's own copy of all that changes, walking downhill in place."""

from collections.abc import Mapping
from math import isfinite, prod

import numpy as np

from engine.learning.datasets import sample
from engine.learning.minibatches import Minibatches
from engine.learning.network import network
from engine.learning.optimizers import OPTIMIZERS
from engine.learning.spec import TrainingSpec
from engine.learning.state import OptimizerState, TrainingState
from engine.ops.op import Array


class Descent:
    """Parameters, gradient and slots as one vector each, and the minibatch that comes next.

    An optimizer works element by element, so one call moves every parameter; the plan sees the
    parameters as views of the vector, in their own shapes. `look` fills in `loss` and the gradient
    at the present point; `update` moves on from there.
    """

    def __init__(self, spec: TrainingSpec, state: TrainingState) -> None:
        net, data = network(spec), sample(spec.data)
        self.spec = spec
        self.shapes = net.parameters
        self.theta = self._joined(state.parameters)
        self.gradient = np.empty_like(self.theta)
        self.loss = float("nan")
        self.rule = OPTIMIZERS[spec.optimizer.name]
        self.slots = tuple(self._joined(state.optimizer.slots[slot]) for slot in self.rule.slots)
        self.updates = state.optimizer.updates
        self.step = state.step
        X, y = net.points(data.X_train), net.labels(data.y_train)
        self.batches = Minibatches(X, y, spec.batch_size, state.generator, state.epoch, state.position)
        self._gradient_plan = net.gradient_plan
        self._plan = net.gradient_plan(spec.batch_size)
        self._inputs: dict[str, Array] = {**net.constants, **self._views(self.theta)}

    def look(self) -> None:
        """Compute the loss and the gradient of the next minibatch at the present point."""
        batches, inputs = self.batches, self._inputs
        inputs["X"], inputs["y"] = batches.X, batches.y
        rows = len(batches.y)
        plan = self._plan if rows == self.spec.batch_size else self._gradient_plan(rows)
        (loss,), gradients = plan(inputs)
        self.loss = float(loss)
        np.concatenate([gradient.ravel() for gradient in gradients], out=self.gradient)

    def update(self) -> None:
        """Take the optimizer's step against the gradient, and go on to the next minibatch."""
        self.updates += 1
        self.step += 1
        self.rule.update(self.theta, self.gradient, self.slots, self.updates, self.spec.optimizer)
        self.batches.advance()

    def is_finite(self) -> bool:
        """Whether everything at the present point is, the gradient last looked at included."""
        vectors = (self.theta, self.gradient, *self.slots)
        return isfinite(self.loss) and all(np.isfinite(vector).all() for vector in vectors)

    def state(self) -> TrainingState:
        """A copy of the present point, fit to be kept."""
        return TrainingState(
            parameters=self._kept(self.theta),
            optimizer=OptimizerState(
                self.rule.name,
                self.updates,
                {slot: self._kept(vector) for slot, vector in zip(self.rule.slots, self.slots, strict=True)},
            ),
            generator=self.batches.began,
            step=self.step,
            epoch=self.batches.epoch,
            position=self.batches.position,
        )

    def vectors(self) -> dict[str, dict[str, Array]]:
        """Values, gradient and slots by parameter."""
        found = {"value": self._views(self.theta), "gradient": self._views(self.gradient)}
        slots = zip(self.rule.slots, self.slots, strict=True)
        return found | {slot: self._views(vector) for slot, vector in slots}

    def _joined(self, arrays: Mapping[str, Array]) -> Array:
        return np.concatenate([arrays[name].ravel() for name in self.shapes]).astype(self.spec.dtype)

    def _views(self, vector: Array) -> dict[str, Array]:
        views: dict[str, Array] = {}
        start = 0
        for name, shape in self.shapes.items():
            views[name] = vector[start : start + prod(shape)].reshape(shape)
            start += prod(shape)
        return views

    def _kept(self, vector: Array) -> dict[str, Array]:
        copy = vector.copy()
        copy.setflags(write=False)
        return self._views(copy)
