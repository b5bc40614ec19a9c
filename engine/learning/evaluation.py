"""What a network answers for any points, labels or not: forward only."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.errors import LimitError
from engine.learning.network import Network
from engine.ops.op import Array


def evaluate(
    net: Network, parameters: Mapping[str, Array], X: Array, names: tuple[str, ...]
) -> tuple[Array, ...]:
    """The values of these statements at points X, shape (n, columns); they may not depend on labels.

    Where all points at once are beyond the limits, some are taken after the others.
    """
    rows = _rows_at_once(net, len(X))
    inputs = {**net.constants, **parameters}
    blocks = [
        net.plan(len(block), names)({**inputs, "X": block})[0]
        for block in (X[first : first + rows] for first in range(0, len(X), rows))
    ]
    if len(blocks) == 1:
        return blocks[0]
    return tuple([np.concatenate(parts) for parts in zip(*blocks, strict=True)])


@lru_cache(maxsize=256)
def _rows_at_once(net: Network, rows: int) -> int:
    """How many of so many points fit within the limits together: all, or a half again and again."""
    while True:
        try:
            net.graph_of(rows)
        except LimitError:
            if rows == 1:
                raise
            rows = (rows + 1) // 2
        else:
            return rows
