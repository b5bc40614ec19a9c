"""Fan-out as copy gates."""

import numpy as np
import pytest

from engine import build, trace
from engine.graph.copies import with_copies


@pytest.mark.parametrize(
    "source", ["x*x", "4*x + 2*x", "a = exp(x)\na*a + a", "x + where(x > 0, 1, 2)", "x = 2\ny = x"]
)
def test_values_and_gradients_stay(source: str) -> None:
    graph = build(source, {"x": ()} if "x = " not in source else {})
    inputs = {"x": 1.5} if "x = " not in source else {}
    plain, copied = trace(graph, inputs), trace(with_copies(graph), inputs)
    assert copied.value == plain.value
    assert copied.gradients == plain.gradients


def test_the_sum_is_made_at_the_copy_gate() -> None:
    graph = with_copies(build("4*x + 2*x", {"x": ()}))
    traced = trace(graph, {"x": 1})
    copy = next(node for node in graph.nodes if node.op == "copy")
    arriving = [traced.edges[edge.index].downstream for edge in graph.edges if edge.source == copy.index]
    assert sorted(map(float, arriving)) == [2, 4]  # type: ignore[arg-type]
    assert traced.gradient_of[copy.index] == 6
    assert traced.gradients == {"x": 6}


def test_labels_are_not_copied() -> None:
    graph = with_copies(build("cross_entropy(s, y) + cross_entropy(2*s, y)", {"s": (3,), "y": ()}))
    copies = [node.key for node in graph.nodes if node.op == "copy"]
    assert copies == ["s:copy"]
    keys = [node.key for node in graph.nodes]
    assert len(keys) == len(set(keys))
    np.testing.assert_allclose(
        trace(graph, {"s": [1, 2, 3], "y": 0}).value, 2.40760596 + 4.14293163, rtol=1e-8
    )
