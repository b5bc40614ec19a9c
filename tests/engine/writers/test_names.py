"""Names in written code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import build
from engine.writers.names import NUMPY, Namer, identifier, name_nodes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x", "x"),
        ("θ", "θ"),
        ("x₀", "x0"),
        ("x²", "x2"),
        ("½", "_1_2"),
        ("ﬁ", "fi"),
        ("data_loss", "data_loss"),
    ],
)
def test_identifier(text: str, expected: str) -> None:
    assert identifier(text) == expected


@given(st.from_regex(r"[^\W\d]\w*", fullmatch=True))
def test_every_name_of_the_language_becomes_an_identifier(text: str) -> None:
    assert identifier(text).isidentifier()
    assert identifier(identifier(text)) == identifier(text)


def test_a_name_is_given_once() -> None:
    namer = Namer({"lambda"})
    taken = [namer.take(name) for name in ("h", "h", "h_2", "h", "lambda", "lambda_", "lambda")]
    assert taken == ["h", "h_2", "h_2_2", "h_3", "lambda_", "lambda__2", "lambda__3"]
    assert len(set(taken)) == len(taken)


def test_numbered_names_step_aside() -> None:
    namer = Namer()
    assert namer.take("t2") == "t2"
    assert [namer.number("t") for _ in range(3)] == ["t1", "t3", "t4"]


def test_a_users_own_name_goes_before_one_that_had_to_be_changed() -> None:
    graph = build("x₀ = 3; x0 = 4; np_ = x₀ * x0\nnp_ + 1")
    names = name_nodes(graph.nodes, graph.output, Namer(NUMPY))
    by_name = {node.name: names[node.index] for node in graph.nodes if node.name}
    assert by_name == {"x₀": "x0_2", "x0": "x0", "np_": "np_"}
    assert names[graph.output_index] == "out"
