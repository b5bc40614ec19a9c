"""Paths of several optimizers from one start: where each is and how high, every few updates."""

from dataclasses import dataclass, replace

import numpy as np

from engine.errors import TrainingError
from engine.learning.features import featured
from engine.learning.network import Network, network
from engine.learning.slices import advance, carry_over, start
from engine.learning.spec import OptimizerSpec, ScheduleSpec, TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.vectors import joined, views
from engine.ops.op import Array


@dataclass(frozen=True, slots=True)
class Runner:
    """An optimizer with its schedule; without one, the schedule is the spec's."""

    label: str
    optimizer: OptimizerSpec
    schedule: ScheduleSpec | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Where an optimizer went: positions, shape (m, P), float64, after so many updates each, (m,).

    `losses` are those over all training points, shape (m,). `finished` says why it could not go on.
    """

    label: str
    updates: tuple[int, ...]
    positions: Array
    losses: Array
    finished: TrainingError | None


class Heights:
    """The loss of a program over all its training points, wherever its parameters are."""

    def __init__(self, spec: TrainingSpec) -> None:
        net, data = network(spec), featured(spec.data, spec.features)
        self._shapes = net.parameters
        self._dtype = net.dtype
        self._plan = net.loss_plan(len(data.y_train))
        self._inputs = {**net.constants, "X": net.points(data.X_train), "y": net.labels(data.y_train)}

    def __call__(self, position: Array) -> float:
        """The loss, regularization included, at a position of shape (P,); it may be non-finite."""
        parameters = views(position.astype(self._dtype), self._shapes)
        with np.errstate(all="ignore"):
            (loss,), _ = self._plan({**self._inputs, **parameters})
        return float(loss)


def starting_state(spec: TrainingSpec, state: TrainingState | None) -> TrainingState:
    """The start that all paths share: the state's parameters where there is one, all else as at first.

    Slots are empty and minibatches come as in a run from the start, so that only the optimizers differ.
    """
    fresh = start(spec)
    return fresh if state is None else replace(fresh, parameters=carry_over(spec, state).parameters)


def walk(
    spec: TrainingSpec, begun: TrainingState, runner: Runner, updates: int, every: int, heights: Heights
) -> Path:
    """Train from a starting state for so many updates and keep positions `every` updates apart.

    The last position is kept too, as is the last good one of a run that cannot go on. The spec's
    condition to stop is left out: all paths are as long.
    """
    spec = replace(spec, optimizer=runner.optimizer, schedule=runner.schedule or spec.schedule, stop=None)
    net = network(spec)
    state, finished = starting_state(spec, begun), None
    kept, steps = [_position(net, state)], [0]
    while state.step < updates and finished is None:
        state, _, finished = advance(spec, state, min(every, updates - state.step))
        if state.step > steps[-1]:
            kept.append(_position(net, state))
            steps.append(state.step)
    positions = np.stack(kept)
    return Path(runner.label, tuple(steps), positions, np.array([heights(p) for p in positions]), finished)


def _position(net: Network, state: TrainingState) -> Array:
    return joined(state.parameters, net.parameters, np.float64)
