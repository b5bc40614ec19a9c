"""Paths of several optimizers from one start: where each is and how high, every few updates."""

from dataclasses import dataclass, replace
from math import prod

import numpy as np

from engine.errors import InputError, TrainingError
from engine.learning.checks import number
from engine.learning.features import featured
from engine.learning.network import Network, network
from engine.learning.slices import advance, carry_over, start
from engine.learning.spec import OptimizerSpec, ScheduleSpec, TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.vectors import joined, views
from engine.ops.op import Array

FARTHEST = 1e6
"""How far from zero paths may be made to start."""


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


def starting_state(
    spec: TrainingSpec, state: TrainingState | None, place: tuple[float, float] | None = None
) -> TrainingState:
    """The start that all paths share: the state's parameters where there is one, all else as at first.

    Slots are empty and minibatches come as in a run from the start, so that only the optimizers differ.
    `place` sets the two trained numbers of a program that has no more; raises InputError for any other.
    """
    fresh = start(spec)
    if place is not None:
        return replace(fresh, parameters=_placed(network(spec), place))
    return fresh if state is None else replace(fresh, parameters=carry_over(spec, state).parameters)


def _placed(net: Network, place: tuple[float, float]) -> dict[str, Array]:
    for value in place:
        number("a coordinate of the start", value, -FARTHEST, FARTHEST)
    numbers = sum(prod(shape) for shape in net.parameters.values())
    if numbers != len(place):
        raise InputError(
            "not_two_numbers",
            f"a start of two numbers does not fit a program with {numbers:,} trained ones",
            hint="leave `start` out, or start from a state",
            parameters={"field": "start", "numbers": numbers},
        )
    vector = np.array(place).astype(net.dtype)
    vector.setflags(write=False)
    return views(vector, net.parameters)


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
