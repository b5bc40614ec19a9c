"""What lumped gates are made of, written in the language itself.

There are many ways to draw the same function. `1 / (1 + exp(-x))` is four gates, or one sigmoid whose
local gradient is (1 - s) s. A definition is a program whose graph is looked for in a user's graph. Its
arguments go by their names in the op table; the op's options, and the class numbers [0, 1, ...] that
labels are compared with, stand in braces.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, product
from typing import Any

import numpy as np

from engine import limits
from engine.graph.build import build
from engine.graph.structure import Graph
from engine.ops import OPS
from engine.ops.op import Options

SIGMOID = (
    "1 / (1 + exp(-x))",
    "exp(x) / (1 + exp(x))",
    "(1 + tanh(x / 2)) / 2",
    "0.5 * (1 + tanh(0.5 * x))",
)
SHIFTED = "x - max(x, axis={axis}, keepdims=True)"
SOFTMAX = tuple([f"exp({z}) / sum(exp({z}), axis={{axis}}, keepdims=True)" for z in ("x", SHIFTED)])
LOGSUMEXP = (
    "log(sum(exp(x), axis={axis}, keepdims={keepdims}))",
    "max(x, axis={axis}, keepdims={keepdims})"
    f" + log(sum(exp({SHIFTED}), axis={{axis}}, keepdims={{keepdims}}))",
    "max(x) + log(sum(exp(x - max(x))))",
)
LOG_SOFTMAX = (
    "log(softmax(x, axis={axis}))",
    "x - logsumexp(x, axis={axis}, keepdims=True)",
    *(f"log({text})" for text in SOFTMAX),
    *(f"{z} - log(sum(exp({z}), axis={{axis}}, keepdims=True))" for z in ("x", f"({SHIFTED})")),
)
OVER_ALL: dict[str, tuple[str, ...]] = {
    "softmax": ("exp(x) / sum(exp(x))", "exp(x - max(x)) / sum(exp(x - max(x)))"),
    "log_softmax": (
        "x - logsumexp(x)",
        "x - log(sum(exp(x)))",
        "log(exp(x) / sum(exp(x)))",
        "(x - max(x)) - log(sum(exp(x - max(x))))",
    ),
}
"""Definitions of what works along an axis that work over all elements: as for a vector, without `axis`."""

PICKED = (
    *(f"-log(({text})[0])" for text in ("softmax(x, axis={axis})", *SOFTMAX, *OVER_ALL["softmax"])),
    *(f"-({text})[0]" for text in ("log_softmax(x, axis={axis})", *LOG_SOFTMAX, *OVER_ALL["log_softmax"])),
    "-log(exp(x)[0] / sum(exp(x)))",
    "-log(exp(x[0]) / sum(exp(x)))",
    "logsumexp(x) - x[0]",
    "log(sum(exp(x))) - x[0]",
)
"""The lecture's loss of one example, its label written as an index; the index becomes the label."""

DEFINITIONS: dict[str, tuple[str, ...]] = {
    "sigmoid": SIGMOID,
    "tanh": (
        "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        "(exp(2 * x) - 1) / (exp(2 * x) + 1)",
        "(1 - exp(-2 * x)) / (1 + exp(-2 * x))",
        "2 * sigmoid(2 * x) - 1",
        "2 / (1 + exp(-2 * x)) - 1",
        "1 - 2 / (1 + exp(2 * x))",
    ),
    "silu": ("x * sigmoid(x)", "x / (1 + exp(-x))", *(f"x * ({text})" for text in SIGMOID)),
    "softplus": (
        "log(1 + exp(x))",
        "log1p(exp(x))",
        "max(x, 0) + log(1 + exp(-abs(x)))",
        "max(x, 0) + log1p(exp(-abs(x)))",
    ),
    "relu": ("max(0, x)", "where(x > 0, x, 0)", "where(x < 0, 0, x)", "x * (x > 0)"),
    "leaky_relu": (
        "where(x > 0, x, {slope} * x)",
        "where(x < 0, {slope} * x, x)",
        "max({slope} * x, x)",
    ),
    "elu": (
        "where(x > 0, x, {alpha} * (exp(x) - 1))",
        "where(x > 0, x, exp(x) - 1)",
        "where(x < 0, exp(x) - 1, x)",
        "where(x > 0, x, expm1(x))",
    ),
    "square": ("x * x",),
    "reciprocal": ("1 / x",),
    "softmax": SOFTMAX,
    "log_softmax": LOG_SOFTMAX,
    "logsumexp": LOGSUMEXP,
    "norm": ("sqrt(sum(square(x), axis={axis}, keepdims={keepdims}))",),
    "var": (
        "mean(square(x - mean(x, axis={axis}, keepdims=True)), axis={axis}, keepdims={keepdims})",
        "mean(square(x - mean(x)))",
    ),
    "std": (
        "sqrt(var(x, axis={axis}, keepdims={keepdims}))",
        "sqrt(mean(square(x - mean(x, axis={axis}, keepdims=True)), axis={axis}, keepdims={keepdims}))",
        "sqrt(mean(square(x - mean(x))))",
    ),
    "mse": ("mean(square(a - b))",),
    "cross_entropy": (
        "-mean(sum((reshape(y, (-1, 1)) == {classes}) * log_softmax(scores), axis=-1))",
        "-sum((y == {classes}) * log_softmax(scores))",
        *(re.sub(r"\bx\b", "scores", text) for text in PICKED),
    ),
}
"""For each op, programs that compute it; the first is how it is drawn when taken apart."""


