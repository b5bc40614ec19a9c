"""Writes what is known of a graph from shapes alone: costs in operations and bytes, no values."""

from math import prod

import numpy as np

from app.encoding import Plain
from engine.autodiff.jacobian import jacobian_cost
from engine.graph.structure import Edge, Graph, Node
from engine.writers.formula import Formulas


def shapes_answer(graph: Graph, dtype: str, layout: str) -> dict[str, Plain]:
    """Every node's shape and size, every edge's Jacobian beside the product that avoids it."""
    formulas = Formulas(graph)
    return {
        "output": graph.output.name,
        "output_node": graph.output.id,
        "dtype": dtype,
        "operations": graph.cost,
        "nodes": [_node(formulas, node, dtype) for node in graph.nodes],
        "edges": [_edge(formulas, edge, dtype, layout) for edge in graph.edges],
        "forward": [node.id for node in graph.nodes],
    }


def _node(formulas: Formulas, node: Node, dtype: str) -> dict[str, Plain]:
    shapes = tuple([formulas.graph.edges[edge].shape for edge in node.incoming])
    return {
        "id": node.id,
        "key": node.key,
        "op": node.op,
        "name": node.name,
        "shape": node.shape,
        "bytes": prod(node.shape) * np.dtype(dtype).itemsize,
        "operations": node.record.cost(shapes, node.shape) if node.is_gate else 0,
        "span": node.span,
        "formula": formulas.node(node),
        "declared": node.declared,
    }


def _edge(formulas: Formulas, edge: Edge, dtype: str, layout: str) -> dict[str, Plain]:
    graph = formulas.graph
    cost = jacobian_cost(graph, edge, dtype)
    return {
        "id": edge.id,
        "key": edge.key,
        "source": graph.nodes[edge.source].id,
        "target": graph.nodes[edge.target].id,
        "argument": edge.argument,
        "shape": edge.shape,
        "formula": formulas.edge(edge),
        "jacobian": {
            "layout": layout,
            "shape": cost.shape(layout),
            "explicit_bytes": cost.explicit_bytes,
            "product_bytes": cost.product_bytes,
        }
        if edge.differentiable
        else None,
    }
