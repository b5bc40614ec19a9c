"""What a trace remarks on: kinks, and the first gate where a number stopped being finite."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.autodiff.forward import arguments_of
from engine.graph.structure import Graph, Node
from engine.ops.op import Array


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
            Note("unused", None, f"the output does not depend on `{name}`", {"name": name})
            for name in graph.unused
        ),
        *(
            Note("unused_input", None, f"the program does not use the input `{name}`", {"name": name})
            for name in given
            if name not in known
        ),
    ]


def forward_notes(graph: Graph, values: list[Array]) -> list[Note]:
    """Notes going forward: gates on a kink, and gates that made finite arguments non-finite."""
    notes: list[Note] = []
    for node in graph.nodes:
        if node.is_gate:
            notes += _gate_notes(node, values[node.index], arguments_of(graph, node, values))
    return notes


def _gate_notes(node: Node, out: Array, arguments: tuple[Array, ...]) -> list[Note]:
    op = node.record
    notes = [
        Note("kink", node.index, kink.says, {"op": op.name})
        for kink in op.kinks
        if node.differentiable and op.holds(kink, arguments, node.options)
    ]
    if not np.all(np.isfinite(out)) and all(np.all(np.isfinite(a)) or _newly(out, a) for a in arguments):
        reason = next(
            (danger.says for danger in op.dangers if op.holds(danger, arguments, node.options)), None
        )
        kind = "nan" if np.any(np.isnan(out)) else "infinity"
        words = "not a number (NaN)" if kind == "nan" else "infinite"
        message = f"`{op.symbol}` gives a result that is {words}" + (f": {reason}" if reason else "")
        notes.append(Note(kind, node.index, message, {"op": op.name, "reason": reason}))
    return notes


def _newly(out: Array, argument: Array) -> bool:
    """Whether NaN appears here although the argument was at worst infinite."""
    return bool(np.any(np.isnan(out)) and not np.any(np.isnan(argument)))


def backward_note(node: Node, upstream: Array, local: Array | None, downstream: Array) -> Note | None:
    """A note on the edge where a gradient first stopped being finite, saying which factor did it."""
    if np.all(np.isfinite(downstream)) or not np.all(np.isfinite(upstream)):
        return None
    op = node.record
    kind = "nan" if np.any(np.isnan(downstream)) else "infinity"
    if local is not None and np.any(np.isinf(local)) and kind == "nan":
        reason = "an upstream of 0 times an infinite local gradient is undefined"
    elif local is not None and np.any(np.isnan(local)):
        reason = "the local gradient is not a number"
    elif local is not None and np.any(np.isinf(local)):
        reason = "the local gradient is infinite"
    else:
        reason = "the product is larger than a float can hold"
    words = "not a number (NaN)" if kind == "nan" else "infinite"
    message = f"going back through `{op.symbol}` the gradient becomes {words}: {reason}"
    return Note(f"gradient_{kind}", node.index, message, {"op": op.name, "reason": reason})
