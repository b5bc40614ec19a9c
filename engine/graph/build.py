"""From program to graph: names resolved, functions looked up, shapes and costs inferred."""

from collections.abc import Mapping
from dataclasses import replace
from math import prod
from zlib import crc32

from engine import limits as limit_table
from engine.errors import EngineError, InputError, LanguageError, Span, quoted
from engine.graph.calls import Call
from engine.graph.initializers import INITIALIZERS, read_initializer
from engine.graph.literals import literal_value
from engine.graph.steps import Planned, Steps, planned
from engine.graph.structure import Declared, Edge, Graph, Node, StatementGates
from engine.graph.vocabulary import FUNCTIONS, RESERVED, closest
from engine.language.parser import parse
from engine.language.syntax import Apply, Array, Expression, Name, Number
from engine.limits import Limits
from engine.ops import Op
from engine.ops.op import Shape


def build(
    source: str, shapes: Mapping[str, Shape] | None = None, limits: Limits = limit_table.DEFAULT
) -> Graph:
    """Build the graph of a program.

    `shapes` gives the shapes of free names, and may override those of inputs the program declares.
    Raises LanguageError, ShapeError, InputError or LimitError, with the span where it went wrong;
    every limit is checked from shapes alone, before a value is computed.
    """
    return _Builder(source, dict(shapes or {}), limits).build(list(map(planned, parse(source, limits))))


