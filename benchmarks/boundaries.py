"""The decision over a grid of 100x100 with what every unit answers there, beside bare NumPy."""

import numpy as np

from benchmarks import logistic
from benchmarks.contest import Entry
from benchmarks.training_spec import spec_of
from engine.learning import run_slice, start
from engine.learning.evaluation import evaluate
from engine.learning.hidden import hidden_layers
from engine.learning.measures import classify
from engine.learning.network import network
from engine.learning.plane import cell_centres

SIZE = 100


def entries(sizes: tuple[int, ...], batch: int, activation: str) -> list[Entry]:
    """The contestants: both answer every hidden unit, the class and its probability in every cell."""
    spec = spec_of(sizes, batch, activation, "sgd")
    state, _ = run_slice(spec, start(spec), 50)
    net = network(spec)
    names = (*[layer.name for layer in hidden_layers(net)], "scores")

    def chainrule() -> object:
        *units, scores = evaluate(net, state.parameters, cell_centres(spec, net, SIZE), names)
        return units, classify(scores)

    X = np.array(cell_centres(spec, net, SIZE))
    parameters = list(state.parameters.values())
    act, _ = logistic.ACTIVATIONS[activation]

    def bare() -> object:
        units = [X]
        for W, b in zip(parameters[:-2:2], parameters[1:-2:2], strict=True):
            units.append(act(units[-1] @ W + b))
        scores = (units[-1] @ parameters[-2] + parameters[-1])[:, 0]
        return units[1:], (scores > 0, 1 / (1 + np.exp(-np.abs(scores))))

    return [Entry("bare NumPy", bare), Entry("Chainrule", chainrule)]
