"""Hidden layers are found however a program is wired."""

import pytest
from wirings import SPIRAL, WIRINGS

from engine.learning.hidden import HiddenLayer, hidden_layers
from engine.learning.layers import write_program
from engine.learning.network import network
from engine.learning.spec import TrainingSpec

FOUND = {
    "as the layer builder has it": [("h1", 6, "relu"), ("h2", 5, "relu")],
    "gelu and silu": [("h1", 6, "gelu"), ("h2", 5, "silu")],
    "every step named": [("z1", 6, None), ("h1", 6, "tanh"), ("z2", 6, None), ("h2", 6, "elu")],
    "residual": [("h1", 6, "relu"), ("h2", 6, None)],
    "one name again and again": [("h", 6, "sigmoid")],
    "maximum in place of relu": [("h1", 6, "maximum"), ("h2", 6, "clip")],
    "sums over the minibatch": [("z", 6, None), ("h", 6, "relu")],
    "no hidden layer": [],
    "no scores": [("h", 6, "tanh")],
    "no scores, no classes": [("h", 6, "relu")],
    "a loss of one's own": [("h", 6, "softplus")],
    "one column for two classes": [("h1", 4, "tanh")],
    "values to predict": [("h1", 4, "sigmoid"), ("h2", 1, "sigmoid")],
    "images": [("h1", 12, "relu")],
    "features of one's own": [("h1", 5, "relu")],
    "a scaled layer": [("h", 6, None)],
    "dead from the start": [("h", 4, "relu")],
}


def layers_of(program: str, batch_size: int = 32) -> list[tuple[str, int, str | None]]:
    found = hidden_layers(network(TrainingSpec(program, SPIRAL, batch_size=batch_size)))
    return [(layer.name, layer.units, layer.activation) for layer in found]


@pytest.mark.parametrize("name", WIRINGS)
def test_layers_are_those_one_would_draw(name: str) -> None:
    found = hidden_layers(network(WIRINGS[name]))
    assert [(layer.name, layer.units, layer.activation) for layer in found] == FOUND[name]


def test_edge_of_an_activation_leads_into_its_gate() -> None:
    net = network(TrainingSpec(write_program(2, (6,), 3), SPIRAL))
    (layer,) = hidden_layers(net)
    assert isinstance(layer, HiddenLayer)
    assert layer.local_edge is not None
    edge = net.graph.edges[layer.local_edge]
    assert net.graph.nodes[edge.target].name == "h1"
    assert edge.shape == (32, 6)


def test_what_only_looks_like_a_layer_is_none() -> None:
    # a product over the points that has as many rows as the minibatch of 2; points without a parameter;
    # what leads to the loss alone; another name for the same value
    program = (
        "W = he(2, 3); V = he(3, 3)\ngram = X.T @ (X @ W)\ncentred = X - mean(X, axis=0)\nh = relu(X @ W)"
        "\nagain = h\nscores = again @ V + sum(gram) + sum(centred)\nanswers = scores"
        "\nafter = softmax(answers)\nloss = cross_entropy(after, y)"
    )
    assert layers_of(program, batch_size=2) == [("h", 3, "relu")]


def test_without_scores_what_sees_labels_is_no_layer() -> None:
    program = (
        "W = he(2, 3)\nz = X @ W\nwanted = where(reshape(y, (-1, 1)) == [0, 1, 2], 1, 0)"
        "\nmistakes = tanh(z - wanted)\nloss = mean(mistakes**2)"
    )
    assert layers_of(program) == [("z", 3, None)]


@pytest.mark.parametrize(
    ("gate", "activation"),
    [
        ("sqrt(exp(X @ W))", "sqrt"),
        ("minimum(X @ W, 6)", "minimum"),
        ("-(X @ W)", None),
        ("(X @ W)**2", None),
        ("1 / (1 + exp(-(X @ W)))", None),
        ("maximum(X @ W, X @ V)", None),
        ("softmax(X @ W)", None),
        ("maximum((X @ W)[:, :1], [0, 0.1, 0.2])", None),
        ("where(X @ W > 0, X @ W, 0)", None),
    ],
)
def test_an_activation_works_on_each_element_of_one_value(gate: str, activation: str | None) -> None:
    program = f"W = he(2, 3); V = he(2, 3); U = he(3, 3)\nh = {gate}\nscores = h @ U"
    assert layers_of(f"{program}\nloss = cross_entropy(scores, y)") == [("h", 3, activation)]
