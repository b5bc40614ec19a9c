"""The silhouette every op has: what it computes, how it differentiates, how it is shown.

The NumPy text in a record is the code that runs: the trace calls it, the plan strings it together,
the writers print it and the help shows it. So what a learner reads is what computed the number.
In a text, an argument goes by its name, the gate's output is `out`, what the gate keeps for its
way back is `saved`, and the gradient arriving at the gate is `upstream`. In LaTeX, an argument
always stands in braces (`e^{x}`), so that a name or a number can be put in its place.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from engine.ops import functions

Array = npt.NDArray[Any]
Shape = tuple[int, ...]
Options = Mapping[str, Any]
"""Keyword arguments of a call, defaults filled in. A default of `...` marks one that must be given."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What is known of an argument before it is computed: its shape, and its value if constant."""

    shape: Shape
    constant: Array | None = None


Text = str | Callable[[tuple[Operand, ...], Options], str]
"""NumPy text, or a function that chooses the text that suits the operands and options."""


@dataclass(frozen=True, slots=True)
class Elementwise:
    """A local gradient with one factor per output element.

    downstream = upstream * local, summed over the axes along which the argument was broadcast.
    """

    numpy: Text
    latex: str


@dataclass(frozen=True, slots=True)
class Product:
    """A local gradient that is a matrix (a Jacobian), given as its product with upstream.

    downstream = J @ upstream with J input x output; the text computes the product without J.
    """

    numpy: Text
    latex: str


Derivative = Elementwise | Product | None
"""How a gate differentiates with respect to one argument; None: labels and conditions."""


@dataclass(frozen=True, slots=True)
class When:
    """A place worth a note: a boolean NumPy text over the arguments, and what to say there.

    With `argument`, only if a gradient comes back to the argument at that position.
    """

    numpy: str
    says: str
    argument: int | None = None


@dataclass(frozen=True, slots=True)
class Op:
    """One record of the table.

    `shape(shapes, options)` infers the output's shape or raises ShapeError; `cost(shapes, out)`
    estimates floating-point operations; `kinks` are points without a derivative and the convention
    taken there; `dangers` explain how finite arguments can give NaN or infinity. A `variadic` op
    takes any number of arguments, named x0, x1, ...: `derivative_at(position)` differentiates each.
    `saved` is computed once, going forward, where both directions need it.
    """

    name: str
    symbol: str
    arguments: tuple[str, ...]
    doc: str
    source: str
    numpy: Text
    torch: Text
    latex: str
    derivatives: tuple[Derivative, ...]
    shape: Callable[[tuple[Shape, ...], Options], Shape]
    cost: Callable[[tuple[Shape, ...], Shape], int]
    options: Options = field(default_factory=dict[str, Any])
    operator: str | None = None
    reserved: bool = True
    pattern: str | None = None
    kinks: tuple[When, ...] = ()
    dangers: tuple[When, ...] = ()
    check: Callable[..., None] | None = None
    saved: str | None = None
    derivative_at: Callable[[int], Derivative] | None = None

    @property
    def variadic(self) -> bool:
        """Whether the op takes any number of arguments."""
        return self.derivative_at is not None

    def names(self, count: int) -> tuple[str, ...]:
        """The arguments' names in the texts, for a gate with that many."""
        return tuple(f"x{position}" for position in range(count)) if self.variadic else self.arguments

    def derivative(self, position: int) -> Derivative:
        """How the gate differentiates with respect to the argument at that position."""
        return self.derivatives[position] if self.derivative_at is None else self.derivative_at(position)

    @property
    def signature(self) -> str:
        """The call as a user writes it, such as `sum(x, axis=None, keepdims=False)`."""
        if self.operator is not None and not self.reserved:
            return (
                f"{self.operator}x" if self.arguments == ("x",) else f" {self.operator} ".join(self.arguments)
            )
        defaults = [f"{name}={value}" for name, value in self.options.items() if value is not ...]
        required = [name for name, value in self.options.items() if value is ...]
        arguments = [f"[{', '.join(self.arguments)}]"] if self.variadic else self.arguments
        return f"{self.name}({', '.join([*arguments, *required, *defaults])})"

    def forward(self, arguments: tuple[Array, ...], options: Options) -> Array:
        """Compute the gate's output, in the arguments' precision (a comparison gives 0 and 1)."""
        operands = tuple([Operand(a.shape) for a in arguments])
        run = function(
            chosen(self.numpy, operands, options), ("saved", *self.names(len(arguments)), *options)
        )
        out = np.asarray(run(self._save(arguments, options), *arguments, *options.values()))
        return out.astype(np.float64) if out.dtype == np.bool_ else out

    def backward(
        self, text: str, upstream: Array | None, out: Array, arguments: tuple[Array, ...], options: Options
    ) -> Array:
        """Evaluate a derivative's text: a local factor, or a product with upstream."""
        if self.variadic:  # one of many arguments gets a part of upstream, whatever they all are
            return np.asarray(function(text, ("upstream",))(upstream))
        run = function(text, ("upstream", "out", "saved", *self.names(len(arguments)), *options))
        return np.asarray(run(upstream, out, self._save(arguments, options), *arguments, *options.values()))

    def _save(self, arguments: tuple[Array, ...], options: Options) -> Array | None:
        if self.saved is None:
            return None
        return function(self.saved, (*self.names(len(arguments)), *options))(*arguments, *options.values())

    def holds(self, when: When, arguments: tuple[Array, ...], options: Options) -> bool:
        """Whether a kink or a danger applies to any element."""
        run = function(when.numpy, (*self.names(len(arguments)), *options))
        return bool(np.any(run(*arguments, *options.values())))


def chosen(text: Text, operands: tuple[Operand, ...], options: Options) -> str:
    """The text that suits the operands and options."""
    return text if isinstance(text, str) else text(operands, options)


NAMESPACE: dict[str, Any] = {"np": np, **functions.HELPERS}


@lru_cache(maxsize=1024)
def function(text: str, names: tuple[str, ...]) -> Callable[..., Any]:
    """The function of `names` that a text of the table stands for.

    Only texts of this package's own records come here, never a user's.
    """
    return eval(f"lambda {', '.join(names)}: {text}", dict(NAMESPACE))  # noqa: S307
