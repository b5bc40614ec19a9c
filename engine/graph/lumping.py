"""Lumping: several gates drawn as one, with one local gradient, and back."""

from dataclasses import replace

import numpy as np

from engine import limits
from engine.errors import InputError, quoted
from engine.graph.build import build
from engine.graph.definitions import DEFINITIONS, definition, patterns
from engine.graph.matching import Match, Matcher
from engine.graph.rebuild import Draft, inserted, members, rebuilt
from engine.graph.structure import Graph, Node
from engine.ops import OPS

LUMPABLE = tuple(DEFINITIONS)
"""The ops whose gates can be lumped into one, and that can be taken apart."""


def lump(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Lump every occurrence of the named ops into one gate each.

    Raises InputError for an op without a definition. Gates whose values are read from outside the
    group stay as they are.
    """
    _refuse_unknown(names, "lumped")
    for name in dict.fromkeys(names):
        graph = _lumped(graph, name)
    return graph


def occurrences(graph: Graph) -> list[tuple[str, tuple[str, ...]]]:
    """For each op with a definition, the keys of each group of gates that `lump` would make one."""
    matcher = Matcher(graph)
    return [
        (name, tuple([graph.nodes[index].key for index in sorted(match.gates)]))
        for name in LUMPABLE
        for match in matcher.find(name, patterns(name, graph))
    ]


def take_apart(graph: Graph, names: tuple[str, ...]) -> Graph:
    """Replace every gate of the named ops by the gates of its first definition.

    Raises InputError for an op without a definition.
    """
    _refuse_unknown(names, "taken apart")
    drafts: list[Draft] = []
    parts: dict[str, tuple[str, ...]] = {}
    for node in graph.nodes:
        sources = [("node", graph.edges[edge].source) for edge in node.incoming]
        if node.op not in names:
            drafts.append(Draft(node, node.index, sources))
            continue
        inside = inserted(node, _inside(graph, node), dict(zip(node.record.arguments, sources, strict=True)))
        drafts += inside
        parts[node.key] = tuple([draft.node.key for draft in inside if draft.node.is_gate])
    statements = [
        replace(one, gates=tuple([part for key in one.gates for part in parts.get(key, (key,))]))
        for one in graph.statements
    ]
    return replace(rebuilt(graph, drafts), statements=tuple(statements))


def _inside(graph: Graph, node: Node) -> Graph:
    """The graph of a gate's definition, its arguments by their names."""
    shapes = [graph.edges[edge].shape for edge in node.incoming]
    text = definition(node.op, node.options, classes=shapes[0][-1] if shapes[0] else 1)
    return build(text, dict(zip(node.record.arguments, shapes, strict=True)), limits.UNLIMITED)


def _refuse_unknown(names: tuple[str, ...], what: str) -> None:
    for name in names:
        if name not in DEFINITIONS:
            raise InputError(
                "cannot_lump",
                f"{quoted(name)} cannot be {what}",
                hint=f"these can: {', '.join(f'`{one}`' for one in LUMPABLE)}",
                parameters={"name": name},
            )


def _lumped(graph: Graph, name: str) -> Graph:
    """Lump every occurrence of one op."""
    matches = {match.root: match for match in Matcher(graph).find(name, patterns(name, graph))}
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
    gate = replace(root, op=name, options=match.pattern.options, members=members(graph, match.gates))
    arguments = OPS[name].arguments
    if match.label is None:
        return [Draft(gate, root.index, [("node", match.inputs[argument]) for argument in arguments])]
    scores = match.inputs[arguments[0]]
    label = np.asarray(float(match.label % graph.nodes[scores].shape[0]))
    key = f"{root.key}:label"
    leaf = Node(0, key, "constant", (), root.span, value=label, differentiable=False)
    sources = [("node", scores), ("draft", id(leaf))]
    return [Draft(leaf, None, [], id(leaf)), Draft(gate, root.index, sources)]
