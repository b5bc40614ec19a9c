"""The gradient check: analytical gradients against numerical ones.

Each input element x is nudged both ways, two forward passes for one number:

    numerical = (f(x + h) - f(x - h)) / 2h,   h = eps^(1/3) max(1, |x|)

where backpropagation gets all of them from one backward pass. A difference counts as a mistake
only if it is large beside the gradient itself and beside the rounding noise of the quotient,
about eps |f| / h: a saturated gate, whose gradient is tiny, is no mistake.
"""

from dataclasses import dataclass

import numpy as np

from engine import limits as limit_table
from engine.autodiff.forward import forward
from engine.autodiff.trace import Trace
from engine.limits import Limits
from engine.ops.op import Array

EPS = float(np.finfo(np.float64).eps)
TOLERANCE = 1e-6
NOISE_FACTOR = 100.0
"""How many times the estimated rounding noise still counts as noise."""


@dataclass(frozen=True, slots=True, eq=False)
class Check:
    """The check of one input: both gradients, how far apart, how far noise alone could drive them.

    `verdict` is "agrees", "kink" (the slopes left and right differ, so no derivative exists),
    "not_finite" or "differs".
    """

    analytical: Array
    numerical: Array
    relative_error: float
    noise: float
    forward_passes: int
    verdict: str


def check_gradients(trace: Trace, limits: Limits = limit_table.DEFAULT) -> dict[str, Check]:
    """Check every input's gradient by central differences of `sum(upstream * output)`.

    Raises LimitError before it starts when the forward passes would cost too much.
    """
    passes = sum(2 * gradient.size for gradient in trace.gradients.values())
    limits.check("operations", passes * max(trace.graph.cost, len(trace.graph.nodes)))
    with np.errstate(all="ignore"):
        return {name: _check_input(trace, name, gradient) for name, gradient in trace.gradients.items()}


def _check_input(trace: Trace, name: str, analytical: Array) -> Check:
    inputs = {node.name or "": trace.values[node.index] for node in trace.graph.inputs}

    def f(value: Array) -> float:
        out = forward(trace.graph, {**inputs, name: value})[trace.graph.output_index]
        return float(np.sum(trace.upstream * out))

    at = inputs[name]
    numerical, noise = np.empty(at.shape), np.empty(at.shape)
    kink = False
    middle = f(at)
    for position in np.ndindex(at.shape):
        h = EPS ** (1 / 3) * max(1.0, abs(float(at[position])))
        above, below = at.copy(), at.copy()
        above[position] += h
        below[position] -= h
        step = float(above[position] - below[position])
        up, down = f(above), f(below)
        numerical[position] = (up - down) / step
        noise[position] = EPS * max(abs(up), abs(down), abs(middle)) / h
        left, right = (middle - down) / h, (up - middle) / h
        wide = abs(left - right) > 1e-3 * max(abs(left), abs(right), 1e-3)
        kink |= wide and abs(left - right) > NOISE_FACTOR * noise[position]
    return _judged(analytical, numerical, noise, kink, 2 * at.size)


def _judged(analytical: Array, numerical: Array, noise: Array, kink: bool, passes: int) -> Check:
    difference = np.abs(analytical - numerical)
    size = np.maximum(np.abs(analytical), np.abs(numerical))
    relative = np.where(difference == 0, 0.0, difference / np.where(size == 0, 1.0, size))
    within = (relative <= TOLERANCE) | (difference <= NOISE_FACTOR * noise)
    if not (np.all(np.isfinite(analytical)) and np.all(np.isfinite(numerical))):
        verdict = "not_finite"
    elif np.all(within):
        verdict = "agrees"
    else:
        verdict = "kink" if kink else "differs"
    return Check(analytical, numerical, float(np.max(relative)), float(np.max(noise)), passes, verdict)
