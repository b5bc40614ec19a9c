"""The layer builder writes programs in the design's own style, and all of them build."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import build, trace
from engine.errors import EngineError, InputError, LimitError
from engine.learning.layers import write_program
from engine.learning.parts import ACTIVATIONS, INITIALIZERS, LOSSES, REGULARIZERS


def test_the_program_reads_as_in_the_design() -> None:
    assert (
        write_program(2, (16,), 3)
        == """\
W1 = he(2, 16); b1 = zeros(16)
W2 = he(16, 3); b2 = zeros(3)
h1 = relu(X @ W1 + b1)
scores = h1 @ W2 + b2
data_loss = cross_entropy(scores, y)
regularization = 0.001 * (sum(W1**2) + sum(W2**2))
loss = data_loss + regularization
"""
    )


def test_saturating_activations_begin_with_xavier_and_no_regularization_leaves_no_term() -> None:
    assert (
        write_program(2, (4, 3), 2, "tanh", 0.0)
        == """\
W1 = xavier(2, 4); b1 = zeros(4)
W2 = xavier(4, 3); b2 = zeros(3)
W3 = xavier(3, 2); b3 = zeros(2)
h1 = tanh(X @ W1 + b1)
h2 = tanh(h1 @ W2 + b2)
scores = h2 @ W3 + b3
loss = cross_entropy(scores, y)
"""
    )


def test_without_hidden_layers_it_is_the_linear_classifier() -> None:
    program = write_program(2, (), 3, regularization=0.5)
    assert "scores = X @ W1 + b1" in program
    assert "regularization = 0.5 * sum(W1**2)\n" in program


@pytest.mark.parametrize(
    ("value", "written"),
    [(1e-05, "0.00001"), (1.5e-07, "0.00000015"), (0.1, "0.1"), (2, "2.0"), (1e20, "1" + "0" * 20)],
)
def test_small_numbers_are_written_in_plain_decimals(value: float, written: str) -> None:
    program = write_program(regularization=value)
    assert f"regularization = {written}" in program
    assert float(written) == value


@given(
    st.lists(st.integers(1, 12), max_size=8),
    st.integers(2, 10),
    st.sampled_from(sorted(ACTIVATIONS)),
    st.floats(0, 10),
)
@settings(max_examples=40)
def test_every_network_builds_with_the_sizes_asked_for(
    hidden: list[int], classes: int, activation: str, regularization: float
) -> None:
    graph = build(write_program(2, hidden, classes, activation, regularization), {"X": (5, 2), "y": (5,)})
    assert graph.output.name == "loss"
    assert graph.output.shape == ()
    scores = graph.named("scores")
    assert scores is not None
    assert scores.shape == (5, classes)
    assert [node.shape for node in graph.parameters if len(node.shape) == 2] == list(
        zip([2, *hidden], [*hidden, classes], strict=True)
    )


def test_every_layer_may_have_an_activation_and_gets_its_initializer() -> None:
    assert (
        write_program(2, (4, 3, 5), 2, ("tanh", "linear", "gelu"), 0, bias=False)
        == """\
