"""Gradient clipping: a bound on how far one minibatch may push."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from engine.learning.checks import number, one_of
from engine.ops.op import Array

SMALLEST = 1e-6
LARGEST = 1e6
"""Range of the bound."""


@dataclass(frozen=True, slots=True)
class ClipSpec:
    """Clip by the "norm" of the whole gradient or by the "value" of each element, at `limit`.

    Raises InputError for an unknown name or a bound outside its range.
    """

    by: str = "norm"
    limit: float = 1.0

    def __post_init__(self) -> None:
        one_of("clipping", self.by, CLIPPINGS)
        number("limit", self.limit, SMALLEST, LARGEST)


@dataclass(frozen=True, slots=True)
class Clipping:
    """One way to clip, in place: clip(gradient, limit)."""

    name: str
    title: str
    doc: str
    latex: str
    source: str
    clip: Callable[[Array, float], None]


def by_norm(gradient: Array, limit: float) -> None:
    """Shorten the whole gradient to the bound and keep its direction, in place.

    g *= min(1, limit / (|g| + 1e-6))

    Source: Pascanu, Mikolov & Bengio (2013); `torch.nn.utils.clip_grad_norm_`.
    """
    # squares of large float32 numbers overflow
    norm = float(np.sqrt(np.square(gradient, dtype=np.float64).sum()))
    gradient *= min(1.0, limit / (norm + 1e-6))


def by_value(gradient: Array, limit: float) -> None:
    """Cut every element to the bound, in place.

    g = max(-limit, min(limit, g))

    Source: Mikolov (2012); `torch.nn.utils.clip_grad_value_`. Unlike there, an infinite element
    becomes NaN: it must not pass for a large one, or a run would go on past a broken gradient.
    """
    gradient[np.isinf(gradient)] = np.nan
    np.clip(gradient, -limit, limit, out=gradient)


CLIPPINGS: Mapping[str, Clipping] = MappingProxyType(
    {
        clipping.name: clipping
        for clipping in (
            Clipping(
                name="norm",
                title="By norm",
                doc="A gradient longer than the bound is shortened to it and keeps its direction.",
                latex=r"g \leftarrow g \min(1, c / \lVert g \rVert)",
                source="Pascanu, Mikolov & Bengio (2013)",
                clip=by_norm,
            ),
            Clipping(
                name="value",
                title="By value",
                doc="Every element beyond the bound is cut to it.",
                latex=r"g \leftarrow \max(-c, \min(c, g))",
                source="Mikolov (2012)",
                clip=by_value,
            ),
        )
    }
)
