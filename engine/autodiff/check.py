"""The gradient check: analytical gradients against numerical ones.

Each input element x is nudged both ways, two forward passes for one number:

    numerical = (f(x + h) - f(x - h)) / 2h,   h = eps^(1/3) max(1, |x|)

where backpropagation gets all of them from one backward pass. A difference counts as a mistake
only if it is large beside the gradient itself and beside the rounding noise of the quotient, about
eps |f| / h, or eps |v df/dv| / h for whichever gate's value v matters more: a saturated gate, whose
gradient is tiny, is no mistake, and neither is what 1e8 + x - 1e8 rounds off. Where f bends within h,
smaller steps come closer to a right gradient; where the quotient stays as it is, the gradient is wrong.
"""

from dataclasses import dataclass

import numpy as np

from engine import limits as limit_table
from engine.autodiff.forward import forward
from engine.autodiff.trace import Trace
from engine.limits import Limits
from engine.ops.op import Array

EPS = float(np.finfo(np.float64).eps)
TINY = float(np.finfo(np.float64).tiny)
"""Numbers below it have fewer digits than others."""
TOLERANCE = 1e-6
NOISE_FACTOR = 100.0
"""How many times the estimated rounding noise still counts as noise."""
NOISE_SHARE = 1e-3
"""A step is too small to tell anything where noise may be that much of the slope."""
SMALLER_STEPS = 9
SETTLED = 0.1
"""Where a smaller step moves a smooth slope by less than that share of what it is off, no step will help."""


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

    Raises LimitError before it starts when the forward passes would cost too much. What seems to differ
    is looked at again in smaller steps, as long as the same limit allows.
    """
    cost = max(trace.graph.cost, len(trace.graph.nodes))
    passes = sum(2 * gradient.size for gradient in trace.gradients.values())
    limits.check("operations", passes * cost, what="estimated operations for a gradient check")
    spare = [limits.operations / cost - passes]
    with np.errstate(all="ignore"):
        return {
            name: _check_input(trace, name, gradient, spare) for name, gradient in trace.gradients.items()
        }


@dataclass(frozen=True, slots=True)
class _Difference:
    """A central difference, how much rounding may be in it, and whether the slopes left and right differ."""

    slope: float
    noise: float
    kink: bool

    def agrees(self, analytical: float) -> bool:
        """Whether the gradient is within tolerance of the difference, or within its noise."""
        off = abs(analytical - self.slope)
        return bool(
            off <= TOLERANCE * max(abs(analytical), abs(self.slope)) or off <= NOISE_FACTOR * self.noise
        )


def _check_input(trace: Trace, name: str, analytical: Array, spare: list[float]) -> Check:
    """`spare` is the number of forward passes left for second looks."""
    inputs = {node.name or "": trace.values[node.index] for node in trace.graph.inputs}
    at, passes = inputs[name], 2 * analytical.size
    rounding = EPS * _rounded(trace)

    def f(value: Array) -> float:
        out = forward(trace.graph, {**inputs, name: value})[trace.graph.output_index]
        return float(np.sum(trace.upstream * out))

    middle = f(at)

    def difference(position: tuple[int, ...], step: float) -> _Difference:
        above, below = at.copy(), at.copy()
        above[position] += step
        below[position] -= step
        up, down = f(above), f(below)
        noise = max(rounding, EPS * max(abs(up), abs(down), abs(middle)), TINY) / step
        left, right = (middle - down) / step, (up - middle) / step
        wide = abs(left - right) > 1e-3 * max(abs(left), abs(right))
        kink = wide and abs(left - right) > NOISE_FACTOR * noise
        return _Difference((up - down) / float(above[position] - below[position]), noise, kink)

    numerical, noise, agrees = np.empty(at.shape), np.empty(at.shape), np.empty(at.shape, dtype=bool)
    kink = False
    for position in np.ndindex(at.shape):
        wanted, step = float(analytical[position]), EPS ** (1 / 3) * max(1.0, abs(float(at[position])))
        best = difference(position, step)
        for _ in range(SMALLER_STEPS):
            if best.agrees(wanted) or not np.isfinite(best.slope) or spare[0] < 2:
                break
            # where f bends within a step, a smaller one is closer, until rounding takes over
            step, spare[0], passes = step / 10, spare[0] - 2, passes + 2
            smaller = difference(position, step)
            if smaller.noise * NOISE_FACTOR > NOISE_SHARE * abs(smaller.slope):
                break
            moved, off = abs(smaller.slope - best.slope), abs(wanted - smaller.slope)
            if moved < SETTLED * off and not (best.kink or smaller.kink):
                break
            best = smaller
        numerical[position], noise[position], agrees[position] = best.slope, best.noise, best.agrees(wanted)
        kink |= best.kink
    return _judged(analytical, numerical, noise, bool(np.all(agrees)), kink, passes)


def _rounded(trace: Trace) -> float:
    """How much roundings weigh: each gate rounds its value, and its gradient says what comes of it."""
    return sum(
        float(np.sum(np.abs(gradient * trace.values[node.index]), where=np.isfinite(gradient)))
        for node, gradient in zip(trace.graph.nodes, trace.gradient_of, strict=True)
        if node.is_gate and gradient is not None and np.all(np.isfinite(trace.values[node.index]))
    )


def _judged(
    analytical: Array, numerical: Array, noise: Array, agrees: bool, kink: bool, passes: int
) -> Check:
    difference = np.abs(analytical - numerical)
    size = np.maximum(np.abs(analytical), np.abs(numerical))
    relative = np.where(difference == 0, 0.0, difference / np.where(size == 0, 1.0, size))
    if not (np.all(np.isfinite(analytical)) and np.all(np.isfinite(numerical))):
        verdict = "not_finite"
    elif agrees:
        verdict = "agrees"
    else:
        verdict = "kink" if kink else "differs"
    return Check(analytical, numerical, float(np.max(relative)), float(np.max(noise)), passes, verdict)
