"""Which networks see each point by itself."""

import numpy as np
import pytest
from wirings import SPIRAL, WIRINGS

from engine import trace
from engine.learning import TrainingSpec, network, start
from engine.learning.features import featured
from engine.learning.hidden import hidden_layers
from engine.learning.independence import is_independent

HEAD = "W = he(2, 4); b = normal(4); V = he(4, 3)\n"

GATES = {
    "h = softmax(X @ W)\nscores = h @ V": True,
    "h = relu(X @ W + b)\nscores = h @ V - logsumexp(h, axis=1, keepdims=True)": True,
    "h = concatenate(X, sin(X), axis=1)\nscores = h @ V": True,
    "z = X @ W\nh = z[:, :2]\nscores = (h * z[:, 2:]) @ V[:2]": True,
    "h = norm(X, axis=-1, keepdims=True) * b\nscores = h @ V": True,
    "h = X @ W\nscores = where(h > 0, h, b) @ V": True,
    "h = X @ W - mean(X @ W, axis=0)\nscores = h @ V": False,
    "h = X @ W / norm(X)\nscores = h @ V": False,
    "h = X @ W\nscores = (h @ h.T) @ (h @ V)": False,
    "h = softmax(X @ W, axis=0)\nscores = h @ V": False,
    "h = X @ W\nscores = h[::-1] @ V": False,
    "h = (W.T @ X.T).T\nscores = h @ V": False,
    "h = X @ W + X[0, 0]\nscores = h @ V": False,
    "h = X @ W\nscores = reshape(h, (-1, 4)) @ V": False,
}
"""The last is independent, but its gate alone does not show it."""


@pytest.mark.parametrize("program", GATES)
def test_gates_show_whether_points_are_mixed(program: str) -> None:
    spec = TrainingSpec(f"{HEAD}{program}\nloss = cross_entropy(scores, y)", SPIRAL)
    assert is_independent(network(spec), ("scores",)) == GATES[program]


@pytest.mark.parametrize("name", WIRINGS)
def test_of_an_independent_network_each_point_is_answered_alike_alone(name: str) -> None:
    spec = WIRINGS[name]
    net, state = network(spec), start(spec)
    names = tuple([layer.name for layer in hidden_layers(net)]) + (("scores",) if net.has_scores else ())
    independent = is_independent(net, names)
    assert independent == (name != "sums over the minibatch")
    X = featured(spec.data, spec.features).X_train[:6]
    together = values(net, state, names, X)
    alone = [values(net, state, names, X[at : at + 1]) for at in range(6)]
    alike = all(
        np.allclose(found, np.concatenate([one[at] for one in alone]), rtol=1e-9, atol=1e-12)
        for at, found in enumerate(together)
    )
    assert alike == independent


def values(net, state, names: tuple[str, ...], X: np.ndarray) -> list[np.ndarray]:
    graph = net.graph_of(len(X))
    found = trace(graph, {**state.parameters, "X": X, "y": np.zeros(len(X))})
    return [found.values[graph.names[name]] for name in names]
