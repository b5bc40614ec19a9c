"""Jacobians: the matrix in full, its price from shapes alone, what one element touches."""

import numpy as np
import pytest

from engine import build, limits, trace
from engine.autodiff.jacobian import TRANSPOSED, jacobian, jacobian_cost, touched
from engine.autodiff.selection import lump_selection
from engine.errors import InputError, LimitError


def test_relu_is_diagonal() -> None:
    traced = trace("relu(x)", {"x": [1, -2, 3, -1]}, upstream=[4, -1, 5, 9])
    found = jacobian(traced, traced.graph.edges[0])
    np.testing.assert_array_equal(found.matrix, np.diag([1, 0, 1, 0]))
    assert (found.pattern, found.density) == ("diagonal", 2 / 16)


@pytest.mark.parametrize(
    ("source", "inputs"),
    [
        ("X @ W", {"X": [[1, 2], [3, 4], [5, 6]], "W": [[1, 2, 3], [4, 5, 6]]}),
        ("softmax(x)", {"x": [[0.1, 0.2, 0.3], [1, 2, 3]]}),
        ("x + b", {"x": [[1, 2], [3, 4]], "b": [1, 2]}),
        ("sum(x, axis=0)", {"x": [[1, 2], [3, 4]]}),
        ("x / y", {"x": [1, 2], "y": 3}),
        ("max(x, axis=1)", {"x": [[1, 5, 2], [7, 3, 4]]}),
    ],
)
def test_downstream_is_the_jacobian_times_upstream(source, inputs) -> None:
    graph = build(source, {name: np.shape(value) for name, value in inputs.items()})
    upstream = np.linspace(0.5, 2, int(np.prod(graph.output.shape))).reshape(graph.output.shape)
    traced = trace(graph, inputs, upstream=upstream)
    for edge in traced.graph.edges:
        found = jacobian(traced, edge)
        assert found.matrix.shape == (np.prod(edge.shape), np.prod(graph.output.shape))
        downstream = traced.edges[edge.index].downstream
        np.testing.assert_allclose(found.matrix @ upstream.ravel(), np.ravel(downstream))
        transposed = found.in_layout(TRANSPOSED)
        assert transposed.shape == jacobian_cost(graph, edge).shape(TRANSPOSED)
        np.testing.assert_allclose(upstream.ravel() @ transposed, np.ravel(downstream))


def test_the_price_of_the_lectures_matrix_product() -> None:
    graph = build("X @ W", {"X": (64, 4096), "W": (4096, 4096)}, limits.UNLIMITED)
    with_respect_to_x, with_respect_to_w = (jacobian_cost(graph, edge, "float32") for edge in graph.edges)
    assert with_respect_to_x.explicit_bytes == 2**38
    assert with_respect_to_w.explicit_bytes == 2**44
    assert with_respect_to_x.product_bytes == 2**20


def test_one_element_touches_one_row_or_one_column() -> None:
    traced = trace("sum(X @ W)", {"X": [[1, 2], [3, 4], [5, 6]], "W": [[1, 0, 3], [4, 5, 6]]})
    np.testing.assert_array_equal(
        touched(traced, traced.graph.edges[0], (1, 0)), [[0, 0, 0], [1, 1, 1], [0, 0, 0]]
    )
    np.testing.assert_array_equal(touched(traced, traced.graph.edges[1], (0, 1)), [[0, 1, 0]] * 3)


def test_a_label_and_a_condition_have_no_jacobian() -> None:
    for source in (
        "s = [1, 2, 3]; y = 2\ncross_entropy(y=y, scores=s)",
        "s = [1, 2]\nsum(where(s > 1, s, 2))",
    ):
        traced = trace(source)
        edge = next(edge for edge in traced.graph.edges if not edge.differentiable and edge.argument < 2)
        with pytest.raises(InputError) as caught:
            jacobian(traced, edge)
        assert caught.value.code == "no_gradient"


def test_a_large_jacobian_is_refused_before_it_is_built() -> None:
    traced = trace("sum(exp(x))", {"x": [0.0] * 300})
    with pytest.raises(LimitError) as caught:
        jacobian(traced, traced.graph.edges[0])
    assert caught.value.limit == "jacobian_elements"


@pytest.mark.parametrize(
    ("source", "argument", "position", "expected"),
    [
        ("cross_entropy([[1, 2], [3, 4]], y)", 1, (0,), True),
        ("where(x > 0, 1, 2)", 0, (1,), [False, True, False]),
        ("x > 0", 0, (1,), [False, True, False]),
        ("x ** [0, 1, 2]", 0, (0,), [True, False, False]),
        ("x * [[1, 2, 3], [4, 5, 6]]", 0, (2,), [[False, False, True]] * 2),
        ("log(x)[::-1]", 0, (0,), [False, False, True]),
    ],
)
def test_what_one_element_touches(source, argument, position, expected) -> None:
    inputs = {"y": [0, 1]} if "cross_entropy" in source else {"x": [-1.0, -1.0, 2.0]}
    graph = build(source, {name: np.shape(value) for name, value in inputs.items()})
    traced = trace(graph, inputs, upstream=np.ones(graph.output.shape))
    edge = graph.edges[graph.output.incoming[argument]]
    np.testing.assert_array_equal(touched(traced, edge, position), expected)


def test_one_element_through_a_selection() -> None:
    graph = build("where(x > 0, x, sum(x)) * 2", {"x": (3,)})
    keys = [node.key for node in graph.nodes if node.is_gate and node.op != "sum"]
    lumped = lump_selection(graph, keys, "mine")
    traced = trace(lumped, {"x": [-1.0, 1.0, 2.0]}, upstream=np.ones(3))
    edges = [lumped.edges[index] for index in lumped.output.incoming]
    np.testing.assert_array_equal(touched(traced, edges[0], (1,)), [False, True, False])
    np.testing.assert_array_equal(touched(traced, edges[1], ()), [True, True, True])


def test_a_jacobian_of_many_columns_costs_no_loop_over_them() -> None:
    traced = trace("sum(x * s)", {"x": [2.0] * 60_000, "s": 3.0})
    found = jacobian(traced, traced.graph.edges[1])
    assert found.matrix.shape == (1, 60_000)
    assert (found.pattern, found.matrix[0, 0]) == ("dense", 2.0)
    traced = trace("sum(outer(s, x))", {"x": [2.0] * 60_000, "s": [3.0]})
    with pytest.raises(LimitError) as caught:
        jacobian(traced, traced.graph.edges[0])
    assert caught.value.limit == "operations"
