"""A slice's own copy of all that changes, walking downhill in place."""

from math import isfinite

import numpy as np

from engine.learning.clipping import CLIPPINGS
from engine.learning.features import featured
from engine.learning.measures import measure
from engine.learning.minibatches import Minibatches
from engine.learning.network import network
from engine.learning.optimizers import OPTIMIZERS, decay
from engine.learning.schedules import ScheduleSpec
from engine.learning.spec import TrainingSpec
from engine.learning.state import OptimizerState, TrainingState
from engine.learning.stopping import Stopped, StopSpec, stopped, watched
from engine.learning.vectors import joined, views
from engine.ops.op import Array

FADED_EVERY = 64
"""Updates between two looks for numbers that have faded away."""


LEAST_EPSILON = 1e-10
"""An epsilon of at least so much is the same to the bit with a root of 1e-19 added, in float32 too."""


class Descent:
    """Parameters, gradient and slots as one vector each, and the minibatch that comes next.

    An optimizer works element by element, so one call moves every parameter; the plan sees the
    parameters as views of the vector, in their own shapes. `look` fills in `loss` and the gradient
    at the present point; `update` moves on from there. `rate` is the learning rate of the last
    update, and `stopped` says why the run stops here, None where it goes on.
    """

    def __init__(self, spec: TrainingSpec, state: TrainingState) -> None:
        net, data = network(spec), featured(spec.data, spec.features)
        self.spec = spec
        self._network = net
        self.shapes = net.parameters
        self.theta = joined(state.parameters, self.shapes, spec.dtype)
        self.gradient = np.empty_like(self.theta)
        self.loss = float("nan")
        self.rule = OPTIMIZERS[spec.optimizer.name]
        self.slots = tuple(
            joined(state.optimizer.slots[slot], self.shapes, spec.dtype) for slot in self.rule.slots
        )
        self.updates = state.optimizer.updates
        self.step = state.step
        X, y = net.points(data.X_train), net.labels(data.y_train)
        self.batches = Minibatches(X, y, spec.batch_size, state.generator, state.epoch, state.position)
        self._plan = net.gradient_plan(spec.batch_size)
        self._parameters = views(self.theta, self.shapes)
        self._inputs: dict[str, Array] = {**net.constants, **self._parameters}
        self._clip = None if spec.clip is None else CLIPPINGS[spec.clip.by].clip
        self._decay = self._decay_strengths()
        # a smaller epsilon would not hide what is divided by
        self._fades = spec.optimizer.epsilon >= LEAST_EPSILON
        self._updates_per_epoch = spec.updates_per_epoch
        self._scheduled = spec.schedule != ScheduleSpec()
        self.rate = spec.optimizer.learning_rate
        self.watch = state.watch
        self.stopped = self._stopped() if self.batches.position == 0 else None

    def look(self) -> None:
        """Compute the loss and the gradient of the next minibatch at the present point."""
        batches, inputs = self.batches, self._inputs
        inputs["X"], inputs["y"] = batches.X, batches.y
        rows = len(batches.y)
        plan = self._plan if rows == self.spec.batch_size else self._network.gradient_plan(rows)
        (loss,), gradients = plan(inputs)
        self.loss = float(loss)
        np.concatenate([gradient.ravel() for gradient in gradients], out=self.gradient)

    def update(self) -> None:
        """Clip, decay, take the optimizer's step, and go on to the next minibatch.

        The gradient is used up. Where the update ends an epoch, the condition to stop is looked at.
        """
        spec = self.spec
        self.updates += 1
        self.step += 1
        if self._scheduled:
            self.rate = self._next_rate()
        if self._clip is not None and spec.clip is not None:
            self._clip(self.gradient, spec.clip.limit)
        if self._decay is not None:
            decay(self.theta, self.gradient, self._decay, self.rate, self.rule.decoupled)
        self.rule.update(self.theta, self.gradient, self.slots, self.updates, self.rate, spec.optimizer)
        if self._fades and self.updates % FADED_EVERY == 0:
            self._let_fade()
        self.batches.advance()
        if spec.stop is not None and self.batches.position == 0:
            self.watch = watched(spec.stop, self.watch, self._measured(spec.stop))
            self.stopped = self._stopped()

    def clipped(self, gradient: Array) -> Array:
        """A copy of a gradient as `update` would clip it."""
        copy = gradient.copy()
        if self._clip is not None and self.spec.clip is not None:
            self._clip(copy, self.spec.clip.limit)
        return copy

    def shrunk(self, theta: Array) -> Array:
        """A copy of a point, shrunk by decoupled weight decay at the rate of the next update."""
        copy = theta.copy()
        if self._decay is not None and self.rule.decoupled:
            decay(copy, self.gradient, self._decay, self._next_rate(), True)
        return copy

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
            watch=self.watch,
        )

    def vectors(self) -> dict[str, dict[str, Array]]:
        """Values, gradient and slots by parameter."""
        found = {"value": views(self.theta, self.shapes), "gradient": views(self.gradient, self.shapes)}
        slots = zip(self.rule.slots, self.slots, strict=True)
        return found | {slot: views(vector, self.shapes) for slot, vector in slots}

    def _let_fade(self) -> None:
        """Set what has faded in the slots below the smallest normal number to 0.

        The averages of a dead unit's gradients fade to there and then for ever stay, and processors
        take many times as long over such numbers. No step is large enough for them to be seen in it.
        """
        for slot in self.slots:
            slot[np.abs(slot) < np.finfo(slot.dtype).tiny] = 0

    def _next_rate(self) -> float:
        return self.spec.rate(self.batches.epoch, self.batches.position, self._updates_per_epoch)

    def _measured(self, stop: StopSpec) -> float:
        """The metric that the condition watches, at the present point."""
        data = featured(self.spec.data, self.spec.features)
        points = {
            "train": (data.X_train, data.y_train),
            "validation": (data.X_validation, data.y_validation),
        }
        measured = measure(self._network, self._parameters, *points[stop.part], self.spec.data.classes)
        accuracy = measured.accuracy
        return measured.losses.total if accuracy is None or not stop.of_accuracy else accuracy

    def _stopped(self) -> Stopped | None:
        stop, watch = self.spec.stop, self.watch
        return None if stop is None or watch is None else stopped(stop, watch, self.batches.epoch)

    def _decay_strengths(self) -> Array | None:
        """The weight decay of every element, 0 where it is exempt; None without any."""
        optimizer = self.spec.optimizer
        if optimizer.weight_decay == 0:
            return None
        strengths = np.full_like(self.theta, optimizer.weight_decay)
        if optimizer.exempt_biases:
            for strength in views(strengths, self.shapes).values():
                if strength.ndim < 2:
                    strength[...] = 0
        return strengths

    def _kept(self, vector: Array) -> dict[str, Array]:
        copy = vector.copy()
        copy.setflags(write=False)
        return views(copy, self.shapes)
