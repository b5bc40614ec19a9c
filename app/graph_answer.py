"""Writes a trace in the contract's shape."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict

from app.encoding import Plain, TensorWriter, plain, scalar
from engine.autodiff.check import Check
from engine.autodiff.jacobian import jacobian, jacobian_cost, touched
from engine.autodiff.notes import Note
from engine.autodiff.trace import Trace
from engine.errors import InputError, LimitError
from engine.graph.patterns import pattern
from engine.graph.structure import Edge, Node
from engine.writers.formula import Formulas


class TraceAnswer:
    """Writes one trace in the contract's shape.

    `full` are ids of nodes and edges whose tensors are written whole; `jacobians` says whether local
    Jacobians are written as matrices too, or of which edges.
    """

    def __init__(
        self,
        traced: Trace,
        notes: tuple[Note, ...],
        full: frozenset[str],
        jacobians: bool | frozenset[str],
        layout: str,
    ) -> None:
        self.traced = traced
        self.notes = notes
        self.graph = traced.graph
        self.formulas = Formulas(traced.graph)
        self.full = full
        self.layout = layout
        self.tensor = TensorWriter()
        nodes, edges = ({item.id for item in items} for items in (self.graph.nodes, self.graph.edges))
        _refuse_unknown("node or edge", full - nodes - edges)
        if isinstance(jacobians, frozenset):
            _refuse_unknown("edge", jacobians - edges)
        self.jacobians = (
            jacobians if isinstance(jacobians, frozenset) else edges if jacobians else frozenset[str]()
        )

    def write(self) -> dict[str, Plain]:
        """The answer without what is only given when asked for."""
        traced, graph = self.traced, self.graph
        output = graph.output
        return {
            "output": output.name,
            "output_node": output.id,
            "value": self.tensor(traced.value, full=output.id in self.full),
            "gradients": {
                node.name: self.tensor(traced.gradient_of[node.index], full=node.id in self.full)
                for node in graph.inputs
                if traced.gradient_of[node.index] is not None
            },
            "nodes": [self._node(node) for node in graph.nodes],
            "edges": [self._edge(edge) for edge in graph.edges],
            "forward": [node.id for node in graph.nodes],
            "backward": [
                {"node": graph.nodes[step.node].id, "edges": [graph.edges[index].id for index in step.edges]}
                for step in traced.backward
            ],
            "notes": [
                {
                    "code": note.code,
                    "node": None if note.node is None else graph.nodes[note.node].id,
                    "message": note.message,
                    "parameters": plain(note.parameters),
                }
                for note in self.notes
            ],
            "statements": [asdict(statement) for statement in graph.statements],
        }

    def write_check(self, checks: Mapping[str, Check]) -> dict[str, Plain]:
        """The gradient check of each input."""
        ids = {node.name: node.id for node in self.graph.inputs}
        return {
            name: {
                "numerical": self.tensor(check.numerical, full=ids[name] in self.full),
                "analytical": self.tensor(check.analytical, full=ids[name] in self.full),
                "relative_error": scalar(check.relative_error),
                "noise": scalar(check.noise),
                "forward_passes": check.forward_passes,
                "verdict": check.verdict,
            }
            for name, check in checks.items()
        }

    def write_touched(self, edge_id: str, element: tuple[int, ...]) -> dict[str, Plain]:
        """Which elements of a gate's output one element of an argument can reach."""
        edge = next((edge for edge in self.graph.edges if edge.id == edge_id), None)
        inside = edge is not None and len(element) == len(edge.shape)
        if (
            edge is None
            or not inside
            or not all(0 <= i < n for i, n in zip(element, edge.shape, strict=True))
        ):
            raise InputError(
                "unknown_element",
                f"edge `{edge_id}` has no element {list(element)}",
                hint="take the edge from an answer to the same program; positions count from 0",
                parameters={"edge": edge_id, "element": list(element)},
            )
        mask = touched(self.traced, edge, element).astype(float)
        return {"edge": edge_id, "element": element, "outputs": self.tensor(mask, full=edge_id in self.full)}

    def _node(self, node: Node) -> dict[str, Plain]:
        full = node.id in self.full
        return {
            "id": node.id,
            "key": node.key,
            "op": node.op,
            "name": node.name,
            "shape": node.shape,
            "value": self.tensor(self.traced.values[node.index], full=full),
            "gradient": self.tensor(self.traced.gradient_of[node.index], full=full),
            "pattern": pattern(self.graph, node),
            "span": node.span,
            "formula": self.formulas.node(node),
            "declared": node.declared,
            "members": node.members,
        }

    def _edge(self, edge: Edge) -> dict[str, Plain]:
        full = edge.id in self.full
        factors = self.traced.edges[edge.index]
        return {
            "id": edge.id,
            "key": edge.key,
            "source": self.graph.nodes[edge.source].id,
            "target": self.graph.nodes[edge.target].id,
            "argument": edge.argument,
            "shape": edge.shape,
            "upstream": self.tensor(factors.upstream, full=full),
            "local": self.tensor(factors.local, full=full),
            "downstream": self.tensor(factors.downstream, full=full),
            "local_kind": factors.kind,
            "summed": factors.summed,
            "formula": self.formulas.edge(edge),
        } | ({"jacobian": self._jacobian(edge)} if edge.id in self.jacobians else {})

    def _jacobian(self, edge: Edge) -> dict[str, Plain] | None:
        """The local gradient as a matrix in the layout asked for; too large a one as its price alone."""
        if not edge.differentiable:
            return None
        cost = jacobian_cost(self.graph, edge)
        written: dict[str, Plain] = {
            "layout": self.layout,
            "shape": cost.shape(self.layout),
            "explicit_bytes": cost.explicit_bytes,
            "product_bytes": cost.product_bytes,
            "density": None,
            "pattern": None,
            "matrix": None,
        }
        try:
            built = jacobian(self.traced, edge)
        except LimitError:
            return written
        return written | {
            "density": built.density,
            "pattern": built.pattern,
            "matrix": self.tensor(built.in_layout(self.layout), full=edge.id in self.full),
        }


def _refuse_unknown(what: str, ids: AbstractSet[str]) -> None:
    """Raise InputError when there are any."""
    if ids:
        unknown = sorted(ids)
        raise InputError(
            "unknown_id",
            f"there is no {what} `{unknown[0]}`",
            hint="take ids from an answer to the very same program",
            parameters={"ids": unknown},
        )
