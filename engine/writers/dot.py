"""DOT, for Graphviz: the graph as the lecture draws it, left to right, values and gradients on its edges.

Inputs, constants and gates are told apart by their outlines; values are blue, gradients vermilion. An
edge's line is about the gate it leads to.
"""

from html import escape

from engine.autodiff.trace import Trace
from engine.graph.structure import Edge, Node
from engine.ops.op import Array
from engine.writers.code import Code, Line, Lines, joined
from engine.writers.values import glance

VALUE = "#0072B2"
GRADIENT = "#D55E00"
FEW = 3
"""Up to so many elements, a vector stands on its edge; of a larger tensor, its shape stands there."""

HEAD = f"""digraph program {{
  rankdir=LR
  ordering=in
  label=<<font color="{VALUE}">value</font>, <font color="{GRADIENT}">gradient</font>>
  fontname="Helvetica"
  node [fontname="Helvetica", fontsize=14]
  edge [fontname="Helvetica", fontsize=11, arrowsize=0.7]"""
INPUT = 'shape=box, style="rounded,filled", fillcolor="#f2f2f2"'
CONSTANT = "shape=plaintext"
GATE = "shape=ellipse"
LUMPED = "shape=box, peripheries=2"


def write_dot(trace: Trace, seed: int = 0) -> Code:
    """The traced graph in the DOT language."""
    graph, output = trace.graph, trace.graph.output
    lines: Lines = [HEAD, *map(_node, graph.nodes), *(_edge(trace, edge) for edge in graph.edges)]
    label = _label(trace.value, trace.gradient_of[output.index])
    end = Line(f"  {output.id} -> end [label={label}]", output.key)
    return joined([*lines, '  end [shape=point, style=invis, label=""]', end, "}", ""])


def _node(node: Node) -> Line:
    return Line(f"  {node.id} [label=<{_shown(node)}]", node.key)


def _shown(node: Node) -> str:
    """Inputs by name, constants by value, gates by what they do and their name if they have one."""
    if node.op == "constant" and node.value is not None:
        return f"{_seen(node.value)}>, {CONSTANT}"
    name = escape(node.name or "")
    if not node.is_gate:
        return f"<b>{name}</b>>, {INPUT}"
    below = f"<br/><b>{name}</b>" if name else ""
    symbol = escape(node.record.symbol)
    return f"{symbol}{below}>, {LUMPED if node.members else GATE}"


def _edge(trace: Trace, edge: Edge) -> Line:
    """The value that goes along the edge, and the gradient that comes back on it."""
    source, target = trace.graph.nodes[edge.source], trace.graph.nodes[edge.target]
    label = _label(trace.values[edge.source], trace.edges[edge.index].downstream)
    return Line(f"  {source.id} -> {target.id} [label={label}]", target.key)


def _label(value: Array, gradient: Array | None) -> str:
    above = f'<font color="{VALUE}">{_seen(value)}</font>'
    if gradient is None:
        return f"<{above}>"
    return f'<{above}<br/><font color="{GRADIENT}">{_seen(gradient)}</font>>'


def _seen(value: Array) -> str:
    """A number, a few numbers, or a shape such as 64 × 100."""
    if value.ndim == 0:
        return glance(float(value))
    if value.ndim == 1 and value.size <= FEW:
        return f"[{', '.join(glance(float(item)) for item in value)}]"
    return " × ".join(map(str, value.shape)) if value.ndim > 1 else f"({value.size},)"
