"""What a trace remarks on: kinks, and the first gate where a number stopped being finite."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import isfinite

import numpy as np

from engine.autodiff.forward import arguments_of
from engine.errors import quoted
from engine.graph.structure import Graph, Node
from engine.ops import When
from engine.ops.op import Array

OVERFLOW = "the result is larger than a float can hold"
UNDEFINED = "it has no value at infinity"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark about a node: its code, the words, and their particulars for translation."""

    code: str
    node: int | None
    message: str
    parameters: Mapping[str, object] = field(default_factory=dict[str, object])


def unused_notes(graph: Graph, given: Iterable[str]) -> list[Note]:
    """A note for each statement the output does not depend on, and for each value no name asks for."""
    known = {node.name for node in graph.inputs}
    return [
        *(
            Note("unused", None, f"the output does not depend on {quoted(name)}", {"name": name})
            for name in graph.unused
        ),
        *(
            Note("unused_input", None, f"the program does not use the input {quoted(name)}", {"name": name})
            for name in given
            if name not in known
        ),
    ]


def forward_notes(graph: Graph, values: list[Array]) -> list[Note]:
    """Notes going forward: gates on a kink, and gates that made finite arguments non-finite."""
    notes: list[Note] = []
    for node in graph.nodes:
        if node.is_gate:
            notes += _gate_notes(graph, node, values[node.index], arguments_of(graph, node, values))
    return notes


def _gate_notes(graph: Graph, node: Node, out: Array, arguments: tuple[Array, ...]) -> list[Note]:
    op = node.record
    notes = [
        Note("kink", node.index, kink.says, {"op": op.name})
        for kink in op.kinks
        if _concerns(graph, node, kink) and op.holds(kink, arguments, node.options)
    ]
    if not np.all(np.isfinite(out)) and all(np.all(np.isfinite(a)) or _newly(out, a) for a in arguments):
        kind = "nan" if np.any(np.isnan(out)) else "infinity"
        words = "not a number (NaN)" if kind == "nan" else "infinite"
        dangers = (danger.says for danger in op.dangers if op.holds(danger, arguments, node.options))
        reason = next(dangers, UNDEFINED if kind == "nan" else OVERFLOW)
        message = f"`{op.symbol}` gives a result that is {words}: {reason}"
        notes.append(Note(kind, node.index, message, {"op": op.name, "reason": reason}))
    return notes


def _concerns(graph: Graph, node: Node, kink: When) -> bool:
    """Whether a gradient comes back to the argument that the kink is about, or to any."""
    if kink.argument is None:
        return node.differentiable
    return graph.edges[node.incoming[kink.argument]].differentiable


def _finite(array: Array) -> bool:
    # asked of every edge, and most are single numbers: no NumPy call where Python's own will do
    return isfinite(array) if array.ndim == 0 else bool(np.isfinite(array).all())


def _newly(out: Array, argument: Array) -> bool:
    """Whether NaN appears here although the argument was at worst infinite."""
    return bool(np.any(np.isnan(out)) and not np.any(np.isnan(argument)))


def backward_note(node: Node, upstream: Array, local: Array | None, downstream: Array) -> Note | None:
    """A note on the edge where a gradient first stopped being finite, saying which factor did it."""
    if _finite(downstream):
        return None
    infinite = not _finite(upstream)
    if infinite and not _newly(downstream, upstream):
        return None
    op = node.record
    kind = "nan" if np.any(np.isnan(downstream)) else "infinity"
    if local is not None and np.any(np.isinf(local)) and kind == "nan":
        reason = "an upstream of 0 times an infinite local gradient is undefined"
    elif local is not None and np.any(np.isnan(local)):
        reason = "the local gradient is not a number"
    elif local is not None and np.any(np.isinf(local)):
        reason = "the local gradient is infinite"
    elif infinite:
        reason = "an infinite upstream meets a local gradient of 0, or another infinity"
    else:
        reason = "the product is larger than a float can hold"
    words = "not a number (NaN)" if kind == "nan" else "infinite"
    message = f"going back through `{op.symbol}` the gradient becomes {words}: {reason}"
    return Note(f"gradient_{kind}", node.index, message, {"op": op.name, "reason": reason})


def sum_note(node: Node, before: Array, downstream: Array, total: Array) -> Note | None:
    """A note on the node where gradients that come back from several gates add up to what neither was."""
    if _finite(total):
        return None
    if np.any(np.isnan(total)) and not np.any(np.isnan(before) | np.isnan(downstream)):
        kind, words, reason = "nan", "NaN", "infinity minus infinity is undefined"
    elif _finite(before) and _finite(downstream):
        kind, words, reason = "infinity", "infinity", "their sum is larger than a float can hold"
    else:
        return None
    where = f" of {quoted(node.name)}" if node.name else ""
    message = f"the gradients{where} that come back over several edges add up to {words}: {reason}"
    return Note(f"gradient_{kind}", node.index, message, {"op": node.op, "reason": reason})
