"""Writes the plan's code: a line per gate, then a line per gradient.

What makes the code fast is here and nowhere else: constants are computed beforehand; a value that
nobody else reads lends its memory to the next one; and the gradient of a `sum` stays the one number
it is until something needs it in every element.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from engine.autodiff.plan_text import LITERAL, MAKES_DOUBLE, MASK, REDUCE, literal, mean, times, total
from engine.graph.structure import Edge, Graph, Node
from engine.ops import Elementwise, Op, Operand, chosen
from engine.ops.arithmetic import COMPARISONS
from engine.ops.filling import filled, mentioned, mentions
from engine.ops.op import NAMESPACE, Array, function

SPREAD = "spread(upstream, x, axis, keepdims)"
UFUNC = re.compile(r"np\.(maximum|tanh|exp|sin|cos)\(x(, 0)?\)")
LENDERS = frozenset({"matmul", "add"})
"""Gates whose result neither their own derivative needs nor shares memory with anything else."""


class PlanWriter:
    """Writes one plan.

    Values are named n<index>, what gates save s<index>, gradients g<index>, local gradients l<edge>,
    those of constants alone k<edge>.
    """

    def __init__(
        self,
        graph: Graph,
        outputs: list[Node],
        wrt: list[Node],
        dtype: np.dtype[Any],
        local_edges: list[Edge],
    ) -> None:
        self.graph = graph
        self.outputs = outputs
        self.wrt = wrt
        self.handed_out = {node.index for node in wrt}
        self.dtype = dtype
        self.local_edges = local_edges
        needed = graph.leads_to((*[node.index for node in outputs], *[edge.target for edge in local_edges]))
        self.readers = [0] * len(graph.nodes)
        self.numbers = {node.index for node in outputs}
        for edge in graph.edges:
            self.readers[edge.source] += 1
            if graph.nodes[edge.target].op != "where" or edge.argument > 0:
                self.numbers.add(edge.source)
        self.needed = [node for node in graph.nodes if needed[node.index]]
        self.input_names = tuple([node.name or "" for node in self.needed if node.op == "input"])
        self.namespace: dict[str, Any] = {**NAMESPACE, "mean": mean}
        self.constants = self._folded_constants()
        self.operands: dict[int, tuple[Operand, ...]] = {}
        self.lines: list[str] = []
        self.gradients: dict[int, str] = {}
        self.held: Counter[str] = Counter()
        self.uniform: set[int] = set()
        self.fresh: set[str] = set()

    def write(self) -> str:
        """The source of `run(inputs...)`, which returns the outputs, the local gradients, the gradients."""
        arguments = ", ".join(f"n{node.index}" for node in self.needed if node.op == "input")
        for node in self.needed:
            if node.is_gate and node.index not in self.constants:
                self._forward(node)
        for edge in self.local_edges:
            self._local(edge)
        if self.wrt:
            self._backward()
        outputs = "".join(f"{self._array(node)}, " for node in self.outputs)
        outputs += "".join(f"l{edge.index}, " for edge in self.local_edges)
        gradients = "".join(f"{self._handed_out(node)}, " for node in self.wrt)
        body = "\n    ".join([*self.lines, f"return ({outputs}), ({gradients})"])
        return f"def run({arguments}):\n    {body}\n"

    def compile(self, source: str) -> Callable[..., Any]:
        """The function of the code written. It holds texts of the op table and generated names only."""
        exec(source, self.namespace)  # noqa: S102
        return self.namespace["run"]

    # -- names -------------------------------------------------------------------------------

    def _folded_constants(self) -> dict[int, Array]:
        """The values of constants and of gates computed from constants alone: known before any run."""
        known: dict[int, Array] = {}
        with np.errstate(all="ignore"):
            for node in self.needed:
                sources = [self.graph.edges[edge].source for edge in node.incoming]
                if node.op == "constant" and node.value is not None:
                    known[node.index] = node.value
                elif node.is_gate and all(source in known for source in sources):
                    arguments = tuple([known[source] for source in sources])
                    known[node.index] = node.record.forward(arguments, node.options)
        return known

    def _variable(self, node: Node) -> str:
        """How the code refers to a value: finite scalar constants stand in place, the rest have names."""
        value = self.constants.get(node.index)
        if value is None:
            return f"n{node.index}"
        if value.ndim == 0 and np.isfinite(value):
            return literal(float(value))
        return self._array(node)

    def _array(self, node: Node) -> str:
        """A value by its name, a constant in the plan's dtype."""
        if node.index in self.constants:
            self.namespace[f"n{node.index}"] = self.constants[node.index].astype(self.dtype)
        return f"n{node.index}"

    def _sources(self, node: Node) -> list[Node]:
        return [self.graph.nodes[self.graph.edges[edge].source] for edge in node.incoming]

    def _operands(self, node: Node) -> tuple[Operand, ...]:
        if node.index not in self.operands:  # asked for once for each edge
            self.operands[node.index] = tuple(
                [Operand(source.shape, self.constants.get(source.index)) for source in self._sources(node)]
            )
        return self.operands[node.index]

    def _filled(self, node: Node, text: str, upstream: str = "") -> str:
        """A text of the op table with this gate's own variables in it."""
        sources = self._sources(node)
        called = self._array if MAKES_DOUBLE.search(text) else self._variable
        asked = mentioned(text)
        given = zip(node.record.names(len(sources)), sources, strict=True)
        names = {name: called(source) for name, source in given if name in asked}
        names |= {name: repr(value) for name, value in node.options.items()}
        names |= {"out": f"n{node.index}", "saved": f"s{node.index}", "upstream": upstream}
        text = filled(text, names)
        for slow, fast in REDUCE:
            text = text.replace(slow, fast)
        return text

    # -- forward -----------------------------------------------------------------------------

    def _forward(self, node: Node) -> None:
        op = node.record
        if op.saved is not None:
            self.lines.append(f"s{node.index} = {self._filled(node, op.saved)}")
        text = self._filled(node, chosen(op.numpy, self._operands(node), node.options))
        if op.name in COMPARISONS and node.index in self.numbers:
            text = self._as_numbers(text)  # sums of booleans are no counts
        spare = self._spare(node, op)
        if spare is None:
            self.lines.append(f"n{node.index} = {text}")
        elif op.name == "add":
            self.lines.append(f"{spare} += {self._variable(self._sources(node)[1])}")
            self.lines.append(f"n{node.index} = {spare}")
        else:
            self.lines.append(f"n{node.index} = {text[:-1]}, out={spare})")

    def _as_numbers(self, text: str) -> str:
        """Booleans as zeros and ones."""
        return f"({text}).astype(np.{self.dtype.name})"

    def _local(self, edge: Edge) -> None:
        """Write the local gradient of one edge; what it mentions is still there, for backward needs it."""
        node = self.graph.nodes[edge.target]
        derivative = node.record.derivative(edge.argument)
        assert isinstance(derivative, Elementwise)
        text = chosen(derivative.numpy, self._operands(node), node.options)
        self.lines.append(f"l{edge.index} = {self._filled(node, text)}")

    def _spare(self, node: Node, op: Op) -> str | None:
        """The memory of the first argument, where this gate may write its result: nobody needs it again.

        True for `X @ W + b` and for a ufunc such as `np.maximum(x, 0)` on such a sum, whose own
        derivative does not mention `x`.
        """
        if not node.shape or not (op.name == "add" or UFUNC.fullmatch(str(op.numpy))):
            return None
        source = self._sources(node)[0]
        private = self.readers[source.index] == 1 and source.op in LENDERS and source not in self.outputs
        private = private and source.index not in self.constants
        mentioned = any(
            derivative is not None and mentions(str(derivative.numpy), op.arguments[0])
            for derivative in map(op.derivative, range(len(node.incoming)))
        )
        return f"n{source.index}" if private and source.shape == node.shape and not mentioned else None

    # -- backward ----------------------------------------------------------------------------

    def _backward(self) -> None:
        first = self.outputs[0]
        reached = self.graph.leads_to((first.index,), differentiable=True)
        wanted = self.graph.depends_on(*self.handed_out)
        self._hold(first.index, "1.0")
        for node in reversed(self.needed):
            if not (node.is_gate and reached[node.index] and node.index in self.gradients):
                continue
            for index in node.incoming:
                edge = self.graph.edges[index]
                if edge.differentiable and wanted[edge.source]:
                    self._downstream(node, edge)

    def _downstream(self, node: Node, edge: Edge) -> None:
        """Write what goes down one edge."""
        derivative = node.record.derivative(edge.argument)
        assert derivative is not None
        text = chosen(derivative.numpy, self._operands(node), node.options)
        if text == SPREAD and node.options["axis"] is None:
            self._accumulate(edge, self.gradients[node.index], uniform=edge.shape != ())
        elif isinstance(derivative, Elementwise):
            uniform = self._stays_uniform(node, edge, text)
            if self._owns_gradient(node, edge):
                self.lines.append(f"g{node.index} *= {self._filled(node, text)}")
                self._accumulate(edge, f"g{node.index}")
                return
            upstream = self.gradients[node.index]
            product = times(upstream, self._factor(node, edge, text), edge.shape == node.shape)
            fresh = " * " in product
            self._accumulate(edge, self._unbroadcast(product, node, edge), uniform, fresh)
        else:
            self._expand(node)
            upstream = self.gradients[node.index]
            text = text.removeprefix("upstream * ") if upstream == "1.0" else text
            downstream = self._filled(node, text, upstream)
            fresh = node.op == "matmul" and not downstream.isidentifier()  # 1.0 * b is b itself
            self._accumulate(edge, downstream, fresh=fresh)

    def _factor(self, node: Node, edge: Edge, text: str) -> str:
        """The code of a local gradient. What it is of constants alone, such as 1 / 2, is known beforehand."""
        constants = [operand.constant for operand in self._operands(node)]
        names = node.record.names(len(constants))
        asked = mentioned(text)
        used = [known for name, known in zip(names, constants, strict=True) if name in asked]
        varies = bool(asked & {"out", "saved"}) or any(known is None for known in used)
        if varies or not used or text in names:
            local = self._filled(node, text)
            alone = MASK.fullmatch(text) and LITERAL.fullmatch(self.gradients[node.index])
            return self._as_numbers(local) if alone else local
        with np.errstate(all="ignore"):
            factor = np.asarray(function(text, names)(*constants))
        if factor.ndim == 0 and np.isfinite(factor):
            return literal(float(factor))
        self.namespace[f"k{edge.index}"] = factor.astype(self.dtype)
        return f"k{edge.index}"

    def _hold(self, index: int, gradient: str) -> None:
        """Let a node's gradient be what the code calls so, and count how many are."""
        if index in self.gradients:
            self.held[self.gradients[index]] -= 1
        self.gradients[index] = gradient
        self.held[gradient] += 1

    def _owns_gradient(self, node: Node, edge: Edge) -> bool:
        """Whether the gate's gradient may be overwritten by what goes down its only edge."""
        name = f"g{node.index}"
        alone = len(node.incoming) == 1 and self.held[name] == 1
        return alone and bool(node.shape) and name in self.fresh and node.index not in self.handed_out

    def _stays_uniform(self, node: Node, edge: Edge, text: str) -> bool:
        """Whether one number still stands for all elements after the local factor."""
        if node.index not in self.uniform:
            return False
        sources = dict(zip(node.record.names(len(node.incoming)), self._sources(node), strict=True))
        asked = mentioned(text)
        shapes = [source.shape for name, source in sources.items() if name in asked]
        shapes += [node.shape] if asked & {"out", "saved"} else []
        if edge.shape == node.shape and all(shape == () for shape in shapes):
            return True
        if edge.shape != node.shape or node.shape not in shapes:
            self._expand(node)
        return False

    def _expand(self, node: Node) -> None:
        """Give every element of the node its own gradient."""
        if node.index in self.uniform:
            self.uniform.discard(node.index)
            self.lines.append(f"g{node.index} = {self._full(node)}")
            self._hold(node.index, f"g{node.index}")

    def _full(self, node: Node) -> str:
        gradient = self.gradients.get(node.index, "0.0")
        return f"np.full({node.shape}, {gradient}, dtype=np.{self.dtype.name})"

    def _unbroadcast(self, product: str, node: Node, edge: Edge) -> str:
        """Undo broadcasting, the axes known in advance."""
        if edge.shape == node.shape:
            return product
        if edge.shape == ():
            return f"np.add.reduce({product}, axis=None)"
        extra = len(node.shape) - len(edge.shape)
        if edge.shape == node.shape[extra:]:
            axes: int | tuple[int, ...] = 0 if extra == 1 else tuple(range(extra))
            return f"np.add.reduce({product}, axis={axes})"
        return f"unbroadcast({product}, {edge.shape})"

    def _accumulate(self, edge: Edge, downstream: str, uniform: bool = False, fresh: bool = False) -> None:
        """Where a value fans out, its gradients add up. A fresh gradient shares memory with nothing."""
        source = edge.source
        before = self.gradients.get(source)
        if before is None:
            self.uniform |= {source} if uniform else set()
        elif not uniform:
            self.uniform.discard(source)
        if before is None and (LITERAL.fullmatch(downstream) or re.fullmatch(r"g\d+", downstream)):
            self._hold(source, downstream)
            return
        if (known := total(before, downstream)) is not None:
            self._hold(source, known)
            return
        name = f"g{source}"
        if (fresh or before is not None) and not uniform and source not in self.uniform:
            self.fresh.add(name)
        else:
            self.fresh.discard(name)
        self.lines.append(f"{name} = {downstream}" if before is None else f"{name} = {before} + {downstream}")
        self._hold(source, name)

    def _handed_out(self, node: Node) -> str:
        """The gradient as returned: always an array of the node's own shape."""
        text = self.gradients.get(node.index, "0.0")
        if node.index in self.uniform or LITERAL.fullmatch(text):
            return self._full(node)
        return text
