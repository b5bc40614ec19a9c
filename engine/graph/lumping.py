"""Lumping: several gates drawn as one, with one local gradient, and back.

There are many ways to draw the same function. `1 / (1 + exp(-x))` is four gates, or one sigmoid
whose local gradient is (1 - s) s. Which gates make up an op is written here in the language itself:
a definition is a program, and gates are lumped where the graph contains that program's graph.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from engine.errors import InputError
from engine.graph.build import build
from engine.graph.matching import Match, Matcher
from engine.graph.rebuild import Draft, members, rebuilt
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

LUMPABLE = (*DEFINITIONS, "cross_entropy")
"""The ops whose gates can be lumped into one."""


def lump(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Lump every occurrence of the named ops into one gate each.

    Raises InputError for an op without a definition. Gates whose values are read from outside the
    group stay as they are.
    """
    for name in names:
        if name not in LUMPABLE:
            known = ", ".join(f"`{one}`" for one in LUMPABLE)
            raise InputError(
                "cannot_lump",
                f"`{name}` cannot be lumped",
                hint=f"these can: {known}",
                parameters={"name": name},
            )
        graph = _lumped(graph, name)
    return graph


def occurrences(graph: Graph) -> list[tuple[str, tuple[str, ...]]]:
    """For each op with a definition, the keys of each group of gates that `lump` would make one."""
    matcher = Matcher(graph)
    return [
        (name, tuple([graph.nodes[index].key for index in sorted(match.gates)]))
        for name in LUMPABLE
        for match in matcher.find(_patterns(name))
    ]


def take_apart(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Replace every gate of the named ops by the gates of its first definition."""
    drafts: list[Draft] = []
    parts: dict[str, tuple[str, ...]] = {}
    for node in graph.nodes:
        first = len(drafts)
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
        parts[node.key] = tuple([draft.node.key for draft in drafts[first:] if draft.node.is_gate])
    statements = [
        replace(one, gates=tuple([part for key in one.gates for part in parts.get(key, (key,))]))
        for one in graph.statements
    ]
    return replace(rebuilt(graph, drafts), statements=tuple(statements))


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


@cache
def _patterns(name: str) -> tuple[tuple[Graph, int | None], ...]:
    """An op's definitions as graphs, built for a tensor that has the axes they name, with those axes."""
    definitions = CROSS_ENTROPY if name == "cross_entropy" else DEFINITIONS[name]
    return tuple(
        [
            (build(text, dict.fromkeys(("x", "a", "b"), (3,) * RANK.get(text, 1))), RANK.get(text))
            for text in definitions
        ]
    )


def _lumped(graph: Graph, name: str) -> Graph:
    """Lump every occurrence of one op."""
    matches = {match.root: match for match in Matcher(graph).find(_patterns(name))}
    taken = {index for match in matches.values() for index in match.gates}
    drafts: list[Draft] = []
    for node in graph.nodes:
        if node.index in matches:
            drafts += _one_gate(graph, node, name, matches[node.index])
        elif node.index not in taken:
            drafts.append(
                Draft(node, node.index, [("node", graph.edges[edge].source) for edge in node.incoming])
            )
    return rebuilt(graph, drafts) if matches else graph


def _one_gate(graph: Graph, root: Node, name: str, match: Match) -> list[Draft]:
    """The one gate that stands for a match (and the label a cross-entropy found in an index)."""
    op = OPS[name]
    gate = replace(root, op=name, options=dict(op.options), members=members(graph, match.gates))
    if match.label is not None:
        key = f"{root.key}:label"
        label = replace(root, key=key, name=None, op="constant", shape=(), options={}, incoming=())
        label = replace(label, value=np.asarray(float(match.label)), differentiable=False)
        sources = [("node", match.inputs["x"]), ("draft", id(label))]
        return [Draft(label, None, [], id(label)), Draft(gate, root.index, sources)]
    return [Draft(gate, root.index, [("node", match.inputs[argument]) for argument in op.arguments])]
