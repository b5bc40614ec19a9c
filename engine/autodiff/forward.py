"""The forward pass: every node's value, in the order of the graph."""

from collections.abc import Mapping, Sequence

from engine.errors import EngineError, InputError, quoted
from engine.graph.structure import Graph, Node
from engine.ops.op import Array
from engine.ops.shapes import written


def forward(graph: Graph, inputs: Mapping[str, Array]) -> list[Array]:
    """Compute every node from the inputs.

    Raises InputError for an input that is missing, has not the shape the graph was built for, or
    holds labels that are no classes. Callers silence NumPy's floating-point warnings.
    """
    values: list[Array] = []
    for node in graph.nodes:
        if node.op == "input":
            values.append(_given(node, inputs))
        elif node.op == "constant":
            assert node.value is not None
            values.append(node.value)
        else:
            arguments = arguments_of(graph, node, values)
            _check(node, arguments)
            values.append(node.record.forward(arguments, node.options))
    return values


def arguments_of(graph: Graph, node: Node, values: Sequence[Array]) -> tuple[Array, ...]:
    """The values that go into a gate, in argument order."""
    return tuple([values[graph.edges[edge].source] for edge in node.incoming])


def _given(node: Node, inputs: Mapping[str, Array]) -> Array:
    assert node.name is not None
    if node.name not in inputs:
        raise InputError(
            "missing_input", f"{quoted(node.name)} has no value", span=node.span, hint="give it one"
        )
    value = inputs[node.name]
    if value.shape != node.shape:
        raise InputError(
            "wrong_shape",
            f"{quoted(node.name)} has shape {written(value.shape)}, not {written(node.shape)}",
            hint="build the graph again for the new shape",
        )
    return value


def _check(node: Node, arguments: tuple[Array, ...]) -> None:
    check = node.record.check
    if check is None:
        return
    try:
        check(*arguments)
    except EngineError as error:
        error.span = node.span
        raise
