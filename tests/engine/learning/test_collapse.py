import numpy as np
import pytest

from engine.errors import InputError
from engine.graph.build import build
from engine.learning.collapse import Layer, collapse_network, collapsed

DEEP = """
W1 = xavier(3, 8); b1 = normal(8)
W2 = xavier(8, 5); b2 = normal(5)
W3 = xavier(5, 4); b3 = normal(4)
scores = ((X @ W1 + b1) @ W2 + b2) @ W3 + b3
loss = cross_entropy(scores, y)
"""


def built(program, rows=6):
    graph = build(program, {"X": (rows, 3), "y": (rows,)})
    return graph, graph.initial_values(0)


def test_layers_without_a_nonlinearity_are_one_layer():
    generator = np.random.default_rng(0)
    sizes = [(3, 8), (8, 5), (5, 4)]
    layers = [Layer(generator.normal(size=size), generator.normal(size=size[1])) for size in sizes]
    X = generator.normal(size=(10, 3))
    through = X
    for layer in layers:
        through = layer.scores(through)
    one = collapsed(layers)
    assert one.weights.shape == (3, 4)
    np.testing.assert_allclose(one.scores(X), through, rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("rows", [1, 2, 6, 40])
def test_a_linear_program_is_one_layer(rows):
    graph, values = built(DEEP, rows)
    one = collapse_network(graph, values)
    parts = [Layer(values[f"W{i}"], values[f"b{i}"]) for i in (1, 2, 3)]
    np.testing.assert_allclose(one.weights, collapsed(parts).weights, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(one.bias, collapsed(parts).bias, rtol=1e-12, atol=1e-12)


def test_a_residual_wiring_is_linear_too():
    graph, values = built("W = xavier(3, 3)\nscores = X @ W + X - -X\nloss = sum(scores)")
    one = collapse_network(graph, values)
    np.testing.assert_allclose(one.weights, values["W"] + 2 * np.eye(3), atol=1e-12)
    np.testing.assert_allclose(one.bias, np.zeros(3), atol=1e-12)


@pytest.mark.parametrize(
    ("program", "op"),
    [
        ("W = he(3, 2)\nscores = relu(X @ W)\nloss = sum(scores)", "relu"),
        ("W = he(3, 2)\nscores = (X * X) @ W\nloss = sum(scores)", "multiply"),
        ("A = normal(6, 6); W = he(3, 2)\nscores = (A @ X) @ W\nloss = sum(scores)", "matmul"),
    ],
)
def test_what_is_not_linear_is_named(program, op):
    graph, values = built(program)
    with pytest.raises(InputError) as caught:
        collapse_network(graph, values)
    assert caught.value.parameters == {"op": op}
    assert caught.value.span is not None


def test_a_nonlinearity_beside_the_scores_does_not_matter():
    graph, values = built("W = he(3, 2)\nscores = X @ W\nloss = sum(tanh(scores))")
    np.testing.assert_allclose(collapse_network(graph, values).weights, values["W"], atol=1e-12)
