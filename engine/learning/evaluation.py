"""What a network answers for any points, labels or not: forward only."""

from collections.abc import Mapping
from functools import lru_cache
from math import prod

import numpy as np

from engine.errors import LimitError
from engine.learning.independence import is_independent
from engine.learning.network import Network
from engine.ops.op import Array

BLOCK = 1_024
"""Points at a time: the values of layers 64 units wide then stay in a processor's nearer memory."""

NARROW = 16
"""Columns wanted up to which that pays: putting parts of wider answers together costs more than it saves."""


def evaluate(
    net: Network, parameters: Mapping[str, Array], X: Array, names: tuple[str, ...]
) -> tuple[Array, ...]:
    """The values of these statements at points X, shape (n, columns); they may not depend on labels.

    Points are taken so many at a time where that changes nothing, and where all at once are beyond
    the limits.
    """
    rows = _rows_at_once(net, names, len(X))
    inputs = {**net.constants, **parameters}
    blocks = [
        net.plan(len(block), names)({**inputs, "X": block})[0]
        for block in (X[first : first + rows] for first in range(0, len(X), rows))
    ]
    if len(blocks) == 1:
        return blocks[0]
    return tuple([np.concatenate(parts) for parts in zip(*blocks, strict=True)])


@lru_cache(maxsize=512)
def _rows_at_once(net: Network, names: tuple[str, ...], rows: int) -> int:
    """How many of so many points to take together: all, or a half again and again until they fit."""
    if _columns(net, names) <= NARROW and is_independent(net, names):
        rows = min(rows, BLOCK)
    while True:
        try:
            net.graph_of(rows)
        except LimitError:
            if rows == 1:
                raise
            rows = (rows + 1) // 2
        else:
            return rows


def _columns(net: Network, names: tuple[str, ...]) -> int:
    """Numbers that these statements answer for each point."""
    shapes = [net.graph.nodes[net.graph.names[name]].shape for name in names]
    return sum(prod(shape[1:]) for shape in shapes)
