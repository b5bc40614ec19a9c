"""Initializers: calls such as `he(2, 16)` that declare a parameter, its shape and its first values."""

from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

import numpy as np

from engine.errors import LanguageError, Span, quoted
from engine.graph.literals import signed_number
from engine.language import syntax
from engine.language.syntax import Apply, Expression, Keyword, Number
from engine.ops.op import Array, Shape

LARGEST_OPTION = 1e300
Draw = Callable[[np.random.Generator, Shape, dict[str, float]], Array]


def _fans(shape: Shape) -> tuple[int, int]:
    """How many values flow into a unit and out of it, for `X @ W` with W of shape (in, out)."""
    if len(shape) < 2:
        return (shape[0] if shape else 1, shape[0] if shape else 1)
    return (shape[0], shape[1])


def _he(rng: np.random.Generator, shape: Shape, options: dict[str, float]) -> Array:
    return rng.normal(0.0, np.sqrt(2.0 / _fans(shape)[0]), shape)


def _xavier(rng: np.random.Generator, shape: Shape, options: dict[str, float]) -> Array:
    bound = np.sqrt(6.0 / sum(_fans(shape)))
    return rng.uniform(-bound, bound, shape)


@dataclass(frozen=True, slots=True)
class Kind:
    """One initializer of the language: its keyword options, its formula, where it comes from."""

    name: str
    options: dict[str, float]
    doc: str
    source: str
    draw: Draw


INITIALIZERS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "he",
            {},
            "Normal with standard deviation sqrt(2 / inputs): keeps the scale of values through ReLU layers.",
            "He et al. 2015",
            _he,
        ),
        Kind(
            "xavier",
            {},
            "Uniform within sqrt(6 / (inputs + outputs)): keeps the scale of values through tanh layers.",
            "Glorot and Bengio 2010",
            _xavier,
        ),
        Kind(
            "normal",
            {"std": 1.0},
            "Normal with mean 0 and the given standard deviation.",
            "numpy.random.Generator.normal",
            lambda rng, shape, options: rng.normal(0.0, options["std"], shape),
        ),
        Kind(
            "uniform",
            {"low": -1.0, "high": 1.0},
            "Uniform between low and high.",
            "numpy.random.Generator.uniform",
            lambda rng, shape, options: rng.uniform(options["low"], options["high"], shape),
        ),
        Kind("zeros", {}, "All zeros.", "numpy.zeros", lambda rng, shape, options: np.zeros(shape)),
        Kind("ones", {}, "All ones.", "numpy.ones", lambda rng, shape, options: np.ones(shape)),
    )
}


@dataclass(frozen=True, slots=True, eq=False)
class Initializer:
    """An initializer with its shape and options filled in."""

    kind: str
    shape: Shape
    options: dict[str, float]

    def draw(self, name: str, seed: int) -> Array:
        """First values for the parameter of that name.

        Each parameter has a stream of its own, made from the seed and its name, so that adding
        or renaming one parameter leaves the others' values as they were.
        """
        rng = np.random.default_rng([seed, crc32(name.encode("utf-8", "surrogatepass"))])
        return INITIALIZERS[self.kind].draw(rng, self.shape, self.options)


def read_initializer(call: Apply) -> Initializer:
    """Fill in an initializer from its call; sizes are positive whole numbers, in a tuple or not.

    Raises LanguageError for other sizes, and for options that it has not or that cannot be drawn with.
    """
    kind = INITIALIZERS[call.function]
    first = call.arguments[0] if len(call.arguments) == 1 else None
    sizes = first.items if isinstance(first, syntax.Array) else call.arguments
    shape = tuple([_size(size, call) for size in sizes])
    options = dict(kind.options)
    for keyword in call.keywords:
        options[keyword.name] = _option(keyword, kind)
    if options.get("std", 0.0) < 0:
        raise LanguageError("bad_option", "std cannot be negative", span=call.span, hint="use 0 or more")
    if options.get("low", 0.0) > options.get("high", 0.0):
        raise LanguageError("bad_option", "low is larger than high", span=call.span, hint="exchange them")
    return Initializer(kind.name, shape, options)


def _size(argument: Expression, call: Apply) -> int:
    if isinstance(argument, Number) and 1 <= argument.value <= 1e9 and argument.value.is_integer():
        return int(argument.value)
    raise LanguageError(
        "bad_size",
        f"`{call.function}` takes sizes: whole numbers from 1",
        span=argument.span,
        hint=f"as in `{call.function}(2, 16)`",
        parameters={"function": call.function},
    )


def _option(keyword: Keyword, kind: Kind) -> float:
    span: Span = keyword.span
    if keyword.name not in kind.options:
        known = ", ".join(f"`{name}`" for name in kind.options) or "none"
        raise LanguageError(
            "unknown_keyword",
            f"`{kind.name}` has no argument {quoted(keyword.name)}",
            span=span,
            hint=f"its keyword arguments: {known}",
            parameters={"function": kind.name, "keyword": keyword.name},
        )
    value = signed_number(keyword.value)
    if value is None:
        raise LanguageError(
            "bad_option",
            f"`{keyword.name}` takes a number",
            span=span,
            hint=f"as in `{keyword.name}=0.1`",
            parameters={"keyword": keyword.name},
        )
    if abs(value) > LARGEST_OPTION:
        raise LanguageError(
            "bad_option",
            f"`{keyword.name}` takes numbers up to {LARGEST_OPTION:g}, not {value:g}",
            span=span,
            hint="what is drawn must be finite",
            parameters={"keyword": keyword.name},
        )
    return value
