"""Why a run cannot go on: which update, which parameter, and what most likely made it so."""

from collections.abc import Callable, Mapping
from math import isfinite, isnan
from types import MappingProxyType

import numpy as np

from engine.errors import TrainingError
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec
from engine.ops.op import Array

BLOWN_UP = 1e3
"""Parameters of a healthy network are of the order of 1; beyond this they are running away."""

ROOTS = ("square", "second_moment", "square_sum")
"""Slots whose root a rule divides by."""


def diagnose(
    optimizer: OptimizerSpec,
    rate: float,
    step: int,
    at_start: bool,
    loss: float,
    vectors: Mapping[str, Mapping[str, Array]],
) -> TrainingError:
    """Explain a point where something is not finite.

    `rate` is the learning rate of the last update, as the schedule had it. `step` counts the updates
    that led there; `at_start` says that this slice made none of them. `vectors` holds what there is
    of every parameter: its "value", its "gradient", its slots. The cause is one of `HINTS`.
    """
    what, parameter = _broken(vectors)
    shown = (
        f"a loss of {loss}"
        if what == "loss"
        else f"a {what.replace('_', ' ')} of `{parameter}` that is not finite"
    )
    cause = "program" if at_start else _cause(optimizer, rate, vectors)
    if at_start:
        detail = f"the program gives {shown} before update {step + 1:,}"
    else:
        detail = f"update {step:,} was refused: it leads to {shown}"
    name, size = _largest(vectors["value"])
    if cause != "program" and isfinite(size):
        detail += f", with `{name}` grown to {size:.2g}"
    return TrainingError(
        "not_finite",
        detail,
        hint=HINTS[cause](optimizer, rate),
        parameters={
            "step": step,
            "parameter": parameter,
            "what": what,
            "cause": cause,
            "learning_rate": optimizer.learning_rate,
            "scheduled_rate": rate,
        },
    )


def _cause(optimizer: OptimizerSpec, rate: float, vectors: Mapping[str, Mapping[str, Array]]) -> str:
    """What most likely made an update lead to something that is not finite."""
    if optimizer.epsilon == 0 and _divided_by_zero(vectors):
        return "epsilon"
    # |1 - rate * lambda| > 1: a weight changes its sign and grows, whatever its gradient
    if rate * optimizer.weight_decay > 2:
        return "weight_decay"
    # written so that NaN counts as running away: only an overflowing update makes it out of numbers
    return "program" if _largest(vectors["value"])[1] <= BLOWN_UP else "learning_rate"


def _divided_by_zero(vectors: Mapping[str, Mapping[str, Array]]) -> bool:
    """Whether a number became NaN whose root mean square, which a rule divides by, is 0."""
    return any(
        bool((np.isnan(value) & (vectors[slot][name] == 0)).any())
        for slot in ROOTS
        if slot in vectors
        for name, value in vectors["value"].items()
    )


def _largest(values: Mapping[str, Array]) -> tuple[str, float]:
    """The parameter with the largest number, and its size; NaN counts as the largest."""
    sizes = {name: float(np.max(np.abs(array))) for name, array in values.items()}
    name = max(sizes, key=lambda name: (isnan(sizes[name]), sizes[name]))
    return name, sizes[name]


def _slower(optimizer: OptimizerSpec, rate: float) -> str:
    base = optimizer.learning_rate
    slower = min(base / 10, OPTIMIZERS[optimizer.name].learning_rate)
    scheduled = "" if rate == base else f", {rate:.3g} as scheduled here,"
    return (
        f"the learning rate {base:g}{scheduled} is likely too high: go back to an earlier step "
        f"and try {slower:g}"
    )


def _lighter(optimizer: OptimizerSpec, rate: float) -> str:
    return (
        f"a weight decay of {optimizer.weight_decay:g} takes {rate * optimizer.weight_decay:.3g} times a "
        f"weight away from it with every update: try {min(0.01, 0.1 / rate):.2g}"
    )


HINTS: Mapping[str, Callable[[OptimizerSpec, float], str]] = MappingProxyType(
    {
        "learning_rate": _slower,
        "weight_decay": _lighter,
        "epsilon": lambda _optimizer, _rate: (
            f"with an epsilon of 0, a gradient of 0 is divided by 0: try {OptimizerSpec().epsilon:g}"
        ),
        "program": lambda _optimizer, _rate: (
            "a gate has left its domain, such as a logarithm of 0, a division by 0 or an exponential of a "
            "large number: open a minibatch as a graph to see which"
        ),
    }
)
"""What to do, by the likely cause."""


def _broken(vectors: Mapping[str, Mapping[str, Array]]) -> tuple[str, str]:
    """The first thing that is not finite, and its parameter; for the loss alone, the largest parameter."""
    for what, arrays in vectors.items():
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                return what, name
    return "loss", _largest(vectors["value"])[0]
