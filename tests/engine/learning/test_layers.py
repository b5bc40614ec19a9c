"""The layer builder writes programs in the design's own style, and all of them build."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import build
from engine.errors import EngineError, InputError, LimitError
from engine.learning.layers import INITIALIZERS, write_program


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
    st.sampled_from(sorted(INITIALIZERS)),
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
        ({"classes": 1}, InputError),
        ({"classes": 11}, LimitError),
        ({"activation": "swish"}, InputError),
        ({"regularization": -0.1}, InputError),
        ({"regularization": float("inf")}, InputError),
    ],
)
def test_impossible_networks_are_refused(changes: dict[str, object], kind: type[EngineError]) -> None:
    with pytest.raises(kind):
        write_program(**changes)
