"""A network's answers at points, all at once or one part after the other."""

import numpy as np
import pytest

from engine.errors import LimitError
from engine.learning import DataSpec, TrainingSpec, evaluation, network, start, write_program
from engine.learning.evaluation import evaluate
from engine.learning.plane import cell_centres

SPEC = TrainingSpec(write_program(2, (8,), 3), DataSpec("spiral", 3, 60, 0.1))


def test_several_statements_come_in_the_order_asked_for() -> None:
    net, state = network(SPEC), start(SPEC)
    X = cell_centres(SPEC, net, 5)
    scores, hidden = evaluate(net, state.parameters, X, ("scores", "h1"))
    assert (scores.shape, hidden.shape) == ((25, 3), (25, 8))
    np.testing.assert_allclose(hidden @ state.parameters["W2"] + state.parameters["b2"], scores, rtol=1e-5)


@pytest.mark.parametrize("rows", [1, 7, 24, 25])
def test_parts_make_up_the_whole(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    net, state = network(SPEC), start(SPEC)
    X = cell_centres(SPEC, net, 5)
    whole = evaluate(net, state.parameters, X, ("scores", "h1"))
    monkeypatch.setattr(evaluation, "_rows_at_once", lambda net, names, many: rows)
    for part, expected in zip(evaluate(net, state.parameters, X, ("scores", "h1")), whole, strict=True):
        np.testing.assert_allclose(part, expected, rtol=1e-5, atol=1e-6)


def test_as_many_at_once_as_the_limits_allow() -> None:
    wide = "W = he(2, 3000)\nh = relu(X @ W)\nV = he(3000, 3)\nscores = h @ V"
    spec = TrainingSpec(f"{wide}\nloss = cross_entropy(scores, y)", SPEC.data)
    net, state = network(spec), start(spec)
    with pytest.raises(LimitError):
        net.graph_of(64**2)
    X = cell_centres(spec, net, 64)
    (scores,) = evaluate(net, state.parameters, X, ("scores",))
    expected = np.maximum(X.astype(np.float64) @ state.parameters["W"], 0) @ state.parameters["V"]
    np.testing.assert_allclose(scores, expected, rtol=1e-3, atol=1e-4)


def test_wide_answers_are_not_put_together_from_parts() -> None:
    net = network(TrainingSpec(write_program(2, (32,), 3), SPEC.data))
    assert evaluation._rows_at_once(net, ("scores",), 5000) == evaluation.BLOCK
    assert evaluation._rows_at_once(net, ("h1", "scores"), 5000) == 5000