W1 = xavier(2, 4)
W2 = xavier(4, 3)
W3 = he(3, 5)
W4 = he(5, 2)
h1 = tanh(X @ W1)
h2 = h1 @ W2
h3 = gelu(h2 @ W3)
scores = h3 @ W4
loss = cross_entropy(scores, y)
"""
    )


@pytest.mark.parametrize(
    ("initializer", "scale", "written"),
    [
        ("he", 3.0, "W1 = he(2, 4)"),
        ("normal", 0.5, "W1 = normal(2, 4, std=0.5)"),
        ("uniform", 1e-5, "W1 = uniform(2, 4, low=-0.00001, high=0.00001)"),
        ("zeros", 0.1, "W1 = zeros(2, 4)"),
    ],
)
def test_an_initializer_of_ones_own(initializer: str, scale: float, written: str) -> None:
    program = write_program(2, (4,), 3, initializer=initializer, scale=scale)
    assert program.startswith(f"{written}; b1 = zeros(4)\nW2 = {initializer}(4, 3")
    build(program, {"X": (5, 2), "y": (5,)})


SCORED = {
    ("hinge", 3): ["scores = X @ W1 + b1", "loss = hinge_loss(scores, y)"],
    ("logistic", 2): ["scores = (X @ W1 + b1)[:, 0]", "loss = bce_with_logits(scores, y)"],
    ("squared", 1): ["scores = (X @ W1 + b1)[:, 0]", "loss = mse(scores, y)"],
    ("squared", 2): ["scores = (X @ W1 + b1)[:, 0]", "loss = mse(scores, 2 * y - 1)"],
    ("squared", 3): [
        "scores = X @ W1 + b1",
        "onehot = where(reshape(y, (-1, 1)) == [0, 1, 2], 1, 0)",
        "loss = mse(scores, onehot)",
    ],
}


@pytest.mark.parametrize(("loss", "classes"), SCORED)
def test_a_loss_and_the_scores_it_takes(loss: str, classes: int) -> None:
    program = write_program(2, (), classes, loss=loss, regularizer="none")
    assert program.splitlines()[1:] == SCORED[loss, classes]
    build(program, {"X": (5, 2), "y": (5,)})


def test_squared_error_of_many_classes_is_against_one_column_per_class() -> None:
    program = write_program(2, (), 3, loss="squared", regularizer="none", initializer="zeros")
    scores = [[1.0, 0, 0], [0, 0, 0], [0, 0, 2]]
    inputs = {"X": [[0, 0], [0, 0], [0, 0]], "y": [0, 1, 2], "b1": scores}
    assert float(trace(program, inputs).value) == pytest.approx((0 + 1 + 1) / 9)


@pytest.mark.parametrize(
    ("choices", "written"),
    [
        ({"regularizer": "l1"}, "0.001 * (sum(abs(W1)) + sum(abs(W2)))"),
        (
            {"regularizer": "elastic", "regularization_l1": 0.02},
            "0.001 * (sum(W1**2) + sum(W2**2)) + 0.02 * (sum(abs(W1)) + sum(abs(W2)))",
        ),
        (
            {"regularizer": "elastic", "regularization": 0, "regularization_l1": 0.02},
            "0.02 * (sum(abs(W1)) + sum(abs(W2)))",
        ),
        ({"exempt_biases": False}, "0.001 * (sum(W1**2) + sum(W2**2) + sum(b1**2) + sum(b2**2))"),
        ({"exempt_biases": False, "bias": False}, "0.001 * (sum(W1**2) + sum(W2**2))"),
    ],
)
def test_a_regularizer(choices: dict[str, object], written: str) -> None:
    program = write_program(2, (4,), 3, **choices)
    assert f"\nregularization = {written}\n" in program
    build(program, {"X": (5, 2), "y": (5,)})


@given(
    st.lists(st.sampled_from(sorted(ACTIVATIONS)), max_size=8),
    st.sampled_from([None, *INITIALIZERS]),
    st.sampled_from(sorted(LOSSES)),
    st.sampled_from(sorted(REGULARIZERS)),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=60)
def test_every_choice_goes_with_every_other(
    activations: list[str], initializer: str | None, loss: str, regularizer: str, bias: bool, exempt: bool
) -> None:
    program = write_program(
        hidden=[3] * len(activations),
        activation=activations,
        bias=bias,
        initializer=initializer,
        loss=loss,
        regularizer=regularizer,
        exempt_biases=exempt,
    )
    graph = build(program, {"X": (5, 2), "y": (5,)})
    assert graph.output.shape == ()
    assert not graph.unused
    assert ("regularization" in graph.names) == (regularizer != "none")


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"features": 0}, InputError),
        ({"hidden": (0,)}, InputError),
        ({"hidden": (4, -1)}, InputError),
        ({"hidden": (2.5,)}, InputError),
        ({"hidden": (257,)}, LimitError),
        ({"hidden": (4,) * 9}, LimitError),
        ({"hidden": (256,) * 8}, LimitError),
        ({"classes": 0}, InputError),
        ({"classes": 1}, InputError),
        ({"classes": 1, "loss": "hinge"}, InputError),
        ({"classes": 3, "loss": "logistic"}, InputError),
        ({"loss": "focal"}, InputError),
        ({"activation": ("relu", "tanh")}, InputError),
        ({"activation": ()}, InputError),
        ({"initializer": "orthogonal"}, InputError),
        ({"scale": -1.0}, InputError),
        ({"regularizer": "l3"}, InputError),
        ({"regularization_l1": float("nan")}, InputError),
        ({"bias": 1}, InputError),
        ({"exempt_biases": None}, InputError),
        ({"classes": 11}, LimitError),
        ({"activation": "swish"}, InputError),
        ({"regularization": -0.1}, InputError),
        ({"regularization": float("inf")}, InputError),
    ],
)
def test_impossible_networks_are_refused(changes: dict[str, object], kind: type[EngineError]) -> None:
    with pytest.raises(kind):
        write_program(**changes)