class _Builder:
    def __init__(self, source: str, shapes: dict[str, Shape], limits: Limits) -> None:
        self.source = source
        self.shapes = shapes
        self.limits = limits
        self.nodes: list[Node] = []
        self.edges: list[Edge] = []
        self.names: dict[str, int] = {}
        self.inputs: set[str] = set()
        self.keys: dict[str, int] = {}
        self.elements = 0
        self.cost = 0

    def build(self, statements: list[Planned]) -> Graph:
        self._declare_free_names(statements)
        results: list[int] = []
        groups: list[StatementGates] = []
        for statement in statements:
            first = len(self.nodes)
            results.append(self._statement(statement))
            groups.append(self._group(statement, results[-1], first))
        output = results[-1]
        self._take_gradient_from_labels()
        graph = Graph(
            self.source,
            tuple(self.nodes),
            tuple(self.edges),
            output,
            self.names,
            (),
            self.cost,
            tuple(groups),
        )
        reached = graph.leads_to((output,))
        unused = tuple(
            statement.name or self.source[slice(*statement.span)]
            for statement, index in zip(statements, results, strict=True)
            if not reached[index]
        )
        return replace(graph, unused=unused)

    def _take_gradient_from_labels(self) -> None:
        """An input used only where nothing can be differentiated (as labels) has no gradient."""
        used = {edge.source for edge in self.edges}
        differentiated = {edge.source for edge in self.edges if edge.differentiable}
        for index in used - differentiated:
            if self.nodes[index].op == "input":
                self.nodes[index] = replace(self.nodes[index], differentiable=False)

    # -- names -------------------------------------------------------------------------------

    def _declare_free_names(self, statements: list[Planned]) -> None:
        """Make an input of every name used before any statement gives it a value."""
        assigned: set[str] = set()
        free: dict[str, Span] = {}
        for statement in statements:
            for step in statement.steps:
                if isinstance(step, Name) and step.text not in assigned and step.text not in free:
                    self._refuse_function_name(step.text, step.span)
                    free[step.text] = step.span
            if statement.name is not None and statement.name_span is not None:
                self._refuse_function_name(statement.name, statement.name_span)
                if statement.name in free:
                    raise LanguageError(
                        "used_before_value",
                        f"{quoted(statement.name)} is used before it is given a value",
                        span=free[statement.name],
                        hint="move the line that gives it one above this one",
                        parameters={"name": statement.name},
                    )
                assigned.add(statement.name)
        missing = [name for name in free if name not in self.shapes]
        if missing:
            names = ", ".join(map(quoted, missing[:5])) + (", ..." if len(missing) > 5 else "")
            meant = closest(missing[0], assigned | set(self.shapes))
            advice = f"give it one, for instance with a line {quoted(f'{missing[0]} = 2')} above"
            raise InputError(
                "missing_input",
                f"{names} {'has' if len(missing) == 1 else 'have'} no value",
                span=free[missing[0]],
                hint=f"did you mean {quoted(meant)}? or {advice}" if meant else advice,
                parameters={"names": missing},
            )
        for name, span in free.items():
            self.names[name] = self._add_input(name, self.shapes[name], span, "free")

    def _refuse_function_name(self, name: str, span: Span) -> None:
        if name not in RESERVED:
            return
        is_function = name in FUNCTIONS
        raise LanguageError(
            "reserved_name",
            f"`{name}` is the name of a function" if is_function else f"`{name}` has a meaning of its own",
            span=span,
            hint=(f"call it, as in `{name}(...)`, or " if is_function else "")
            + "choose another name for your value",
            parameters={"name": name},
        )

    # -- statements --------------------------------------------------------------------------

    def _statement(self, statement: Planned) -> int:
        name = statement.name
        if name is not None and statement.declared is not None:
            index = self._declare_input(name, statement.declared)
        else:
            index = self._expression(name, statement.steps)
        if name is not None:
            if name in self.shapes and self.nodes[index].op != "input":
                raise InputError(
                    "computed_name",
                    f"{quoted(name)} is computed by the program, so it cannot be given a value",
                    span=statement.name_span,
                    hint="change the inputs it is computed from",
                    parameters={"name": name},
                )
            self.names[name] = index
        return index

    def _group(self, statement: Planned, result: int, first: int) -> StatementGates:
        """The gates a statement added: all from node `first` on."""
        start, end = statement.span
        return StatementGates(
            statement.name,
            (start if statement.name_span is None else statement.name_span[0], end),
            self.nodes[result].key,
            tuple([node.key for node in self.nodes[first:] if node.is_gate]),
        )

    def _declare_input(self, name: str, expression: Expression) -> int:
        if name in self.inputs:
            raise LanguageError(
                "declared_twice",
                f"{quoted(name)} already has a value",
                span=expression.span,
                hint="choose another name",
                parameters={"name": name},
            )
        if isinstance(expression, Apply) and expression.function in INITIALIZERS:
            initializer = read_initializer(expression)
            shape = self.shapes.get(name, initializer.shape)
            index = self._add_input(name, shape, expression.span, "initializer")
            self.nodes[index] = replace(self.nodes[index], initializer=initializer)
            return index
        value = literal_value(expression, self.limits)
        index = self._add_input(name, self.shapes.get(name, value.shape), expression.span, "literal")
        self.nodes[index] = replace(self.nodes[index], value=value)
        return index

    def _add_input(self, name: str, shape: Shape, span: Span, declared: Declared) -> int:
        self.inputs.add(name)
        return self._add(
            Node(len(self.nodes), self._key(name), "input", shape, span, name, declared=declared)
        )

    # -- expressions -------------------------------------------------------------------------

    def _expression(self, name: str | None, steps: Steps) -> int:
        """Add the gates of one expression, arguments first, and return the index of its result."""
        results: list[int] = []
        last = steps[-1]
        for step in steps:
            own_name = name if step is last else None
            if isinstance(step, Name):
                results.append(self.names[step.text])
            elif isinstance(step, Call):
                first = len(results) - step.tensors
                arguments = tuple(results[first:])
                del results[first:]
                results.append(self._gate(name, own_name, step, arguments))
            else:
                results.append(self._constant(name, own_name, step))
        return results[0]

    def _constant(self, statement: str | None, own_name: str | None, number: Number | Array) -> int:
        value = literal_value(number, self.limits)
        key = self._key(f"{statement or ''}:constant")
        return self._add(
            Node(
                len(self.nodes),
                key,
                "constant",
                value.shape,
                number.span,
                own_name,
                value=value,
                differentiable=False,
            )
        )

    def _gate(
        self, statement: str | None, own_name: str | None, call: Call, arguments: tuple[int, ...]
    ) -> int:
        op = call.op
        sources = [self.nodes[index] for index in arguments]
        shapes = tuple([source.shape for source in sources])
        try:
            shape = op.shape(shapes, call.options)
        except EngineError as error:
            error.span = error.span or call.span
            raise
        self.cost += op.cost(shapes, shape)
        self.limits.check("operations", self.cost, call.span)
        key = self._key(own_name or self._structural_key(statement, op, sources))
        index, first = len(self.nodes), len(self.edges)
        differentiable = False
        for position, source in enumerate(sources):
            carries = source.differentiable and op.derivative(position) is not None
            differentiable |= carries
            self.edges.append(
                Edge(
                    first + position,
                    f"{key}<{position}",
                    source.index,
                    index,
                    position,
                    source.shape,
                    carries,
                )
            )
        incoming = tuple(range(first, len(self.edges)))
        return self._add(
            Node(
                index,
                key,
                op.name,
                shape,
                call.span,
                own_name,
                call.options,
                incoming,
                differentiable=differentiable,
            )
        )

    def _structural_key(self, statement: str | None, op: Op, sources: list[Node]) -> str:
        """A key made of the op and its arguments' keys, so that it moves with the expression."""
        text = ",".join((op.name, *[source.key for source in sources]))
        return f"{statement or ''}:{op.name}-{crc32(text.encode('utf-8', 'surrogatepass')):08x}"

    def _key(self, wanted: str) -> str:
        count = self.keys[wanted] = self.keys.get(wanted, 0) + 1
        return wanted if count == 1 else f"{wanted}'{count}"

    def _add(self, node: Node) -> int:
        """Add a node, its size checked before anything of that size exists."""
        self.limits.check("nodes", len(self.nodes) + 1, node.span)
        size = prod(node.shape)
        if size > 1:
            self.limits.check("tensor_elements", size, node.span)
        if node.shape:
            self.limits.check("rank", len(node.shape), node.span)
        self.elements += size
        self.limits.check("total_elements", self.elements, node.span)
        self.nodes.append(node)
        return node.index
