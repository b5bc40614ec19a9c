"""The tape: a graph of single numbers, unrolled once and rerun with every edge's record kept.

NumPy spends most of a microsecond on an array of one number, Python's own floats a thirtieth. So a
graph in which every node is a single number is unrolled into two flat lists, gates forward and
edges backward, whose texts from the op table are compiled against Python's `math`. Python raises
where NumPy answers NaN or infinity; there, and for anything not finite, the trace is asked instead.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from engine.autodiff.trace import EdgeTrace, trace
from engine.errors import InputError, quoted
from engine.graph.structure import Graph, Node
from engine.ops import Elementwise, Operand, chosen

Factors = tuple[float, float, float]
"""upstream, local, downstream"""


def _sigmoid(x: float) -> float:
    e = math.exp(-abs(x))
    return (1.0 if x >= 0 else e) / (1.0 + e)


def _sign(x: float) -> float:
    return float((x > 0) - (x < 0))


def _where(condition: bool, a: float, b: float) -> float:
    return float(a if condition else b)


def _power_base_slope(a: float, b: float) -> float:
    return b * math.pow(a, b - 1) if b else 0.0


def _power_exponent_slope(a: float, b: float, out: float) -> float:
    return out * math.log(a) if a or b < 0 else 0.0


NUMPY = SimpleNamespace(
    **{
        name: getattr(math, name)
        for name in ("exp", "log", "log1p", "expm1", "sqrt", "sin", "cos", "tan", "tanh")
    },
    abs=abs,
    sign=_sign,
    maximum=max,
    minimum=min,
    where=_where,
)
SCALAR_NAMES: dict[str, Any] = {
    "np": NUMPY,
    "pow": math.pow,
    "sigmoid": _sigmoid,
    "power_base_slope": _power_base_slope,
    "power_exponent_slope": _power_exponent_slope,
}
"""What the texts' names mean for single numbers."""

FORWARD = {"power": "pow(a, b)"}
"""`a ** b` would answer a complex number for a negative base; `math.pow` raises."""

FLOATS = ((".astype(out.dtype)", ""), ("out > 0", "float(out > 0)"), ("(x, 0)", "(x, 0.0)"))
"""What would be a boolean or an integer in Python."""

SUPPORTED = frozenset(
    [
        "add",
        "subtract",
        "multiply",
        "divide",
        "power",
        "negative",
        "exp",
        "log",
        "log1p",
        "expm1",
        "sqrt",
        "square",
        "reciprocal",
        "abs",
        "sin",
        "cos",
        "tan",
        "tanh",
        "sigmoid",
        "relu",
        "maximum",
        "minimum",
    ]
)


@dataclass(frozen=True, slots=True)
class Records:
    """One run: values and gradients by node index, (upstream, local, downstream) by edge index."""

    values: list[float]
    gradient_of: list[float]
    edges: list[Factors | None]
    gradients: dict[str, float]


class Tape:
    """A graph ready to be rerun on single numbers. `tape(inputs)` gives the same numbers as the trace.

    Raises InputError for a graph with a node that is not a single number.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        tensor = next((node for node in graph.nodes if node.shape != ()), None)
        if tensor is not None:
            raise InputError(
                "not_scalar",
                "a tape holds single numbers only",
                span=tensor.span,
                hint="use `trace` for tensors",
            )
        self.scalar = all(not node.is_gate or node.op in SUPPORTED for node in graph.nodes)
        self.names = [(node.index, node.name or "") for node in graph.inputs]
        if self.scalar:
            self._start = [float(node.value) if node.value is not None else 0.0 for node in graph.nodes]
            self._gates = [_gate(graph, node) for node in graph.nodes if node.is_gate]
            self._edges = _edges(graph)

    def __call__(self, inputs: Mapping[str, float]) -> Records:
        """Run forward and backward. Raises InputError for an input without a value."""
        if self.scalar:
            try:
                records = self._run(inputs)
            except (ArithmeticError, ValueError):
                return self._traced(inputs)
            if all(map(math.isfinite, records.values)) and all(map(math.isfinite, records.gradient_of)):
                return records
        return self._traced(inputs)

    def _run(self, inputs: Mapping[str, float]) -> Records:
        values = self._start.copy()
        for index, name in self.names:
            if name in inputs:
                values[index] = inputs[name]
            elif self.graph.nodes[index].value is None:
                raise InputError("missing_input", f"{quoted(name)} has no value", hint="give it one")
        for target, compute, first, second in self._gates:
            values[target] = compute(values[first], values[second])
        gradients = [0.0] * len(values)
        gradients[self.graph.output_index] = 1.0
        records: list[Factors | None] = [None] * len(self.graph.edges)
        for edge, target, source, local, first, second in self._edges:
            upstream = gradients[target]
            factor = local(values[target], values[first], values[second]) if callable(local) else local
            downstream = upstream * factor
            gradients[source] += downstream
            records[edge] = (upstream, factor, downstream)
        return Records(values, gradients, records, {name: gradients[index] for index, name in self.names})

    def _traced(self, inputs: Mapping[str, float]) -> Records:
        traced = trace(self.graph, inputs)
        factors = [_factors(edge) for edge in traced.edges]
        return Records(
            [float(value) for value in traced.values],
            [0.0 if gradient is None else float(gradient) for gradient in traced.gradient_of],
            factors,
            {name: float(gradient) for name, gradient in traced.gradients.items()},
        )


def _factors(edge: EdgeTrace) -> Factors | None:
    if edge.upstream is None or edge.local is None or edge.downstream is None:
        return None
    return float(edge.upstream), float(edge.local), float(edge.downstream)


def _arguments(graph: Graph, node: Node) -> tuple[int, int]:
    """The two nodes a gate reads; a gate of one argument names it twice."""
    sources = [graph.edges[edge].source for edge in node.incoming]
    return sources[0], sources[-1]


@lru_cache(maxsize=256)
def _compiled(text: str, names: tuple[str, ...]) -> Callable[..., float]:
    for taken, floats in FLOATS:
        text = text.replace(taken, floats)
    return eval(f"lambda {', '.join(names)}: {text}", dict(SCALAR_NAMES))  # noqa: S307


def _names(node: Node) -> tuple[str, str]:
    names = node.record.arguments
    return (names[0], names[1]) if len(names) == 2 else (names[0], "_")


def _gate(graph: Graph, node: Node) -> tuple[int, Callable[..., float], int, int]:
    text = FORWARD.get(node.op) or chosen(node.record.numpy, (), {})
    return (node.index, _compiled(text, _names(node)), *_arguments(graph, node))


def _edges(graph: Graph) -> list[tuple[int, int, int, Callable[..., float] | float, int, int]]:
    """The edges that carry a gradient, from the output back."""
    reached = graph.leads_to((graph.output_index,), differentiable=True)
    out: list[tuple[int, int, int, Callable[..., float] | float, int, int]] = []
    for node in reversed(graph.nodes):
        for index in node.incoming:
            edge = graph.edges[index]
            derivative = node.record.derivative(edge.argument)
            if reached[node.index] and edge.differentiable and isinstance(derivative, Elementwise):
                text = chosen(derivative.numpy, (Operand(()), Operand(())), {})
                local = float(text) if text in ("1", "-1") else _compiled(text, ("out", *_names(node)))
                out.append((index, node.index, edge.source, local, *_arguments(graph, node)))
    return out
