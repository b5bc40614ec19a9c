import numpy as np
import pytest

from engine.errors import InputError
from engine.graph.build import build
from engine.learning.collapse import Layer, collapse_network, collapse_training, collapsed
from engine.learning.datasets import DataSpec
from engine.learning.layers import write_program
from engine.learning.slices import run_slice, start
from engine.learning.spec import TrainingSpec

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


def trained(program, **fields):
    spec = TrainingSpec(program, **({"data": DataSpec(samples=60), "batch_size": 8} | fields))
    state, _ = run_slice(spec, start(spec), 30)
    return collapse_training(spec, state), state.parameters


XOR = {"data": DataSpec("xor", 2, 60, 0.1)}

WIRINGS = {
    "W3 = W1 @ W2; b3 = b1 @ W2 + b2": (write_program(2, (4,), 3, "linear"), {}),
    "W4 = W1 @ W2 @ W3; b4 = (b1 @ W2 + b2) @ W3 + b3": (write_program(2, (4, 5), 3, "linear"), {}),
    "W2 = W1; b2 = b1": (write_program(2, (), 3), {}),
    "W3 = W1 @ W2": (write_program(2, (4,), 3, "linear", bias=False), {}),
    "W3 = (W1 @ W2)[:, 0]; b3 = (b1 @ W2 + b2)[0]": (
        write_program(2, (4,), 2, "linear", loss="logistic"),
        XOR,
    ),
    "W1 = (I + A) @ W; b1 = -(c - 2) @ W": (
        "A = normal(2, 2); c = normal(2); W = he(2, 3)\n"
        "scores = (X + X @ A - (c - 2)) @ W\nloss = cross_entropy(scores, y)",
        {},
    ),
    "W1 = -(W * 2 / scale); b1 = u - -b * 2 / scale": (
        "W = he(2, 3); b = normal(3); u = normal(3); scale = 4\n"
        "scores = u - (2 * (X @ W - b)) / scale\nloss = cross_entropy(scores, y)",
        {},
    ),
}


@pytest.mark.parametrize("wanted", WIRINGS)
def test_the_formula_in_the_networks_own_names_gives_the_layer(wanted):
    program, fields = WIRINGS[wanted]
    found, parameters = trained(program, **fields)
    assert "; ".join(found.formula) == wanted
    names = {name: array.astype(float) for name, array in parameters.items()} | {"I": np.eye(2), "scale": 4}
    for line, value in zip(found.formula, (found.layer.weights, found.layer.bias), strict=False):
        computed = eval(line.partition(" = ")[2], {"np": np}, names)  # noqa: S307
        np.testing.assert_allclose(computed, value.reshape(np.shape(computed)), rtol=1e-9, atol=1e-12)
    if len(found.formula) == 1:
        assert not found.layer.bias.any()
    assert found.difference < 1e-5 * found.largest


def test_a_formula_too_long_to_read_is_left_out():
    lines = "".join(f"h{i + 1} = h{i} + h{i} @ W\n" for i in range(40))
    program = f"W = uniform(2, 2, low=-0.01, high=0.01)\nh0 = X\n{lines}V = he(2, 3)\nscores = h40 @ V\n"
    found, _ = trained(program + "loss = cross_entropy(scores, y)")
    assert found.formula == ()
    assert found.difference < 1e-4 * found.largest


@pytest.mark.parametrize(
    ("scores", "op"),
    [
        ("(X * X) @ W", "multiply"),
        ("X @ W / X[:, 0:1]", "divide"),
        ("X[::-1] @ W", "index"),
        ("relu(X @ W)", "relu"),
    ],
)
def test_the_first_gate_that_is_not_linear_is_named(scores, op):
    program = f"W = he(2, 3)\nscores = {scores}\nloss = cross_entropy(scores, y)"
    with pytest.raises(InputError) as caught:
        trained(program)
    assert caught.value.parameters == {"op": op}
