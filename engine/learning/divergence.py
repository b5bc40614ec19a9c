"""Why a run cannot go on: which update, which parameter, and what most likely made it so."""

from collections.abc import Mapping

import numpy as np

from engine.errors import TrainingError
from engine.learning.optimizers import OPTIMIZERS, OptimizerSpec
from engine.ops.op import Array

BLOWN_UP = 1e3
"""Parameters of a healthy network are of the order of 1; beyond this they are running away."""


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
    of every parameter: its "value", its "gradient", its slots. The cause is "learning_rate" when the
    parameters have run away, otherwise "program".
    """
    what, parameter = _broken(vectors)
    largest = max(float(np.max(np.abs(array))) for array in vectors["value"].values())
    # written so that NaN counts as running away: only an overflowing update makes it out of numbers
    ran_away = not at_start and not largest <= BLOWN_UP
    shown = (
        f"a loss of {loss}"
        if what == "loss"
        else f"a {what.replace('_', ' ')} of `{parameter}` that is not finite"
    )
    if ran_away:
        detail = (
            f"update {step:,} was refused: it leads to {shown}, with `{parameter}` grown to {largest:.2g}"
        )
        base = optimizer.learning_rate
        slower = min(base / 10, OPTIMIZERS[optimizer.name].learning_rate)
        scheduled = "" if rate == base else f", {rate:.3g} as scheduled here,"
        hint = f"the learning rate {base:g}{scheduled} is likely too high: try {slower:g}"
    else:
        detail = (
            f"the program gives {shown} before update {step + 1:,}"
            if at_start
            else f"update {step:,} was refused: it leads to {shown}"
        )
        hint = (
            "a gate has left its domain, such as a logarithm of 0, a division by 0 or an exponential of a "
            "large number: open a minibatch as a graph to see which"
        )
    return TrainingError(
        "not_finite",
        detail,
        hint=hint,
        parameters={
            "step": step,
            "parameter": parameter,
            "what": what,
            "cause": "learning_rate" if ran_away else "program",
            "learning_rate": optimizer.learning_rate,
            "scheduled_rate": rate,
        },
    )


def _broken(vectors: Mapping[str, Mapping[str, Array]]) -> tuple[str, str]:
    """The first thing that is not finite, and its parameter; for the loss alone, the largest parameter."""
    for what, arrays in vectors.items():
        for name, array in arrays.items():
            if not np.isfinite(array).all():
                return what, name
    values = vectors["value"]
    return "loss", max(values, key=lambda name: float(np.max(np.abs(values[name]))))
