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


def test_the_reason_is_what_only_one_drawing_remarks_on() -> None:
    graph = build("k = abs(z)\nm = max(z, 0)\ns = 1 / (1 + exp(-x))\ns + k + m", {"x": (), "z": ()})
    given = {"x": -1000, "z": 0, "nobody": 1}
    notes = lumping_notes(trace(graph, given), trace(lump(graph, ("sigmoid",)), given))
    assert [note.parameters["what"] for note in notes] == ["`x`"]
    assert "709.78" in notes[0].message
    notes = lumping_notes(trace(graph, given), trace(lump(graph, ("relu",)), given))
    assert "tie" in notes[0].message


def test_no_note_where_both_agree() -> None:
    graph = build("1 / (1 + exp(-x))", {"x": ()})
    assert lumping_notes(trace(graph, {"x": 2.0}), trace(lump(graph, ("sigmoid",)), {"x": 2.0})) == []
