"""How far a landscape reaches: a grid fitted around paths, and where a path leaves it."""

from collections.abc import Sequence
from math import isfinite

import numpy as np

from engine.learning.directions import Directions, Plane
from engine.learning.paths import Path
from engine.ops.op import Array

MARGIN = 0.2
"""What is added on every side, as a share of what the paths span."""

FLATTEST = 0.25
"""The smaller side of a grid is at least this share of the larger one."""

LOST = 4.0
"""A path has lost its way where it stands so many times higher above the lowest point than it began."""


def part_that_counts(paths: Sequence[Path]) -> list[Array]:
    """Of each path, the positions that a landscape is fitted around, shape (m, P).

    A path that ends higher than it began, or cannot go on, counts up to where it has lost its way:
    otherwise one that runs away would leave nothing else to be seen.
    """
    seen = [loss for path in paths for loss in path.losses.tolist() if isfinite(loss)]
    return [path.positions[: _sound(path, min(seen))] if seen else path.positions[:1] for path in paths]


def _sound(path: Path, lowest: float) -> int:
    """How many positions count, the start always among them."""
    losses = path.losses
    if path.finished is None and losses[-1] <= losses[0]:
        return len(losses)
    room = LOST * max(float(losses[0]) - lowest, abs(float(losses[0])) / LOST)
    # written so that NaN counts as lost
    lost = np.flatnonzero(~(losses - lowest <= room))
    return max(1, int(lost[0])) if len(lost) else len(losses)


def fitted(
    plane: Plane, theta: Array, counted: Sequence[Array], size: int, directions: Directions
) -> tuple[Array, Array]:
    """The grid's lines along either direction, shape (size,) each, around the positions that count.

    Random directions see little of a path, so around them the grid reaches 1 to either side of the
    start at least. Without a movement to be fitted around it does so too, or reaches as far as the
    parameters are large where these are the directions themselves.
    """
    points = plane.project(np.concatenate([theta[None], *counted]))
    low, high = points.min(axis=0), points.max(axis=0)
    span = high - low
    centre = (low + high) / 2
    if directions == "random":
        centre, half = np.zeros(2), np.maximum(1.0, (1 + MARGIN) * np.abs(points).max(axis=0))
    elif span.any():
        half = (0.5 + MARGIN) * np.maximum(span, FLATTEST * span.max())
    else:
        half = np.maximum(1.0, np.abs(theta)) if directions == "axes" else np.ones(2)
    a, b = np.linspace(centre - half, centre + half, size).T
    return a, b


def cut_at(points: Array, a: Array, b: Array) -> int:
    """How many points of a path, shape (m, 2), come before the first one outside of the grid."""
    low, high = np.array([a[0], b[0]]), np.array([a[-1], b[-1]])
    outside = np.flatnonzero(~((points >= low) & (points <= high)).all(axis=1))
    return int(outside[0]) if len(outside) else len(points)


def edge_crossing(inside: Array, outside: Array, a: Array, b: Array) -> tuple[float, float]:
    """Where the straight line between two points crosses the edge of the grid."""
    step = outside - inside
    shares = [1.0]
    for move, begun, line in zip(step.tolist(), inside.tolist(), (a, b), strict=True):
        if move:
            edge = float(line[-1] if move > 0 else line[0])
            shares.append((edge - begun) / move)
    x, y = (inside + min(shares) * step).tolist()
    return x, y
