"""How parameters follow their gradients: one record per rule, with the field's names and formulas.

A rule works element by element, so it is written for one array of any shape; `run_slice` hands it
all parameters as one vector. Conventions and defaults are PyTorch's (`torch.optim`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.learning.checks import number, one_of
from engine.ops.op import Array

MOST_KEPT = 0.999999
"""Largest share of a running average kept from one update to the next: at 1, adam would divide by 0."""


@dataclass(frozen=True, slots=True)
class OptimizerSpec:
    """Which rule, and its numbers; a rule ignores the numbers it has no use for.

    Raises InputError for an unknown name or a number outside its range.
    """

    name: str = "adam"
    learning_rate: float = 0.02
    momentum: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        one_of("optimizer", self.name, OPTIMIZERS)
        number("learning_rate", self.learning_rate, 0)
        number("momentum", self.momentum, 0, MOST_KEPT)
        number("beta1", self.beta1, 0, MOST_KEPT)
        number("beta2", self.beta2, 0, MOST_KEPT)
        number("epsilon", self.epsilon, 0, 1)


Update = Callable[[Array, Array, tuple[Array, ...], int, OptimizerSpec], None]
"""update(parameter, gradient, slots, t, spec): one step, in place; t counts updates from 1."""


@dataclass(frozen=True, slots=True)
class Optimizer:
    """One rule: its update, the slots it remembers (one array like the parameter each, zero at first)."""

    name: str
    title: str
    doc: str
    latex: str
    source: str
    learning_rate: float
    slots: tuple[str, ...]
    update: Update


def sgd(parameter: Array, gradient: Array, _slots: tuple[Array, ...], _t: int, spec: OptimizerSpec) -> None:
    """Stochastic gradient descent, in place.

    w -= rate * g

    Source: Robbins & Monro (1951).
    """
    parameter -= spec.learning_rate * gradient


def momentum(
    parameter: Array, gradient: Array, slots: tuple[Array, ...], _t: int, spec: OptimizerSpec
) -> None:
    """Gradient descent with a velocity that averages past gradients, in place.

    v = mu * v + g
    w -= rate * v

    Source: Polyak (1964); the rate outside the velocity as in `torch.optim.SGD`, dampening 0.
    """
    (velocity,) = slots
    velocity *= spec.momentum
    velocity += gradient
    parameter -= spec.learning_rate * velocity


def adam(parameter: Array, gradient: Array, slots: tuple[Array, ...], t: int, spec: OptimizerSpec) -> None:
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
    rate = spec.learning_rate / (1 - spec.beta1**t)
    root = np.sqrt(v)
    root /= (1 - spec.beta2**t) ** 0.5
    root += spec.epsilon
    parameter -= rate * m / root


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
            ),
            Optimizer(
                name="adam",
                title="Adam",
                doc="Every parameter gets its own step, sized by its recent gradients.",
                latex=r"w \leftarrow w - \eta \frac{\hat m}{\sqrt{\hat v} + \epsilon}",
                source="Kingma & Ba (2015)",
                learning_rate=0.02,
                slots=("first_moment", "second_moment"),
                update=adam,
            ),
        )
    }
)
