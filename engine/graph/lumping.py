"""Lumping: several gates drawn as one, with one local gradient, and back.

There are many ways to draw the same function. `1 / (1 + exp(-x))` is four gates, or one sigmoid
whose local gradient is (1 - s) s. Which gates make up an op is written here in the language itself:
a definition is a program, and gates are lumped where the graph contains that program's graph.
"""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from engine.errors import InputError
from engine.graph.build import build
from engine.graph.rebuild import Draft, rebuilt
from engine.graph.structure import Graph, Node
from engine.ops import OPS

DEFINITIONS: dict[str, tuple[str, ...]] = {
    "sigmoid": (
        "1 / (1 + exp(-x))",
        "exp(x) / (1 + exp(x))",
        "exp(x) / (exp(x) + 1)",
        "reciprocal(1 + exp(-x))",
    ),
    "tanh": (
        "(exp(x) - exp(-x)) / (exp(x) + exp(-x))",
        "(exp(2 * x) - 1) / (exp(2 * x) + 1)",
        "2 * sigmoid(2 * x) - 1",
        "2 / (1 + exp(-2 * x)) - 1",
    ),
    "silu": ("x * sigmoid(x)", "x / (1 + exp(-x))", "x * (1 / (1 + exp(-x)))"),
    "softplus": ("log(1 + exp(x))", "log(exp(x) + 1)", "log1p(exp(x))"),
    "relu": ("max(0, x)", "where(x > 0, x, 0)"),
    "square": ("x * x", "x**2"),
    "reciprocal": ("1 / x", "x**-1"),
    "softmax": (
        "exp(x) / sum(exp(x), axis=-1, keepdims=True)",
        "exp(x - max(x, axis=-1, keepdims=True))"
        " / sum(exp(x - max(x, axis=-1, keepdims=True)), axis=-1, keepdims=True)",
        "exp(x) / sum(exp(x), axis=1, keepdims=True)",
        "exp(x) / sum(exp(x))",
    ),
    "log_softmax": ("log(softmax(x))", "x - logsumexp(x, axis=-1, keepdims=True)", "x - logsumexp(x)"),
    "logsumexp": ("log(sum(exp(x)))",),
    "norm": ("sqrt(sum(x**2))", "sqrt(sum(x * x))", "sqrt(sum(square(x)))"),
    "mse": ("mean((a - b)**2)", "mean(square(a - b))"),
}
"""For each op, programs that compute it; the first is how it is drawn when taken apart."""

RANK = {"exp(x) / sum(exp(x))": 1, "x - logsumexp(x)": 1, "exp(x) / sum(exp(x), axis=1, keepdims=True)": 2}
"""Definitions that mean the op only for a tensor with so many axes."""

CROSS_ENTROPY = ("-log(softmax(x)[0])", "-log_softmax(x)[0]", "-log((exp(x) / sum(exp(x)))[0])")
"""The lecture's loss of one example with a label written as an index; the index becomes the label."""

COMMUTATIVE = frozenset({"add", "multiply", "maximum", "minimum"})


@dataclass(slots=True)
class _Match:
    """Where a definition was found: its gates in the graph, and what its inputs stand for there."""

    root: int
    gates: set[int]
    inputs: dict[str, int]
    label: int | None = None


