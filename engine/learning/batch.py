"""One minibatch of a training run, as the trace takes it: any step opens as a graph."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.learning.checks import whole
from engine.learning.features import featured
from engine.learning.network import network
from engine.learning.spec import TrainingSpec
from engine.learning.state import GeneratorState, TrainingState
from engine.ops.op import Array

MOST_EPOCHS = 10_000
"""How many epochs ahead a minibatch is looked up: all in between have to be shuffled first."""


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """The inputs of the program for one minibatch: X, y and the parameters of a state.

    `points` says which training points these are; `loss` is the key of what is minimized, or None
    where that is the program's own output.
    """

    inputs: dict[str, Array]
    loss: str | None
    epoch: int
    position: int
    points: NDArray[np.int64]


def open_batch(
    spec: TrainingSpec, state: TrainingState, epoch: int | None = None, position: int | None = None
) -> Batch:
    """The next minibatch of a state, or the one at some epoch and position, at the state's parameters.

    An epoch before the state's own is shuffled as a run from the start would have it. Raises
    InputError for an epoch or a position that there is not.
    """
    net, data = network(spec), featured(spec.data, spec.features)
    position = (state.position if epoch is None else 0) if position is None else position
    epoch = state.epoch if epoch is None else epoch
    whole("position", position, 0, len(data.y_train) - 1)
    whole("epoch", epoch, 0)
    before, generator = (
        (state.epoch, state.generator) if epoch >= state.epoch else (0, GeneratorState.seeded(spec.seed))
    )
    whole("epoch", epoch, 0, before + MOST_EPOCHS)
    drawing = generator.generator()
    for _ in range(epoch - before):
        drawing.permutation(len(data.y_train))
    points = drawing.permutation(len(data.y_train))[position : position + spec.batch_size]
    X, y = net.points(data.X_train[points]), net.labels(data.y_train[points])
    loss = net.graph.named(net.loss)
    key = None if loss is None or loss is net.graph.output else loss.key
    return Batch({**state.parameters, "X": X, "y": y}, key, epoch, position, points)