def definition(name: str, options: Options, classes: int) -> str:
    """The program that a gate with these options, of so many classes, is taken apart into."""
    return _filled(DEFINITIONS[name][0], {**options, "classes": list(range(classes))})


FEW = 4
"""So many numbers of a program are tried as the slope of a leaky ReLU."""


class Pattern:
    """A definition as a graph, with the options of the gate it is lumped into."""

    def __init__(self, name: str, text: str, filling: dict[str, Any], over_all: bool) -> None:
        axis: int | tuple[int, ...] | None = filling.get("axis")
        rank = _rank(axis if isinstance(axis, tuple) else (axis or 0,))
        shape = (len(filling.get("classes", "123")),) * rank
        shapes = dict.fromkeys(OPS[name].arguments, shape) | ({"y": ()} if "scores" in text else {})
        self.graph: Graph = build(_filled(text, filling), shapes, limits.UNLIMITED)
        chosen = {key: value for key, value in filling.items() if key in OPS[name].options}
        self.options: Options = {**OPS[name].options, **chosen, **({"axis": None} if over_all else {})}
        self.size = sum(node.is_gate for node in self.graph.nodes)


def patterns(name: str, graph: Graph) -> list[Pattern]:
    """The definitions of an op that can occur in a graph: with its axes and class numbers, the largest first.

    A pattern that contains another one is found before the part of it that the other one is.
    """
    axes = {node.options["axis"] for node in graph.nodes if "axis" in node.options}
    classes = {
        node.value.size
        for node in graph.nodes
        if node.value is not None and np.array_equal(node.value, np.arange(node.value.size))
    }
    slopes = {float(node.value) for node in graph.nodes if node.value is not None and node.value.ndim == 0}
    values = {
        "axis": sorted(axes, key=repr),
        "keepdims": (False, True),
        "classes": sorted(classes),
        "slope": sorted(slope for slope in slopes if 0 < slope < 1)[:FEW],
        "alpha": (OPS["elu"].options["alpha"],),
    }
    found = [
        _pattern(name, text, filling, over_all)
        for texts, over_all in ((DEFINITIONS[name], False), (OVER_ALL.get(name, ()), True))
        for text in texts
        for filling in _fillings(text, values)
    ]
    return sorted(found, key=lambda pattern: -pattern.size)


def _rank(axes: tuple[int, ...]) -> int:
    """Axes enough for every one that is named, each another one, be it counted from the front or the back.

    Beyond that, what a gate reads matters and not how large it is.
    """
    least = 1 + max(map(abs, axes))
    return next(rank for rank in count(least) if len({axis % rank for axis in axes}) == len(axes))


def _fillings(text: str, values: dict[str, Any]) -> Iterator[tuple[tuple[str, Any], ...]]:
    """Every way to fill the braces of a definition."""
    names = sorted(set(re.findall(r"\{(\w+)\}", text)))
    for chosen in product(*(values[name] for name in names)):
        yield tuple(zip(names, chosen, strict=True))


@lru_cache(maxsize=512)
def _pattern(name: str, text: str, filling: tuple[tuple[str, Any], ...], over_all: bool) -> Pattern:
    values = dict(filling)
    if "classes" in values:
        values["classes"] = list(range(values["classes"]))
    return Pattern(name, text, values, over_all)


def _filled(text: str, values: Options) -> str:
    return text.format_map({name: repr(value) for name, value in values.items()})
