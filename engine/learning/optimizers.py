"""How parameters follow their gradients: one record per rule, with the field's names and formulas.

A rule works element by element, so it is written for one array of any shape; `run_slice` hands it
all parameters as one vector. Conventions and defaults are PyTorch's (`torch.optim`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.learning import rule_lines
from engine.learning.checks import flag, number, one_of
from engine.learning.rule_lines import Line
from engine.ops.op import Array

MOST_KEPT = 0.999999
"""Largest share of a running average kept from one update to the next: at 1, adam would divide by 0."""


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """Which rule, and its numbers; a rule ignores the numbers it has no use for.

    With `exempt_biases`, weight decay leaves parameters of fewer than two axes alone. Raises
    InputError for an unknown name or a number outside its range.
    """

    name: str = "adam"
    learning_rate: float = 0.02
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    alpha: float = 0.99
    weight_decay: float = 0.0
    exempt_biases: bool = True

    def __post_init__(self) -> None:
        one_of("optimizer", self.name, OPTIMIZERS)
        number("learning_rate", self.learning_rate, 0)
        number("momentum", self.momentum, 0, MOST_KEPT)
        number("beta1", self.beta1, 0, MOST_KEPT)
        number("beta2", self.beta2, 0, MOST_KEPT)
        number("epsilon", self.epsilon, 0, 1)
        number("alpha", self.alpha, 0, MOST_KEPT)
        number("weight_decay", self.weight_decay, 0)
        flag("exempt_biases", self.exempt_biases)


Update = Callable[[Array, Array, tuple[Array, ...], int, float, OptimizerSpec], None]
"""update(parameter, gradient, slots, t, rate, spec): one step, in place; t counts updates from 1.

`rate` is the learning rate of this step, as the schedule has it; the gradient is left as it is.
"""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One rule: its update, the slots it remembers (one array like the parameter each, zero at first).

    `lines` are the rule written out, from the gradient to the step. `learning_rate` and
    `weight_decay` are values to begin with; `decoupled` says that weight decay shrinks the parameter
    itself, past the rule, instead of adding to the gradient.
    """

    name: str
    title: str
    doc: str
    latex: str
    source: str
    learning_rate: float
    slots: tuple[str, ...]
    update: Update
    lines: tuple[Line, ...]
    decoupled: bool = False
    weight_decay: float = 0.0


def decay(parameter: Array, gradient: Array, strength: Array, rate: float, decoupled: bool) -> None:
    """Weight decay, ahead of a rule's own step and in place.

    g += lambda * w             as an L2 penalty lambda / 2 * w**2 would
    w -= rate * lambda * w      decoupled

    `strength` is lambda for every element, 0 where it is exempt.

    Source: Krogh & Hertz (1991); decoupled, Loshchilov & Hutter (2019).
    """
    if decoupled:
        parameter -= rate * (strength * parameter)
    else:
        gradient += strength * parameter


def sgd(
    parameter: Array, gradient: Array, _slots: tuple[Array, ...], _t: int, rate: float, _spec: OptimizerSpec
) -> None:
    """Stochastic gradient descent, in place.

    w -= rate * g

    Source: Robbins & Monro (1951).
    """
    parameter -= rate * gradient


def momentum(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], _t: int, rate: float, spec: OptimizerSpec
) -> None:
    """Gradient descent with a velocity that averages past gradients, in place.

    v = mu * v + g
    w -= rate * v

    Source: Polyak (1964); the rate outside the velocity as in `torch.optim.SGD`, dampening 0.
    """
    (velocity,) = slots
    velocity *= spec.momentum
    velocity += gradient
    parameter -= rate * velocity


def nesterov(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], _t: int, rate: float, spec: OptimizerSpec
) -> None:
    """Momentum that looks ahead: the step is what the velocity will be after the next push, in place.

    v = mu * v + g
    w -= rate * (g + mu * v)

    Source: Nesterov (1983); as in Sutskever et al. (2013) and `torch.optim.SGD(nesterov=True)`.
    """
    (velocity,) = slots
    velocity *= spec.momentum
    velocity += gradient
    ahead = spec.momentum * velocity
    ahead += gradient
    ahead *= rate
    parameter -= ahead


def rmsprop(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], _t: int, rate: float, spec: OptimizerSpec
) -> None:
    """Each element's gradient over the root of its recent mean square, in place.

    v = alpha * v + (1 - alpha) * g**2
    w -= rate * g / (sqrt(v) + epsilon)

    Source: Tieleman & Hinton (2012), lecture 6.5.
    """
    (square,) = slots
    square *= spec.alpha
    square += (1 - spec.alpha) * np.square(gradient)
    _step_over_root(parameter, gradient, square, rate, spec)