def lump(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Lump every occurrence of the named ops into one gate each.

    Raises InputError for an op without a definition. Gates whose values are read from outside the
    group stay as they are.
    """
    for name in names:
        if name not in DEFINITIONS and name != "cross_entropy":
            known = ", ".join(f"`{one}`" for one in (*DEFINITIONS, "cross_entropy"))
            raise InputError(
                "cannot_lump",
                f"`{name}` cannot be lumped",
                hint=f"these can: {known}",
                parameters={"name": name},
            )
        for definition in CROSS_ENTROPY if name == "cross_entropy" else DEFINITIONS[name]:
            graph = _lump_one(graph, name, definition)
    return graph


def take_apart(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Replace every gate of the named ops by the gates of its first definition."""
    drafts: list[Draft] = []
    for node in graph.nodes:
        sources = [("node", graph.edges[edge].source) for edge in node.incoming]
        if node.op not in names or node.op not in DEFINITIONS or not node.is_gate:
            drafts.append(Draft(node, node.index, sources))
            continue
        arguments = dict(zip(OPS[node.op].arguments, sources, strict=True))
        inner = build(
            DEFINITIONS[node.op][0],
            {name: graph.nodes[source].shape for name, (_, source) in arguments.items()},
        )
        drafts += _inserted(node, inner, arguments)
    return rebuilt(graph, drafts)


def _inserted(node: Node, inner: Graph, arguments: dict[str, tuple[str, int]]) -> list[Draft]:
    """The gates of a definition, in place of one gate; the last keeps the gate's name and key."""
    drafts: list[Draft] = []
    known: dict[int, tuple[str, int]] = {}
    for part in inner.nodes:
        if part.op == "input":
            known[part.index] = arguments[part.name or ""]
            continue
        sources = [known[inner.edges[edge].source] for edge in part.incoming]
        if part.index == inner.output_index:
            drafts.append(
                Draft(replace(part, key=node.key, name=node.name, span=node.span), node.index, sources)
            )
        else:
            key = f"{node.key}:{part.key}"
            known[part.index] = ("draft", id(part))
            drafts.append(Draft(replace(part, key=key, name=None, span=node.span), None, sources, id(part)))
    return drafts


def _lump_one(graph: Graph, name: str, definition: str) -> Graph:
    """Lump every occurrence of one definition, nearest the output first."""
    pattern = _pattern(definition)
    taken: set[int] = set()
    matches: dict[int, _Match] = {}
    for node in reversed(graph.nodes):
        if len(node.shape) != RANK.get(definition, len(node.shape)):
            continue
        match = _Match(node.index, set(), {})
        found = node.is_gate and _matches(graph, node, pattern, pattern.output, match)
        if found and not match.gates & taken and _private(graph, match):
            matches[node.index] = match
            taken |= match.gates
    drafts: list[Draft] = []
    for node in graph.nodes:
        if node.index in matches:
            drafts += _lumped(graph, node, name, matches[node.index])
        elif node.index not in taken:
            drafts.append(
                Draft(node, node.index, [("node", graph.edges[edge].source) for edge in node.incoming])
            )
    return rebuilt(graph, drafts) if matches else graph


@cache
def _pattern(definition: str) -> Graph:
    """The graph of a definition, built for a tensor that has the axes it names."""
    return build(definition, dict.fromkeys(("x", "a", "b"), (3,) * RANK.get(definition, 1)))


def _lumped(graph: Graph, root: Node, name: str, match: _Match) -> list[Draft]:
    """The one gate that stands for a match (and the label a cross-entropy found in an index)."""
    op = OPS[name]
    members = tuple(graph.nodes[index].key for index in sorted(match.gates))
    gate = replace(root, op=name, options=dict(op.options), members=members)
    if match.label is not None:
        key = f"{root.key}:label"
        label = replace(root, key=key, name=None, op="constant", shape=(), options={}, incoming=())
        label = replace(label, value=np.asarray(float(match.label)), differentiable=False)
        sources = [("node", match.inputs["x"]), ("draft", id(label))]
        return [Draft(label, None, [], id(label)), Draft(gate, root.index, sources)]
    return [Draft(gate, root.index, [("node", match.inputs[argument]) for argument in op.arguments])]


def _private(graph: Graph, match: _Match) -> bool:
    """Whether nobody outside the match reads a gate inside it."""
    inside = match.gates - {match.root}
    return graph.output_index not in inside and all(
        edge.target in match.gates for edge in graph.edges if edge.source in inside
    )


def _matches(graph: Graph, node: Node, pattern: Graph, part: Node, match: _Match) -> bool:
    """Whether the graph at `node` looks like the pattern at `part`. Patterns are small and our own."""
    if part.op == "input":
        name = part.name or ""
        return match.inputs.setdefault(name, node.index) == node.index
    if part.op == "constant":
        same = node.value is not None and part.value is not None and np.array_equal(node.value, part.value)
        return node.op == "constant" and same
    if node.op != part.op or len(node.incoming) != len(part.incoming):
        return False
    if not _same_options(node, part, match):
        return False
    sources = [graph.nodes[graph.edges[edge].source] for edge in node.incoming]
    parts = [pattern.nodes[pattern.edges[edge].source] for edge in part.incoming]
    orders = [sources, sources[::-1]] if node.op in COMMUTATIVE else [sources]
    for order in orders:
        before = set(match.gates), dict(match.inputs), match.label
        match.gates.add(node.index)
        if all(_matches(graph, one, pattern, other, match) for one, other in zip(order, parts, strict=True)):
            return True
        match.gates, match.inputs, match.label = before
    return False


def _same_options(node: Node, part: Node, match: _Match) -> bool:
    if node.op == "index":
        entry = node.options["entries"]
        if len(entry) != 1 or not isinstance(entry[0], int):
            return False
        match.label = entry[0]
        return entry[0] >= 0
    return dict(node.options) == dict(part.options)
