"""Jacobians: the matrix in full, its price from shapes alone, what one element touches."""

import numpy as np
import pytest

from engine import build, limits, trace
from engine.autodiff.jacobian import jacobian, jacobian_cost, touched
from engine.errors import LimitError


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


def test_a_large_jacobian_is_refused_before_it_is_built() -> None:
    traced = trace("sum(exp(x))", {"x": [0.0] * 300})
    with pytest.raises(LimitError) as caught:
        jacobian(traced, traced.graph.edges[0])
    assert caught.value.limit == "jacobian_elements"