def adagrad(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], _t: int, rate: float, spec: OptimizerSpec
) -> None:
    """Each element's gradient over the root of all its squares so far, in place.

    s = s + g**2
    w -= rate * g / (sqrt(s) + epsilon)

    Source: Duchi, Hazan & Singer (2011).
    """
    (total,) = slots
    total += np.square(gradient)
    _step_over_root(parameter, gradient, total, rate, spec)


def _step_over_root(
    parameter: Array, gradient: Array, square: Array, rate: float, spec: OptimizerSpec
) -> None:
    root = np.sqrt(square)
    root += spec.epsilon
    parameter -= rate * gradient / root


def adam(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], t: int, rate: float, spec: OptimizerSpec
) -> None:
    """Adaptive moments: each element's step is its mean gradient over its root mean square, in place.

    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    w -= rate * m_hat / (sqrt(v_hat) + epsilon),  m_hat = m / (1 - beta1**t), v_hat = v / (1 - beta2**t)

    Source: Kingma & Ba (2015), algorithm 1.
    """
    m, v = slots
    m *= spec.beta1
    m += (1 - spec.beta1) * gradient
    v *= spec.beta2
    v += (1 - spec.beta2) * np.square(gradient)
    # the two corrections are numbers: applying them there spares two passes over the arrays
    rate /= 1 - spec.beta1**t
    root = np.sqrt(v)
    root /= (1 - spec.beta2**t) ** 0.5
    root += spec.epsilon
    parameter -= rate * m / root


MOMENTS = ("first_moment", "second_moment")

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        rule.name: rule
        for rule in (
            Optimizer(
                name="sgd",
                title="SGD",
                doc="A step against the gradient.",
                latex=r"w \leftarrow w - \eta g",
                source="Robbins & Monro (1951)",
                learning_rate=0.5,
                slots=(),
                update=sgd,
                lines=rule_lines.SGD,
            ),
            Optimizer(
                name="momentum",
                title="Momentum",
                doc="A ball with inertia: past gradients go on pushing.",
                latex=r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta v",
                source="Polyak (1964)",
                learning_rate=0.05,
                slots=("velocity",),
                update=momentum,
                lines=rule_lines.MOMENTUM,
            ),
            Optimizer(
                name="nesterov",
                title="Nesterov",
                doc="Momentum that looks where it is about to be, and turns sooner.",
                latex=r"v \leftarrow \mu v + g, \quad w \leftarrow w - \eta (g + \mu v)",
                source="Nesterov (1983)",
                learning_rate=0.05,
                slots=("velocity",),
                update=nesterov,
                lines=rule_lines.NESTEROV,
            ),
            Optimizer(
                name="rmsprop",
                title="RMSProp",
                doc="Steep directions are slowed and flat ones sped up, by their recent gradients.",
                latex=r"v \leftarrow \alpha v + (1 - \alpha) g^2, \quad"
                r" w \leftarrow w - \eta \frac{g}{\sqrt{v} + \epsilon}",
                source="Tieleman & Hinton (2012)",
                learning_rate=0.01,
                slots=("square",),
                update=rmsprop,
                lines=rule_lines.RMSPROP,
            ),
            Optimizer(
                name="adam",
                title="Adam",
                doc="Every parameter gets its own step, sized by its recent gradients.",
                latex=r"w \leftarrow w - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                source="Kingma & Ba (2015)",
                learning_rate=0.02,
                slots=MOMENTS,
                update=adam,
                lines=rule_lines.ADAM,
            ),
            Optimizer(
                name="adamw",
                title="AdamW",
                doc="Adam whose weight decay shrinks the weights themselves, past the moments.",
                latex=r"w \leftarrow w - \eta \lambda w - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                source="Loshchilov & Hutter (2019)",
                learning_rate=0.02,
                slots=MOMENTS,
                update=adam,
                lines=rule_lines.ADAM,
                decoupled=True,
                weight_decay=0.01,
            ),
            Optimizer(
                name="adagrad",
                title="Adagrad",
                doc="Steps shrink where gradients have been large, for good: its own 1/sqrt(t) decay.",
                latex=r"s \leftarrow s + g^2, \quad w \leftarrow w - \eta \frac{g}{\sqrt{s} + \epsilon}",
                source="Duchi, Hazan & Singer (2011)",
                learning_rate=0.1,
                slots=("square_sum",),
                update=adagrad,
                lines=rule_lines.ADAGRAD,
            ),
        )
    }
)
