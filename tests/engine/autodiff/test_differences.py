"""Where lumping changes a number, and why."""

import pytest

from engine import build, trace
from engine.autodiff.differences import lumping_notes
from engine.graph.lumping import lump


@pytest.mark.parametrize(
    ("source", "op", "x", "words"),
    [
        ("1 / (1 + exp(-x))", "sigmoid", -1000.0, ["nan gate by gate", "0 lumped", "709.78"]),
        ("max(0, x)", "relu", 0.0, ["0.5 gate by gate", "0 lumped", "tie"]),
        ("log(1 + exp(x))", "softplus", 1000.0, ["inf gate by gate", "1000 lumped"]),
    ],
)
def test_the_reason_is_told(source: str, op: str, x: float, words: list[str]) -> None:
    graph = build(source, {"x": ()})
    notes = lumping_notes(trace(graph, {"x": x}), trace(lump(graph, (op,)), {"x": x}))
    text = " ".join(note.message for note in notes)
    assert {note.code for note in notes} == {"lump_differs"}
    for word in words:
        assert word in text


def test_no_note_where_both_agree() -> None:
    graph = build("1 / (1 + exp(-x))", {"x": ()})
    assert lumping_notes(trace(graph, {"x": 2.0}), trace(lump(graph, ("sigmoid",)), {"x": 2.0})) == []
