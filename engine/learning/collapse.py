"""Linear collapse: without a nonlinearity between them, layers are one layer.

    (X @ W1 + b1) @ W2 + b2 = X @ (W1 @ W2) + (b1 @ W2 + b2)

The lecture writes it W2 W1 x for columns; here points are rows, so the product is W1 @ W2.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.autodiff.forward import forward
from engine.errors import InputError
from engine.graph.build import build
from engine.graph.structure import Graph, Node
from engine.learning.collapse_formula import formula
from engine.learning.evaluation import evaluate
from engine.learning.features import featured
from engine.learning.network import network
from engine.learning.spec import TrainingSpec
from engine.learning.state import TrainingState
from engine.limits import TRAINING
from engine.ops.op import Array

LINEAR = frozenset({"add", "subtract", "negative"})
"""Gates that are linear in all of their arguments."""


@dataclass(frozen=True, slots=True, eq=False)
class Layer:
    """One linear layer: X @ weights + bias; shapes (D, C) and (C,)."""

    weights: Array
    bias: Array

    def scores(self, X: Array) -> Array:
        """X @ W + b, shape (n, C)."""
        return X @ self.weights + self.bias


def collapsed(layers: Sequence[Layer]) -> Layer:
    """The one layer that does what these do one after the other.

    W = W1 @ W2 @ ... ,  b = (b1 @ W2 + b2) @ W3 + b3 ...
    """
    weights, bias = layers[0].weights, layers[0].bias
    for layer in layers[1:]:
        weights, bias = weights @ layer.weights, bias @ layer.weights + layer.bias
    return Layer(weights, bias)


@dataclass(frozen=True, slots=True, eq=False)
class Collapse:
    """A network collapsed into one layer, the statements that say how, and how exact it is.

    `difference` is the largest one from the network's own scores over all training points, `largest`
    the largest of those scores.
    """

    layer: Layer
    formula: tuple[str, ...]
    difference: float
    largest: float


def collapse_training(spec: TrainingSpec, state: TrainingState) -> Collapse:
    """Collapse the network of a training run in some state; raises InputError as `collapse_network`."""
    net, data = network(spec), featured(spec.data, spec.features)
    # a row for every unit vector and one for the bias
    rows = net.columns + 1
    graph = build(spec.program, {"X": (rows, net.columns), "y": (rows,)}, TRAINING)
    parameters = {name: array.astype(np.float64) for name, array in state.parameters.items()}
    with np.errstate(all="ignore"):
        layer = collapse_network(graph, {**graph.initial_values(spec.seed), **parameters})
        X, scores = graph.named("X"), graph.named("scores")
        assert X is not None
        assert scores is not None
        (own,) = evaluate(net, state.parameters, net.points(data.X_train), ("scores",))
        own = own.astype(np.float64).reshape(len(data.y_train), -1)
        difference = np.abs(layer.scores(data.X_train.astype(np.float64)) - own)
    return Collapse(layer, formula(graph, X, scores), float(difference.max()), float(np.abs(own).max()))


def collapse_network(graph: Graph, values: Mapping[str, Array]) -> Layer:
    """The one layer equal to a program's `scores`, for a program that is linear in `X`.

    `values` gives every input but X and y; the bias is what the program answers at X = 0 and the
    weights are what each unit vector adds to it, so any wiring of linear gates is covered. Raises
    InputError where a gate between X and the scores is not linear, naming it.
    """
    X, scores = graph.named("X"), graph.named("scores")
    if X is None or scores is None:
        raise InputError(
            "no_scores",
            "the program has no `X` or no `scores`",
            hint="name what the network answers: `scores = X @ W + b`",
        )
    _require_linear(graph, X, scores)
    rows, features = X.shape
    found: list[Array] = []
    # one row of X after another holds a unit vector; a row of zeros gives the bias
    probes = np.concatenate((np.zeros((1, features)), np.eye(features)))
    for first in range(0, len(probes), rows):
        block = np.zeros((rows, features))
        part = probes[first : first + rows]
        block[: len(part)] = part
        labels = {"y": np.zeros(rows)} if graph.named("y") else {}
        answered = forward(graph, {**values, **labels, "X": block})[scores.index]
        found.append(answered[: len(part)])
    answers = np.concatenate(found).reshape(len(probes), -1)
    return Layer(answers[1:] - answers[0], answers[0])


def _require_linear(graph: Graph, X: Node, scores: Node) -> None:
    """Raise InputError at the first gate on the way from X that is not linear in it."""
    reached = {X.index}
    to_scores = graph.leads_to((scores.index,))
    for node in graph.nodes:
        sources = [graph.edges[edge].source in reached for edge in node.incoming]
        if not any(sources):
            continue
        reached.add(node.index)
        if to_scores[node.index] and not _stays_linear(node, sources):
            raise InputError(
                "not_linear",
                f"`{node.op}` stands between `X` and `scores`, so the layers do not collapse",
                span=node.span,
                hint="leave the activations out to see the layers become one",
                parameters={"op": node.op},
            )


def _stays_linear(node: Node, reached: list[bool]) -> bool:
    """Whether a gate is linear in those arguments that come from X, and keeps points apart."""
    match node.op:
        case "matmul" | "divide":
            return reached == [True, False]
        case "multiply":
            return reached.count(True) == 1
        case "index":
            return node.options["entries"][0] == slice(None)
        case _:
            return node.op in LINEAR
