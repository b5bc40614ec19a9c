"""Writes what is known of a graph from shapes alone: costs in operations and bytes, no values."""

from math import prod

import numpy as np

from app.encoding import Plain
from engine.autodiff.jacobian import LAYOUT, jacobian_cost
from engine.graph.structure import Edge, Graph, Node
from engine.writers.formula import edge_latex, node_latex


def shapes_answer(graph: Graph, dtype: str) -> dict[str, Plain]:
    """Every node's shape and size, every edge's Jacobian beside the product that avoids it."""
    return {
        "output": graph.output.name,
        "output_node": graph.output.id,
        "dtype": dtype,
        "operations": graph.cost,
        "nodes": [_node(graph, node, dtype) for node in graph.nodes],
        "edges": [_edge(graph, edge, dtype) for edge in graph.edges],
        "forward": [node.id for node in graph.nodes],
    }


def _node(graph: Graph, node: Node, dtype: str) -> dict[str, Plain]:
    shapes = tuple([graph.edges[edge].shape for edge in node.incoming])
    return {
        "id": node.id,
        "key": node.key,
        "op": node.op,
        "name": node.name,
        "shape": node.shape,
        "bytes": prod(node.shape) * np.dtype(dtype).itemsize,
        "operations": node.record.cost(shapes, node.shape) if node.is_gate else 0,
        "span": node.span,
        "formula": node_latex(graph, node),
        "declared": node.declared,
    }


def _edge(graph: Graph, edge: Edge, dtype: str) -> dict[str, Plain]:
    cost = jacobian_cost(graph, edge, dtype)
    return {
        "id": edge.id,
        "key": edge.key,
        "source": graph.nodes[edge.source].id,
        "target": graph.nodes[edge.target].id,
        "argument": edge.argument,
        "shape": edge.shape,
        "formula": edge_latex(graph, edge),
        "jacobian": {
            "layout": LAYOUT,
            "shape": [cost.inputs, cost.outputs],
            "explicit_bytes": cost.explicit_bytes,
            "product_bytes": cost.product_bytes,
        }
        if edge.differentiable
        else None,
    }
