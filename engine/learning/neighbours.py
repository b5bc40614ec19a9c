"""k nearest neighbours: every place gets the class that most of the training points around it have."""

import numpy as np
from numpy.typing import NDArray

from engine.learning.checks import whole
from engine.ops.op import Array

MOST_NEIGHBOURS = 100
"""Largest k: beyond it the boundary of a few hundred points no longer changes to the eye."""

CHUNK = 1 << 17
"""Distances held at a time: few enough to stay in a processor's cache."""


def nearest_classes(
    X: Array, y: NDArray[np.int64], places: Array, k: int, classes: int
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """The class of each place by vote of its k nearest points, and the share of votes it got.

    distance(p, x)^2 = |p|^2 - 2 p.x + |x|^2

    X is (n, D), y is (n,) with labels 0..C-1, places is (m, D); answers (m,) and (m,). A tied vote
    goes to the lower label, as in scikit-learn's `KNeighborsClassifier`. With k = 1 it is the
    jagged boundary of a classifier that remembers every point. Raises InputError for a k that is
    not 1 to the number of points (at most 100).

    Source: Cover & Hart (1967), "Nearest neighbor pattern classification".
    """
    whole("k", k, 1, min(len(y), MOST_NEIGHBOURS))
    chosen = np.empty(len(places), dtype=np.intp)
    share = np.empty(len(places))
    points = X.astype(np.float64)
    sizes = np.square(points).sum(axis=1)
    rows = max(1, CHUNK // len(y))
    for first in range(0, len(places), rows):
        part = slice(first, first + rows)
        # |p|^2 is the same for every point, so it does not change which are nearest
        distances = sizes - 2 * places[part].astype(np.float64) @ points.T
        near = np.argpartition(distances, k - 1, axis=1)[:, :k]
        votes = np.stack([np.count_nonzero(y[near] == label, axis=1) for label in range(classes)], axis=1)
        chosen[part] = np.argmax(votes, axis=1)
        share[part] = votes.max(axis=1) / k
    return chosen, share
