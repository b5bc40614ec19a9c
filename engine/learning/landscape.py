"""The loss as a landscape over two directions, and the paths of several optimizers down it.

For a program with two trained numbers it is the loss itself, exactly, over their values. For any
other it is the loss along a plane through the start: real losses, over all training points, but of a
plane; paths are projected onto it and how much of them is seen there is said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import isfinite, prod
from typing import Literal

import numpy as np

from engine.errors import TrainingError
from engine.learning.checks import one_of, whole
from engine.learning.datasets import sample
from engine.learning.directions import Directions, Plane, along_axes, filter_normalized, principal
from engine.learning.extent import cut_at, edge_crossing, fitted, part_that_counts
from engine.learning.network import Network, network
from engine.learning.paths import Heights, Path, Runner, starting_state, walk
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.learning.vectors import joined, views
from engine.limits import DEFAULT
from engine.ops.op import Array

SIZE = 41
SMALLEST, LARGEST = 5, 101
"""Grid points along either direction: to begin with, and the range."""

MOST_RUNNERS = 8
MOST_UPDATES = 20_000


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction: a parameter's name, or a number, and what share of it each parameter makes up.

    The shares are those of the direction's squared length: they add up to 1.
    """

    name: str
    shares: dict[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A path as it is drawn: points, shape (m, 2), after so many updates each, and the losses there.

    The losses are those of the true positions, not of their projections. `shown_share` is the part of
    the path's movement that lies in the plane: sum |projected|^2 / sum |moved|^2, None where nothing
    moved. A path that leaves the landscape is cut there: `stopped_at` says by which update it is
    outside, `exit` where it crosses the edge, `problem` why.
    """

    label: str
    updates: tuple[int, ...]
    points: Array
    losses: Array
    shown_share: float | None
    stopped_at: int | None = None
    exit: tuple[float, float] | None = None
    problem: TrainingError | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Landscape:
    """The loss at every point of a grid: loss[j, i] at a[i] along the first direction, b[j] along the second.

    `kind` is "exact" where the two directions are all there is. `origin` says what a = b = 0 stands
    for: "zero", or the "start" of all paths.
    """

    kind: Literal["exact", "projected"]
    directions: Directions
    origin: Literal["zero", "start"]
    axes: tuple[Axis, Axis]
    a: Array
    b: Array
    loss: Array
    start: tuple[float, float]
    start_loss: float
    tracks: tuple[Track, ...]
    plane: Plane


def landscape(
    spec: TrainingSpec,
    state: TrainingState | None = None,
    runners: Sequence[Runner] = (),
    updates: int = 200,
    every: int = 1,
    size: int = SIZE,
    directions: Literal["paths", "random"] = "paths",
    seed: int = 0,
    place: tuple[float, float] | None = None,
) -> Landscape:
    """Train each runner from one start, fit a grid around the paths, take the loss at each of its points.

    The start is the state's parameters, or those the program draws; `place` is one of one's own where
    the program has two trained numbers. `directions` is what a plane is
    laid through; without runners it is random. `seed` draws directions. Raises InputError for a number
    out of range, LimitError before more is computed or kept than the limits allow.
    """
    whole("updates", updates, 1, MOST_UPDATES)
    whole("every", every, 1, updates)
    whole("size", size, SMALLEST, LARGEST)
    whole("the number of optimizers", len(runners), 0, MOST_RUNNERS)
    one_of("kind of directions", directions, ("paths", "random"))
    net = network(spec)
    _check_limits(spec, net, len(runners), updates, every, size)
    begun = starting_state(spec, state, place)
    heights = Heights(spec)
    paths = [walk(spec, begun, runner, updates, every, heights) for runner in runners]
    theta = joined(begun.parameters, net.parameters, np.float64)
    counted = part_that_counts(paths)
    plane, chosen = _plane(net, theta, counted, directions, seed)
    a, b = fitted(plane, theta, counted, size, chosen)
    losses = [heights(plane.at(first, second)) for second, first in product(b.tolist(), a.tolist())]
    (first, second), *_ = plane.project(theta[None]).tolist()
    return Landscape(
        kind="exact" if chosen == "axes" else "projected",
        directions=chosen,
        origin="zero" if chosen == "axes" else "start",
        axes=_axes(net, plane, chosen),
        a=a,
        b=b,
        loss=np.array(losses).reshape(size, size),
        start=(first, second),
        start_loss=heights(theta),
        tracks=tuple(
            [_track(path, runner, plane, a, b) for path, runner in zip(paths, runners, strict=True)]
        ),
        plane=plane,
    )


def _check_limits(
    spec: TrainingSpec, net: Network, runners: int, updates: int, every: int, size: int
) -> None:
    """Raise LimitError before a landscape that would take too long or too much memory."""
    points = runners * (updates // every + 2)
    DEFAULT.check("landscape_positions", points)
    numbers = sum(prod(shape) for shape in net.parameters.values())
    DEFAULT.check("landscape_numbers", points * numbers)
    rows = len(sample(spec.data).y_train)
    # an update looks at a minibatch forward and backward: about three forward passes
    work = net.cost(rows) * (size**2 + points) + 3 * net.cost(spec.batch_size) * runners * updates
    DEFAULT.check("landscape_operations", work)


def _plane(
    net: Network, theta: Array, counted: Sequence[Array], directions: Literal["paths", "random"], seed: int
) -> tuple[Plane, Directions]:
    if len(theta) == 2:
        return along_axes(), "axes"
    if directions == "paths" and counted:
        return principal(theta, np.concatenate(counted), seed), "paths"
    return filter_normalized(theta, net.parameters, seed), "random"


def _axes(net: Network, plane: Plane, chosen: Directions) -> tuple[Axis, Axis]:
    names = _element_names(net) if chosen == "axes" else ["direction 1", "direction 2"]
    first, second = (
        Axis(name, _shares(net, direction))
        for name, direction in zip(names, (plane.first, plane.second), strict=True)
    )
    return first, second


def _shares(net: Network, direction: Array) -> dict[str, float]:
    squares = {name: float(np.square(part).sum()) for name, part in views(direction, net.parameters).items()}
    total = sum(squares.values())
    return {name: square / total for name, square in squares.items()}


def _element_names(net: Network) -> list[str]:
    """Every trained number by name: `b`, `w[0]`, `W[0, 1]`."""
    return [
        f"{name}[{', '.join(map(str, index))}]" if index else name
        for name, shape in net.parameters.items()
        for index in np.ndindex(shape)
    ]


def _track(path: Path, runner: Runner, plane: Plane, a: Array, b: Array) -> Track:
    points = plane.project(path.positions)
    end = cut_at(points, a, b)
    left = end < len(points)
    problem = path.finished
    stopped_at = None
    if problem is not None:
        stopped_at = path.updates[-1] + 1
    if left:
        stopped_at = path.updates[end]
        problem = problem or _left(runner, stopped_at, float(path.losses[end]))
    return Track(
        label=path.label,
        updates=path.updates[:end],
        points=points[:end],
        losses=path.losses[:end],
        shown_share=plane.share_seen(path.positions[:end]),
        stopped_at=stopped_at,
        exit=edge_crossing(points[end - 1], points[end], a, b) if left else None,
        problem=problem,
    )


def _left(runner: Runner, update: int, loss: float) -> TrainingError:
    rate = runner.optimizer.learning_rate
    shown = f"the loss there is {loss:.3g}" if isfinite(loss) else "the loss there is not finite"
    return TrainingError(
        "left_landscape",
        f"`{runner.label}` is outside of the landscape by update {update:,}: {shown}",
        hint=f"the learning rate {rate:g} is likely too high: try {rate / 10:g}",
        parameters={"label": runner.label, "update": update, "learning_rate": rate},
    )
