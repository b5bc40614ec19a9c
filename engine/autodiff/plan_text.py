"""The texts of a plan: which of them are numbers, and what is left out or put in for speed and precision.

A Python number takes the precision of the array beside it; what NumPy makes of one does not always.
"""

import re
from math import isfinite
from typing import Any

import numpy as np

from engine.ops.op import Array

LITERAL = re.compile(r"[-()\d.]+(e[+-]?\d+)?[)]*")
MASK = re.compile(r"(?!np\.where).* [<>!=]=? .*")
"""Local gradients that are booleans. A number times one of them would be a float64."""
MAKES_DOUBLE = re.compile(r"np\.(where|stack|clip)\(|power_")
"""Functions that make a float64 of a Python number, whatever stands beside it."""
REDUCE = (
    *(("np.sum(", "np.add.reduce("), ("np.max(", "np.maximum.reduce("), ("np.min(", "np.minimum.reduce(")),
    ("np.mean(", "mean("),
)
"""What NumPy's function ends up calling, microseconds sooner; texts of sums always name the axis."""


def mean(x: Array, **axes: Any) -> Array:
    """np.mean, the same bits, by its two ufuncs where it is of all elements."""
    return np.mean(x, **axes) if axes else np.add.reduce(x, axis=None) / x.size


def literal(value: float) -> str:
    """A finite number as it may stand in any place."""
    return f"({value!r})" if str(value).startswith("-") else repr(value)


def total(before: str | None, downstream: str) -> str | None:
    """The sum of two numbers known beforehand; None where one is not."""
    if before is None or not (LITERAL.fullmatch(before) and LITERAL.fullmatch(downstream)):
        return None
    both = float(before.strip("()")) + float(downstream.strip("()"))
    return literal(both) if isfinite(both) else None


def times(upstream: str, local: str, same_shape: bool) -> str:
    """upstream * local, without multiplying by 1."""
    if local == "1":
        return upstream
    if LITERAL.fullmatch(upstream) and LITERAL.fullmatch(local):
        product = float(upstream.strip("()")) * float(local.strip("()"))
        return literal(product) if isfinite(product) else f"{upstream} * {local}"
    if local == "-1":
        return f"-{upstream}"
    if upstream == "1.0" and same_shape:
        return f"({local})"
    return f"{upstream} * ({local})"
